"""How the exchange with the hub stands, and the two things to do about it."""

from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.devices import DeviceRole
from app.sync.status import SyncState, SyncStatus
from ui.hub.pages import wording
from ui.hub.pages.hub_view_model import HubPicture, HubViewModel
from ui.hub.pages.join_card import SixWords
from ui.hub.state_words import mood_of, remedy_words, short_words
from ui.language import say
from ui.status import now_utc
from ui.widgets.parts import button, card, column, label, row, show_kind
from ui.widgets.reason_bar import ReasonBar
from ui.widgets.speaker import Speaker

_KINDS = {"calm": "heading", "good": "heading", "caution": "caution", "danger": "danger"}


class LinkCard(QWidget):
    """State, queue, last contact; six words while waiting; progress of a load."""

    def __init__(self, model: HubViewModel) -> None:
        super().__init__()
        self._model = model
        self._picture = HubPicture()
        self._speak = Speaker(self)
        self._build()
        model.pictured.connect(self.show_picture)
        self._speak.language_changed.connect(lambda: self.show_picture(self._picture))

    def show_picture(self, picture: HubPicture) -> None:
        """Say how things are."""
        self._picture = picture
        link, status = picture.link, picture.status or SyncStatus(state=SyncState.CONNECTING)
        if link is None:
            return
        mood = mood_of(status)
        self.state.setText(short_words(status, now_utc()))
        show_kind(self.state, "heading")
        show_kind(self.remedy, _KINDS[mood] if mood in {"caution", "danger"} else "muted")
        self.remedy.setText(remedy_words(status))
        self.where.setText(say(wording.linked_to(link.url)))
        role = DeviceRole(link.role) if link.role else None
        self.part.setText(say(wording.taken_part(role, link.letter, link.label)))
        is_waiting = status.state is SyncState.WAITING
        self.words.setVisible(is_waiting)
        self.words.show_words(status.words or link.words)
        self._show_load(status)

    def _show_load(self, status: SyncStatus) -> None:
        is_loading = status.state is SyncState.RECEIVING
        self.bar.setVisible(is_loading)
        self.received.setVisible(is_loading)
        self.bar.setMaximum(status.expected or 0)
        self.bar.setValue(status.received)
        self.received.setText(say(wording.progress(status.received, status.expected)))

    def _build(self) -> None:
        heading = label("muted")
        self._speak(heading.setText, wording.LINK)
        self.state, self.remedy = label("heading", wraps=True), label("muted", wraps=True)
        self.where, self.part = label("muted", wraps=True), label("muted")
        self.words = SixWords()
        self.bar, self.received = QProgressBar(), label("muted")
        self.bar.setTextVisible(False)
        self.sync_button = button(
            self._speak, wording.SYNC_NOW, self._model.sync_now, kind="primary"
        )
        self.leave_button = button(self._speak, wording.LEAVE, self._ask_leave)
        self.why = ReasonBar()
        self.why.reason_given.connect(lambda _what, _reason: self._model.leave())
        self.why.put_off.connect(self.leave_button.setFocus)
        inside = column(
            card(
                heading,
                self.state,
                self.remedy,
                self.words,
                self.bar,
                self.received,
                self.where,
                self.part,
                row(self.sync_button, self.leave_button, None),
            ),
            self.why,
        )
        self.setLayout(inside)

    def _ask_leave(self) -> None:
        self.why.ask("leave", wording.LEAVE_SURE, wording.LEAVE_REASONS)
