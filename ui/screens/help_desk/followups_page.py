"""The follow-ups page: what came back on top, filters, the list, one follow-up beside it."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.domain.help_desk import Consultant, FollowupState
from app.services.followups_views import BACK, FollowupLine
from ui.changes import Change
from ui.dates import short_date
from ui.language import current_language, say
from ui.place import Desk
from ui.screens.help_desk import followups_wording as wording
from ui.screens.help_desk.followups_detail import FollowupDetail
from ui.screens.help_desk.followups_view_model import FollowupsViewModel
from ui.screens.help_desk.seat import SeatState
from ui.theme import palette, scaled
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, card, column, combo, label, row, scrolling
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLines, TwoLinesList

ROW_HEIGHT = 52
MOST_BACK = 2
SIDE_WIDTH = 392
MINE = "\x00mine"


def state_text(line: FollowupLine) -> str:
    """Return a follow-up's state, and that it is overdue."""
    told = say(wording.STATES[line.followup.state])
    return f"{told} · {say(wording.OVERDUE)}" if line.is_overdue else told


def day_text(on: date) -> str:
    """Return a day without its year: `08/20（日）`, in English `08-20 Sun`."""
    shown = short_date(on)
    return shown[shown.index("/" if current_language() == "zh" else "-") + 1 :]


def _colour(line: FollowupLine) -> str | None:
    if line.is_overdue:
        return palette().danger
    return palette().good if line.followup.state in BACK else None


COLUMNS: tuple[Column[FollowupLine], ...] = (
    Column(heading=wording.STATE, text=state_text, colour=_colour),
    Column(heading=wording.TICKET, text=lambda line: line.ticket),
    Column(heading=wording.UNIT, text=lambda line: line.unit_text),
    Column(heading=wording.VENDOR, text=lambda line: line.followup.vendor),
    Column(heading=wording.SYMPTOM, text=lambda line: line.symptom.replace("\n", " ")),
    Column(heading=wording.OWNER, text=lambda line: line.owner_name),
    Column(
        heading=wording.DUE,
        text=lambda line: day_text(line.due_on) if line.due_on else "",
        tip=lambda line: short_date(line.due_on) if line.due_on else "",
        sort_key=lambda line: line.followup.due_on or "9999",
        colour=lambda line: palette().danger if line.is_overdue else None,
    ),
)


def back_lines(line: FollowupLine) -> TwoLines:
    """Return what came back as two lines: whose it is, then the answer."""
    followup = line.followup
    answer = followup.answer.replace("\n", " ") or say(wording.STATES[followup.state])
    first = f"{line.ticket} {line.unit_text}　{line.symptom}".replace("\n", " ").strip()
    return TwoLines(first=first, second=answer, end=followup.vendor)


