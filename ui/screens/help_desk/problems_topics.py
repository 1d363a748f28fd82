"""Picking a topic by name: groups, and their subtopics below them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from app.services.visit_views import HelpTopic
from ui.language import current_language, say
from ui.screens.help_desk import problems_wording as wording


def topic_title(topic: HelpTopic) -> str:
    """Return a topic's title in the language of the window."""
    return topic.title if current_language() == "zh" else topic.title_en or topic.title


def offer_topics(field: QComboBox, topics: Sequence[HelpTopic]) -> None:
    """Offer all topics, staying on the one chosen."""
    chosen = field.currentData() or ""
    field.blockSignals(True)  # noqa: FBT003 - Qt's own signature
    field.clear()
    field.addItem(say(wording.NO_TOPIC), "")
    for topic in topics:
        indent = "　" if topic.parent else ""
        field.addItem(f"{indent}{topic.code} {topic_title(topic)}", topic.code)
    field.blockSignals(False)  # noqa: FBT003 - Qt's own signature
    choose_topic(field, chosen)


def choose_topic(field: QComboBox, code: str) -> None:
    """Put the field on a topic; one that is not offered is shown by its code."""
    place = field.findData(code)
    if place < 0:
        field.addItem(code, code)
        place = field.count() - 1
    field.setCurrentIndex(place)


def topic_names(topics: Sequence[HelpTopic]) -> dict[str, str]:
    """Return code → title, for lists."""
    return {topic.code: topic_title(topic) for topic in topics}
