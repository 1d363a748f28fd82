"""Both stations' sides of one conflict, beside each other."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtWidgets import QFrame, QWidget

from app.domain.clock import moment_of
from app.domain.conflicts import Conflict, Evidence
from app.services.conflicts import ClaimCard, ReviewList
from ui.dates import clock_seconds
from ui.language import say
from ui.screens.closing import conflict_wording as words
from ui.screens.closing.wording import DIRECTIONS, VERDICTS
from ui.widgets.parts import column, label, row

SHORT_DEVICE = 6
MOST_SIDES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One station's side as it is shown."""

    head: str
    when: str
    lines: tuple[str, ...]
    is_standing: bool = True


def sides_of(conflict: Conflict, review: ReviewList, zone: tzinfo | None) -> tuple[Side, ...]:
    """Return every station's side, oldest first; what was no scan comes first."""
    names = dict(review.devices)
    cause = conflict.cause
    sides = [_scan_side(scan, conflict, names, zone) for scan in conflict.scans]
    if cause is not None:
        told = Side(
            head=say(words.CAUSES[cause.kind]),
            when=clock_seconds(_local(cause.at_ms, zone)),
            lines=(_device(cause.device, names), cause.actor),
        )
        sides.insert(0, told)
    return tuple(sides)


def claim_sides(claim: ClaimCard, review: ReviewList, zone: tzinfo | None) -> tuple[Side, ...]:
    """Return each consultant's side of a visit that several took."""
    names = dict(review.staff)
    return tuple(
        Side(
            head=say(words.filled(words.DESK, desk=one.desk)),
            when=clock_seconds(_local(one.called_ms or one.since_ms, zone)),
            lines=(names.get(one.staff, ""), say(words.SECOND if place else words.FIRST)),
            is_standing=not place,
        )
        for place, one in enumerate(claim.claims)
    )


def _scan_side(
    scan: Evidence, conflict: Conflict, names: dict[str, str], zone: tzinfo | None
) -> Side:
    head = say(words.filled(words.STATION, letter=scan.station))
    way = say(DIRECTIONS[scan.direction])
    room = f" · {scan.session}" if conflict.other_session else ""
    counted = say(words.COUNTED if scan.counts else words.NOT_COUNTED)
    return Side(
        head=f"{head} · {way}{room}",
        when=clock_seconds(_local(scan.at_ms, zone)),
        lines=(
            say(
                words.filled(words.ON_SCREEN, verdict=say(VERDICTS[scan.verdict]), counted=counted)
            ),
            say(words.filled(words.BY_ALL, verdict=say(VERDICTS[scan.reconciled]))),
            f"{_device(scan.device, names)} · {say(words.CLOCKS[scan.offset_quality])}",
            scan.actor,
        ),
        is_standing=scan.counts,
    )


def _device(device: str, names: dict[str, str]) -> str:
    known = names.get(device, "")
    return known or say(words.filled(words.DEVICE, device=device[-SHORT_DEVICE:]))


def _local(at_ms: int, zone: tzinfo | None) -> datetime:
    return moment_of(at_ms).astimezone(zone)


def clock_texts(conflict: Conflict, zone: tzinfo | None) -> dict[str, str]:
    """Return scan → its time as text."""
    return {scan.fact_id: clock_seconds(_local(scan.at_ms, zone)) for scan in conflict.scans}


class EvidenceView(QWidget):
    """Cards beside each other, one for each side."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = [_SideCard() for _ in range(MOST_SIDES)]
        inside = row(*self.cards, space=8)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)

    def show_sides(self, sides: tuple[Side, ...]) -> None:
        """Show these sides; a conflict never has more than there are cards."""
        for place, made in enumerate(self.cards):
            made.show_side(sides[place] if place < len(sides) else None)


class _SideCard(QFrame):
    """One side: station and direction, the time large, then the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.head = label("muted", wraps=True)
        self.when = label("heading")
        self.lines = label("", wraps=True)
        inside = column(self.head, self.when, self.lines, None, space=4)
        inside.setContentsMargins(12, 8, 12, 8)
        self.setLayout(inside)

    def show_side(self, side: Side | None) -> None:
        """Show a side, or nothing."""
        self.setVisible(side is not None)
        if side is not None:
            self.head.setText(side.head)
            self.when.setText(side.when)
            self.lines.setText("\n".join(line for line in side.lines if line))
            told = " ".join((side.head, side.when, *side.lines))
            self.setAccessibleName(told)