class FollowupsPage(QWidget):
    """List and editor; a follow-up's state changes with one key in the list."""

    def __init__(self, model: FollowupsViewModel, seat: SeatState) -> None:
        super().__init__()
        self._model = model
        self._seat = seat
        self._counts = (0, 0)
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()
        self._show_consultants(seat.consultants)

    def opened(self) -> None:
        """Read the follow-ups; the keys go to the list."""
        self._model.reload()
        self.list.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Show what other desks changed."""
        if changes & {Change.HELP_DESK, Change.EVENT}:
            self._model.reload()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the list."""
        return tuple((key, say(wording.STATES[state])) for key, state, _ in wording.KEYS)

    def set_state(self, state: FollowupState) -> None:
        """Change the state of the line that is current; an answer wants words too."""
        line: FollowupLine | None = self.list.current_row()
        if line is None:
            return
        if state is FollowupState.ANSWERED and not line.followup.answer:
            self.detail.focus_answer()
            return
        self._model.amend(line.followup.id, state=state)

    def _build(self) -> None:
        self.shown = combo(self._speak, wording.STATE, characters=6)
        self.vendor = combo(self._speak, wording.VENDOR, characters=8)
        self.owner = combo(self._speak, wording.OWNER, characters=8)
        for key in wording.SHOWN:
            self.shown.addItem("", key)
        self.vendor.addItem("", "")
        self.only_due = QCheckBox()
        self._speak(self.only_due.setText, wording.ONLY_DUE)
        self.count = label("muted")
        self.sheet_button = button(self._speak, wording.SHEET, self._ask_sheet)
        self.back_title = label("heading")
        self.back: TwoLinesList[FollowupLine] = TwoLinesList(back_lines)
        table = RowTable(COLUMNS, key=lambda line: line.followup.id)
        self.list = RowView(table, name=wording.LIST, stretch=4)
        self.list.set_widths((140, 64, 124, 108, 0, 86, 116))
        self.list.setSortingEnabled(False)
        self.detail = FollowupDetail()
        self.detail.setFixedWidth(scaled(SIDE_WIDTH))

    def _lay_out(self) -> None:
        head = row(
            self.shown, self.vendor, self.owner, self.only_due, self.count, None, self.sheet_button
        )
        self.back_card = card(self.back_title, self.back, space=6)
        self.back_card.hide()
        left = column(self.back_card, head, self.list, space=10)
        left.setStretch(2, 1)
        body = row(left, self.detail, space=14)
        body.setStretch(0, 1)
        content = QWidget()
        content.setLayout(body)
        self.setLayout(column(scrolling(content)))
        self._retell()

    def _connect(self) -> None:
        model = self._model
        model.lines_changed.connect(self._show_lines)
        model.came_back_changed.connect(self._show_back)
        model.vendors_changed.connect(self._show_vendors)
        self.list.row_selected.connect(self.detail.show_line)
        self.list.row_chosen.connect(lambda _line: self.detail.focus_answer())
        self.back.picked.connect(self._go_to)
        self.detail.changed.connect(self._amend)
        for field in (self.shown, self.vendor, self.owner):
            field.currentIndexChanged.connect(self._filter)
        self.only_due.toggled.connect(self._filter)
        self._seat.consultants_changed.connect(self._show_consultants)
        self._seat.changed.connect(self._filter)
        self._speak.language_changed.connect(self._retell)
        for key, state, _words in wording.KEYS:
            bind_key(self.list, key, partial(self.set_state, state))

    def _filter(self, *_what: object) -> None:
        owner = self.owner.currentData() or ""
        self._model.set_filter(
            replace(
                self._model.filter,
                shown=self.shown.currentData() or "all",
                vendor=self.vendor.currentData() or "",
                owner=self._seat.current.staff if owner == MINE else owner,
                only_due=self.only_due.isChecked(),
            )
        )

    def _amend(self, followup_id: str, name: str, value: object) -> None:
        if name == "state" and isinstance(value, FollowupState):
            if followup_id == self.detail.followup_id:
                self.set_state(value)
        else:
            self._model.amend(followup_id, **{name: str(value or "")})

    def _go_to(self, line: FollowupLine) -> None:
        """Show one that came back among the others."""
        if not self.list.select_key(line.followup.id):
            self.only_due.setChecked(False)
            self.vendor.setCurrentIndex(0)
            self.owner.setCurrentIndex(0)
            self.shown.setCurrentIndex(self.shown.findData("back"))
            self.list.select_key(line.followup.id)
        self.list.setFocus()

    def _show_lines(self, lines: tuple[FollowupLine, ...], total: int) -> None:
        self._counts = (len(lines), total)
        self.list.set_empty_note(wording.NOTHING_FITS if total else wording.EMPTY)
        self.list.show_rows(lines)
        if self.list.current_row() is None:
            self.list.select_place(0)
        self.detail.show_line(self.list.current_row())
        self.sheet_button.setEnabled(total > 0)
        self._tell_counts()

    def _show_back(self, lines: tuple[FollowupLine, ...]) -> None:
        self.back.show_things(lines)
        self.back_title.setText(say(wording.came_back(len(lines))))
        self.back.setFixedHeight(scaled(ROW_HEIGHT) * min(len(lines), MOST_BACK) + scaled(4))
        self.back_card.setVisible(bool(lines))

    def _show_vendors(self, vendors: tuple[str, ...]) -> None:
        _refill(self.vendor, [(say(wording.ALL_VENDORS), ""), *((name, name) for name in vendors)])

    def _show_consultants(self, people: tuple[Consultant, ...]) -> None:
        heads = [(say(wording.ALL_OWNERS), ""), (say(wording.MINE), MINE)]
        _refill(self.owner, [*heads, *((person.name, person.id) for person in people)])
        self.detail.show_consultants(people)

    def _ask_sheet(self) -> None:
        name = f"{say(wording.SHEET_NAME)}.pdf"
        take = self._model.write_sheets
        suggested = papers_folder() / name
        ask_save(self, wording.SHEET_CAPTION, wording.PDF, take, suggested=suggested)

    def _retell(self) -> None:
        for place, words in enumerate(wording.SHOWN.values()):
            self.shown.setItemText(place, say(words))
        self.vendor.setItemText(0, say(wording.ALL_VENDORS))
        if self.owner.count() > 1:
            self.owner.setItemText(0, say(wording.ALL_OWNERS))
            self.owner.setItemText(1, say(wording.MINE))
        self.back_title.setText(say(wording.came_back(self.back.entries.rowCount())))
        self._tell_counts()

    def _tell_counts(self) -> None:
        self.count.setText(say(wording.shown(*self._counts)))


def _refill(field: QComboBox, entries: list[tuple[str, str]]) -> None:
    """Offer other entries, staying on the one chosen; nothing is told unless it is gone."""
    chosen = field.currentData() or ""
    field.blockSignals(True)  # noqa: FBT003 - Qt's own signature
    field.clear()
    for text, value in entries:
        field.addItem(text, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    field.blockSignals(False)  # noqa: FBT003 - Qt's own signature
    if (field.currentData() or "") != chosen:
        field.currentIndexChanged.emit(field.currentIndex())


def build_followups_page(desk: Desk, seat: SeatState) -> FollowupsPage:
    """Make the page for the place."""
    model = FollowupsViewModel(desk)
    page = FollowupsPage(model, seat)
    model.setParent(page)
    return page
