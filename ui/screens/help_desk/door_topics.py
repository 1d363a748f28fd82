"""The topic keys of the door: nine tiles, digits 1 to 9, a second level that may be left out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.words import Words
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.door_tile import KeyTile
from ui.screens.help_desk.door_topic_choice import PER_PAGE, KeyedTopic, TopicChoice
from ui.theme import palette, scaled
from ui.widgets.parts import column, label, row
from ui.widgets.speaker import Speaker

_COLUMNS = 3


def topic_title(topic: KeyedTopic) -> str:
    """Return a topic's title in the language of the window."""
    return say(Words(zh=topic.title, en=topic.title_en or topic.title))


class TopicPad(QWidget):
    """Keeps which topics are on the keys and which one is chosen.

    Signals:
        topic_chosen: the code chosen, "" when the choice was taken back.
        tally_wanted: the code to count, while a tally is asked for.
        tally_ended: nothing is to be counted after all.
    """

    topic_chosen = Signal(str)
    tally_wanted = Signal(str)
    tally_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = TopicChoice()
        self._is_tallying = False
        self._speak = Speaker(self)
        # Its keys are plain digits: it takes the focus and no input method.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._speak.language_changed.connect(self._show)

    @property
    def topic(self) -> str:
        """The code chosen, "" for none."""
        return "" if self._is_tallying else self._choice.topic

    @property
    def is_tallying(self) -> bool:
        """Whether the next digit counts a question and nothing else."""
        return self._is_tallying

    def show_topics(self, topics: Sequence[KeyedTopic], quick: Sequence[KeyedTopic]) -> None:
        """Put topics on the keys."""
        self._choice = self._choice.over(topics, quick)
        self._show()

    def find_topic(self, code: str) -> KeyedTopic | None:
        """Return the topic of a code."""
        return self._choice.find(code)

    def press(self, digit: int) -> None:
        """Press a digit: choose, turn the page (0), or count while a tally is asked for."""
        pressed = self._choice.press(digit)
        if self._is_tallying and digit and pressed.topic != self._choice.topic:
            self.end_tally()
            self.tally_wanted.emit(pressed.topic)
            return
        self._take(pressed)

    def back(self) -> None:
        """Go back to the first level and choose nothing."""
        self._take(self._choice.back())

    def clear(self) -> None:
        """Be ready for the next visitor."""
        self.end_tally()
        self._take(self._choice.cleared())

    def ask_tally(self) -> None:
        """Let the next digit count a question answered at the door."""
        self._kept, self._choice = self._choice, self._choice.back()
        self._is_tallying = True
        self._show()

    def end_tally(self) -> None:
        """Go back to choosing the topic of a number."""
        if self._is_tallying:
            self._is_tallying, self._choice = False, self._kept
            self._show()
            self.tally_ended.emit()

    def _build(self) -> None:
        self._kept = self._choice
        self.heading, self.path = label("heading"), label("muted")
        self.tiles = [KeyTile(str(digit)) for digit in range(1, PER_PAGE + 1)]
        grid = QGridLayout()
        grid.setSpacing(scaled(6))
        for place, tile in enumerate(self.tiles):
            tile.setCheckable(True)
            tile.clicked.connect(partial(self._on_clicked, place + 1))
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        self.more = KeyTile("0", tall=36)
        self.more.clicked.connect(lambda: self.press(0))
        self.back_tile = KeyTile("←", tall=36)
        self.back_tile.clicked.connect(self.back)
        foot = row(self.more, self.back_tile, space=6)
        head = row(self.heading, self.path, space=10)
        head.setStretch(1, 1)
        inside = column(head, grid, foot, space=6)
        inside.setContentsMargins(scaled(6), scaled(4), scaled(6), scaled(6))
        self.setLayout(inside)

    def _on_clicked(self, digit: int, _checked: bool = False) -> None:
        self.press(digit)
        self._show()  # a tile that was pressed twice stays chosen

    def _take(self, choice: TopicChoice) -> None:
        before, self._choice = self._choice.topic, choice
        self._show()
        if choice.topic != before and not self._is_tallying:
            self.topic_chosen.emit(choice.topic)

    def _show(self) -> None:
        choice = self._choice
        self.heading.setText(say(wording.TALLY_TOPIC if self._is_tallying else wording.TOPIC))
        alert = f"color: {palette().caution};" if self._is_tallying else ""
        self.heading.setStyleSheet(alert)
        path = " › ".join(topic_title(one) for one in choice.chosen)
        self.path.setText("" if self._is_tallying else path or say(wording.TOPIC_HINT))
        self.path.setStyleSheet(f"color: {palette().accent}; font-weight: 600;" if path else "")
        for tile, topic in zip(self.tiles, (*choice.shown, *(None,) * PER_PAGE), strict=False):
            self._show_tile(tile, topic)
        self.more.show_words(say(wording.MORE_TOPICS))
        self.more.setVisible(choice.page_count > 1)
        self.back_tile.show_words(say(wording.BACK_TO_GROUPS))
        self.back_tile.setVisible(bool(choice.group))

    def _show_tile(self, tile: KeyTile, topic: KeyedTopic | None) -> None:
        tile.setEnabled(topic is not None)
        tile.show_words(topic_title(topic) if topic else "")
        is_chosen = topic is not None and topic.code == self._choice.topic
        tile.setChecked(is_chosen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a ring around the keys while digits are heard."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(palette().focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), scaled(8), scaled(8))
