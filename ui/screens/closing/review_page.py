"""The review: groups, the people of a group, the person's evidence, the decision."""

from PySide6.QtWidgets import QWidget

from app.domain.facts import PersonId
from app.services.closing import CreditLine, CreditSheet
from app.services.outcomes import ScanOutcome
from ui.language import say
from ui.screens.closing import sentences, wording
from ui.screens.closing.decision_bar import DecisionBar
from ui.screens.closing.person_detail import PersonDetail
from ui.screens.closing.review import (
    ReviewGroup,
    count_review,
    group_of,
    groups_of,
    lines_of,
)
from ui.screens.closing.review_view_model import ReviewViewModel
from ui.theme import palette, scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

GROUPS: tuple[Column[ReviewGroup], ...] = (
    Column(
        heading=wording.GROUP,
        text=lambda g: say(wording.GROUPS[g.key]),
        colour=lambda g: palette().caution if g.needs_review else None,
    ),
    Column(heading=wording.PEOPLE_COUNT, text=lambda g: f"{g.people:,}", is_number=True),
)
PEOPLE: tuple[Column[CreditLine], ...] = (
    Column(heading=wording.NAME, text=lambda line: line.person.name),
    Column(heading=wording.UNIT, text=lambda line: line.person.unit),
    Column(
        heading=wording.FINDINGS,
        text=lambda line: sentences.decision(line) or sentences.findings(line) or "✓",
    ),
)


class ReviewPage(QWidget):
    """Two keys a person: G or D, then the reason; the next one comes by itself."""

    def __init__(self, model: ReviewViewModel) -> None:
        super().__init__()
        self._model = model
        self._place = 0
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.progress = label("")
        self.approve_button = button(
            self._speak, wording.APPROVE, self._model.approve_clean, kind="primary"
        )
        self.approve_button.setEnabled(False)
        self.groups = RowView(RowTable(GROUPS, key=lambda g: g.key), name=wording.GROUP, stretch=0)
        self.groups.set_widths((0, 76))
        self.groups.setMinimumWidth(216)
        self.groups.setMaximumWidth(scaled(216))
        self.people = RowView(
            RowTable(PEOPLE, key=lambda line: line.person.id), name=wording.PEOPLE
        )
        self.people.set_widths((84, 150))
        self.people.set_empty_note(wording.EMPTY)
        self.detail = PersonDetail()
        self.decision = DecisionBar()
        self.decision.setEnabled(False)

    def _lay_out(self) -> None:
        right = column(self.detail, self.decision, space=10)
        right.setStretch(0, 1)
        body = row(self.groups, self.people, right, space=12)
        body.setStretch(1, 5)
        body.setStretch(2, 6)
        body.setContentsMargins(0, scaled(12), 0, 0)
        self.setLayout(body)
        self.head = QWidget()
        self.head.setLayout(row(self.progress, self.approve_button, space=16))

    def _connect(self) -> None:
        self._model.sheet_changed.connect(self._show_sheet)
        self._model.plan_loaded.connect(self.detail.show_plan)
        self._model.timeline_loaded.connect(self._show_timeline)
        self.groups.row_selected.connect(self._show_group)
        self.people.row_selected.connect(self._show_line)
        self.decision.decided.connect(self._decide)
        self.decision.next_wanted.connect(self.go_to_next)
        self._speak.language_changed.connect(self._retell)
        self.decision.bind_keys(self)
        bind_key(self, "A", self.approve_button.click)

    def go_to_next(self) -> None:
        """Go to the next person of the group, then to the next group that needs eyes."""
        here = self.people.currentIndex().row()
        if here + 1 < self.people.model().rowCount():
            self.people.select_place(here + 1)
        else:
            self.groups.select_place(self.groups.currentIndex().row() + 1)

    def _show_sheet(self, sheet: CreditSheet) -> None:
        groups = groups_of(sheet.lines)
        kept = self.groups.current_row()
        self._retell()
        self.approve_button.setEnabled(count_review(sheet.lines)[1] > 0)
        place = max(self.people.currentIndex().row(), 0)
        self.groups.show_rows(groups)
        if kept is None or kept.key not in {group.key for group in groups}:
            self.groups.select_place(max(self._place, 0))
            place = 0
        self._fill_people(place)

    def _show_group(self, group: ReviewGroup | None) -> None:
        if group is not None:
            self._place = self.groups.currentIndex().row()
            self._fill_people(0)

    def _fill_people(self, place: int) -> None:
        group: ReviewGroup | None = self.groups.current_row()
        sheet = self._model.sheet
        lines = lines_of(sheet.lines, group.key) if group and sheet else ()
        before: CreditLine | None = self.people.current_row()
        self.people.show_rows(lines)
        is_kept = before is not None and before.person.id in {line.person.id for line in lines}
        if not is_kept or place == 0:
            self.people.select_place(place)
        self._show_line(self.people.current_row())

    def _show_line(self, line: CreditLine | None) -> None:
        sheet = self._model.sheet
        is_new = line is not None and line.person.id != self.detail.person_id
        self.detail.show_line(line, sheet.session if sheet else "")
        can_decide = line is not None and group_of(line) != wording.ABSENT
        self.decision.setEnabled(can_decide and sheet is not None and sheet.sealed_at is None)
        if is_new and line is not None:
            self.decision.begin()
            self._model.load_timeline(line.person.id)

    def _show_timeline(self, person_id: PersonId, scans: tuple[ScanOutcome, ...]) -> None:
        if person_id == self.detail.person_id:
            self.detail.show_scans(scans)

    def _decide(self, grants: bool, reason: str) -> None:
        line: CreditLine | None = self.people.current_row()
        if line is not None:
            self._model.decide(line, grant=grants, reason=reason)
        self.people.setFocus()

    def _retell(self) -> None:
        sheet = self._model.sheet
        if sheet is not None:
            self.progress.setText(say(sentences.progress(*count_review(sheet.lines))))
