"""The gentle question whether a visitor is still there, when nobody typed for long."""

import time

from PySide6.QtWidgets import QFrame

from app.domain.scans import Tone
from app.domain.visits import VisitState
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.desk_view_model import DeskViewModel
from ui.screens.help_desk.timer import is_forgotten, minutes_of, target_of
from ui.theme import scaled, tone_paint
from ui.widgets.parts import label, row


class StillThere(QFrame):
    """A line above my visit; it blocks nothing and goes with the next key."""

    def __init__(self) -> None:
        super().__init__()
        self.idle_minutes = 0
        self.words = label(wraps=True)
        inside = row(self.words)
        inside.setContentsMargins(scaled(12), scaled(5), scaled(12), scaled(5))
        self.setLayout(inside)
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether the question stands there."""
        return not self.isHidden()

    def look(self, model: DeskViewModel, is_serving: bool, pressed_ms: float) -> None:
        """Ask, or go away."""
        visit = model.mine
        if visit is None or not is_serving:
            self.hide()
            return
        serving_ms = visit.total_ms(VisitState.SERVING, model.now_ms())
        idle_ms = min(serving_ms, round(time.monotonic() * 1000 - pressed_ms))
        if not is_forgotten(serving_ms, target_of(visit.topic, model.medians), idle_ms):
            self.hide()
            return
        self.ask(visit.ticket, minutes_of(idle_ms))

    def ask(self, ticket: str, idle_minutes: int) -> None:
        """Ask about a visit that nobody touched for so long."""
        self.idle_minutes = idle_minutes
        paint = tone_paint(Tone.WARN)
        self.setStyleSheet(f"background: {paint.soft};")
        self.words.setStyleSheet(f"color: {paint.on_soft}; font-weight: 600;")
        self.words.setText(say(wording.still_there(ticket, idle_minutes)))
        self.show()
