"""The topic of an issue: nine groups by digit, then the group's subtopics by digit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.services.visit_views import HelpTopic
from ui.language import current_language, say
from ui.screens.help_desk import issue_wording as wording
from ui.screens.help_desk.desk_reading import DeskTopics
from ui.theme import scaled
from ui.widgets.parts import label
from ui.widgets.speaker import Speaker

_COLUMNS = 3
_CHIPS = 9


def topic_title(topic: HelpTopic) -> str:
    """Return a topic's title in the window's language."""
    return topic.title_en if current_language() == "en" and topic.title_en else topic.title


def topic_path(code: str, topics: DeskTopics) -> str:
    """Return `01 帳號與權限 › 行動裝置OTP綁定`; the code itself where nobody knows it."""
    topic = topics.titles.get(code)
    if topic is None:
        return code
    group = topics.titles.get(topic.parent)
    own = topic_title(topic)
    return f"{group.code} {topic_title(group)} › {own}" if group else f"{topic.code} {own}"


def short_topic(code: str, topics: DeskTopics) -> str:
    """Return the group's title alone, for rows."""
    topic = topics.titles.get(code)
    group = topics.titles.get(topic.parent) if topic else None
    shown = group or topic
    return topic_title(shown) if shown else ""


class TopicPicker(QWidget):
    """One line with the topic chosen; below it the choices, while there is something to choose.

    Signals:
        topic_picked: the code of a group or a subtopic.
        search_wanted: none of the nine is right; find among all.
        done: the second digit was given or left out; the focus may go back.
    """

    topic_picked = Signal(str)
    search_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics = DeskTopics()
        self._code = ""
        self._offered: Sequence[HelpTopic] = ()
        self._group = ""
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self.path = QPushButton()
        self.path.setProperty("kind", "flat")
        self.path.setStyleSheet(
            f"text-align: left; font-weight: 600; padding: {scaled(1)}px {scaled(4)}px;"
        )
        self.path.clicked.connect(lambda _checked=False: self.open_groups())
        self.path.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hint = label("muted")
        self.chips = [self._chip(place) for place in range(_CHIPS)]
        self._lay_out()
        self._retell()

    @property
    def is_choosing(self) -> bool:
        """Whether subtopics are offered and wait for the second digit."""
        return bool(self._group)

    def show_topics(self, topics: DeskTopics) -> None:
        """Offer other topics."""
        self._topics = topics
        self._retell()

    def show_code(self, code: str) -> None:
        """Show the topic of an issue; where it has none, offer the groups."""
        self._code, self._group = code, ""
        self._retell()

    def pick_digit(self, digit: int) -> None:
        """Choose the group of a digit, or while subtopics are offered one of them."""
        if self._group:
            if digit <= len(self._offered):
                self._pick_below(self._offered[digit - 1])
        elif digit <= len(self._topics.quick):
            self._pick_group(self._topics.quick[digit - 1].code)

    def open_groups(self) -> None:
        """Offer the groups again, also where a topic is chosen."""
        self._group = ""
        self._offer(self._topics.quick)
        self.chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by plain digits: no text is typed here. Esc or Enter leaves the group as it is."""
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= _CHIPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.pick_digit(digit)
        elif digit == 0:
            self.search_wanted.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(scaled(4))
        grid.addWidget(self.path, 0, 0, 1, _COLUMNS - 1)
        grid.addWidget(self.hint, 0, _COLUMNS - 1, Qt.AlignmentFlag.AlignRight)
        for place, chip in enumerate(self.chips):
            grid.addWidget(chip, 1 + place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)

    def _chip(self, place: int) -> QPushButton:
        made = QPushButton()
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setStyleSheet("text-align: left; outline: none;")
        made.clicked.connect(lambda _checked=False: self.pick_digit(place + 1))
        return made

    def _pick_group(self, code: str) -> None:
        below = self._topics.below(code)
        self._code, self._group = code, code if below else ""
        self.topic_picked.emit(code)
        self._retell()
        if below:
            self.chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.done.emit()

    def _pick_below(self, topic: HelpTopic) -> None:
        self._code, self._group = topic.code, ""
        self.topic_picked.emit(topic.code)
        self._retell()
        self.done.emit()

    def _close(self) -> None:
        self._group = ""
        self._retell()
        self.done.emit()

    def _retell(self) -> None:
        self.path.setText(topic_path(self._code, self._topics) or say(wording.NO_TOPIC))
        self.hint.setText("Ctrl+1…9" if self._code else "")
        if self._group:
            self._offer(self._topics.below(self._group))
        else:
            self._offer(() if self._code else self._topics.quick)

    def _offer(self, topics: Sequence[HelpTopic]) -> None:
        self._offered = topics[:_CHIPS]
        for place, chip in enumerate(self.chips):
            is_there = place < len(self._offered)
            chip.setVisible(is_there)
            if is_there:
                title = topic_title(self._offered[place])
                room = chip.fontMetrics()
                wide = max(scaled(120), self.width() // _COLUMNS - scaled(34))
                shown = room.elidedText(title, Qt.TextElideMode.ElideRight, wide - scaled(16))
                chip.setText(f"{place + 1}  {shown}")
                chip.setToolTip(title)
                chip.setAccessibleName(f"{place + 1} {title}")
