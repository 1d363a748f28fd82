"""The left column: the visit that is with me, or what to do while nobody is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.domain.visits import Visit, VisitState
from app.domain.words import Words
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.desk_reading import DeskPicture
from ui.screens.help_desk.desk_visit_card import Around, VisitCard
from ui.screens.help_desk.issue_editor import IssueEditor
from ui.screens.help_desk.queue_rows import who
from ui.screens.help_desk.seat import SeatState
from ui.screens.help_desk.seat_bar import LARGE_TEXT
from ui.screens.help_desk.solutions_pictures import PictureStrip
from ui.theme import scaled, text_scale
from ui.widgets.parts import button, card, column, label, row, scrolling
from ui.widgets.speaker import Speaker


class MyVisit(QStackedWidget):
    """Three pictures: nobody sits here, nobody is with me, and my visit.

    Signals:
        wanted: the name of an act somebody pressed a button for.
    """

    wanted = Signal(str)

    def __init__(self, around: Around, now_ms: Callable[[], int], pictures: PictureStrip) -> None:
        super().__init__()
        self._picture = DeskPicture()
        self._seat: SeatState | None = None
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self.card = VisitCard(around)
        self.editor, self.pictures = IssueEditor(now_ms), pictures
        self.nobody, self.visit = self._build_nobody(), self._build_visit()
        self.addWidget(self.nobody)
        self.addWidget(self.visit)

    def show_picture(self, picture: DeskPicture, seat: SeatState) -> None:
        """Show who is with this seat, or who would come next."""
        self._picture, self._seat = picture, seat
        self.setCurrentWidget(self.visit if picture.mine else self.nobody)
        self._retell()

    def bring_into_view(self, focus: QWidget | None) -> None:
        """Scroll to the field that got the focus."""
        if focus is not None and self.editor.isAncestorOf(focus):
            # Once what was just shown has its place.
            QTimer.singleShot(0, focus, partial(self._area.ensureWidgetVisible, focus))

    @property
    def is_serving(self) -> bool:
        """Whether my visit is being served, not only called."""
        mine = self._picture.mine
        return mine is not None and self._seat is not None and _serves(mine, self._seat)

    def _build_nobody(self) -> QWidget:
        self.head, self.why, self.next = (
            label("title"),
            label("muted", wraps=True),
            label("heading"),
        )
        for told in (self.head, self.why, self.next):
            told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.next.setWordWrap(True)
        self.call_button = self._act(wording.CALL_NEXT, "call_next", kind="primary")
        self.call_button.setMinimumHeight(scaled(52))
        self.new_button = self._act(wording.SERVE_NEW, "serve_new")
        buttons = column(self.call_button, self.new_button, space=10)
        inside = column(
            None, self.head, self.why, self.next, row(None, buttons, None), None, None, space=12
        )
        page = card(inside)
        page.setContentsMargins(0, 0, 0, 0)
        return page

    def _build_visit(self) -> QWidget:
        self.start_button = self._act(wording.START, "start", kind="primary", key="F6")
        self.recall_button = self._act(wording.RECALL, "call_next", key="F5")
        self.lost_button = self._act(wording.NOT_FOUND, "not_found", key="F7")
        self.finish_button = self._act(wording.FINISH, "finish", kind="primary", key="Ctrl+Enter")
        self.next_button = self._act(wording.FINISH_SHORT, "finish_next", key="Shift+F5")
        self.park_button = self._act(wording.PARK, "park", key="F8")
        self.more_button = self._act(wording.MORE, "palette", key="Ctrl+K")
        self._called = (self.start_button, self.recall_button, self.lost_button)
        self._serving = (self.finish_button, self.next_button, self.park_button)
        self.more_button.setMinimumWidth(scaled(72))
        for made in (*self._called, *self._serving):
            made.setMinimumWidth(scaled(72))
        self.finish_button.setMinimumWidth(scaled(96))
        for made in self._serving:
            made.hide()
        if text_scale() >= LARGE_TEXT:  # no room; the line at the foot says Ctrl+K too
            self.more_button.hide()
        acts = row(*self._called, *self._serving, self.more_button, space=6)
        page = QWidget()
        typed = QWidget()
        below = column(self.card.note, self.editor, self.pictures, space=6)
        below.setStretch(1, 1)
        typed.setLayout(below)
        self.pictures.hide()
        self.pictures.count_changed.connect(lambda count: self.pictures.setVisible(count > 0))
        self._area = scrolling(typed)
        inside = column(self.card, self._area, acts, space=8)
        inside.setStretch(1, 1)
        page.setLayout(inside)
        return page

    def _act(self, words: Words, name: str, *, kind: str = "", key: str = "") -> QPushButton:
        if key:  # below its words, so that large text has room
            words = Words(zh=f"{words.zh}\n{key}", en=f"{words.en}\n{key}")
        made = button(self._speak, words, lambda: self.wanted.emit(name), kind=kind)
        if key:
            made.setStyleSheet(
                f"QPushButton {{ padding: {scaled(2)}px {scaled(4)}px;"
                f" min-height: {scaled(40)}px; outline: none; }}"
            )
        return made

    def _retell(self) -> None:
        seat = self._seat
        if seat is None:
            return
        mine = self._picture.mine
        if mine is None:
            self._tell_nobody(seat)
            return
        self.card.show_visit(mine, seat.current.staff)
        is_serving = self.is_serving
        for made in self._called:
            made.setVisible(not is_serving)
        for made in self._serving:
            made.setVisible(is_serving)

    def _tell_nobody(self, seat: SeatState) -> None:
        turns = self._picture.turns
        head, why = wording.FREE, wording.waiting_count(len(turns))
        if not seat.current.session:
            head, why = wording.NO_DAY, wording.NO_DAY_WHY
        elif not seat.current.staff:
            head, why = wording.NO_SEAT, wording.NO_SEAT_WHY
        self.head.setText(say(head))
        self.why.setText(say(why))
        first = turns[0].visit if turns else None
        self.next.setText(say(wording.next_is(first.ticket, who(first))) if first else "")
        self.call_button.setVisible(seat.is_taken)
        self.new_button.setVisible(seat.is_taken)


def _serves(visit: Visit, seat: SeatState) -> bool:
    claim = visit.claims.get(seat.current.staff)
    return claim is not None and claim.state is VisitState.SERVING
