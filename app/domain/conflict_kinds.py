"""Which differences between the screen's verdict and the reconciled one matter.

What changes neither who counts nor which way is no conflict: "late" at one door, "back in" by all.
"""

from app.domain.conflicts import ConflictKind
from app.domain.fold import ScanState
from app.domain.judgement import Judgement
from app.domain.scans import Direction, Verdict

_REFUSED = {
    Verdict.ALREADY_IN: ConflictKind.MISSED_ENTRY,
    Verdict.ALREADY_OUT: ConflictKind.MISSED_EXIT,
    Verdict.CANCELLED: ConflictKind.REGISTERED,
    Verdict.NOT_ON_ROSTER: ConflictKind.REGISTERED,
}
"""Shown and not counted, though it would count by what all stations knew."""
_ONCE_MORE = {Direction.IN: ConflictKind.TWO_ENTRIES, Direction.OUT: ConflictKind.TWO_EXITS}
_REPEATED = frozenset({Verdict.ALREADY_IN, Verdict.ALREADY_OUT, Verdict.REPEAT_READ})
_FORBIDDEN = {
    Verdict.REVOKED: ConflictKind.BADGE_REVOKED,
    Verdict.CANCELLED: ConflictKind.CANCELLED,
}
"""Counted, though it would have been refused; somebody who was admitted by hand is not asked of."""


def find_kind(scan: ScanState, reconciled: Judgement) -> ConflictKind | None:
    """Return what kind of conflict a scan and its reconciled verdict make, if any."""
    if not scan.counts:
        return _REFUSED.get(Verdict(scan.body["verdict"])) if reconciled.counts else None
    if reconciled.verdict in _REPEATED:
        return _ONCE_MORE[Direction(scan.body["direction"])]
    return None if scan.admitted else _FORBIDDEN.get(reconciled.verdict)


def wanted_direction(kind: ConflictKind) -> Direction:
    """Return which way the other station's scan went."""
    if kind in (ConflictKind.TWO_ENTRIES, ConflictKind.MISSED_EXIT):
        return Direction.IN
    return Direction.OUT
