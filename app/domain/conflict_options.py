"""The ways to decide a conflict, the suggestion first, and what each does to minutes."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.attendance import fold_presence
from app.domain.conflicts import Choice, ConflictKind, MinutesChange, Option
from app.domain.facts import FactId
from app.domain.fold import PersonState, ScanState

Way = tuple[Choice, tuple[FactId, ...]]
_KEEP: Way = (Choice.KEEP, ())


def list_options(
    kind: ConflictKind, scans: Sequence[ScanState], state: PersonState
) -> tuple[Option, ...]:
    """Return the options for a conflict's scans, oldest first (in two rooms: the first room's)."""
    ways = _ways(kind, scans, state)
    return tuple(
        Option(choice=choice, scans=named, changes=_changes(choice, named, scans, state))
        for choice, named in ways
    )


def _ways(kind: ConflictKind, scans: Sequence[ScanState], state: PersonState) -> Sequence[Way]:
    undo_each = [(Choice.VOID, (scan.fact_id,)) for scan in reversed(scans)]
    count = (Choice.COUNT, (scans[-1].fact_id,))
    match kind:
        case ConflictKind.MISSED_ENTRY | ConflictKind.MISSED_EXIT | ConflictKind.REGISTERED:
            return (count, _KEEP)
        case ConflictKind.CANCELLED:
            return ((Choice.MOVE, ()), _KEEP, *undo_each)
        case ConflictKind.BADGE_REVOKED if _came_with_another_badge(scans[-1], state):
            return (*undo_each, _KEEP)
        case ConflictKind.TWO_ROOMS:
            return (_KEEP, *_undo_rooms(scans))
        case _:
            return (_KEEP, *undo_each)


def _undo_rooms(scans: Sequence[ScanState]) -> list[Way]:
    """Return the ways to undo one room; the later one first."""
    rooms: dict[str, list[FactId]] = {}
    for scan in scans:
        rooms.setdefault(scan.body["session"], []).append(scan.fact_id)
    return [(Choice.VOID, tuple(ids)) for ids in reversed(rooms.values())]


def _came_with_another_badge(scan: ScanState, state: PersonState) -> bool:
    """Tell whether the person was also seen with a badge that is not this revoked one."""
    return any(
        other.counts
        and other.body["session"] == scan.body["session"]
        and other.body.get("code") != scan.body.get("code")
        for other in state.scans.values()
    )


def _changes(
    choice: Choice, named: Sequence[FactId], scans: Sequence[ScanState], state: PersonState
) -> tuple[MinutesChange, ...]:
    sessions = sorted({scan.body["session"] for scan in scans})
    changes = (
        MinutesChange(
            session=session,
            before=_minutes(session, state, None, ()),
            after=_minutes(session, state, choice, named),
        )
        for session in sessions
    )
    return tuple(change for change in changes if change.before != change.after)


def _minutes(
    session: str, state: PersonState, choice: Choice | None, named: Sequence[FactId]
) -> int:
    """Return the minutes at a session if a choice were made."""
    scans = (
        replace(scan, counts=choice is Choice.COUNT) if scan.fact_id in named else scan
        for scan in state.scans_at(session)
    )
    return fold_presence(scans).minutes_present
