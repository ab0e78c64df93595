"""getUpdates: the long poll, and what acknowledges an update."""

import time
from typing import Any

from playground.faults import Faults
from playground.parameters import ApiError, Params, json_of, number_of
from playground.state import State

POLL_LIMIT_S = 50
BATCH_LIMIT = 100
WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
ANOTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Polling:
    def __init__(self, state: State, faults: Faults) -> None:
        self._state = state
        self._faults = faults
        self._polls = 0

    async def get_updates(self, params: Params) -> list[dict[str, Any]]:
        state = self._state
        if state.webhook is not None:
            raise ApiError(409, WEBHOOK_ACTIVE)
        remember_allowed(state, params)
        self._polls += 1
        mine = self._polls
        state.arrived.set()  # the older poller gives way
        again = self._acknowledge(number_of(params, "offset"))
        limit = number_of(params, "limit", BATCH_LIMIT)
        limit = limit if 1 <= limit <= BATCH_LIMIT else BATCH_LIMIT
        deadline = time.monotonic() + min(max(number_of(params, "timeout"), 0), POLL_LIMIT_S)
        while True:
            found = [*again, *state.next_updates(limit)][:limit]
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            await state.arrived.wait(left)
            if self._polls != mine:
                raise ApiError(409, ANOTHER_POLLER)
            if state.webhook is not None:
                raise ApiError(409, "Conflict: terminated by setWebhook request")

    def _acknowledge(self, offset: int) -> list[dict[str, Any]]:
        """Drop everything below the offset; returns what is to come once more by an ordered fault.

        A negative offset keeps that many of the newest updates and drops the rest.
        """
        state = self._state
        if offset < 0:
            ids = list(state.updates)
            offset = ids[offset] if -offset <= len(ids) else 0
        dropped = state.acknowledge_below(offset) if offset else []
        return dropped if dropped and self._faults.take_duplicate() else []


def remember_allowed(state: State, params: Params) -> None:
    """A list that was given once holds until another is given; an empty one means all."""
    allowed = json_of(params, "allowed_updates", "allowed updates")
    if isinstance(allowed, list):
        state.allowed = frozenset(map(str, allowed)) or None
