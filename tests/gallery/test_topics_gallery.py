"""The topic editor with the plan's eighteen groups."""

# ruff: noqa: ARG002 - the service's own signatures

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from harness import check_picture, needs_this_renderer
from place_fakes import FakeOffice, make_desk
from PySide6.QtCore import QSize, Qt

from app.domain.visits import Seat
from app.plans.reading import read_plan
from app.services.topics import merged_topics
from app.services.visit_views import HelpTopic
from ui.language import set_language
from ui.screens.topics.topics_page import build_topics_page
from ui.theme import RESOURCES, apply_theme

pytestmark = needs_this_renderer

PAGE = QSize(1234, 650)
"""What rail, foot, tabs and margins leave of 1366×768."""


@dataclass
class FakeTopics:
    """The plan's topics, the first nine on the digits."""

    all: tuple[HelpTopic, ...]

    def list_topics(self, include_inactive: bool = False) -> tuple[HelpTopic, ...]:
        return self.all

    def quick_topics(self, session: str) -> tuple[HelpTopic, ...]:
        return tuple(one for one in self.all if one.quick)


@pytest.fixture
def page(qtbot, qapp):
    def make(look, *, plan=True):
        set_language(qapp, look[1])
        apply_theme(qapp, look[0])
        read = read_plan(RESOURCES / "plans" / "pingtung-112.toml").plan
        topics = [_starred(topic) for topic in merged_topics(read, ())] if plan else []
        office = FakeOffice()
        office.help_desk = SimpleNamespace(topics=FakeTopics(tuple(topics)))
        desk, _ = make_desk(office)
        view = build_topics_page(desk, SimpleNamespace(current=Seat(session="help1")))
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.show()
        view.opened()
        return view

    yield make
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


def _starred(topic):
    is_quick = not topic.parent and topic.code in {"01", "04", "08", "09", "13"}
    return HelpTopic(
        code=topic.code, parent=topic.parent, title=topic.title, title_en=topic.title_en,
        active=topic.code != "06", quick=is_quick,
    )  # fmt: skip


@pytest.mark.parametrize("look", [("light", "zh"), ("dark", "zh"), ("light", "en")])
def test_topics(page, look):
    view = page(look)
    if look == ("dark", "zh"):
        view.subtopics.select_place(2)
    check_picture(view, f"topics_{'_'.join(look)}", PAGE)


def test_no_topics(page):
    check_picture(page(("light", "zh"), plan=False), "topics_empty_light_zh", PAGE)
