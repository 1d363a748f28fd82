"""Where a person was when: stretches of presence in every room, and those that overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from app.domain.clock import moment_of
from app.domain.fold import ScanState
from app.domain.scans import Direction, SessionWindow


@dataclass(frozen=True, slots=True)
class Stretch:
    """From an entry to the exit that ends it, if one does."""

    entry: ScanState
    exit: ScanState | None = None

    @property
    def session(self) -> str:
        """The session it is at."""
        return str(self.entry.body["session"])

    @property
    def scans(self) -> tuple[ScanState, ...]:
        """The scans that bound it."""
        return (self.entry,) if self.exit is None else (self.entry, self.exit)


def find_stretches(counting: Iterable[ScanState]) -> list[Stretch]:
    """Return the stretches of all sessions by entry; as `fold_presence` folds them."""
    done: list[Stretch] = []
    present: dict[str, ScanState] = {}
    for scan in sorted(counting, key=lambda item: (item.at_ms, item.fact_id)):
        session = str(scan.body["session"])
        if scan.body["direction"] == Direction.IN.value:
            present.setdefault(session, scan)
        elif session in present:
            done.append(Stretch(present.pop(session), scan))
    done += [Stretch(entry) for entry in present.values()]
    return sorted(done, key=lambda item: (item.entry.at_ms, item.entry.fact_id))


def find_overlaps(
    stretches: Sequence[Stretch], windows: dict[str, SessionWindow]
) -> list[tuple[Stretch, Stretch]]:
    """Return pairs of stretches in two rooms at once; without an exit one lasts all day."""
    return [
        (first, second)
        for first, second in combinations(stretches, 2)
        if first.session != second.session
        and moment_of(second.entry.at_ms) < _end(first, windows[first.session])
    ]


def _end(stretch: Stretch, window: SessionWindow) -> datetime:
    if stretch.exit is not None:
        return moment_of(stretch.exit.at_ms)
    entered_at = moment_of(stretch.entry.at_ms).astimezone(window.ends_at.tzinfo)
    return entered_at.replace(hour=23, minute=59, second=59)
