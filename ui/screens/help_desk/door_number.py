"""The number, huge, and what the visitor asks next: how many before me, how long."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from app.domain.visits import GoneReason, Visit
from app.domain.words import Words
from app.services.visit_views import BoardState
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.door_questions import Given
from ui.theme import pixel_font, scaled
from ui.widgets.parts import card, column, label, row
from ui.widgets.speaker import Speaker

_TALLEST = 104
"""Height of the number in pixels at 100 %."""
_COMPACT = 52
"""Its height where the text is large and everything has to stay in view."""


class NumberCard(QFrame):
    """The number given last; before the first, how many wait."""

    def __init__(self) -> None:
        super().__init__()
        self._given: Given | None = None
        self._board: BoardState | None = None
        self._is_compact = False
        self._speak = Speaker(self)
        self._build()
        self._speak.language_changed.connect(self._show)

    @property
    def visit(self) -> Visit | None:
        """The visit whose number is shown."""
        return self._given.visit if self._given else None

    def show_given(self, given: Given) -> None:
        """Show a number that was just given."""
        self._given = given
        self._show()

    def set_compact(self, is_compact: bool) -> None:
        """Take less room, where the text is large."""
        self._is_compact = is_compact
        self.caption.setVisible(not is_compact)
        self._fit()

    def forget(self) -> None:
        """Show how many wait; the number is not the visitor's any more."""
        self._given = None
        self._show()

    def drop_void(self, tickets: Iterable[Visit]) -> None:
        """Show a number no longer once it was taken back: nobody is to be sent away with it."""
        void = {visit.id for visit in tickets if visit.reason == GoneReason.VOID}
        if self.visit is not None and self.visit.id in void:
            self.forget()

    def show_board(self, board: BoardState) -> None:
        """Show the line as it is now."""
        self._board = board
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the number be as large as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        self.caption, self.number, self.whose = label("muted"), label(""), label("heading")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.whose.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.ahead, ahead = self._figure(wording.AHEAD)
        self.longest, longest = self._figure(wording.LONGEST_NOW)
        self.estimate, estimate = self._figure(wording.ESTIMATE)
        figures = row(ahead, longest, estimate, space=6)
        for place in range(3):
            figures.setStretch(place, 1)
        inside = card(self.caption, self.number, self.whose, figures, space=4)
        whole = column(inside)
        self.setLayout(whole)
        self._show()

    def _figure(self, words: Words) -> tuple[QLabel, QVBoxLayout]:
        caption, value = label("muted"), label("heading")
        self._speak(caption.setText, words)
        self._speak(value.setAccessibleName, words)
        for made in (caption, value):
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return value, column(caption, value, space=0)

    def _show(self) -> None:
        board = self._given.board if self._given else self._board
        visit = self.visit
        self.caption.setText(say(wording.NUMBER if visit else wording.NO_NUMBER))
        waiting = str(board.waiting) if board else "–"
        self.number.setText(visit.ticket if visit else waiting)
        self.whose.setText(_whose(visit) if visit else "")
        self.whose.setVisible(visit is not None)
        self.setAccessibleName(self.number.text())
        self._show_figures(board)
        self._fit()

    def _show_figures(self, board: BoardState | None) -> None:
        if board is None:
            for value in (self.ahead, self.longest, self.estimate):
                value.setText("–")
            return
        self.ahead.setText(say(wording.parties(board.people_ahead)))
        self.longest.setText(say(wording.minutes(board.longest_wait_min)))
        nobody = wording.NO_DESK if not board.desks_serving else wording.NO_ESTIMATE
        self.estimate.setText(say(wording.wait(board.range) if board.range else nobody))

    def _fit(self) -> None:
        signs = max(4, len(self.number.text()))
        room = (self.width() - scaled(48)) / signs * 1.5
        tallest = scaled(_COMPACT if self._is_compact else _TALLEST)
        self.number.setFont(pixel_font(max(scaled(36), min(tallest, int(room))), bold=True))


def _whose(visit: Visit) -> str:
    party = say(wording.party(visit.party_size)) if visit.party_size > 1 else ""
    unit = visit.unit_text or say(wording.NO_UNIT)
    return "・".join(part for part in (unit, visit.name, party) if part)
