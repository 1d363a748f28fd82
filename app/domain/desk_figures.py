"""From a help day's visits to its figures: volume, waiting, helping, parked (blocks 2 to 4)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from app.domain.desk_records import DeskDay, VisitRecord
from app.domain.desk_spread import Spread, share, share_within, spread_of
from app.domain.desk_times import (
    first_called_ms,
    first_served_ms,
    help_ms,
    in_system_ms,
    total_ms,
    until_served_ms,
    wait_ms,
)

NOTHING_LEFT = frozenset({"resolved", "resolved_next_step", "information"})
"""Outcomes after which neither the desk nor a vendor owes anything."""
NOT_VISITS = frozenset({"duplicate", "void"})
"""Reasons of tickets that were never a visit: they count nowhere."""
SERVICE_LEVELS = (15, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeFigures:
    """How many came and what became of them. Each visit counts on the day it arrived."""

    arrivals: int
    people: int
    units: int
    served: int
    tallies: int
    left: int
    no_show: int
    turned_away: int
    returned: int
    carried_in: int
    """Helped this day, arrived another: not among the arrivals."""
    carried_out: int
    """Taken to a later day with the place kept."""
    unfinished: int
    discarded: int
    """Duplicate or void tickets, counted nowhere else."""
    gone_reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFigures:
    """Waiting of the visits first called this day."""

    wait: Spread
    until_served: Spread
    left_after: Spread
    """How long those waited who left without help."""
    within: tuple[tuple[int, Fraction | None], ...]
    """(minutes, share of the called) for each service level."""
    served_at_once: int
    """Of the waits, those of 0 because the visit never queued."""
    waits_ms: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpFigures:
    """Help, parked time and time in system of the visits served this day."""

    help: Spread
    in_system: Spread
    parked: tuple[tuple[str, Spread], ...]
    """By reason, most time first."""
    first_contact: tuple[int, int]
    """(visits with nothing left open, visits finished with an outcome)."""

    @property
    def first_contact_share(self) -> Fraction | None:
        """Share of finished visits that left nothing open."""
        return share(*self.first_contact)


def real_visits(day: DeskDay) -> list[VisitRecord]:
    """Return the visits that count, duplicate and void tickets left out."""
    return [visit for visit in day.visits if visit.gone_reason not in NOT_VISITS]


def arrived_here(day: DeskDay) -> list[VisitRecord]:
    """Return the visits that arrived this day: what makes carried visits count once."""
    return [visit for visit in real_visits(day) if day.has(visit, visit.arrived_ms)]


def served_here(day: DeskDay) -> list[VisitRecord]:
    """Return the visits whose help began this day."""
    return [visit for visit in real_visits(day) if day.has(visit, first_served_ms(visit))]


def volume_figures(day: DeskDay) -> VolumeFigures:
    """Return block 2."""
    visits, arrived = real_visits(day), arrived_here(day)
    reasons = Counter(visit.gone_reason for visit in arrived if visit.gone_reason)
    return VolumeFigures(
        arrivals=len(arrived),
        people=sum(visit.party_size for visit in arrived),
        units=len({visit.unit_key for visit in arrived if visit.unit_key}),
        served=len(served_here(day)),
        tallies=len(day.tallies),
        left=reasons["left"],
        no_show=reasons["no_show"],
        turned_away=reasons["turned_away"],
        returned=sum(visit.is_return for visit in arrived),
        carried_in=sum(not day.has(visit, visit.arrived_ms) for visit in visits),
        carried_out=sum(_goes_on(day, visit) for visit in visits),
        unfinished=sum(visit.ended_ms is None and not _goes_on(day, visit) for visit in visits),
        discarded=sum(visit.gone_reason in NOT_VISITS for visit in day.visits),
        gone_reasons=MappingProxyType(dict(sorted(reasons.items()))),
    )


def wait_figures(day: DeskDay) -> WaitFigures:
    """Return block 3 without its hours."""
    called = [visit for visit in real_visits(day) if day.has(visit, first_called_ms(visit))]
    waits = sorted(_known(wait_ms(visit) for visit in called))
    left = [visit for visit in arrived_here(day) if visit.gone_reason == "left"]
    unhelped = [visit for visit in left if not visit.was_served]
    return WaitFigures(
        wait=spread_of(waits),
        until_served=spread_of(_known(until_served_ms(visit) for visit in served_here(day))),
        left_after=spread_of([total_ms(visit.stretches, "waiting") for visit in unhelped]),
        within=tuple((limit, share_within(waits, limit)) for limit in SERVICE_LEVELS),
        served_at_once=sum(_never_queued(visit) for visit in called),
        waits_ms=tuple(waits),
    )


def help_figures(day: DeskDay) -> HelpFigures:
    """Return block 4 without its topics."""
    served = served_here(day)
    finished = [visit for visit in served if visit.state == "done" and visit.issues]
    return HelpFigures(
        help=spread_of(_known(help_ms(visit) for visit in served)),
        in_system=spread_of(_known(in_system_ms(visit) for visit in served)),
        parked=_parked(real_visits(day)),
        first_contact=(sum(map(leaves_nothing_open, finished)), len(finished)),
    )


def leaves_nothing_open(visit: VisitRecord) -> bool:
    """Tell whether every issue ended without escalation or remainder."""
    return all(issue.outcome in NOTHING_LEFT for issue in visit.issues)


def _parked(visits: Sequence[VisitRecord]) -> tuple[tuple[str, Spread], ...]:
    times: dict[str, list[int]] = {}
    for visit in visits:
        for stretch in visit.stretches:
            if stretch.state == "parked":
                times.setdefault(stretch.reason, []).append(stretch.length_ms)
    ordered = sorted(times.items(), key=lambda entry: (-sum(entry[1]), entry[0]))
    return tuple((reason, spread_of(each)) for reason, each in ordered)


def _goes_on(day: DeskDay, visit: VisitRecord) -> bool:
    """Tell whether a visit was taken to a day that is not this."""
    return bool(visit.carried_to) and visit.carried_to not in day.sessions


def _never_queued(visit: VisitRecord) -> bool:
    return all(stretch.state != "waiting" for stretch in visit.stretches)


def _known(times: Iterable[int | None]) -> list[int]:
    return [time for time in times if time is not None]
