"""Who takes part: one row a machine; words to compare before it is admitted; shutting out."""

from datetime import UTC, datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.devices import DeviceStatus, DeviceView
from ui.dates import age_words
from ui.hub.access import DeviceListing
from ui.hub.pages import wording
from ui.hub.pages.hub_view_model import HubViewModel
from ui.hub.pages.join_card import SixWords
from ui.language import say
from ui.status import now_utc
from ui.theme import palette
from ui.widgets.parts import button, card, column, label, row
from ui.widgets.reason_bar import ReasonBar
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

ASK_EVERY_MS = 3_000


def name_of(device: DeviceView) -> str:
    """Return what people call a machine; one without a name by the start of its id."""
    return device.label or device.device[:8]


def _contact(device: DeviceView) -> str:
    if device.last_contact_ms is None:
        return say(wording.NEVER)
    return age_words(datetime.fromtimestamp(device.last_contact_ms / 1000, UTC), now_utc())


def _colour(device: DeviceView) -> str | None:
    match device.status:
        case DeviceStatus.WAITING:
            return palette().caution
        case DeviceStatus.REVOKED:
            return palette().danger
        case _:
            return None


COLUMNS: tuple[Column[DeviceView], ...] = (
    Column(heading=wording.DEVICE_NAME, text=name_of),
    Column(heading=wording.DEVICE_LETTER, text=lambda device: device.letter or "–"),
    Column(heading=wording.ROLE, text=lambda device: say(wording.ROLES[device.role])),
    Column(
        heading=wording.DEVICE_STATE,
        text=lambda device: say(wording.STATUSES[device.status]),
        colour=_colour,
    ),
    Column(
        heading=wording.DEVICE_CONTACT,
        text=_contact,
        sort_key=lambda device: -(device.last_contact_ms or 0),
    ),
    Column(
        heading=wording.DEVICE_FACTS,
        text=lambda device: f"{device.facts:,}",
        sort_key=lambda device: device.facts,
        is_number=True,
    ),
)


class DevicesCard(QWidget):
    """Asks the hub again every few seconds while somebody looks."""

    def __init__(self, model: HubViewModel) -> None:
        super().__init__()
        self._model = model
        self._speak = Speaker(self)
        self._build()
        model.devices_loaded.connect(self.show_listing)
        self._often = QTimer(self, interval=ASK_EVERY_MS)
        self._often.timeout.connect(model.load_devices)
        self._speak.language_changed.connect(self._show_current)

    def show_listing(self, listing: DeviceListing) -> None:
        """Show who takes part; whoever waits comes first and is looked at."""
        waiting = [d for d in listing.devices if d.status is DeviceStatus.WAITING]
        others = [d for d in listing.devices if d.status is not DeviceStatus.WAITING]
        had = self.devices.current_row()
        self.devices.show_rows([*waiting, *others])
        is_new = waiting and (had is None or had.status is not DeviceStatus.WAITING)
        if is_new or self.devices.current_row() is None:
            self.devices.select_place(0)
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask while somebody looks."""
        super().showEvent(event)
        self._model.load_devices()
        self._often.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no longer."""
        super().hideEvent(event)
        self._often.stop()

    def _build(self) -> None:
        heading = label("heading")
        self._speak(heading.setText, wording.DEVICES)
        self.devices = RowView(
            RowTable(COLUMNS, key=lambda device: device.device), name=wording.DEVICES, stretch=0
        )
        self.devices.set_widths((0, 62, 94, 88, 104, 84))
        self.devices.set_empty_note(wording.DEVICES_EMPTY)
        self.devices.rows_wanted = 8
        self.devices.row_selected.connect(lambda _device: self._show_current())
        self.question, self.words = label("", wraps=True), SixWords()
        self.approve_button = button(self._speak, wording.APPROVE, self._approve, kind="primary")
        self.revoke_button = button(self._speak, wording.REVOKE, self._ask_revoke)
        self.why = ReasonBar()
        self.why.reason_given.connect(self._model.revoke)
        self.why.put_off.connect(self.devices.setFocus)
        inside = column(
            card(
                heading,
                self.devices,
                self.question,
                self.words,
                row(self.approve_button, None, self.revoke_button),
            ),
            self.why,
        )
        self.setLayout(inside)

    def _show_current(self) -> None:
        device: DeviceView | None = self.devices.current_row()
        is_waiting = device is not None and device.status is DeviceStatus.WAITING
        for part in (self.question, self.words, self.approve_button):
            part.setVisible(is_waiting)
        can_go = device is not None and device.status is not DeviceStatus.REVOKED
        self.revoke_button.setEnabled(can_go)
        if device is not None and is_waiting:
            self.question.setText(say(wording.compare_with(name_of(device))))
            self.words.show_words(device.words)

    def _approve(self) -> None:
        device: DeviceView | None = self.devices.current_row()
        if device is not None:
            self._model.approve(device.device)

    def _ask_revoke(self) -> None:
        device: DeviceView | None = self.devices.current_row()
        if device is not None:
            self.why.ask(device.device, wording.REVOKE_WHY, wording.REVOKE_REASONS)
