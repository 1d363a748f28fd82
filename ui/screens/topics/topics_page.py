"""The Topics page of the help desk: groups, their subtopics, and one of them to be changed."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.words import Words
from app.services.visit_views import HelpTopic
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.topics import wording
from ui.screens.topics.topic_form import LONGEST_NAME, TopicForm
from ui.screens.topics.topic_rows import TopicLine
from ui.screens.topics.topics_view_model import SeatNow, TopicsViewModel
from ui.theme import palette, scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, name_widget, row, scrolling
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

SIDE_WIDTH = 310


def title_of(topic: HelpTopic) -> str:
    """Return a topic's name in the language of the window."""
    return say(Words(zh=topic.title, en=topic.title_en or topic.title))


def state_of(line: TopicLine) -> str:
    """Return whether a topic is starred or put away."""
    if not line.topic.active:
        return say(wording.PUT_AWAY)
    return "★" if line.topic.quick else ""


def _colour(line: TopicLine) -> str | None:
    return None if line.topic.active else palette().muted


_KEYS: Column[TopicLine] = Column(heading=wording.KEY, text=lambda line: line.keys)
_NAME: Column[TopicLine] = Column(
    heading=wording.NAME, text=lambda line: title_of(line.topic), colour=_colour
)
_STATE: Column[TopicLine] = Column(heading=wording.STATE, text=state_of)
_COUNT: Column[TopicLine] = Column(
    heading=wording.COUNT, text=lambda line: str(line.children or ""), is_number=True
)


