"""Does this card and this reader work? Asked on a thread of its own; never a PIN."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.scans import Tone
from app.services.card_checks import CardCheck, CardCheckService, CheckedCard
from app.services.card_findings import CheckTone
from ui.background import TaskRunner, ThreadTaskRunner
from ui.dates import short_date
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.theme import scaled, tone_paint
from ui.widgets.parts import column, label, row
from ui.widgets.speaker import Speaker
from ui.widgets.tone_mark import ToneMark

TONES: Final = {CheckTone.OK: Tone.OK, CheckTone.WARN: Tone.WARN, CheckTone.BAD: Tone.REFUSE}


class CardCheckLine(QFrame):
    """One sentence with its tone, what to do, and the card's number and dates below it.

    Signals:
        checked: the `CardCheck` that was made.
    """

    checked = Signal(object)

    def __init__(
        self,
        report: Callable[[Exception], None],
        *,
        checks: CardCheckService | None = None,
        tasks: TaskRunner | None = None,
    ) -> None:
        super().__init__()
        self._report = report
        self._checks = checks or CardCheckService()
        # A card that hangs must not hold up what somebody types: it has a thread of its own.
        self._tasks = tasks or ThreadTaskRunner()
        self._is_checking = False
        self._check: CardCheck | None = None
        self._speak = Speaker(self)
        self._build()
        self._speak.language_changed.connect(self._show)

    @property
    def is_checking(self) -> bool:
        """Whether a card is being read."""
        return self._is_checking

    def start(self) -> None:
        """Read what is in the readers now; while a card is being read, nothing more."""
        if self._is_checking:
            return
        self._is_checking, self._check = True, None
        self._show()
        self._tasks.run(self, self._checks.check_cards, self.show_check, self._on_error)

    def show_check(self, check: CardCheck) -> None:
        """Show what came of it."""
        self._is_checking, self._check = False, check
        self._show()
        self.checked.emit(check)

    def clear(self) -> None:
        """Forget the last visitor's card."""
        if not self._is_checking:
            self._check = None
            self._show()

    def _build(self) -> None:
        self.mark = ToneMark()
        self.sentence, self.detail = label("", wraps=True), label("muted", wraps=True)
        inside = row(self.mark, column(self.sentence, self.detail, space=2), space=10)
        inside.setStretch(1, 1)
        inside.setContentsMargins(scaled(10), scaled(6), scaled(10), scaled(6))
        self.setLayout(inside)
        self._show()

    def _on_error(self, error: Exception) -> None:
        self._is_checking = False
        self._show()
        self._report(error)

    def _show(self) -> None:
        check = self._check
        self.setVisible(self._is_checking or check is not None)
        if check is None:
            self.mark.show_tone(Tone.QUIET)
            self.sentence.setText(say(wording.CHECKING))
            self.detail.clear()
            self.detail.hide()
            self.setStyleSheet("")
            return
        tone = TONES[check.finding.tone]
        self.mark.show_tone(tone)
        told = (say(check.finding.message), say(check.finding.remedy))
        self.sentence.setText(" ".join(part for part in told if part))
        self.sentence.setStyleSheet(f"color: {tone_paint(tone).on_soft};")
        lines = [line for card in check.cards if (line := card_line(card))]
        self.detail.setText("\n".join(lines))
        self.detail.setVisible(bool(lines))
        paint = tone_paint(tone)
        self.detail.setStyleSheet(f"color: {paint.on_soft};")
        self.setStyleSheet(f"CardCheckLine {{ background: {paint.soft}; border-radius: 6px; }}")
        self.setAccessibleName(self.sentence.text())


def card_line(card: CheckedCard) -> str:
    """Return a card's kind, the end of its number and its last day in one line."""
    ends = [certificate.expires_on for certificate in card.certificates]
    last_day = f"{short_date(min(ends))} {say(wording.EXPIRES)}" if ends else ""
    tail = card.number_masked.lstrip("•")
    parts = (say(card.kind_words), f"…{tail}" if tail else "", last_day)
    return "・".join(part for part in parts if part)
