"""Which places care about facts that came from elsewhere."""

from collections.abc import Iterable

from ui.changes import Change

_BY_FAMILY: dict[str, frozenset[Change]] = {
    "plan": frozenset({Change.EVENT}),
    "unit": frozenset({Change.UNITS}),
    "registration": frozenset({Change.ROSTER}),
    "badge": frozenset({Change.BADGES}),
    "scan": frozenset({Change.SCANS}),
    "conflict": frozenset({Change.SCANS, Change.CREDITS}),
    "credit": frozenset({Change.CREDITS}),
    "session": frozenset({Change.CREDITS}),
    "device": frozenset({Change.DEVICES}),
    "clock": frozenset({Change.SCANS}),
    "private": frozenset({Change.ROSTER, Change.SCANS, Change.HELP_DESK}),
    "consultant": frozenset({Change.HELP_DESK, Change.STAFF}),
    "duty": frozenset({Change.HELP_DESK, Change.STAFF}),
}
_HELP_DESK = frozenset(
    {"visit", "issue", "attachment", "tally", "topic", "answer", "problem", "followup", "loan"}
)


def changes_of(kinds: Iterable[str]) -> frozenset[Change]:
    """Return what changed, from the kinds of the facts that came. Unknown kinds change nothing."""
    changed: frozenset[Change] = frozenset()
    for family in {str(kind).partition(".")[0] for kind in kinds}:
        known = frozenset({Change.HELP_DESK}) if family in _HELP_DESK else frozenset()
        changed |= _BY_FAMILY.get(family, known)
    return changed
