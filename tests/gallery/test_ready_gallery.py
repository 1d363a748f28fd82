"""Pictures of the pages Pre-flight, Rehearsal and Paper."""

import pytest
from harness import check_picture, needs_this_renderer
from place_fakes import SESSION, filled_office, make_desk
from PySide6.QtCore import QSize, Qt

from app.services.rehearsals import RehearsalState
from ui.language import set_language
from ui.screens.event.event_view import build
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PLACE = QSize(1262, 732)
LOOKS = (("light", "zh", 1.0), ("dark", "zh", 1.0), ("light", "en", 1.0), ("dark", "en", 1.5))


@pytest.fixture
def page(qtbot, qapp):
    def make(name, look, office=None):
        set_language(qapp, look[1])
        apply_theme(qapp, look[0], scale=look[2])
        desk, _ = make_desk(office or filled_office())
        view = build(desk)
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(PLACE)
        view.show()
        view.opened()
        view.show_page(name)
        return view

    yield make
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


def picture(view, name, look):
    large = "_large" if look[2] > 1 else ""
    check_picture(view, f"ready_{name}_{look[0]}_{look[1]}{large}", PLACE)


@pytest.mark.parametrize("look", LOOKS)
def test_lights_and_remedies(page, look):
    picture(page("preflight", look), "preflight", look)


@pytest.mark.parametrize("look", LOOKS)
def test_a_rehearsal(page, look):
    office = filled_office()
    office.rehearsals.now = RehearsalState(is_open=True, session=SESSION, people=160)
    picture(page("rehearsal", look, office), "rehearsal", look)


@pytest.mark.parametrize("look", LOOKS)
def test_lines_of_paper(page, look):
    view = page("paper", look)
    for line in ("1 0841 1702", "2 0838 1700", "3 0855 1659"):
        view.paper.field.setText(line)
        view.paper.field.returnPressed.emit()
    view.paper.record_button.click()
    view.paper.field.setText("x 0841")
    view.paper.field.returnPressed.emit()
    picture(view, "paper", look)
