"""Answers on their way to disk: in order, in a thread, kept in hand while the disk refuses them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

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
    """A queue that a thread of its own empties; the thread waits, so that a job begins at once.

    ``report`` is called in that thread after each job, ``fail`` with an error that no job may end
    with. After a StoreError the queue rests until ``retry`` or the next ``put``.
    """

    def __init__(
        self, report: Callable[[Written], object], fail: Callable[[BaseException], object]
    ) -> None:
        self._report = report
        self._fail = fail
        self._queue: deque[Job] = deque()
        self._lock = Lock()
        self._running = False
        self._thread = ThreadPoolExecutor(1, "writer")
        self._run: Future[None] | None = None
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
        self._run = self._thread.submit(self._empty)
        self._run.add_done_callback(self._ended)

    def _ended(self, run: Future[None]) -> None:
        if error := run.exception():
            self._fail(error)

    async def settle(self) -> bool:
        """Wait until the thread rests; True where everything is on disk."""
        while self._running and self._run is not None:
            await asyncio.wrap_future(self._run)
        return not self._queue

    def end(self) -> None:
        """Let the thread go when it has done what it was given."""
        self._thread.shutdown(wait=False)

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
