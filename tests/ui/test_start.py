"""The start page: look at a plan first, create then."""

import pytest
from hub_fakes import FakeHub
from place_fakes import WARNINGS, FakeEvents
from PySide6.QtCore import Qt

from app.domain.errors import InvalidInput
from app.domain.words import Words
from ui.background import InlineTaskRunner
from ui.screens.start.start_view import build_start


@pytest.fixture
def events():
    return FakeEvents(warnings=WARNINGS)


@pytest.fixture
def page(qtbot, dressed, events):
    view, model = build_start(events, InlineTaskRunner(), FakeHub(), print)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.opened()
    view.model = model
    return view


def test_the_first_plan_is_shown_before_anything_is_created(page, events):
    assert page.plans.current_row().name == "demo"
    assert page.preview.sessions.model().rowCount() == 3
    assert "90 分鐘" in page.preview.warnings.text()
    assert events.created == []


def test_creating_tells_the_shell_which_event(qtbot, page, events):
    with qtbot.waitSignal(page.model.event_created) as told:
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    assert told.args[0].id == "E1"
    assert events.created == ["demo"]


def test_enter_on_a_plan_leads_to_the_button_that_creates(qtbot, page):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.plans, Qt.Key.Key_Return)
    assert page.create_button.hasFocus()


def test_the_sample_day_is_asked_of_the_shell(qtbot, page):
    with qtbot.waitSignal(page.model.sample_day_requested):
        qtbot.mouseClick(page.sample_button, Qt.MouseButton.LeftButton)


def test_a_plan_that_cannot_be_read_creates_nothing(qtbot, page, events):
    events.error = InvalidInput(Words("讀不懂", "cannot be read"), field="plan")
    with qtbot.waitSignal(page.model.failed) as told:
        page.model.preview_plan("broken.toml")
    page.model.create_event()
    assert told.args[0] is events.error
    assert events.created == []
