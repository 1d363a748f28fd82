"""Lending at the door in one line: what, its tag, Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from app.domain.help_desk import LoanKind
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.loans_view_model import LoansViewModel
from ui.theme import scaled
from ui.widgets.parts import button, combo, label, name_widget, row
from ui.widgets.speaker import Speaker


class LoanLine(QFrame):
    """Hidden until asked for; offers a reader under the next free tag.

    Signals:
        lent: the `LoanKind` and its tag.
        closed: the line went away.
    """

    lent = Signal(object, str)
    closed = Signal()

    def __init__(self, loans: LoansViewModel) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._loans = loans
        self._speak = Speaker(self)
        self._build()
        self.hide()

    def ask(self, whom: str) -> None:
        """Ask what to lend to somebody; the answer is prepared."""
        self.whom.setText(whom)
        self.kinds.setCurrentIndex(0)
        self._offer()
        self.show()
        self.tag.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tag.selectAll()

    def leave(self) -> None:
        """Lend nothing."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _build(self) -> None:
        self.whom = label("caution")
        self.kinds = combo(self._speak, wording.LOAN_KIND, characters=9)
        for kind in LoanKind:
            self.kinds.addItem("", kind)
        self.kinds.currentIndexChanged.connect(lambda _place: self._offer())
        self.tag = QLineEdit()
        self.tag.setMaximumWidth(scaled(90))
        self.tag.setMaxLength(20)
        name_widget(self._speak, self.tag, wording.LOAN_TAG)
        self.tag.returnPressed.connect(self._lend)
        self.lend_button = button(self._speak, wording.LEND, self._lend, kind="primary")
        inside = row(self.whom, self.kinds, self.tag, self.lend_button, None, space=8)
        inside.setContentsMargins(scaled(10), scaled(6), scaled(10), scaled(6))
        self.setLayout(inside)
        self._speak.language_changed.connect(self._name_kinds)
        self._name_kinds()

    def _name_kinds(self) -> None:
        for place, kind in enumerate(LoanKind):
            self.kinds.setItemText(place, say(wording.LOAN_KINDS[kind]))

    def _offer(self) -> None:
        self.tag.setText(self._loans.offered_tag(self._kind()))

    def _kind(self) -> LoanKind:
        return LoanKind(self.kinds.currentData() or LoanKind.READER)

    def _lend(self) -> None:
        tag = self.tag.text().strip()
        if tag:
            self.lent.emit(self._kind(), tag)
            self.leave()
