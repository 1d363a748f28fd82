"""How the help desk runs today: numbers one can read from afar, and the hours."""

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.domain.words import Words
from ui.language import say
from ui.screens.overview import wording
from ui.screens.overview.help_load import HelpLoad
from ui.screens.overview.help_load_bars import HelpLoadBars
from ui.theme import palette, scaled
from ui.widgets.parts import card, column, label, row
from ui.widgets.speaker import Speaker


class HelpLoadPage(QWidget):
    """Shown in place of rosters on help days; nobody registers for those."""

    def __init__(self) -> None:
        super().__init__()
        self._load: HelpLoad | None = None
        self._speak = Speaker(self)
        self._build()
        self._speak.language_changed.connect(self._show)

    def show_load(self, load: HelpLoad) -> None:
        """Show other numbers."""
        self._load = load
        self._show()

    def _build(self) -> None:
        self.waiting, self.longest, self.desks, self.arrived, self.finished, self.tallies = (
            label("number", "–") for _ in range(6)
        )
        numbers = row(
            self._number(wording.WAITING, self.waiting),
            self._number(wording.LONGEST, self.longest),
            self._number(wording.DESKS, self.desks),
            self._number(wording.CAME, self.arrived),
            self._number(wording.FINISHED, self.finished),
            self._number(wording.TALLIES, self.tallies),
            space=12,
        )
        for place in range(6):
            numbers.setStretch(place, 1)
        self.bars = HelpLoadBars()
        heading, self.legend = label("heading"), label("muted")
        self._speak(heading.setText, wording.PER_HOUR)
        self._speak(self.legend.setText, wording.LEGEND)
        self.detail = label("muted", wraps=True)
        chart = card(row(heading, self.legend, None, space=14), self.bars, self.detail, space=10)
        inside = column(numbers, chart, space=12)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def _number(self, words: Words, value: QLabel) -> QFrame:
        caption = label("muted")
        self._speak(caption.setText, words)
        self._speak(value.setAccessibleName, words)
        frame = card(caption, value, None, space=2)
        frame.setMinimumWidth(scaled(100))
        return frame

    def _show(self) -> None:
        load = self._load
        if load is None:
            return
        self.waiting.setText(str(load.numbers.waiting))
        self.longest.setText(say(wording.minutes(load.board.longest_wait_min)))
        self.desks.setText(str(load.board.desks_serving))
        nobody_serves = load.numbers.waiting > 0 and load.board.desks_serving == 0
        self.desks.setStyleSheet(f"color: {palette().danger};" if nobody_serves else "")
        self.arrived.setText(str(load.numbers.arrived))
        self.finished.setText(str(load.numbers.done))
        self.tallies.setText(str(load.numbers.tallies))
        self.bars.show_hours(load.hours)
        self.detail.setText(say(wording.help_detail(load.numbers)))
