"""The numbers now serving: read every second and after every change, honest about their age."""

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.wait_range import WaitRange, settle
from app.services.visit_views import BoardState
from ui.office import office_of
from ui.place import Desk
from ui.screens.board.picture import MOST_SHOWN, BoardPicture, ShownCall, newest_call

EVERY_MS: Final = 1000
STALE_AFTER_S: Final = 15.0
"""After so long without news people must not trust what stands there."""
_FORGOTTEN_AFTER_S: Final = 300.0
"""After so long a silence the range shown before says nothing about now."""


class ServingViewModel(QObject):
    """Follows the visits of one help day while it is switched on.

    `clock`: seconds that only go forward.

    Signals:
        picture_changed: the BoardPicture to show now.
        called: the ShownCall of a number just called, again or for the first time.
    """

    picture_changed = Signal(object)
    called = Signal(object)

    def __init__(
        self, desk: Desk, parent: QObject | None = None, *, clock: Callable[[], float] | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._office = office_of(desk)
        self._clock = clock or time.monotonic
        self._often = QTimer(self, interval=EVERY_MS)
        self._often.timeout.connect(self.tick)
        self._is_reading = False
        self._session = ""
        self._forget()

    def follow(self, session: str) -> None:
        """Show the numbers of another help day; empty is none."""
        if session != self._session:
            self._session = session
            self._forget()
            self.tick()

    def set_on(self, is_on: bool) -> None:
        """Read every second, or rest while nobody looks."""
        if is_on and not self._often.isActive():
            self._seen_ms = -1  # what was called while nobody looked rings no bell now
            self._often.start()
            self.tick()
        elif not is_on:
            self._often.stop()

    def tick(self) -> None:
        """Ask for the numbers, unless an answer is still due; tell how old the last ones are."""
        if not self._session:
            return
        if not self._is_reading:
            self._is_reading = True
            work = partial(self._read, self._session)
            self._desk.tasks.run(self, work, self._on_read, self._on_error, lane="reading")
        self._tell()

    def _forget(self) -> None:
        self._state: BoardState | None = None
        self._heard_at = self._clock()
        self._read_clock = ""
        self._seen_ms = -1
        """When the newest call was made that is known here, -1 before the first reading."""
        self._wait: WaitRange | None = None
        self._wait_since = self._heard_at
        self._has_failed = False

    def _read(self, session: str) -> BoardState:
        return self._office.help_desk.visits.board(session)

    def _on_read(self, state: BoardState) -> None:
        self._is_reading = False
        if state.session != self._session:  # asked before another day was chosen
            self.tick()
            return
        self._settle(state.range)
        self._state, self._heard_at, self._has_failed = state, self._clock(), False
        self._read_clock = f"{self._office.events.now():%H:%M:%S}"
        self._tell()
        self._tell_call(_calls(state))

    def _on_error(self, error: Exception) -> None:
        self._is_reading = False
        if not self._has_failed:  # once: the board itself says how long it stands still
            self._desk.report(error)
        self._has_failed = True

    def _settle(self, found: WaitRange | None) -> None:
        now = self._clock()
        previous = self._wait if now - self._heard_at < _FORGOTTEN_AFTER_S else None
        shown = settle(previous, found, (now - self._wait_since) * 1000)
        if shown != self._wait:
            self._wait, self._wait_since = shown, now

    def _is_stale(self, now: float) -> bool:
        return now - self._heard_at > STALE_AFTER_S

    def _tell(self) -> None:
        is_stale = self._is_stale(self._clock())
        clock = f"{self._office.events.now():%H:%M}"
        state = self._state
        if state is None:
            self.picture_changed.emit(BoardPicture(clock=clock, is_stale=is_stale))
            return
        self.picture_changed.emit(
            BoardPicture(
                calls=_calls(state),
                waiting=state.waiting,
                longest_minutes=state.longest_wait_min,
                desks=state.desks_serving,
                wait=None if is_stale else self._wait,
                clock=clock,
                read_at=self._read_clock,
                is_stale=is_stale,
            )
        )

    def _tell_call(self, calls: tuple[ShownCall, ...]) -> None:
        seen, newest = self._seen_ms, max((call.at_ms for call in calls), default=0)
        self._seen_ms = max(seen, newest)
        fresh = newest_call(calls, seen) if seen >= 0 else None
        if fresh is not None:
            self.called.emit(fresh)


def _calls(state: BoardState) -> tuple[ShownCall, ...]:
    return tuple(
        ShownCall(ticket=one.ticket, desk=one.desk, at_ms=one.at_ms, times=one.recalls)
        for one in state.called[:MOST_SHOWN]
    )
