"""Whose turn it is to write: a person's act goes before any background work of this process.

SQLite lets waiting writers sleep and try again, and whoever tries at the right moment gets in. At
the door that is luck nobody should need: here an act that waits gets the very next turn. Other
processes meet SQLite's own lock behind this one: an act asks for it every half millisecond, and
background work leaves a gap that is longer after each of its turns.

Where nobody acted for a while, background work may take a longer turn, and gives it up when an act
comes, whatever process that is in: see `Database.give_way`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.errors import Conflict
from app.domain.words import Words

LONGEST_WAIT_S = 5.0
"""How long anybody waits for another process."""
ASK_AGAIN_S = 0.0005
GAP_S = 0.001


class GiveWay(Exception):
    """Somebody wants to write: what background work stored in this turn is taken back."""


class Turnstile:
    """One turn at a time; acts first."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._wanted = 0
        self._is_free = threading.Event()
        self._is_free.set()
        self._last_act = time.monotonic()

    @contextmanager
    def act(self) -> Iterator[None]:
        """Take a person's turn. Raises Conflict where nobody gives way."""
        self._count(1)
        try:
            if not self._turn.acquire(timeout=LONGEST_WAIT_S):
                raise someone_writes()
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._count(-1)

    @contextmanager
    def between(self) -> Iterator[None]:
        """Take a turn between acts, however long it takes to come."""
        self.step_aside()
        with self._turn:
            yield
        time.sleep(GAP_S)

    def quiet_seconds(self) -> float:
        """Return how long ago the last act was (or the start); 0 while one goes on."""
        return 0.0 if self.is_wanted() else time.monotonic() - self._last_act

    def note_act(self) -> None:
        """Note that somebody acts in another process."""
        self._last_act = time.monotonic()

    def is_wanted(self) -> bool:
        """Tell whether an act has its turn or waits for it."""
        return not self._is_free.is_set()

    def step_aside(self) -> None:
        """Return once no act is under way or waits."""
        self._is_free.wait()

    def _count(self, more: int) -> None:
        with self._counting:
            self._wanted += more
            if self._wanted:
                self._is_free.clear()
            else:
                self._last_act = time.monotonic()
                self._is_free.set()


def nothing() -> None:
    """Do nothing: what is called between steps where nobody asks to be."""


def someone_writes() -> Conflict:
    """Return what is said to whom the write lock was not given in time."""
    return Conflict(
        Words(zh="另一個程式正在寫入這個活動。", en="Another program is writing to this event."),
        remedy=Words(zh="請稍候再試。", en="Wait a moment and try again."),
    )
