"""The person being decided on: what was found, the day as a bar, every scan."""

from PySide6.QtWidgets import QFrame

from app.domain.plan import Plan
from app.services.closing import CreditLine
from app.services.outcomes import ScanOutcome
from ui.dates import clock_seconds
from ui.language import say
from ui.screens.closing import sentences, wording
from ui.screens.closing.timeline_bar import TimelineBar, find_day
from ui.theme import palette, scaled
from ui.widgets.parts import column, label, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker


def _scan_text(scan: ScanOutcome) -> str:
    marks = [say(wording.DIRECTIONS[scan.direction]), say(wording.VERDICTS[scan.verdict])]
    if scan.admitted:
        marks.append(say(wording.BY_HAND))
    if scan.voided:
        marks.append(say(wording.VOIDED))
    return "・".join(marks)


def _scan_colour(scan: ScanOutcome) -> str | None:
    return palette().muted if scan.voided or not (scan.counts or scan.admitted) else None


SCANS: tuple[Column[ScanOutcome], ...] = (
    Column(heading=wording.TIME, text=lambda s: clock_seconds(s.at), sort_key=lambda s: s.at),
    Column(heading=wording.STATION, text=lambda s: s.station),
    Column(heading=wording.SCAN, text=_scan_text, colour=_scan_colour),
)


class PersonDetail(QFrame):
    """Evidence only; deciding happens below."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._line: CreditLine | None = None
        self._scans: tuple[ScanOutcome, ...] = ()
        self._plan: Plan | None = None
        self._session = ""
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self.name = label("heading")
        self.unit = label("muted")
        self.presence = label("")
        self.findings = label("caution", wraps=True)
        self.decision = label("good", wraps=True)
        self.bar = TimelineBar()
        self.scans = RowView(RowTable(SCANS, key=lambda s: s.fact_id), name=wording.TIMELINE)
        self.scans.set_widths((96, 76))
        self.scans.verticalHeader().setDefaultSectionSize(scaled(28))
        self.scans.setMinimumHeight(scaled(100))
        self.scans.rows_wanted = 2
        inside = column(
            row(self.name, self.unit, None),
            self.presence,
            self.findings,
            self.decision,
            self.bar,
            self.scans,
            space=4,
        )
        inside.setStretch(5, 1)
        inside.setContentsMargins(12, 8, 12, 10)
        self.setLayout(inside)
        self.show_line(None, "")

    def show_plan(self, plan: Plan) -> None:
        """Take the plan that knows session times and breaks."""
        self._plan = plan
        self._draw()

    def show_line(self, line: CreditLine | None, session: str) -> None:
        """Show a person; the scans follow when they are read."""
        is_same = (
            line is not None
            and self._line is not None
            and (line.person.id == self._line.person.id and session == self._session)
        )
        self._line, self._session = line, session
        if not is_same:
            self.show_scans(())
        self._retell()

    def show_scans(self, scans: tuple[ScanOutcome, ...]) -> None:
        """Show the person's scans from all stations."""
        self._scans = scans
        self.scans.show_rows(scans)
        self._draw()

    @property
    def person_id(self) -> str:
        """Whose evidence is on screen."""
        return self._line.person.id if self._line else ""

    def _retell(self) -> None:
        line = self._line
        self.scans.set_empty_note(wording.NO_SCANS if line else wording.PICK_SOMEBODY)
        self.name.setText(line.person.name if line else "")
        self.unit.setText(f"{line.person.unit} {line.person.title}" if line else "")
        self.presence.setText(say(sentences.presence(line)) if line else "")
        self.findings.setText(sentences.findings(line) if line else "")
        self.findings.setVisible(bool(self.findings.text()))
        self.decision.setText(sentences.decision(line) if line else "")
        self.decision.setVisible(bool(self.decision.text()))
        self._draw()

    def _draw(self) -> None:
        if self._plan is None or self._line is None:
            self.bar.show_day(None)
        else:
            spans = self._line.intervals
            self.bar.show_day(find_day(self._plan, self._session, spans, self._scans))
