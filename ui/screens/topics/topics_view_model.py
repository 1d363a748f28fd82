"""Reads and changes the topics in the background."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.visits import Seat
from app.domain.words import Words
from app.services.topics import TopicService
from app.services.visit_views import HelpTopic
from ui.changes import Change
from ui.language import say
from ui.office import office_of
from ui.place import Desk
from ui.screens.topics import wording
from ui.screens.topics.topic_rows import TopicLine, group_lines, moved, subtopic_lines


class SeatNow(Protocol):
    """Who acts on which help day."""

    @property
    def current(self) -> Seat:
        """The seat as it is now."""
        ...


class TopicsViewModel(QObject):
    """Keeps the topics that are shown; every change is a fact and is told to the other pages.

    Signals:
        topics_changed: the topics or their keys are other ones now.
        topic_made: the code of a topic just added.
    """

    topics_changed = Signal()
    topic_made = Signal(str)

    def __init__(self, desk: Desk, seat: SeatNow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seat = seat
        self._known: tuple[tuple[HelpTopic, ...], tuple[HelpTopic, ...]] | None = None

    @property
    def groups(self) -> tuple[TopicLine, ...]:
        """The first level."""
        return group_lines(*self._known) if self._known is not None else ()

    def subtopics(self, group: str) -> tuple[TopicLine, ...]:
        """Return the second level of a group."""
        return subtopic_lines(self._known[0], group) if self._known is not None else ()

    def find(self, code: str) -> HelpTopic | None:
        """Return a topic, None where there is none of this code."""
        topics = self._known[0] if self._known is not None else ()
        return next((one for one in topics if one.code == code), None)

    @property
    def has_too_many_stars(self) -> bool:
        """Whether more groups are starred than there are digits."""
        return sum(line.topic.quick and line.topic.active for line in self.groups) > 9

    def load(self) -> None:
        """Read the topics again."""
        session = self._seat.current.session
        self._desk.tasks.run(
            self, partial(self._read, session), self._on_read, self._desk.report, lane="reading"
        )

    def save(self, topic: HelpTopic, **changes: Any) -> None:
        """Change what is different in a topic; nothing different is no change."""
        different = {
            name: value for name, value in changes.items() if getattr(topic, name) != value
        }
        if different:
            title = changes.get("title", topic.title)
            work = partial(self._amend, topic.code, different)
            self._write(work, lambda _: self._on_written(wording.saved(title)))

    def move(self, lines: Sequence[TopicLine], code: str, by: int) -> None:
        """Move a topic up (-1) or down (1) among its siblings."""
        places = moved(lines, code, by)
        if places:
            self._write(partial(self._place, places), lambda _: self._on_written(None))

    def add(self, parent: str, title: str) -> None:
        """Add a subtopic to a group, or a group where `parent` is empty."""

        def done(made: HelpTopic) -> None:
            self.topic_made.emit(made.code)
            self._on_written(wording.added(made.title))

        self._write(lambda: self._topics.add(parent, title), done)

    @property
    def _topics(self) -> TopicService:
        """The service; only ever asked for in the background, its first use imports it."""
        return office_of(self._desk).help_desk.topics

    def _read(self, session: str) -> tuple[tuple[HelpTopic, ...], tuple[HelpTopic, ...]]:
        return self._topics.list_topics(include_inactive=True), self._topics.quick_topics(session)

    def _amend(self, code: str, changes: dict[str, Any]) -> HelpTopic:
        return self._topics.amend(code, **changes)

    def _place(self, places: Sequence[tuple[str, int]]) -> None:
        for code, position in places:
            self._topics.amend(code, position=position)

    def _write(self, work: Callable[[], Any], on_done: Callable[[Any], object]) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report)

    def _on_read(self, known: tuple[tuple[HelpTopic, ...], tuple[HelpTopic, ...]]) -> None:
        if known != self._known:  # other desks work on: what did not change is not drawn anew
            self._known = known
            self.topics_changed.emit()

    def _on_written(self, words: Words | None) -> None:
        if words is not None:
            self._desk.notice(say(words))
        self.load()
        self._desk.changes.tell(Change.HELP_DESK)
