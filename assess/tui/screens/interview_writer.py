"""Answers on their way to disk: in order, in a thread, kept in hand while the disk refuses them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from textual.worker import Worker

from assess.errors import AssessError, StoreError


@dataclass(frozen=True)
class Job:
    """One thing to write; ``number`` counts jobs up, to tell a later one from an earlier."""

    number: int
    item: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Written:
    """What became of a job. With a ``StoreError`` it is kept and will be tried again."""

    job: Job
    error: AssessError | None = None


class Writer:
    """A queue that one thread at a time empties.

    ``start`` runs a function in a thread worker; ``report`` is called in that thread after each
    job. After a StoreError the queue rests until ``retry`` or the next ``put``.
    """

    def __init__(
        self,
        start: Callable[[Callable[[], None]], Worker[Any]],
        report: Callable[[Written], object],
    ) -> None:
        self._start = start
        self._report = report
        self._queue: deque[Job] = deque()
        self._lock = Lock()
        self._running = False
        self._worker: Worker[Any] | None = None
        self._number = 0

    @property
    def unwritten(self) -> int:
        """How many jobs are not on disk."""
        return len(self._queue)

    def put(self, item: str, run: Callable[[], object]) -> Job:
        """Write something as soon as what came before is written."""
        self._number += 1
        job = Job(self._number, item, run)
        with self._lock:
            self._queue.append(job)
        self.retry()
        return job

    def retry(self) -> None:
        """Go on with what is in hand."""
        with self._lock:
            if self._running or not self._queue:
                return
            self._running = True
        self._worker = self._start(self._empty)

    async def settle(self) -> bool:
        """Wait until the thread rests; True where everything is on disk."""
        while self._running and self._worker is not None:
            await self._worker.wait()
        return not self._queue

    def _empty(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._running = False
                    return
                job = self._queue[0]
            error = self._write(job)
            with self._lock:
                # what the disk refused stays in hand; what the interview refused would never pass
                kept = isinstance(error, StoreError)
                if kept:
                    self._running = False
                else:
                    self._queue.popleft()
            self._report(Written(job, error))
            if kept:
                return

    @staticmethod
    def _write(job: Job) -> AssessError | None:
        try:
            job.run()
        except AssessError as error:
            return error
        return None
