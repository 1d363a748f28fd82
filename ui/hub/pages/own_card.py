"""The switch that makes this laptop the venue's hub, and where it answers."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.hub.access import DeviceListing
from ui.hub.own_hub import OwnHubState
from ui.hub.pages import wording
from ui.hub.pages.hub_view_model import HubPicture, HubViewModel
from ui.language import say
from ui.widgets.parts import button, card, column, label, row, show_kind
from ui.widgets.speaker import Speaker


class OwnCard(QWidget):
    """Off, starting, serving at an address, or stopped with words."""

    def __init__(self, model: HubViewModel) -> None:
        super().__init__()
        self._model = model
        self._picture = HubPicture()
        self._listing: DeviceListing | None = None
        self._speak = Speaker(self)
        self._build()
        model.pictured.connect(self.show_picture)
        model.devices_loaded.connect(self._on_listing)
        self._speak.language_changed.connect(self._retell)

    def show_picture(self, picture: HubPicture) -> None:
        """Say how things are."""
        self._picture = picture
        self._retell()

    def _build(self) -> None:
        heading, text = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.OWN)
        self._speak(text.setText, wording.OWN_TEXT)
        self.switch = QCheckBox()
        self._speak(self.switch.setText, wording.OWN_SWITCH)
        self._speak(self.switch.setAccessibleName, wording.OWN)
        self.switch.clicked.connect(lambda is_on: self._model.switch_own(is_on=is_on))
        self.address, self.state = label("number"), label("muted", wraps=True)
        self.copy_button = button(self._speak, wording.COPY_ADDRESS, self._copy)
        self.setLayout(
            column(
                card(
                    row(heading, None, self.switch),
                    text,
                    self.address,
                    row(self.state, None, self.copy_button),
                )
            )
        )

    def _on_listing(self, listing: DeviceListing) -> None:
        self._listing = listing
        self._retell()

    def _retell(self) -> None:
        own = self._picture.own
        self.switch.setChecked(own in {OwnHubState.STARTING, OwnHubState.SERVING})
        self.address.setVisible(self._picture.is_serving)
        self.address.setText(self._picture.own_url)
        self.copy_button.setVisible(self._picture.is_serving)
        show_kind(self.state, "caution" if own is OwnHubState.STOPPED else "muted")
        self.state.setText(self._state_words())
        self.state.setVisible(bool(self.state.text()))

    def _state_words(self) -> str:
        match self._picture.own:
            case OwnHubState.STARTING:
                return say(wording.OWN_STARTING)
            case OwnHubState.STOPPED:
                said = self._picture.own_details.strip().splitlines()[-1:]
                told = [say(wording.OWN_STOPPED), *said, say(wording.OWN_STOPPED_REMEDY)]
                return "\n".join(told)
            case OwnHubState.SERVING if self._listing is not None:
                devices = self._listing.devices
                facts = sum(device.facts for device in devices)
                return say(wording.hub_health(facts, len(devices)))
            case _:
                return ""

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._picture.own_url)
