"""The lock over the window: the last verdict at the left, who is here at the right."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMainWindow

from app.domain.staff import LONGEST_PIN, ROLE_WORDS, StaffMember
from app.domain.text import mask_name
from app.services.outcomes import ScanOutcome
from ui.errors import describe_error
from ui.language import say
from ui.screens.check_in.verdict_panel import PanelText, VerdictPanel, panel_text
from ui.sign_in import wording
from ui.theme import scaled
from ui.widgets.parts import button, card, column, label, name_widget, row, show_kind
from ui.widgets.speaker import Speaker
from ui.widgets.two_lines import TwoLines, TwoLinesList

_SIDE_WIDTH = 380
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class LockView(QFrame):
    """Covers the window but its foot. Verdicts show with names masked: nobody watches the desk.

    Signals:
        sign_in_wanted: id of a staff member and the PIN typed.
    """

    sign_in_wanted = Signal(str, str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("place")
        self.setAutoFillBackground(True)
        self._window = window
        self._staff: tuple[StaffMember, ...] = ()
        self._picked: StaffMember | None = None
        self.session_title: Callable[[str], str] = lambda code: code
        self._speak = Speaker(self)
        self._build()
        self._connect()
        self.show_ready()
        self.hide()

    def cover(self) -> None:
        """Lie over everything that could be used; the focus goes where typing starts."""
        self.pin.clear()
        self._say("")
        self.show_ready()
        self._fit()
        self.show()
        self.raise_()
        self.pin.setFocus()

    def show_ready(self) -> None:
        """Show that scanning goes on."""
        self.panel.show_text(
            PanelText(None, "", say(wording.PANEL_READY), why=say(wording.STILL_SCANS))
        )

    def show_staff(self, staff: Sequence[StaffMember]) -> None:
        """List who can sign in; whoever was picked stays picked."""
        picked = self._picked.id if self._picked else ""
        self._staff = tuple(staff)
        self.members.show_things(self._staff)
        place = next((at for at, each in enumerate(self._staff) if each.id == picked), 0)
        self.members.setCurrentIndex(self.members.entries.index(place, 0))
        self._pick_current()

    def show_outcome(self, outcome: ScanOutcome) -> None:
        """Show a verdict without telling who it was to whoever stands here."""
        if self.isHidden():
            return
        text = panel_text(outcome, self.session_title)
        self.panel.show_text(replace(text, name=mask_name(text.name), unit="", attention=""))

    def show_refusal(self, error: Exception) -> None:
        """Say why that did not open, and let another PIN be typed."""
        self._busy(is_busy=False)
        self._say(describe_error(error).sentence)
        self.pin.clear()
        self.pin.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever size it takes; arrows beside the PIN go through the names."""
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._fit()
        if watched is self.pin and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key())) if event.type() is QEvent.Type.KeyPress else None
            if step is not None:
                self.members.move_selection(step)
                return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep nothing that was typed."""
        self.pin.clear()
        self._busy(is_busy=False)
        super().hideEvent(event)

    def _build(self) -> None:
        self.panel = VerdictPanel()
        heading, still = label("title"), label("muted", wraps=True)
        self._speak(heading.setText, wording.WHO)
        self._speak(still.setText, wording.STILL_SCANS)
        self.members: TwoLinesList[StaffMember] = TwoLinesList(_entry)
        self._speak(self.members.setAccessibleName, wording.STAFF_LIST)
        self.who = label("heading")
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhHiddenText
        )
        self.pin.setMaxLength(LONGEST_PIN)
        name_widget(self._speak, self.pin, wording.PIN)
        self._speak(self.pin.setPlaceholderText, wording.PIN)
        self.problem = label("danger", wraps=True)
        self.enter = button(self._speak, wording.SIGN_IN, self._ask, kind="primary")
        line = row(self.pin, self.enter, space=8)
        side = card(heading, still, self.members, self.who, line, self.problem, space=10)
        side.setFixedWidth(scaled(_SIDE_WIDTH))
        whole = row(self.panel, side, space=16)
        whole.setStretch(0, 1)
        outer = column(whole)
        outer.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(14))
        self.setLayout(outer)

    def _connect(self) -> None:
        self._window.installEventFilter(self)
        self.members.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.members.setFocusProxy(self.pin)
        self.members.selectionModel().currentChanged.connect(lambda *_: self._pick_current())
        self.pin.installEventFilter(self)
        self.pin.returnPressed.connect(self._ask)
        self._speak.language_changed.connect(self.show_ready)

    def _pick_current(self) -> None:
        self._picked = self.members.entries.thing(self.members.currentIndex().row())
        self.who.setText(self._picked.name if self._picked else say(wording.NOBODY_LISTED))
        self._say("")

    def _ask(self) -> None:
        if self._picked is None:
            self._say(say(wording.NOBODY_LISTED))
        elif not self.pin.text():
            self._say(say(wording.PIN_MISSING))
        else:
            self._busy(is_busy=True)
            self._say(say(wording.CHECKING), kind="muted")
            self.sign_in_wanted.emit(self._picked.id, self.pin.text())

    def _busy(self, *, is_busy: bool) -> None:
        self.pin.setReadOnly(is_busy)
        self.enter.setDisabled(is_busy)

    def _say(self, text: str, *, kind: str = "danger") -> None:
        show_kind(self.problem, kind)
        self.problem.setText(text)

    def _fit(self) -> None:
        foot = getattr(self._window, "foot", None)
        foot_height = foot.height() if foot is not None else 0
        self.setGeometry(0, 0, self._window.width(), self._window.height() - foot_height)


def _entry(member: StaffMember) -> TwoLines:
    return TwoLines(first=member.name, second=say(ROLE_WORDS[member.role]), end="", tone=None)
