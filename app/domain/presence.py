"""Where somebody is now: in one room at most, whatever was left open elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.attendance import fold_presence
from app.domain.scans import Direction, PastScan

LONGEST_STAY = timedelta(hours=16)
"""Who signed in longer ago than a day lasts forgot to sign out, and is not here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The room somebody entered last and did not leave."""

    session: str
    since: datetime
    station: str
    left_open: tuple[str, ...] = ()
    """Other sessions that were entered and not left: to be reviewed."""


def where_now(scans: Mapping[str, Sequence[PastScan]], now: datetime) -> Whereabouts | None:
    """Return where somebody is by their scans at each session; None where they are nowhere."""
    inside: list[tuple[datetime, str, str]] = []
    for session, made in scans.items():
        counting = [scan for scan in made if scan.counts]
        attendance = fold_presence(counting)
        if not attendance.is_present:
            continue
        since = attendance.intervals[-1].in_at
        station = next(
            scan.station for scan in counting if scan.at == since and scan.direction is Direction.IN
        )
        if timedelta(0) <= now - since <= LONGEST_STAY:
            inside.append((since, session, station))
    if not inside:
        return None
    (since, session, station), *others = sorted(inside, reverse=True)
    return Whereabouts(
        session=session,
        since=since,
        station=station,
        left_open=tuple(sorted(other[1] for other in others)),
    )
