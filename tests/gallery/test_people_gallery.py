"""The People page of the help desk, over a real event."""

import pytest
from harness import check_picture, needs_this_renderer
from help_door_day import busy_morning, make_template, open_day, skilled
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from ui.language import set_language
from ui.screens.help_desk.people_page import build_people_page
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PAGE = QSize(1234, 655)
LOOKS = (("light", "zh", 1.0), ("dark", "zh", 1.0), ("light", "en", 1.0), ("light", "zh", 1.5))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("gallery") / "profile")


@pytest.fixture
def day(template, tmp_path, qapp):
    opened = open_day(template, tmp_path / "profile")
    yield opened
    opened.room.close()
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


@pytest.fixture
def people(qtbot, qapp, day):
    def make(look):
        scheme, language, scale = look
        set_language(qapp, language)
        apply_theme(qapp, scheme, scale=scale)
        page = build_people_page(day.desk, day.seat)
        qtbot.addWidget(page)
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        page.resize(PAGE)
        page.show()
        page.opened()
        return page

    return make


def picture(page, name, look):
    scheme, language, scale = look
    QApplication.processEvents()
    large = "_large" if scale > 1 else ""
    check_picture(page, f"{name}_{scheme}_{language}{large}", PAGE)
    assert (page.width(), page.height()) == (PAGE.width(), PAGE.height()), "does not fit"


def test_nobody_there_yet(people):
    picture(people(LOOKS[0]), "people_empty", LOOKS[0])


@pytest.mark.parametrize("look", LOOKS)
def test_a_working_day(people, day, look):
    skilled(day, "諮詢甲", g01=2, g04=1, g08=2)
    busy_morning(day)
    skilled(day, "諮詢丁", g06=2)
    picture(people(look), "people_filled", look)


@pytest.mark.parametrize("look", LOOKS)
def test_the_end_of_the_day(people, day, look):
    busy_morning(day)
    page = people(look)
    page.end_day()
    picture(page, "people_day_end", look)
