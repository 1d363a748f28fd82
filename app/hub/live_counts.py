"""One event's live figures as counters: a subject's old parts go out, its new ones come in."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.people import Unit
from app.domain.visits import VisitState
from app.hub.live_parts import (
    EventPart,
    HelpTally,
    HelpVisit,
    Part,
    Place,
    Sealed,
    StationPart,
    TopicTitle,
)

STEP_MS = 5 * 60_000
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(slots=True)
class SessionCounts:
    """One session in numbers."""

    expected: int = 0
    arrived: int = 0
    present: int = 0
    arrivals: Counter[int] = field(default_factory=Counter)
    """Start of five minutes → first entries in them."""
    unit_expected: Counter[str] = field(default_factory=Counter)
    unit_seen: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class HelpCounts:
    """One help day in numbers."""

    states: Counter[VisitState] = field(default_factory=Counter)
    waiting_since: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    tallies: int = 0

    def longest_wait_ms(self, now_ms: int) -> int:
        """Return the longest wait of those in line, up to its first call."""
        running = now_ms - min(self.waiting_since, default=now_ms)
        return max(0, running, max(self.waited, default=0))


class LiveCounts:
    """Everything the page shows of one event, kept by subject."""

    def __init__(self) -> None:
        self.event: EventPart | None = None
        self.sessions: dict[str, SessionCounts] = defaultdict(SessionCounts)
        self.help_days: dict[str, HelpCounts] = defaultdict(HelpCounts)
        self.units: dict[str, Unit] = {}
        self.stations: dict[str, StationPart] = {}
        self.topics: dict[str, TopicTitle] = {}
        self.sealed: set[str] = set()
        self._parts: dict[str, tuple[Part, ...]] = {}

    def replace(self, subject: str, parts: Sequence[Part]) -> None:
        """Count a subject's parts instead of those it had before."""
        for part in self._parts.pop(subject, ()):
            self._count(part, -1)
        for part in parts:
            self._count(part, 1)
        if parts:
            self._parts[subject] = tuple(parts)

    def _count(self, part: Part, sign: int) -> None:
        match part:
            case Place():
                self._count_place(part, sign)
            case HelpVisit():
                self._count_visit(part, sign)
            case HelpTally():
                day = self.help_days[part.session]
                day.tallies += sign
                _add(day.topics, part.topic, sign)
            case _:
                self._know(part, is_known=sign > 0)

    def _count_place(self, place: Place, sign: int) -> None:
        counts = self.sessions[place.session]
        counts.expected += sign * place.is_registered
        counts.present += sign * place.is_present
        if place.first_in_ms is not None:
            counts.arrived += sign
            _add(counts.arrivals, place.first_in_ms // STEP_MS * STEP_MS, sign)
        if place.unit and place.is_registered:
            _add(counts.unit_expected, place.unit, sign)
        if place.unit and place.is_seen:
            _add(counts.unit_seen, place.unit, sign)

    def _count_visit(self, visit: HelpVisit, sign: int) -> None:
        day = self.help_days[visit.session]
        _add(day.states, visit.state, sign)
        if visit.waiting_since_ms is not None:
            _add(day.waiting_since, visit.waiting_since_ms, sign)
        elif visit.state is VisitState.WAITING:
            _add(day.waited, visit.waited_ms, sign)
        for topic in visit.topics:
            _add(day.topics, topic, sign)

    def _know(self, part: Part, *, is_known: bool) -> None:
        """Keep or forget what is known once, not counted."""
        match part:
            case EventPart():
                self.event = part if is_known else None
            case Unit():
                _keep(self.units, part.id, part, is_known=is_known)
            case StationPart():
                _keep(self.stations, part.device, part, is_known=is_known)
            case TopicTitle():
                _keep(self.topics, part.code, part, is_known=is_known)
            case Sealed():
                (self.sealed.add if is_known else self.sealed.discard)(part.session)
            case _:
                pass


def _add(counter: Counter[Key], key: Key, sign: int) -> None:
    """Count, and leave nothing behind at zero: memory follows what there is."""
    counter[key] += sign
    if not counter[key]:
        del counter[key]


def _keep(table: dict[str, Value], key: str, value: Value, *, is_known: bool) -> None:
    if is_known:
        table[key] = value
    else:
        table.pop(key, None)
