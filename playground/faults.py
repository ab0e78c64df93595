"""Faults to order: what a network and a busy server really do."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    LOST_ANSWER = "lost_answer"  # carried out, then the connection closes without an answer
    BAD_GATEWAY = "bad_gateway"  # 502 with a page of HTML, not carried out
    BAD_GATEWAY_AFTER = "bad_gateway_after"  # 502, carried out
    SERVER_ERROR = "server_error"  # 500, not carried out
    HANG = "hang"  # nothing comes for `seconds`, then the connection closes
    TOO_MANY = "too_many"  # 429 with retry_after `seconds`
    BLOCKED = "blocked"  # 403
    REFUSE = "refuse"  # the connection closes before anything is read


@dataclass(slots=True)
class Order:
    method: str  # "*": every method
    fault: Fault
    times: int
    chat: int | None = None
    seconds: int = 1


class Faults:
    def __init__(self) -> None:
        self.orders: list[Order] = []

    def order(
        self, method: str, fault: Fault, *, times: int = 1, chat: int | None = None, seconds: int = 1
    ) -> None:
        self.orders.append(Order(method, fault, times, chat, seconds))

    def clear(self) -> None:
        self.orders.clear()

    def take(self, method: str, chat: int | None) -> Order | None:
        """The first order that fits this call; used up `times` times."""
        for order in self.orders:
            if order.method not in ("*", method) or (order.chat is not None and order.chat != chat):
                continue
            order.times -= 1
            if order.times <= 0:
                self.orders.remove(order)
            return order
        return None
