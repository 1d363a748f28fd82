"""The Door page of the help desk and the Overview of a help day, over a real event."""

from dataclasses import replace
from datetime import date

import pytest
from harness import check_picture, needs_this_renderer
from help_door_day import busy_morning, make_template, open_day
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from app.domain.visits import ReadinessItem
from app.domain.words import Words
from app.readers.cards.certificates import CertificateKind
from app.readers.cards.reading import CardKind
from app.services.card_checks import CardCheck, CheckedCard
from app.services.card_findings import CheckedCertificate, CheckTone, Finding
from ui.language import set_language
from ui.screens.help_desk.door_page import build_door_page
from ui.screens.overview.overview_view import build as build_overview
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PAGE = QSize(1234, 655)
"""What rail, foot and the place's tabs leave of 1366×768."""
PLACE = QSize(1262, 732)
LOOKS = (("light", "zh", 1.0), ("dark", "zh", 1.0), ("light", "en", 1.0), ("light", "zh", 1.5))
EXPIRES = Finding(
    tone=CheckTone.WARN,
    message=Words("卡片與讀卡機正常，憑證 18 天後到期。", "Card and reader work; 18 days left."),
    remedy=Words("請上網查詢能否線上展期。", "See online whether it can be renewed."),
)
CHECK = CardCheck(
    finding=EXPIRES,
    has_service=True,
    cards=(
        CheckedCard(
            reader="R",
            kind=CardKind.CERTIFICATE,
            finding=EXPIRES,
            number_masked="••••••••••••1234",
            certificates=(
                CheckedCertificate(
                    kind=CertificateKind.CITIZEN,
                    kind_words=Words("自然人憑證", "citizen certificate"),
                    expires_on=date(2023, 9, 30),
                    days_left=18,
                    finding=EXPIRES,
                ),
            ),
        ),
    ),
)


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
def show(qtbot, qapp, day):
    def make(build, look):
        scheme, language, scale = look
        set_language(qapp, language)
        apply_theme(qapp, scheme, scale=scale)
        view = build()
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(PAGE)
        view.show()
        view.opened()
        day.desk.changes.changed.connect(view.reload)
        return view

    return make


def picture(view, name, look, size=PAGE):
    scheme, language, scale = look
    QApplication.processEvents()
    large = "_large" if scale > 1 else ""
    check_picture(view, f"{name}_{scheme}_{language}{large}", size)
    assert (view.width(), view.height()) == (size.width(), size.height()), "does not fit"


def door(show, day, look):
    return show(lambda: build_door_page(day.desk, day.seat), look)


def choose_school(page, day):
    (unit,) = day.services.registrations.find_units("青山")
    page.model.pick(unit)
    page.who.unit_chosen.emit()
    page.press_topic(1)
    page.model.cycle(ReadinessItem.CARD)
    for _ in range(2):
        page.model.cycle(ReadinessItem.READER)


def test_nobody_came_yet(show, day):
    picture(door(show, day, LOOKS[0]), "help_door_empty", LOOKS[0])


@pytest.mark.parametrize("look", LOOKS)
def test_a_school_in_front(show, day, look):
    busy_morning(day)
    page = door(show, day, look)
    choose_school(page, day)
    picture(page, "help_door_school", look)


@pytest.mark.parametrize("look", LOOKS)
def test_a_number_given(show, day, look):
    busy_morning(day)
    page = door(show, day, look)
    choose_school(page, day)
    page.give()
    picture(page, "help_door_given", look)


@pytest.mark.parametrize("look", LOOKS[:3])
def test_a_card_checked_and_a_reader_lent(show, day, look):
    busy_morning(day)
    page = door(show, day, look)
    choose_school(page, day)
    page.ask_loan()
    page.checks.show_check(replace(CHECK))
    page.show_loans()
    picture(page, "help_door_card", look)


def test_typing_lists_schools_people_and_the_words_themselves(show, day):
    busy_morning(day)
    page = door(show, day, LOOKS[0])
    page.who.unit.setText("青")
    page.model.find("青")
    picture(page, "help_door_typing", LOOKS[0])


def test_a_quick_question_is_being_counted(show, day):
    page = door(show, day, LOOKS[1])
    page.ask_tally()
    picture(page, "help_door_tally", LOOKS[1])


@pytest.mark.parametrize("look", LOOKS)
def test_a_help_day_on_the_overview(show, day, look):
    busy_morning(day)
    day.desk.station.set_session("help1")
    picture(show(lambda: build_overview(day.desk), look), "overview_help_day", look, PLACE)
