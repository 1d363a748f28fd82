"""Stand-ins for what the Board reads: numbers only, as there are no names on it."""

from dataclasses import dataclass, field
from typing import Any, cast

from place_fakes import FakeOffice

from app.domain.wait_range import WaitRange
from app.services.outcomes import Station
from app.services.visit_views import BoardState, CalledNumber
from ui.place import Desk

HELP_DAY = "help1"


def called(ticket: str, desk: str, at_ms: int, times: int = 1) -> CalledNumber:
    """Return a number as the service tells it."""
    return CalledNumber(ticket=ticket, desk=desk, at_ms=at_ms, recalls=times, serving=False)


def board_state(**changes: Any) -> BoardState:
    """Return a busy hour of a help day."""
    numbers = {
        "session": HELP_DAY,
        "called": (
            called("A017", "3", 4000),
            called("B009", "1", 3000),
            called("A016", "5", 2000, 2),
            called("A014", "2", 1000),
        ),
        "waiting": 9,
        "longest_wait_min": 23,
        "people_ahead": 9,
        "desks_serving": 5,
        "desks_free": 0,
        "handle_ms": (600_000,) * 12,
        "range": WaitRange(10, 25),
        "as_of": 5000,
    }
    return BoardState(**cast("Any", numbers | changes))


@dataclass
class FakeVisits:
    """The board's numbers, or why they cannot be read."""

    now: BoardState = field(default_factory=board_state)
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)

    def board(self, session: str) -> BoardState:
        self.asked.append(session)
        if self.error is not None:
            raise self.error
        return self.now


@dataclass
class FakeNumbers:
    """A help desk that only knows its visits."""

    visits: FakeVisits = field(default_factory=FakeVisits)


@dataclass
class FakeTime:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def on_help_day(office: FakeOffice, desk: Desk) -> FakeVisits:
    """Make it a help day with numbers and return the visits behind them."""
    numbers = FakeNumbers()
    office.help_desk = cast("Any", numbers)
    desk.station._set(Station(session=HELP_DAY))
    return numbers.visits
