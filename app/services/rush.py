"""A simulated rush: arrivals at a rate, recorded on the same path as a real scan."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.errors import Cancelled, NotAllowed
from app.domain.words import Words
from app.services.badges import BadgeService
from app.services.checkin import CheckinService
from app.services.context import EventContext
from app.services.outcomes import ScanOutcome, Station

READER = "rehearsal"
STRANGE_EVERY, AGAIN_EVERY = 20, 15
"""Of so many arrivals one holds something that is no badge, one holds theirs out twice."""
STRANGE = "https://example.invalid/rehearsal"
MOST_A_MINUTE = 240
Wait = Callable[[float], object]


@dataclass(slots=True)
class RushTally:
    """What a rush came to so far."""

    recorded: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    took_ms: list[float] = field(default_factory=list)

    def add(self, outcome: ScanOutcome, took_ms: float) -> None:
        """Count one scan."""
        self.recorded += 1
        self.verdicts[outcome.verdict.value] += 1
        self.took_ms.append(took_ms)

    def percentile(self, part: float) -> float:
        """Return how long a scan took that this part of all scans did not exceed."""
        ordered = sorted(self.took_ms)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


class Rush:
    """The people of a session in an order of chance, each as what a reader would read."""

    def __init__(self, context: EventContext, session: str, *, seed: int = 112) -> None:
        """Issues the badges nobody had yet. Raises NotFound."""
        self._chance = random.Random(seed)  # noqa: S311 - an order, nothing secret
        codes = [badge.code for badge in BadgeService(context).badges_for(session)]
        self._chance.shuffle(codes)
        self.people = len(codes)
        self._readings = self._order(codes)

    def next_reading(self) -> str | None:
        """Return what the next one in the queue holds out; None when everybody has been here."""
        return next(self._readings, None)

    def _order(self, codes: list[str]) -> Iterator[str]:
        for number, code in enumerate(codes, start=1):
            if number % STRANGE_EVERY == 0:
                yield STRANGE
            yield code
            if number % AGAIN_EVERY == 0:
                yield code


def require_rehearsal(context: EventContext) -> None:
    """Refuse to play arrivals into a real event. Raises NotAllowed."""
    if not context.rehearsal:
        raise NotAllowed(
            Words(
                zh="模擬人潮只能在演練裡播放。",
                en="A simulated rush is played in a rehearsal only.",
            ),
            remedy=Words(zh="請先開始演練。", en="Begin a rehearsal first."),
        )


def play_rush(
    context: EventContext,
    rush: Rush,
    station: Station,
    *,
    per_minute: int,
    arrivals: int,
    wait: Wait | None = None,
    progress: Callable[[int, int], bool] | None = None,
) -> RushTally:
    """Record arrivals at a rate; `wait` None: at once, the moments apart as if it had been waited.

    Does not ask what kind of event this is: whoever offers it asks `require_rehearsal` first.
    Raises Cancelled.
    """
    tally = RushTally()
    apart = timedelta(minutes=1) / per_minute
    door, now = CheckinService(context), context.now()
    # Nobody rehearses a queue that is too early: before sign-in opens, the queue is moved there.
    start = max(now, context.windows[station.session].sign_in_from)
    for number in range(arrivals):
        reading = rush.next_reading()
        if reading is None:
            break
        begun = time.perf_counter()
        at = start + apart * number if wait is None else _moved(context, start - now)
        outcome = door.scan(reading, station, at=at, reader=READER)
        took = time.perf_counter() - begun
        tally.add(outcome, took * 1000)
        if progress is not None and not progress(number + 1, arrivals):
            raise Cancelled
        if wait is not None:
            wait(max(0.0, apart.total_seconds() - took))
    return tally


def _moved(context: EventContext, by: timedelta) -> datetime | None:
    """Return the moment of an arrival that is waited for; None: as the clock says."""
    return context.now() + by if by else None


class RushPlay:
    """A rush played arrival by arrival, so that real scans come between as they would."""

    def __init__(self, context: EventContext, station: Station) -> None:
        """Raises NotAllowed in a real event, NotFound."""
        require_rehearsal(context)
        self._context = context
        self._station = station
        self._door = CheckinService(context)
        self._rush = Rush(context, station.session)
        opens = context.windows[station.session].sign_in_from
        self._ahead = max(timedelta(0), opens - context.now())
        self.tally = RushTally()
        self.people = self._rush.people

    def arrive(self) -> ScanOutcome | None:
        """Record the next arrival; None when everybody has been here."""
        reading = self._rush.next_reading()
        if reading is None:
            return None
        begun = time.perf_counter()
        at = _moved(self._context, self._ahead)
        outcome = self._door.scan(reading, self._station, at=at, reader=READER)
        self.tally.add(outcome, (time.perf_counter() - begun) * 1000)
        return outcome
