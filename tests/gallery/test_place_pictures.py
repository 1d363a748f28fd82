"""The places beside the door: empty, filled, with an error, in both schemes and languages."""

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from harness import check_picture, needs_this_renderer
from hub_fakes import FakeHub
from place_fakes import (
    WARNINGS,
    ZONE,
    FakeEvents,
    FakeOffice,
    filled_office,
    make_desk,
    make_rows,
)
from PySide6.QtCore import QSize, Qt

from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.services.persons import TwinPair
from ui.background import InlineTaskRunner
from ui.language import set_language
from ui.screens.overview.figures import earlier_day
from ui.screens.start.start_view import build_start
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PLACE = QSize(1262, 732)
"""What rail and foot leave of 1366×768."""
LOOKS = (("light", "zh"), ("dark", "zh"), ("light", "en"))
NOW = datetime(2023, 8, 7, 9, 12, tzinfo=ZONE)


@pytest.fixture
def dressed_as(qapp, monkeypatch):
    monkeypatch.setattr("ui.screens.event.desk_page.now", lambda: NOW)
    monkeypatch.setattr("ui.screens.event.badges_page.papers_folder", lambda: Path("Documents"))
    monkeypatch.setattr("ui.screens.closing.files_page.papers_folder", lambda: Path("Documents"))

    def dress(scheme, language):
        set_language(qapp, language)
        apply_theme(qapp, scheme)

    yield dress
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


@pytest.fixture
def place(qtbot, dressed_as):
    def make(key, office, look=("light", "zh")):
        dressed_as(*look)
        office.backups.made_at = NOW.replace(hour=8) if office.registrations.rows else None
        desk, _ = make_desk(office)
        view = import_module(f"ui.screens.{key}.{key}_view").build(desk)
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.show()
        view.opened()
        return view

    return make


def picture(view, name, look=("light", "zh")):
    check_picture(view, f"{name}_{'_'.join(look)}", PLACE)
    assert (view.width(), view.height()) == (PLACE.width(), PLACE.height()), "does not fit"


@pytest.mark.parametrize("key", ["roster", "overview", "closing", "board"])
def test_empty(place, key):
    picture(place(key, FakeOffice()), f"{key}_empty")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("key", ["roster", "overview", "closing"])
def test_filled(place, key, look):
    view = place(key, filled_office(), look)
    if key == "roster":
        view.list.select_place(3)
    picture(view, f"{key}_filled", look)


@pytest.mark.parametrize("look", LOOKS)
def test_overview_beside_the_day_before(place, look):
    view = place("overview", filled_office(), look)
    rows = make_rows(131)
    yesterday = earlier_day(rows, NOW.date() - timedelta(days=1), NOW)
    arrivals = tuple(
        (at - timedelta(days=1, minutes=10), n + n % 3) for at, n in yesterday.arrivals
    )
    view._show(replace(view._overview, before=replace(yesterday, arrivals=arrivals)))
    picture(view, "overview_beside", look)


@pytest.mark.parametrize("look", LOOKS)
def test_a_person_on_the_roster(place, look):
    office = filled_office()
    rows = office.registrations.rows
    office.persons.pairs = (
        TwinPair(
            kept=rows[3].person,
            other=rows[40].person,
            why=Words("同名，單位也相同", "The same name and unit"),
            score=90,
        ),
    )
    view = place("roster", office, look)
    view.list.select_place(3)
    view._open_sheet()
    picture(view, "roster_person", look)


def test_roster_asks_why(place):
    view = place("roster", filled_office())
    view.list.select_place(3)
    view.cancel_button.click()
    picture(view, "roster_why")


def test_a_decision_begun(place):
    view = place("closing", filled_office())
    view.review.decision.grant_button.click()
    picture(view, "closing_begun")


def test_files_with_problems(place):
    view = place("closing", filled_office())
    view.tabs.setCurrentWidget(view.files)
    picture(view, "closing_files")


def test_a_seal(place):
    view = place("closing", filled_office(), ("dark", "zh"))
    view.tabs.setCurrentWidget(view.seal)
    view.seal.seal_button.click()
    picture(view, "closing_sealed", ("dark", "zh"))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", ["plan", "imports", "badges", "laptop"])
def test_event(place, page, look):
    view = place("event", filled_office(), look)
    view.tabs.setCurrentWidget(getattr(view, page))
    if page == "imports":
        view.imports.open_file(Path("roster.csv"))
    if page == "badges":
        view.badges.make_button.click()
    picture(view, f"event_{page}", look)


def test_nothing_imported_yet(place):
    view = place("event", FakeOffice())
    view.tabs.setCurrentWidget(view.imports)
    picture(view, "event_imports_empty")


def test_a_file_that_cannot_be_read(place):
    office = filled_office()
    office.registrations.error = InvalidInput(Words("讀不懂", "unreadable"), field="file")
    view = place("event", office)
    view.tabs.setCurrentWidget(view.imports)
    view.imports.open_file(Path("broken.csv"))
    picture(view, "event_imports_broken")


@pytest.mark.parametrize("look", LOOKS)
def test_start(qtbot, dressed_as, look):
    dressed_as(*look)
    view, _ = build_start(FakeEvents(warnings=WARNINGS), InlineTaskRunner(), FakeHub(), print)
    qtbot.addWidget(view)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    view.opened()
    check_picture(view, f"start_{'_'.join(look)}", QSize(1366, 732))
