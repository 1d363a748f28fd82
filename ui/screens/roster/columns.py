"""Columns of the roster."""

from app.domain.scans import RegistrationStatus
from app.services.registrations import RosterRow
from ui.dates import clock_time
from ui.language import say
from ui.screens.roster import wording
from ui.theme import palette
from ui.widgets.row_table import Column


def status_text(row: RosterRow) -> str:
    """Return the words for a registration's status."""
    known = {status.value: words for status, words in wording.STATUSES.items()}
    return say(known[row.status]) if row.status in known else row.status


def origin_text(row: RosterRow) -> str:
    """Return the words for where a registration came from."""
    words = wording.ORIGINS.get(row.origin)
    return say(words) if words else row.origin


def id_text(row: RosterRow) -> str:
    """Return the last digits of the ID number, or that it is missing."""
    if not row.has_id:
        return say(wording.ID_UNKNOWN)
    return f"…{row.person.id_tail}" if row.person.id_tail else say(wording.ID_KNOWN)


def _status_colour(row: RosterRow) -> str | None:
    return palette().danger if row.status == RegistrationStatus.CANCELLED else None


COLUMNS: tuple[Column[RosterRow], ...] = (
    Column(heading=wording.NAME, text=lambda r: r.person.name),
    Column(heading=wording.UNIT, text=lambda r: r.person.unit),
    Column(heading=wording.JOB, text=lambda r: r.person.title),
    Column(heading=wording.STATUS, text=status_text, colour=_status_colour),
    Column(heading=wording.ORIGIN, text=origin_text),
    Column(heading=wording.ARRIVED, text=lambda r: clock_time(r.arrived_at)),
    Column(heading=wording.LEFT, text=lambda r: clock_time(r.left_at)),
    Column(
        heading=wording.HAS_ID,
        text=id_text,
        colour=lambda r: None if r.has_id else palette().caution,
    ),
    Column(heading=wording.BADGE, text=lambda r: r.badge_code or say(wording.NO_BADGE)),
)
