"""The Board place: a preview, and the same picture full screen where people look."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication

from ui.changes import Change
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.board import wording
from ui.screens.board.board_view_model import BoardViewModel
from ui.screens.board.welcome import Welcome
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, combo, fill_place, label, name_widget, row
from ui.widgets.speaker import Speaker


class BoardView(PlaceView):
    """Shows the board here, and on the screen a person picks."""

    def __init__(self, model: BoardViewModel, desk: Desk) -> None:
        super().__init__()
        self._model = model
        self._desk = desk
        self._speak = Speaker(self)
        self.board = Welcome()
        # The board must not keep the program alive after its window is closed.
        self.board.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.board.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or Esc would not reach it
        self._build()
        self._connect()

    def opened(self) -> None:
        """Read the numbers as they are now."""
        self._model.load()
        self.show_button.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Follow arrivals and the station."""
        if changes & {Change.EVENT, Change.STATION}:
            self._model.load()
        elif changes & {Change.SCANS, Change.ROSTER}:
            self._model.refresh()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (("F11", say(wording.SHOW)),)

    def toggle_board(self) -> None:
        """Put the board up, or take it down."""
        if self.board.isVisible():
            self.board.hide()
        else:
            self._put_up()

    def closeEvent(self, qt_event: QCloseEvent) -> None:
        """The board goes with the window."""
        self.board.close()
        super().closeEvent(qt_event)

    def _build(self) -> None:
        title, intro, later = label("title"), label("muted", wraps=True), label("muted")
        self._speak(title.setText, wording.TITLE)
        self._speak(intro.setText, wording.INTRO)
        self._speak(later.setText, wording.LATER)
        self.screens = combo(self._speak, wording.WHERE, characters=24)
        name_widget(self._speak, self.screens, wording.WHERE)
        self.show_button = button(self._speak, wording.SHOW, self.toggle_board, kind="primary")
        self.preview = Welcome()
        acts = row(self.screens, self.show_button, None, later)
        fill_place(self, title, intro, acts, self.preview).setStretch(3, 1)
        self._fill_screens()

    def _connect(self) -> None:
        for picture in (self.preview, self.board):
            self._model.session_changed.connect(picture.show_session)
            self._model.counts_changed.connect(picture.show_counts)
        self._desk.changes.changed.connect(self._on_changed)
        self.destroyed.connect(self.board.deleteLater)
        for where in (self, self.board):
            bind_key(where, "F11", self.toggle_board)
        bind_key(self.board, Qt.Key.Key_Escape, self.board.hide)

    def _on_changed(self, kinds: frozenset[Change]) -> None:
        if self.board.isVisible():  # the board counts on while another place is in front
            self.reload(kinds)

    def _fill_screens(self) -> None:
        screens = QGuiApplication.screens()
        for screen in screens:
            size = screen.size()
            self.screens.addItem(f"{screen.name()} {size.width()}×{size.height()}".strip())
        self.screens.setCurrentIndex(len(screens) - 1)

    def _put_up(self) -> None:
        screens = QGuiApplication.screens()
        chosen = screens[min(self.screens.currentIndex(), len(screens) - 1)]
        self.board.setGeometry(chosen.geometry())
        self.board.showFullScreen()
        self.board.setFocus()


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    office = office_of(desk)
    model = BoardViewModel(office.checkin, office.events, desk)
    view = BoardView(model, desk)
    model.setParent(view)
    return view
