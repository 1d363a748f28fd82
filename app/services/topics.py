"""Help topics: the plan's, with what people added, renamed or put away."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import TopicRecord
from app.domain.plan import Plan
from app.domain.words import Words
from app.services.context import EventContext
from app.services.visit_views import HelpTopic
from db.engine import Connection
from db.queries import visits, visits_desk

MOST_QUICK = 9
FIELDS = frozenset(("parent", "title", "title_en", "active", "quick", "position"))


class TopicService:
    """The two levels of topics of one event."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def list_topics(self, include_inactive: bool = False) -> tuple[HelpTopic, ...]:
        """Return groups, each followed by its subtopics, in the order of the keys."""
        with self._context.database.read() as connection:
            records = visits_desk.list_topic_records(connection)
        topics = merged_topics(self._context.plan, records)
        return tuple(topic for topic in topics if topic.active or include_inactive)

    def quick_topics(self, session: str) -> tuple[HelpTopic, ...]:
        """Return at most nine groups for the digit keys: flagged ones, most used, then the rest.

        Use only decides which nine: starred ones stand first, the others in their own order, so
        that keys keep their meaning while people learn them.
        """
        with self._context.database.read() as connection:
            uses = visits.topic_uses(connection, session)
        groups = [topic for topic in self.list_topics() if not topic.parent]
        groups.sort(key=lambda topic: not topic.quick)
        by_use = sorted(groups, key=lambda topic: (not topic.quick, -uses.get(topic.code, 0)))
        chosen = {topic.code for topic in by_use[:MOST_QUICK]}
        quick = [topic for topic in groups if topic.code in chosen]
        return tuple(replace(topic, key=str(place)) for place, topic in enumerate(quick, start=1))

    def amend(self, code: str, **changes: Any) -> HelpTopic:
        """Change a topic's title, title_en, active, quick or position. Raises NotFound."""
        if unknown := changes.keys() - FIELDS:
            raise TypeError(f"no such field: {sorted(unknown)}")
        with self._context.database.write() as connection:
            get_topic(self._context, connection, code)
            self._record(connection, code, changes)
            return get_topic(self._context, connection, code)

    def add(self, parent: str, title: str, title_en: str = "") -> HelpTopic:
        """Add a subtopic to a group, or a group (parent ""). Raises NotFound, InvalidInput."""
        if not title.strip():
            raise InvalidInput(Words(zh="請輸入名稱。", en="Enter a title."), field="title")
        with self._context.database.write() as connection:
            if parent:
                get_topic(self._context, connection, parent)
            code = self._next_code(connection, parent)
            values = {"parent": parent, "title": title.strip(), "title_en": title_en.strip()}
            self._record(connection, code, values)
            return get_topic(self._context, connection, code)

    def _record(self, connection: Connection, code: str, values: dict[str, Any]) -> None:
        draft = Draft(
            kind=FactKind.TOPIC_AMENDED,
            subject=f"topic:{code}",
            body=values,
            actor=self._context.actor,
        )
        self._context.journal.append(connection, [draft])

    def _next_code(self, connection: Connection, parent: str) -> str:
        records = visits_desk.list_topic_records(connection)
        known = {topic.code for topic in merged_topics(self._context.plan, records)}
        codes = (f"{parent}{number:02d}" for number in range(1, 100))
        code = next((item for item in codes if item not in known), None)
        if code is None:
            raise InvalidInput(
                Words(zh="這一層的主題已經滿了。", en="This level of topics is full."),
                field="parent",
            )
        return code


def merged_topics(plan: Plan, records: Iterable[TopicRecord]) -> list[HelpTopic]:
    """Return every topic, active or not: groups with their subtopics behind them, keys given."""
    changed = {record.code: record for record in records}
    known = {topic.code: _changed(topic, changed.get(topic.code)) for topic in plan_topics(plan)}
    for record in changed.values():
        if record.code not in known:
            blank = HelpTopic(code=record.code, parent=record.parent, title=record.code)
            known[record.code] = _changed(blank, record)
    places = {record.code: record.position for record in changed.values()}
    ordered: list[HelpTopic] = []
    for group in _keyed(known.values(), "", places):
        ordered += [group, *_keyed(known.values(), group.code, places)]
    return ordered


def plan_topics(plan: Plan) -> list[HelpTopic]:
    """Return the topics as the plan has them."""
    topics = []
    for group in plan.topics:
        topics.append(HelpTopic(code=group.code, title=group.title, title_en=group.title_en))
        topics += [
            HelpTopic(code=item.code, parent=group.code, title=item.title, title_en=item.title_en)
            for item in group.subtopics
        ]
    return topics


def _changed(topic: HelpTopic, record: TopicRecord | None) -> HelpTopic:
    if record is None:
        return topic
    return replace(
        topic,
        parent=record.parent or topic.parent,
        title=topic.title if record.title is None else record.title,
        title_en=topic.title_en if record.title_en is None else record.title_en,
        active=record.active,
        quick=record.quick,
    )


def _keyed(
    topics: Iterable[HelpTopic], parent: str, places: dict[str, int | None]
) -> list[HelpTopic]:
    """Return a level in order: by position where one was given, else by code."""
    level = sorted(
        (topic for topic in topics if topic.parent == parent),
        key=lambda topic: (places.get(topic.code) or MOST_QUICK * 99, topic.code),
    )
    digits = iter("123456789")
    return [replace(topic, key=next(digits, "")) if topic.active else topic for topic in level]


def get_topic(context: EventContext, connection: Connection, code: str) -> HelpTopic:
    """Return a topic. Raises NotFound with the groups there are."""
    topics = merged_topics(context.plan, visits_desk.list_topic_records(connection))
    for topic in topics:
        if topic.code == code:
            return topic
    groups = [topic for topic in topics if not topic.parent]
    raise NotFound(
        Words(zh="沒有這個主題代碼。", en="There is no topic of this code."),
        remedy=Words(
            zh="主題：" + "、".join(f"{item.code} {item.title}" for item in groups),
            en="Topics: " + ", ".join(f"{item.code} {item.title_en}" for item in groups),
        ),
    )


def check_topic(context: EventContext, connection: Connection, code: str) -> None:
    """Refuse a code that no topic has; a plan without topics takes any. Raises NotFound."""
    if code and code not in _plan_codes(context.plan):
        records = visits_desk.list_topic_records(connection)
        if context.plan.topics or records:
            get_topic(context, connection, code)


def _plan_codes(plan: Plan) -> frozenset[str]:
    return frozenset(topic.code for topic in plan_topics(plan))