class TopicsPage(QWidget):
    """Two lists side by side; the one that was last used says what is changed."""

    def __init__(self, desk: Desk, seat: SeatNow) -> None:
        super().__init__()
        self._model = TopicsViewModel(desk, seat, self)
        self._wanted = ""
        """Code of a topic just added, to be chosen as soon as it is listed."""
        self._is_showing = False
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def opened(self) -> None:
        """Read the topics; the list of groups has the keys."""
        self._model.load()
        self.groups.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Follow what others changed."""
        if changes & {Change.HELP_DESK, Change.EVENT}:
            self._model.load()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this page."""
        return (("Ctrl+↑", say(wording.MOVE_UP)), ("Ctrl+↓", say(wording.MOVE_DOWN)))

    def _build(self) -> None:
        hint = label("muted", wraps=True)
        self._speak(hint.setText, wording.HINT)
        self.stars = label("caution", wraps=True)
        self._speak(self.stars.setText, wording.TOO_MANY_STARS)
        self.stars.hide()
        self.groups = _list((_KEYS, _NAME, _COUNT, _STATE), wording.GROUPS, wording.NO_GROUPS)
        self.groups.set_widths((64, 0, 64, 60))
        self.subtopics = _list((_KEYS, _NAME, _STATE), wording.SUBTOPICS, wording.NO_SUBTOPICS)
        self.subtopics.set_widths((64, 0, 60))
        self.form = TopicForm()
        body = row(
            self._level(self.groups, wording.GROUPS),
            self._level(self.subtopics, wording.SUBTOPICS),
            self._side(),
            space=16,
        )
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        whole = column(hint, self.stars, body, space=10)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _level(self, view: RowView, words: Words) -> QVBoxLayout:
        heading = label("heading")
        self._speak(heading.setText, words)
        level = column(heading, view, space=6)
        level.setStretch(1, 1)
        return level

    def _side(self) -> QWidget:
        self.new_name = QLineEdit()
        self.new_name.setMaxLength(LONGEST_NAME)
        self._speak(self.new_name.setPlaceholderText, wording.NEW_NAME)
        name_widget(self._speak, self.new_name, wording.NEW_NAME)
        self.add_group_button = button(self._speak, wording.ADD_GROUP, lambda: self._add(""))
        self.add_subtopic_button = button(
            self._speak, wording.ADD_SUBTOPIC, lambda: self._add(self._group_code())
        )
        side = QWidget()
        side.setFixedWidth(scaled(SIDE_WIDTH))
        adding = row(self.add_group_button, self.add_subtopic_button)
        form = QWidget()
        form.setLayout(column(self.form, None))
        whole = column(scrolling(form), self.new_name, adding, space=12)
        whole.setStretch(0, 1)
        side.setLayout(whole)
        return side

    def _connect(self) -> None:
        self._model.topics_changed.connect(self._show)
        self._model.topic_made.connect(self._on_made)
        self.groups.row_selected.connect(self._on_group)
        self.subtopics.row_selected.connect(self._on_subtopic)
        self.subtopics.clicked.connect(
            lambda _index: self._on_subtopic(self.subtopics.current_row())
        )
        self.groups.clicked.connect(lambda _index: self._on_group(self.groups.current_row()))
        self.groups.row_chosen.connect(lambda _line: self.form.title.setFocus())
        self.subtopics.row_chosen.connect(lambda _line: self.form.title.setFocus())
        self.form.save_wanted.connect(self._save)
        self.form.move_wanted.connect(self._move)
        self.new_name.textChanged.connect(self._tell_adding)
        self.new_name.returnPressed.connect(self.add_subtopic_button.click)
        bind_key(self, "Ctrl+Up", lambda: self._move(-1))
        bind_key(self, "Ctrl+Down", lambda: self._move(1))
        self._tell_adding()

    def _show(self) -> None:
        """Fill both lists and stay on what was chosen."""
        code, self._wanted = self._wanted or self._chosen_code(), ""
        chosen = self._model.find(code)
        self.stars.setVisible(self._model.has_too_many_stars)
        self._is_showing = True  # what the lists choose while they are filled nobody chose
        self.groups.show_rows(self._model.groups)
        if not self.groups.select_key((chosen.parent or chosen.code) if chosen else ""):
            self.groups.select_place(0)
        self.subtopics.show_rows(self._model.subtopics(self._group_code()))
        if chosen is not None and chosen.parent:
            self.subtopics.select_key(chosen.code)
        self._is_showing = False
        group: TopicLine | None = self.groups.current_row()
        self.form.show_topic(chosen or (group.topic if group is not None else None))
        self._tell_adding()

    def _on_group(self, line: TopicLine | None) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        self.subtopics.show_rows(self._model.subtopics(line.topic.code if line else ""))
        self.subtopics.clearSelection()
        self._is_showing = False
        self.form.show_topic(line.topic if line else None)
        self._tell_adding()

    def _on_subtopic(self, line: TopicLine | None) -> None:
        if line is not None and not self._is_showing:
            self.subtopics.select_key(line.topic.code)  # reached by Tab it is only current
            self.form.show_topic(line.topic)

    def _chosen_code(self) -> str:
        return self.form.topic.code if self.form.topic is not None else ""

    def _group_code(self) -> str:
        line: TopicLine | None = self.groups.current_row()
        return line.topic.code if line is not None else ""

    def _add(self, parent: str) -> None:
        name = self.new_name.text().strip()
        if name:
            self._model.add(parent, name)

    def _on_made(self, code: str) -> None:
        self.new_name.clear()
        self._wanted = code

    def _save(self, topic: HelpTopic, changes: dict[str, object]) -> None:
        self._model.save(topic, **changes)

    def _move(self, by: int) -> None:
        topic = self.form.topic
        if topic is None:
            return
        lines = self._model.subtopics(topic.parent) if topic.parent else self._model.groups
        self._model.move(lines, topic.code, by)

    def _tell_adding(self) -> None:
        has_name = bool(self.new_name.text().strip())
        self.add_group_button.setEnabled(has_name)
        self.add_subtopic_button.setEnabled(has_name and bool(self._group_code()))


def _list(columns: tuple[Column[TopicLine], ...], name: Words, note: Words) -> RowView:
    view = RowView(RowTable(columns, key=lambda line: line.topic.code), name=name, stretch=1)
    view.set_empty_note(note)
    return view


def build_topics_page(desk: Desk, seat: SeatNow) -> QWidget:
    """Make the page for the Help desk place."""
    return TopicsPage(desk, seat)
