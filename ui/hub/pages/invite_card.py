"""Making a one-time code: shown big, with its QR and how long it is still good."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.devices import DeviceRole
from ui.hub.access import Invite
from ui.hub.invite_text import invite_text
from ui.hub.pages import wording
from ui.hub.pages.hub_view_model import HubViewModel
from ui.language import say
from ui.widgets.parts import button, card, column, combo, label, row
from ui.widgets.qr_picture import QrPicture
from ui.widgets.speaker import Speaker

OFFERED = (DeviceRole.STATION, DeviceRole.ORGANIZER, DeviceRole.RELAY, DeviceRole.VIEWER)


def now_ms() -> int:
    """Return this laptop's clock, with which the hub's end of a code is compared."""
    return time.time_ns() // 1_000_000


class InviteCard(QWidget):
    """Role and confirmation, then the code until it is used up or too old."""

    def __init__(self, model: HubViewModel, clock: Callable[[], int] = now_ms) -> None:
        super().__init__()
        self._model = model
        self._clock = clock
        self._invite: Invite | None = None
        self._speak = Speaker(self)
        self._build()
        self._fill_roles()
        model.invited.connect(self.show_invite)
        self._speak.language_changed.connect(self._fill_roles)
        self._tick = QTimer(self, interval=1_000)
        self._tick.timeout.connect(self._count_down)

    def show_invite(self, invite: Invite) -> None:
        """Show a code that was just made."""
        self._invite = invite
        self.code.setText(invite.code)
        self.address.setText(invite.url)
        self.qr.show_text(invite_text(invite.url, invite.code))
        self._show_parts(is_good=True)
        self._count_down()
        self._tick.start()

    def _build(self) -> None:
        heading, text = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.INVITE)
        self._speak(text.setText, wording.INVITE_TEXT)
        self.roles = combo(self._speak, wording.ROLE, characters=12)
        self.confirm = QCheckBox()
        self.confirm.setChecked(True)
        self._speak(self.confirm.setText, wording.CONFIRM)
        self.make_button = button(self._speak, wording.INVITE_NOW, self._make, kind="primary")
        self.qr = QrPicture(170)
        self.code, self.address = label("code", wraps=True), label("muted", wraps=True)
        for shown in (self.code, self.address):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.left = label("muted")
        told = column(self.code, self.address, self.left, None, space=6)
        self._shown = QWidget()
        both = row(self.qr, told, space=16)
        both.setStretch(1, 1)
        self._shown.setLayout(both)
        self._shown.hide()
        self.setLayout(
            column(
                card(
                    heading,
                    text,
                    row(self.roles, self.confirm, None),
                    row(self.make_button, None),
                    self._shown,
                )
            )
        )

    def _fill_roles(self) -> None:
        chosen = self.roles.currentData()
        self.roles.clear()
        for role in OFFERED:
            self.roles.addItem(say(wording.ROLES[role]), role.value)
        self.roles.setCurrentIndex(max(0, self.roles.findData(chosen)))

    def _make(self) -> None:
        role = DeviceRole(self.roles.currentData())
        self._model.invite(role, confirm=self.confirm.isChecked())

    def _show_parts(self, *, is_good: bool) -> None:
        self._shown.show()
        for part in (self.qr, self.code, self.address):
            part.setVisible(is_good)

    def _count_down(self) -> None:
        if self._invite is None:
            return
        seconds = (self._invite.expires_ms - self._clock()) // 1000
        if seconds > 0:
            self.left.setText(say(wording.good_for(seconds)))
            return
        self._invite = None  # a code nobody can use any more is not left standing
        self._tick.stop()
        self.code.clear()
        self.qr.show_text("")
        self.left.setText(say(wording.INVITE_GONE))
        self._show_parts(is_good=False)
