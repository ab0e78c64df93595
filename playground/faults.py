"""Faults to order: what a network and a busy server really do."""

from dataclasses import dataclass
from enum import StrEnum

DOWNLOAD = "download"  # the name of a file's download, beside the methods'


class Fault(StrEnum):
    LOST_ANSWER = "lost_answer"  # carried out, then the connection closes without an answer
    BAD_GATEWAY = "bad_gateway"  # 502 with a page of HTML, not carried out
    BAD_GATEWAY_AFTER = "bad_gateway_after"  # 502, carried out
    SERVER_ERROR = "server_error"  # 500, not carried out
    HANG = "hang"  # nothing comes for `seconds`, then the connection closes; not carried out
    TOO_MANY = "too_many"  # 429 with retry_after `seconds`
    BLOCKED = "blocked"  # 403
    REFUSE = "refuse"  # the connection closes at once, before a body is read unless a chat was named
    DUPLICATE_UPDATE = "duplicate_update"  # getUpdates: what was just acknowledged comes once more
    CUT_SHORT = "cut_short"  # a download: half of the file, then the connection closes


@dataclass(slots=True)
class Order:
    method: str  # "*": every method
    fault: Fault
    times: int
    chat: int | None = None
    seconds: int = 1


class Faults:
    """Orders are used up in the order in which they were given, each `times` times."""

    def __init__(self) -> None:
        self.orders: list[Order] = []

    def order(
        self, method: str, fault: Fault, *, times: int = 1, chat: int | None = None, seconds: int = 1
    ) -> None:
        """Raises ValueError for a fault that this method cannot have: it would never come."""
        if fault is Fault.DUPLICATE_UPDATE and method != "getUpdates":
            raise ValueError(f"{fault} is for getUpdates")
        if fault is Fault.CUT_SHORT and method != DOWNLOAD:
            raise ValueError(f"{fault} is for {DOWNLOAD}")
        if times < 1:
            raise ValueError("times must be at least 1")
        self.orders.append(Order(method, fault, times, chat, seconds))

    def clear(self) -> None:
        self.orders.clear()

    def refuses(self, method: str) -> bool:
        """Whether the next order for this method, whatever the chat, is to close the connection unread."""
        for order in self.orders:
            if _fits(order, method) and order.fault is not Fault.DUPLICATE_UPDATE:
                if order.fault is Fault.REFUSE and order.chat is None:
                    self._use(order)
                    return True
                return False
        return False

    def take(self, method: str, chat: int | None) -> Order | None:
        """The first order that fits this call."""
        for order in self.orders:
            if (
                _fits(order, method)
                and order.chat in (None, chat)
                and order.fault is not Fault.DUPLICATE_UPDATE
            ):
                self._use(order)
                return order
        return None

    def take_duplicate(self) -> bool:
        for order in self.orders:
            if order.fault is Fault.DUPLICATE_UPDATE:
                self._use(order)
                return True
        return False

    def _use(self, order: Order) -> None:
        order.times -= 1
        if order.times == 0:
            self.orders.remove(order)


def _fits(order: Order, method: str) -> bool:
    return order.method == method or (order.method == "*" and method != DOWNLOAD)
