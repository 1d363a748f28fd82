"""The Hub page of the Event place: one column for this laptop, one for everybody else's."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.hub.pages.devices_card import DevicesCard
from ui.hub.pages.hub_view_model import HubPicture, HubViewModel
from ui.hub.pages.invite_card import InviteCard
from ui.hub.pages.join_card import JoinCard
from ui.hub.pages.join_view_model import JoinViewModel
from ui.hub.pages.link_card import LinkCard
from ui.hub.pages.own_card import OwnCard
from ui.hub.pages.stick_card import KeptCard, StickCard
from ui.theme import text_scale
from ui.widgets.parts import column, row, scrolling

AGES_EVERY_MS = 15_000
WIDEST_SIDES = 1.25
"""Text larger than this needs the whole width: then the machines come below."""


class HubPage(QWidget):
    """Join, or how the link stands; this laptop as hub; invitations and machines; the stick."""

    def __init__(self, model: HubViewModel, joining: JoinViewModel) -> None:
        super().__init__()
        self._model = model
        self.joining = joining
        self.join, self.link = JoinCard(joining), LinkCard(model)
        self.own, self.stick, self.kept = OwnCard(model), StickCard(model), KeptCard(model)
        self.invite, self.devices = InviteCard(model), DevicesCard(model)
        self._build()
        model.pictured.connect(self.show_picture)
        joining.joined.connect(lambda _made: model.joined())
        self._ages = QTimer(self, interval=AGES_EVERY_MS)
        self._ages.timeout.connect(lambda: self.link.show_picture(model.picture))
        self.show_picture(model.picture)

    def load(self) -> None:
        """Fetch what the page shows."""
        self._model.load()

    def take_scan(self, text: str) -> bool:
        """Use a scanned invitation while the form is there to fill."""
        return self.join.form.isVisible() and self.join.form.take_scan(text)

    def show_picture(self, picture: HubPicture) -> None:
        """Show the cards that fit how things are."""
        self.join.setVisible(picture.link is None and not picture.own_url)
        self.own.setVisible(self._model.side.own.can_run)
        self.link.setVisible(picture.link is not None)
        self._right.setVisible(picture.can_invite)
        self.invite.setVisible(picture.can_invite)
        # Where others connect to comes first while they do; the switch alone can wait below.
        self._left.removeWidget(self.own)
        self._left.insertWidget(0 if picture.own_url else 3, self.own)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep ages right while somebody looks."""
        super().showEvent(event)
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._ages.stop()

    def _build(self) -> None:
        cards = (self.join, self.link, self.invite, self.own, self.kept, self.stick)
        self._left = column(*cards, None, space=12)
        self._right = QWidget()
        self._right.setLayout(column(self.devices, None, space=12))
        page = QWidget()
        sides = row(self._left, self._right, space=12)
        if text_scale() > WIDEST_SIDES:
            sides.setDirection(QBoxLayout.Direction.TopToBottom)
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        sides.setContentsMargins(0, 14, 8, 0)
        page.setLayout(sides)
        self.setLayout(column(scrolling(page)))
