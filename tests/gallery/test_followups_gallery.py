"""The pages of follow-ups, known problems and canned texts, the solutions panel, the blur tool."""

from dataclasses import replace

import pytest
from desk_words import DAY_2, fill, opened_room, screenshot, words_desk
from factories import make_plan
from harness import check_picture, needs_this_renderer
from PySide6.QtCore import QRect, QSize, Qt

from app.domain.plan import Subtopic, Topic
from ui.background import InlineTaskRunner
from ui.language import set_language
from ui.screens.help_desk.followups_page import build_followups_page
from ui.screens.help_desk.problems_page import build_problems_page
from ui.screens.help_desk.solutions_panel import SolutionsPanel
from ui.screens.help_desk.solutions_pictures import PictureStrip
from ui.theme import apply_theme
from ui.widgets.picture_blur import PictureBlur
from ui.widgets.picture_blur_image import png_of

pytestmark = needs_this_renderer
PAGE = QSize(1234, 660)
"""What rail, foot, tabs and margins leave of 1366×768."""
LOOKS = (("light", "zh"), ("dark", "zh"), ("light", "en"))


@pytest.fixture
def topic_room(tmp_path):
    """An event whose plan has topics, open."""
    group = Topic(
        code="06", title="本土語文經費", title_en="Native-language funding",
        subtopics=(Subtopic(code="0603", title="H3 臺灣手語", title_en="H3 Sign Language"),),
    )  # fmt: skip
    account = Topic(
        code="01", title="帳號與權限", title_en="Accounts and access",
        subtopics=(
            Subtopic(code="0108", title="自然人憑證登入/讀卡機", title_en="Certificate login"),
            Subtopic(code="0109", title="行動裝置OTP綁定", title_en="OTP device binding"),
        ),
    )  # fmt: skip
    plan = replace(make_plan(), topics=(account, group))
    yield from opened_room(tmp_path, plan)


@pytest.fixture
def dress(qapp):
    def put_on(scheme, language):
        set_language(qapp, language)
        apply_theme(qapp, scheme)

    yield put_on
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


@pytest.fixture
def shown(qtbot):
    def show(view):
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.setAutoFillBackground(True)
        view.setObjectName("place")
        view.show()
        return view

    return show


def picture(view, name, look, size=PAGE):
    check_picture(view, f"{name}_{'_'.join(look)}", size)
    assert view.size() == size, "does not fit"


@pytest.mark.parametrize("look", LOOKS)
def test_followups_of_day_2(topic_room, dress, shown, look):
    dress(*look)
    desk, _, seat, help_desk = words_desk(topic_room)
    fill(topic_room, help_desk)
    topic_room.at("08:40", DAY_2)
    page = shown(build_followups_page(desk, seat))
    page.opened()
    picture(page, "followups", look)


def test_no_followups(topic_room, dress, shown):
    dress("light", "zh")
    desk, _, seat, _ = words_desk(topic_room)
    page = shown(build_followups_page(desk, seat))
    page.opened()
    picture(page, "followups_empty", ("light", "zh"))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("tab", ["known", "canned"])
def test_what_helps_everybody(topic_room, dress, shown, look, tab):
    dress(*look)
    desk, _, seat, help_desk = words_desk(topic_room)
    fill(topic_room, help_desk)
    help_desk.answers.add_offered()
    page = shown(build_problems_page(desk, seat))
    page.tabs.setCurrentIndex(("known", "canned").index(tab))
    page.opened()
    page.front.list.select_place(0)
    picture(page, f"problems_{tab}", look)


@pytest.mark.parametrize("tab", ["known", "canned"])
def test_nothing_that_helps_yet(topic_room, dress, shown, tab):
    dress("light", "zh")
    desk, _, seat, _ = words_desk(topic_room)
    page = shown(build_problems_page(desk, seat))
    page.tabs.setCurrentIndex(("known", "canned").index(tab))
    page.opened()
    picture(page, f"problems_{tab}_empty", ("light", "zh"))


@pytest.mark.parametrize("look", LOOKS)
def test_solutions(topic_room, dress, shown, look):
    dress(*look)
    desk, _, _, help_desk = words_desk(topic_room)
    ids = fill(topic_room, help_desk)
    help_desk.answers.answer_problem(ids["problem"], "廠商已修正，請重新匯入。")
    help_desk.answers.add_offered()
    panel = shown(SolutionsPanel(desk))
    panel.show_for("匯入", "0603", "", unit_text="青山國小")
    picture(panel, "solutions", look, QSize(380, 640))


def test_no_solutions_yet(topic_room, dress, shown):
    dress("light", "zh")
    desk, *_ = words_desk(topic_room)
    panel = shown(SolutionsPanel(desk))
    picture(panel, "solutions_empty", ("light", "zh"), QSize(380, 640))


@pytest.mark.parametrize("look", LOOKS)
def test_blurring(dress, shown, look):
    dress(*look)
    blur = shown(PictureBlur(screenshot(), InlineTaskRunner(), lambda _error: None))
    blur.canvas.cover(QRect(120, 112, 120, 40))
    blur.mosaic.setChecked(True)
    blur.canvas.cover(QRect(190, 182, 180, 40))
    picture(blur, "picture_blur", look, QSize(1000, 640))


@pytest.mark.parametrize("look", LOOKS)
def test_pictures_of_a_visit(topic_room, dress, shown, look):
    dress(*look)
    desk, _, _, help_desk = words_desk(topic_room)
    ids = fill(topic_room, help_desk)
    for _ in range(2):
        help_desk.attachments.add(ids["v1"], ids["i1"], png_of(screenshot()), masked=True)
    strip = shown(PictureStrip(desk))
    strip.show_visit(ids["v1"], ids["i1"])
    strip.list.setCurrentRow(0)
    picture(strip, "pictures", look, QSize(520, 170))
