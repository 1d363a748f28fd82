"""The Board place: a preview, and the same picture full screen where people look."""

from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.board import wording
from ui.screens.board.board_pages import BoardPages, make_screen
from ui.screens.board.board_view_model import BoardViewModel
from ui.screens.board.chime import Chime
from ui.screens.board.picture import ShownCall
from ui.screens.board.screen_picker import ScreenPicker
from ui.screens.board.serving_view_model import ServingViewModel
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, combo, fill_place, label, name_widget, row
from ui.widgets.speaker import Speaker

LONGEST_MESSAGE = 80


class BoardView(PlaceView):
    """Shows the board here, and on the screen a person picks."""

    def __init__(
        self, model: BoardViewModel, serving: ServingViewModel, chime: Chime, desk: Desk
    ) -> None:
        super().__init__()
        self._model = model
        self._serving = serving
        self._desk = desk
        self.chime = chime
        self._speak = Speaker(self)
        self.preview, self.board = BoardPages(), make_screen()
        self._build()
        self._connect()
        self._show_message()

    def opened(self) -> None:
        """Read the numbers as they are now."""
        self.screens.refill()
        self._model.load()
        self.show_button.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Follow arrivals, calls and the station."""
        if changes & {Change.EVENT, Change.STATION}:
            self._model.load()
        elif changes & {Change.SCANS, Change.ROSTER}:
            self._model.refresh()
        if changes & {Change.HELP_DESK, Change.VISITS, Change.EVENT}:
            self._serving.tick()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (("F11", say(wording.SHOW)),)

    def toggle_board(self) -> None:
        """Put the board up, or take it down."""
        if self.board.isVisible():
            self.board.hide()
        else:
            self._put_up()

    def showEvent(self, qt_event: QShowEvent) -> None:
        """Numbers are read while somebody can see them."""
        super().showEvent(qt_event)
        self._follow()

    def hideEvent(self, qt_event: QHideEvent) -> None:
        """Nobody sees the preview; the board may still be up."""
        super().hideEvent(qt_event)
        self._follow()

    def closeEvent(self, qt_event: QCloseEvent) -> None:
        """The board goes with the window."""
        self.board.close()
        super().closeEvent(qt_event)

    def _build(self) -> None:
        title, intro = label("title"), label("muted", wraps=True)
        self._speak(title.setText, wording.TITLE)
        self._speak(intro.setText, wording.INTRO)
        self.screens = ScreenPicker()
        self.kinds = combo(self._speak, wording.KIND, characters=16)
        for place, (key, words) in enumerate(wording.KINDS.items()):
            self.kinds.addItem("", key)
            self._speak(partial(self.kinds.setItemText, place), words)
        self.show_button = button(self._speak, wording.SHOW, self.toggle_board, kind="primary")
        acts = row(self.kinds, self.screens, self.show_button, None)
        fill_place(self, title, intro, acts, self._foot_row(), self.preview).setStretch(4, 1)

    def _foot_row(self) -> QHBoxLayout:
        self.message = QLineEdit()
        self.message.setMaxLength(LONGEST_MESSAGE)
        name_widget(self._speak, self.message, wording.MESSAGE)
        self._speak(self.message.setPlaceholderText, wording.DEFAULT_MESSAGE)
        self.chimes = QCheckBox()
        self.chimes.setChecked(True)
        self._speak(self.chimes.setText, wording.CHIME)
        self._speak(self.chimes.setToolTip, wording.CHIME_TIP)
        self.hear_button = button(self._speak, wording.HEAR, lambda: self.chime.play("call"))
        return row(self.message, self.chimes, self.hear_button)

    def _connect(self) -> None:
        for pages in (self.preview, self.board):
            self._feed(pages)
        self._model.kind_changed.connect(self._follow)
        self._model.help_day_changed.connect(self._on_help_day)
        self._serving.called.connect(self._on_called)
        self.kinds.activated.connect(self._on_kind)
        self.message.textChanged.connect(self._show_message)
        self._speak.language_changed.connect(self._show_message)
        self._desk.changes.changed.connect(self._on_changed)
        self.destroyed.connect(self.board.deleteLater)
        for where in (self, self.board):
            bind_key(where, "F11", self.toggle_board)
        bind_key(self.board, Qt.Key.Key_Escape, self.board.hide)
        self.board.seen_changed.connect(self._follow)
        app = cast("QGuiApplication", QGuiApplication.instance())
        app.screenAdded.connect(self._on_screen_added)
        app.screenRemoved.connect(self._on_screen_removed)

    def _feed(self, pages: BoardPages) -> None:
        self._model.kind_changed.connect(pages.show_kind)
        self._model.session_changed.connect(pages.welcome.show_session)
        self._model.counts_changed.connect(pages.welcome.show_counts)
        self._serving.picture_changed.connect(pages.serving.show_picture)

    def _on_changed(self, kinds: frozenset[Change]) -> None:
        if self.board.isVisible():  # the board counts on while another place is in front
            self.reload(kinds)

    def _on_kind(self) -> None:
        self._model.choose(self.kinds.currentData())

    def _on_help_day(self, day: SessionSummary | None) -> None:
        for pages in (self.preview, self.board):
            pages.serving.show_title(day.title if day is not None else "")
        self._serving.follow(day.code if day is not None else "")

    def _on_called(self, call: ShownCall) -> None:
        for pages in (self.preview, self.board):
            pages.serving.flash()
        if self.board.isVisible() and self.chimes.isChecked():
            self.chime.ring(call)

    def _follow(self) -> None:
        is_seen = self.isVisible() or self.board.isVisible()
        self._serving.set_on(is_seen and self._model.kind == "serving")

    def _show_message(self) -> None:
        told = self.message.text().strip() or say(wording.DEFAULT_MESSAGE)
        for pages in (self.preview, self.board):
            pages.serving.show_message(told)

    def _put_up(self) -> None:
        chosen = self.screens.chosen()
        self.board.setScreen(chosen)
        self.board.setGeometry(chosen.geometry())
        self.board.showFullScreen()
        self.board.setFocus()

    def _on_screen_added(self, _screen: QScreen) -> None:
        self.screens.refill()

    def _on_screen_removed(self, _screen: QScreen) -> None:
        # A window whose screen was unplugged would move on top of the one people work at.
        self.board.hide()
        self.screens.refill()


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    model, serving = BoardViewModel(desk), ServingViewModel(desk)
    view = BoardView(model, serving, Chime(office_of(desk).preferences), desk)
    model.setParent(view)
    serving.setParent(view)
    return view
