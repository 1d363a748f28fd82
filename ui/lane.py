"""One thread that does jobs in the order they come; lighter than a pool, for a scan waits on it."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

Job = Callable[[], None]


class Lane:
    """Starts its thread with the first job."""

    def __init__(self, name: str) -> None:
        # Daemon: a program that ends without `stop` must not hang on a thread that waits for work.
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._is_started = False

    def put(self, job: Job) -> None:
        """Do a job after those put before; one that comes after `stop` is never done."""
        self._jobs.put(job)
        if not self._is_started:
            self._is_started = True
            self._thread.start()

    def stop(self, *, drop: bool = False) -> None:
        """Ask the thread to end after the jobs that wait, or to `drop` those."""
        while drop:
            try:
                self._jobs.get_nowait()
            except Empty:
                break
        self._jobs.put(None)

    def join(self, seconds: float | None = None) -> None:
        """Wait until the thread has ended, or so many seconds."""
        if self._is_started:
            self._thread.join(seconds)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # what it holds must not live on until the next one comes
