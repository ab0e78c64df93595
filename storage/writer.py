"""The one thread that writes.

SQLite has one writer at a time and its busy handler is unfair: beside another writer's long chunks a turn
would wait for seconds. So every write of the process queues here, turns first, and runs in a transaction of
its own. Nobody waits for the database on the event loop.
"""

import asyncio
import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.database import Database


class Priority(IntEnum):
    TURN = 0
    OUTBOX = 1
    JOB = 2
    _STOP = 9


T = TypeVar("T")
Work = Callable[[Connection], Any]


class Writer:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.PriorityQueue[tuple[int, int, Work | None, Future[Any]]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued, then end."""
        self._queue.put((Priority._STOP, next(self._order), None, Future()))
        self._thread.join()

    def submit(self, priority: Priority, work: Callable[[Connection], T]) -> Future[T]:
        """Run `work` in a transaction: committed when it returns, rolled back when it raises."""
        future: Future[T] = Future()
        self._queue.put((priority, next(self._order), work, future))
        return future

    async def run(self, priority: Priority, work: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self.submit(priority, work))

    def _work(self) -> None:
        while True:
            _priority, _order, work, future = self._queue.get()
            if work is None:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                with self._database.writing() as connection:
                    result = work(connection)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
