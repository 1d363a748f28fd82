"""Canned texts: added by hand or from the examples, changed, put away."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from app.domain.help_desk import Answer
from app.services.visit_views import HelpTopic
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.help_desk import problems_wording as wording
from ui.screens.help_desk.problems_topics import choose_topic, offer_topics, topic_names
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, combo, label, name_widget, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

SIDE_WIDTH = 440
WIDEST_SIDE = 600
"""Large text takes no more than this from the list."""
Read = tuple[Sequence[Answer], Mapping[str, int], int, Sequence[HelpTopic]]


class CannedTexts(QWidget):
    """The texts by code, and the one being written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._names: dict[str, str] = {}
        self._uses: Mapping[str, int] = {}
        self._offered = 0
        self._current = ""
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()
        self._show(None)

    def opened(self) -> None:
        """Read the texts; the keys go to the list."""
        self.reload()
        self.list.setFocus()

    def reload(self) -> None:
        """Read the texts again."""
        help_desk = self._desk.services.help_desk

        def read() -> Read:
            answers = help_desk.answers
            return (
                answers.list_canned(),
                answers.count_canned_uses(),
                len(answers.list_offered()),
                help_desk.topics.list_topics(),
            )

        self._desk.tasks.run(self, read, self._on_read, self._desk.report, lane="reading")

    def begin(self) -> None:
        """Begin a new text."""
        self.list.clearSelection()
        self._show(None)
        self.code.setFocus()

    def save(self) -> None:
        """Keep what is written, or add it."""
        answers, current = self._desk.services.help_desk.answers, self._current
        values = {
            "code": self.code.text().strip().lstrip(":："),
            "title": self.title.text().strip(),
            "body": self.body.toPlainText(),
            "topic": str(self.topic.currentData() or ""),
        }

        def keep() -> Answer:
            if current:
                return answers.amend_canned(current, **values)
            return answers.add_canned(**values)

        self._desk.tasks.run(self, keep, self._on_kept, self._desk.report)

    def _build(self) -> None:
        columns: tuple[Column[Answer], ...] = (
            Column(heading=wording.CODE, text=lambda item: f"::{item.code}"),
            Column(heading=wording.NAME, text=lambda item: item.title),
            Column(heading=wording.TOPIC, text=lambda item: self._names.get(item.topic, "")),
            Column(
                heading=wording.USES,
                text=lambda item: str(self._uses.get(item.id, 0) or ""),
                is_number=True,
            ),
        )
        table = RowTable(columns, key=lambda item: item.id)
        self.list = RowView(table, name=wording.CANNED, stretch=1)
        self.list.set_widths((104, 0, 190, 76))
        self.list.set_empty_note(wording.CANNED_EMPTY)
        self.heading = label("heading")
        self.code, self.title, self.body = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.code.setMaximumWidth(scaled(150))
        self.code.setMaxLength(16)
        self.body.setTabChangesFocus(True)
        self.topic = combo(self._speak, wording.TOPIC)
        for field, words in (
            (self.code, wording.CODE),
            (self.title, wording.NAME),
            (self.body, wording.BODY),
        ):
            name_widget(self._speak, field, words)
        self._speak(self.code.setPlaceholderText, wording.CODE)
        self._speak(self.title.setPlaceholderText, wording.NAME)
        self.add_button = button(self._speak, wording.ADD, self.begin)
        self.offer_button = button(self._speak, wording.add_offered(0), self._add_offered)
        self.save_button = button(self._speak, wording.SAVE, self.save, kind="primary")
        self.away_button = button(self._speak, wording.PUT_AWAY, self._put_away)

    def _lay_out(self) -> None:
        body, hint = label("muted", wraps=True), label("muted", wraps=True)
        self._speak(body.setText, wording.BODY)
        self._speak(hint.setText, wording.CANNED_HINT)
        side = QFrame()
        side.setProperty("kind", "card")
        side.setFixedWidth(min(scaled(SIDE_WIDTH), WIDEST_SIDE))
        inside = column(
            self.heading, row(label("muted", "::"), self.code, self.title), self.topic, body,
            self.body, row(self.away_button, None, self.save_button), hint, space=8,
        )  # fmt: skip
        inside.setStretch(4, 1)
        inside.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        side.setLayout(inside)
        head = row(self.offer_button, None, self.add_button)
        layout = row(column(head, self.list), side, space=14)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.list.row_selected.connect(self._select)
        self.list.row_chosen.connect(lambda _item: self.body.setFocus())
        self._speak.language_changed.connect(self._retell)
        bind_key(self, Qt.Key.Key_Insert, self.begin)
        bind_key(self, "Ctrl+Return", self.save)

    def _on_read(self, read: Read) -> None:
        texts, self._uses, self._offered, topics = read
        self._names = topic_names(topics)
        is_typing = any(field.hasFocus() for field in (self.code, self.title, self.body))
        if not self.topic.hasFocus():
            offer_topics(self.topic, topics)
        self.list.blockSignals(is_typing)  # what is being typed stays
        self.list.show_rows(texts)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        if not is_typing and self._current:
            self.list.select_key(self._current)
        self._retell()

    def _select(self, item: Answer | None) -> None:
        if item is not None or not self._current:
            self._show(item)

    def _show(self, item: Answer | None) -> None:
        self._current = item.id if item is not None else ""
        self.code.setText(item.code if item else "")
        self.title.setText(item.title if item else "")
        self.body.setPlainText(item.body if item else "")
        choose_topic(self.topic, item.topic if item else "")
        self.heading.setText(f"::{item.code}" if item else say(wording.NEW_CANNED))
        self.away_button.setVisible(item is not None)

    def _put_away(self) -> None:
        answers = self._desk.services.help_desk.answers
        if self._current:
            work = partial(answers.amend_canned, self._current, active=False)
            self._desk.tasks.run(self, work, self._on_put_away, self._desk.report)

    def _on_put_away(self, _answer: Answer) -> None:
        self._desk.notice(say(wording.PUT_AWAY_DONE))
        self._show(None)
        self._told()

    def _add_offered(self) -> None:
        work = self._desk.services.help_desk.answers.add_offered
        self._desk.tasks.run(self, work, self._on_offered, self._desk.report)

    def _on_offered(self, count: int) -> None:
        self._desk.notice(say(wording.offered_added(count)))
        self._told()

    def _on_kept(self, answer: Answer) -> None:
        self._desk.notice(say(wording.KEPT))
        self._current = answer.id
        self._told()

    def _told(self) -> None:
        self.list.setFocus()
        self.reload()
        self._desk.changes.tell(Change.HELP_DESK)

    def _retell(self) -> None:
        self.offer_button.setText(say(wording.add_offered(self._offered)))
        self.offer_button.setVisible(self._offered > 0)
