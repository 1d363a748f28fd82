"""The board as it hangs in the hall: both sizes of screen, both schemes, both languages."""

from dataclasses import replace

import pytest
from board_fakes import board_state, called, on_help_day
from harness import check_picture, needs_this_renderer
from place_fakes import filled_office, make_desk
from PySide6.QtCore import QSize, Qt

from app.domain.wait_range import WaitRange
from ui.language import set_language
from ui.screens.board.board_view import build
from ui.screens.board.now_serving import NowServing
from ui.screens.board.picture import BoardPicture, ShownCall
from ui.screens.board.wording import DEFAULT_MESSAGE
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PLACE = QSize(1262, 732)
SMALL, LARGE = QSize(1366, 768), QSize(1920, 1080)
LOOKS = (("light", "zh"), ("dark", "zh"), ("light", "en"), ("dark", "en"))
TITLE = "駐點實機操作　9 月 12 日"
BUSY = BoardPicture(
    calls=(
        ShownCall(ticket="A017", desk="3", at_ms=4000),
        ShownCall(ticket="B009", desk="1", at_ms=3000),
        ShownCall(ticket="A016", desk="12", at_ms=2000),
        ShownCall(ticket="C114", desk="2", at_ms=1000),
    ),
    waiting=9,
    longest_minutes=23,
    desks=5,
    wait=WaitRange(10, 25),
    clock="10:42",
    read_at="10:42:07",
)
STATES = {
    "early": BoardPicture(desks=3, clock="09:00", read_at="09:00:12"),
    "again": replace(
        BUSY, calls=(replace(BUSY.calls[0], times=2), *BUSY.calls[1:]), wait=WaitRange(45, 65)
    ),
    "stale": replace(BUSY, wait=None, is_stale=True, clock="10:44"),
    "long": replace(
        BUSY,
        calls=(replace(BUSY.calls[0], desk="三樓電腦教室 B 區"), *BUSY.calls[1:]),
        waiting=128,
        longest_minutes=135,
        wait=WaitRange(65, 65),
    ),
}


@pytest.fixture
def dressed_as(qapp):
    def dress(scheme, language):
        set_language(qapp, language)
        apply_theme(qapp, scheme)

    yield dress
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


@pytest.fixture
def hung_up(qtbot, dressed_as):
    def make(picture, look=("light", "zh")):
        dressed_as(*look)
        board = NowServing()
        qtbot.addWidget(board)
        board.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        board.show_title(TITLE)
        board.show_message(DEFAULT_MESSAGE.in_language(look[1]))
        board.show_picture(picture)
        board.show()
        return board

    return make


@pytest.mark.parametrize("look", LOOKS)
def test_busy(hung_up, look):
    check_picture(hung_up(BUSY, look), f"board_serving_{'_'.join(look)}", SMALL)


def test_busy_on_a_large_screen(hung_up):
    check_picture(hung_up(BUSY), "board_serving_large_light_zh", LARGE)


@pytest.mark.parametrize("state", STATES)
def test_states(hung_up, state):
    check_picture(hung_up(STATES[state]), f"board_{state}_light_zh", SMALL)


def test_flashing(hung_up):
    board = hung_up(BUSY, ("dark", "en"))
    board._flashing = 1
    check_picture(board, "board_flashing_dark_en", SMALL)


@pytest.mark.parametrize("look", LOOKS[:3])
def test_place(qtbot, dressed_as, look):
    dressed_as(*look)
    office = filled_office(30)
    desk, _ = make_desk(office)
    visits = on_help_day(office, desk)
    visits.now = board_state(called=(called("A018", "2", 9000), *visits.now.called[:3]))
    view = build(desk)
    qtbot.addWidget(view)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    view.opened()
    view.screens.clear()
    view.screens.addItem("HDMI-1 1920×1080")
    check_picture(view, f"board_place_{'_'.join(look)}", PLACE)
