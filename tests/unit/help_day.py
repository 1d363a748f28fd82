"""A simulated help day: who comes when, who is called when, and what the board said meanwhile.

Poisson arrivals and log-normal handle times; people who do not show up, people who practise alone
and come back, and desks that prefer the topics they know, never passing anybody over four times.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from math import log
from random import Random

DAY_MINUTES = 6 * 60
NO_SHOW_MINUTES = 3.0
WALK_MINUTES = 0.7
TOPICS = 4
MOST_PASSED_OVER = 3


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A help day's load; shares run from 0 to 1, `sigma` is that of the log-normal times."""

    desks: int
    per_hour: float
    median: float
    sigma: float = 0.6
    no_shows: float = 0.0
    parked: float = 0.0
    by_skill: float = 0.0
    """Share of calls for which a desk looks for a topic it knows first."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a newcomer could know, and (later) how long the wait was. Minutes all through."""

    at: float
    ahead: int
    desks: int
    free: int
    handles: tuple[float, ...]
    waited: float


@dataclass
class _Visitor:
    arrived: float
    handle: float
    comes: bool
    parks: bool
    topic: int
    passed_over: int = 0
    called: float | None = None
    held: float = 0.0
    seen: Look | None = None


@dataclass
class _Day:
    setting: Setting
    dice: Random
    line: list[_Visitor] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    handles: list[float] = field(default_factory=list)
    events: list[tuple[float, int, str, _Visitor, int]] = field(default_factory=list)
    minutes: list[Look] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def plan(self, at: float, what: str, who: _Visitor, desk: int = -1) -> None:
        heappush(self.events, (at, next(self.numbers), what, who, desk))


def looks_of(setting: Setting, seed: str) -> list[Look]:
    """Simulate one day and return what every newcomer saw, in order of arrival."""
    return simulate(setting, seed)[0]


def simulate(setting: Setting, seed: str) -> tuple[list[Look], list[Look]]:
    """Simulate one day: what every newcomer saw, and how things stood every minute."""
    day = _Day(setting, Random(seed))
    day.free = list(range(setting.desks))
    skills = [{t for t in range(TOPICS) if day.dice.random() < 0.5} for _ in day.free]
    people = list(_arrivals(day))
    for minute in range(DAY_MINUTES):
        day.plan(minute, "minute", people[0])
    while day.events:
        now, _, what, who, desk = heappop(day.events)
        _happen(day, now, what, who, desk)
        while day.line and day.free:
            _call_next(day, now, skills)
    return [_told(who) for who in people if who.comes], day.minutes


def _arrivals(day: _Day) -> Iterator[_Visitor]:
    now, setting, dice = 0.0, day.setting, day.dice
    while (now := now + dice.expovariate(setting.per_hour / 60)) < DAY_MINUTES:
        who = _Visitor(
            arrived=now,
            handle=dice.lognormvariate(log(setting.median), setting.sigma),
            comes=dice.random() >= setting.no_shows,
            parks=dice.random() < setting.parked,
            topic=dice.randrange(TOPICS),
        )
        day.plan(now, "arrives", who)
        yield who


def _happen(day: _Day, now: float, what: str, who: _Visitor, desk: int) -> None:
    if what == "minute":
        day.minutes.append(_look(day, now))
        return
    if what == "arrives":
        who.seen = _look(day, now)
    if what in {"arrives", "returns"}:
        day.line.append(who)
        day.line.sort(key=lambda waiting: waiting.arrived)
        return
    day.free.append(desk)
    if what == "parks":
        day.plan(now + day.dice.uniform(8, 25), "returns", who)
    else:
        day.handles.append(who.held)


def _look(day: _Day, now: float) -> Look:
    return Look(
        at=now,
        ahead=len(day.line),
        desks=day.setting.desks,
        free=len(day.free),
        handles=tuple(day.handles),
        waited=0.0,
    )


def _call_next(day: _Day, now: float, skills: list[set[int]]) -> None:
    desk = day.free.pop(0)
    who = _next_for(day, skills[desk])
    for waiting in day.line[: day.line.index(who)]:
        waiting.passed_over += 1
    day.line.remove(who)
    who.called = now if who.called is None else who.called
    held = _held(who) + WALK_MINUTES
    who.held += held
    day.plan(now + held, "parks" if who.parks and who.comes else "ends", who, desk)
    who.parks = False


def _next_for(day: _Day, known: set[int]) -> _Visitor:
    first = day.line[0]
    if day.dice.random() >= day.setting.by_skill or first.passed_over >= MOST_PASSED_OVER:
        return first
    return next((who for who in day.line if who.topic in known), first)


def _held(who: _Visitor) -> float:
    """Return the minutes of this sitting: half before and half after practising alone."""
    if not who.comes:
        return NO_SHOW_MINUTES
    return who.handle / 2 if who.parks or who.held else who.handle


def _told(who: _Visitor) -> Look:
    assert who.seen is not None
    assert who.called is not None
    return replace(who.seen, waited=who.called - who.arrived)
