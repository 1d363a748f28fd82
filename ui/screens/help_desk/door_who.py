"""Who is here: one field for school, name or old number, what it finds, and the person."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from app.domain.words import Words
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.door_draft import DoorDraft
from ui.screens.help_desk.door_hits import NOBODY, Hit, KnownPerson, hit_entry, person_entry
from ui.screens.help_desk.door_view_model import DoorViewModel
from ui.theme import scaled
from ui.widgets.parts import button, column, label, name_widget, row
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLinesList

CLEAR = "QStackedWidget { background: transparent; }"
"""Pages on a card show the card."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))


class WhoCard(QFrame):
    """The left third of the page.

    Signals:
        unit_chosen: the focus may go on to people and topics.
        left: Enter was pressed where nothing is left to fill in here.
    """

    unit_chosen = Signal()
    left = Signal()

    def __init__(self, model: DoorViewModel) -> None:
        super().__init__()
        self._model = model
        self._picks_when_found = False
        self._is_showing = False
        self._speak = Speaker(self)
        self._build()
        self._connect()
        self.show_draft(model.draft)

    def start(self) -> None:
        """Put the focus where the next visitor begins."""
        self.unit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.unit.selectAll()

    def type_name(self) -> None:
        """Put the focus on the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def show_draft(self, draft: DoorDraft) -> None:
        """Show what is filled in; what is being typed is left alone."""
        if not self.unit.hasFocus() or draft.unit_text or draft.is_blank:
            _put(self.unit, draft.unit_text)
        for field, text in (
            (self.name, draft.name), (self.title, draft.title), (self.phone, draft.phone),
        ):  # fmt: skip
            if not field.hasFocus():
                _put(field, text)
        self.party.setText(say(wording.people(draft.party_size)))
        if draft.is_blank:
            self.clear_lists()

    def set_compact(self, is_compact: bool) -> None:
        """Take less room, where the text is large: post and phone can be added at the desk."""
        self.more.setVisible(not is_compact)

    def clear_lists(self) -> None:
        """Show no list."""
        self._is_showing = True
        self.hits.show_things(())
        self.people.show_things(())
        self._is_showing = False
        self.lists.setCurrentWidget(self.blank)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the school field work on what was found."""
        if not isinstance(event, QKeyEvent) or watched is not self.unit:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return self._leave_to_page(event)
        if event.type() is not QEvent.Type.KeyPress or event.modifiers() & _COMMANDS:
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.hits.move_selection(step)
            return True
        if event.key() in _ENTER:
            self._pick_found()
            return True
        return False

    def _leave_to_page(self, event: QKeyEvent) -> bool:
        """Let Ctrl+Z take back the last number while there is no typing to take back."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.unit.text():
            event.ignore()
            return True
        return False

    def _build(self) -> None:
        heading = label("heading")
        self._speak(heading.setText, wording.WHO)
        self.unit = self._field(wording.UNIT, hint=wording.UNIT_HINT)
        self.hits: TwoLinesList[Hit] = TwoLinesList(hit_entry)
        self.people: TwoLinesList[KnownPerson] = TwoLinesList(person_entry)
        self._speak(self.hits.setAccessibleName, wording.HITS)
        self._speak(self.people.setAccessibleName, wording.COLLEAGUES)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.blank = label("muted", wraps=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._speak(self.blank.setText, wording.HOW)
        self.lists = QStackedWidget()
        self.lists.setStyleSheet(CLEAR)
        for page in (self.blank, self.hits, self.people):
            page.setMinimumHeight(scaled(60))
            page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            self.lists.addWidget(page)
        self.lists.setMinimumHeight(scaled(112))
        self.name = self._field(wording.NAME, hint=wording.NAME)
        self.title = self._field(wording.TITLE, hint=wording.TITLE)
        self.phone = self._field(wording.PHONE, hint=wording.PHONE)
        self.more = self._pair(self.title, self.phone)
        inside = column(
            heading,
            self.unit,
            self.lists,
            self.name,
            self.more,
            self._party_row(),
            space=8,
        )
        inside.setStretch(2, 1)
        inside.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        self.setProperty("kind", "card")
        self.setLayout(inside)

    def _pair(self, first: QWidget, second: QWidget) -> QWidget:
        pair = QWidget()
        laid = row(first, second, space=8)
        laid.setStretch(0, 2)
        laid.setStretch(1, 3)
        pair.setLayout(laid)
        return pair

    def _party_row(self) -> QWidget:
        caption = label("muted")
        self._speak(caption.setText, wording.PARTY)
        self.party = label("heading")
        less = button(self._speak, Words(zh="−", en="−"), lambda: self._model.add_people(-1))
        more = button(self._speak, Words(zh="＋ F4", en="+ F4"), lambda: self._model.add_people(1))
        made = QWidget()
        made.setLayout(row(caption, self.party, None, less, more, space=8))
        for one in (less, more):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._speak(one.setToolTip, wording.PARTY_TIP)
            self._speak(one.setAccessibleName, wording.PARTY)
        return made

    def _field(self, words: Words, *, hint: Words) -> QLineEdit:
        field = QLineEdit()
        name_widget(self._speak, field, words)
        self._speak(field.setPlaceholderText, hint)
        field.setMinimumWidth(scaled(60))
        return field

    def _connect(self) -> None:
        self.unit.installEventFilter(self)
        self.unit.textEdited.connect(self._on_typed)
        self.hits.picked.connect(self._on_hit)
        self._model.hits_found.connect(self._show_hits)
        self._model.people_found.connect(self._show_people)
        self._model.draft_changed.connect(self.show_draft)
        self.people.selectionModel().currentChanged.connect(lambda *_: self._on_person())
        self.people.clicked.connect(lambda _index: self._on_person())
        self.people.picked.connect(lambda _person: self.left.emit())
        for field in (self.name, self.title, self.phone):
            field.textEdited.connect(lambda _text: self._on_name())
            field.returnPressed.connect(self.left)
        self._speak.language_changed.connect(lambda: self.show_draft(self._model.draft))

    def _on_typed(self, text: str) -> None:
        self._picks_when_found = False
        if self._model.draft.unit_text:
            self._model.change(unit_text="", unit_id="", person_id="", name="", title="", phone="")
            _put(self.unit, text)
        self._model.find(text)

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        self.hits.show_things(hits, select_first=True)
        if hits:
            self.lists.setCurrentWidget(self.hits)
        elif self.lists.currentWidget() is self.hits:
            self.lists.setCurrentWidget(self.blank)
        if self._picks_when_found:
            self._pick_found()

    def _pick_found(self) -> None:
        """Pick what is marked; Enter before the answer came waits for it."""
        if self._model.is_finding:
            self._picks_when_found = True
            self._go_on()
        elif self.lists.currentWidget() is self.hits:
            self._picks_when_found = False
            self.hits.pick_current()
        elif self._model.draft.unit_text:
            self.left.emit()

    def _on_hit(self, hit: Hit) -> None:
        self._model.pick(hit)
        self._go_on()

    def _go_on(self) -> None:
        """Let digits be heard at once; who is of the school comes when it is read."""
        if self.lists.currentWidget() is not self.people:
            self._show_people((NOBODY,))
        self.unit_chosen.emit()

    def _show_people(self, people: Sequence[KnownPerson]) -> None:
        names = [one.name for one in people]
        place = names.index(self._model.draft.name) if self._model.draft.name in names else 0
        self._is_showing = True  # what the list marks while it fills is nobody's choice
        self.people.show_things(people)
        self.people.setCurrentIndex(self.people.entries.index(place, 0))
        self._is_showing = False
        self.lists.setCurrentWidget(self.people)

    def _on_person(self) -> None:
        person = self.people.entries.thing(self.people.currentIndex().row())
        if person is not None and not self._is_showing:
            self._model.pick_person(person)

    def _on_name(self) -> None:
        self._model.type_name(self.name.text(), self.title.text(), self.phone.text())


def _put(field: QLineEdit, text: str) -> None:
    if field.text() != text:
        field.setText(text)
