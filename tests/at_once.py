"""Many hands at one moment, and the hasty database that is their negative control."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.domain.errors import VenueDeskError
from db.engine import Connection, Database, storage_errors


class HastyDatabase(Database):
    """The control: begins as a reader, and asks for the lock only when it writes."""

    def __init__(self, original: Database, meeting: threading.Barrier) -> None:
        super().__init__(original.path, original._key)
        self._meeting = meeting

    @contextmanager
    def write(self) -> Iterator[Connection]:
        connection = self.connection()
        with storage_errors():
            connection.execute("BEGIN DEFERRED")
            try:
                connection.execute("SELECT count(*) FROM fact").fetchone()
                self._meeting.wait()  # everybody has looked before anybody writes
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise


def all_at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all acts in threads of their own at one moment; return answers and errors."""
    start = threading.Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def do(at: int) -> None:
        start.wait()
        try:
            answers[at] = acts[at]()
        except VenueDeskError as error:
            answers[at] = error

    threads = [threading.Thread(target=do, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
