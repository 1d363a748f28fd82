"""Where stations disagree: both sides of invented people's scans."""

import pytest
from conflict_fakes import FakeConflicts, make_cards, make_claim
from harness import check_picture, needs_this_renderer
from place_fakes import filled_office, make_desk
from PySide6.QtCore import QSize, Qt

from ui.language import set_language
from ui.screens.closing.closing_view import build
from ui.theme import apply_theme

pytestmark = needs_this_renderer

PLACE = QSize(1262, 732)
"""What rail and foot leave of 1366×768."""


@pytest.fixture
def show(qtbot, qapp):
    def make(scheme, language):
        set_language(qapp, language)
        apply_theme(qapp, scheme)
        office = filled_office()
        office.conflicts = FakeConflicts(cards=make_cards(), claims=(make_claim(),))
        desk, _ = make_desk(office)
        view = build(desk)
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.show()
        view.opened()
        view.tabs.setCurrentWidget(view.conflicts)
        return view

    yield make
    set_language(qapp, "zh")
    apply_theme(qapp, "light")


@pytest.mark.parametrize("look", [("light", "zh"), ("dark", "zh"), ("light", "en")])
def test_two_entries(show, look):
    view = show(*look)
    check_picture(view, f"conflicts_entries_{'_'.join(look)}", PLACE)
    assert (view.width(), view.height()) == (PLACE.width(), PLACE.height()), "does not fit"


def test_minutes_and_a_choice_begun(show):
    view = show("light", "zh")
    view.conflicts.go_to_next()
    view.conflicts.decision.options[0].click()
    check_picture(view, "conflicts_begun_light_zh", PLACE)


def test_decided(show):
    view = show("dark", "zh")
    view.conflicts.decision.options[0].click()
    view.conflicts.decision.reasons[0].click()
    view.conflicts.items.select_key("P1 conflict-1")
    check_picture(view, "conflicts_decided_dark_zh", PLACE)


def test_a_visit_two_called(show):
    view = show("light", "zh")
    view.conflicts._model.choose_session("help")
    check_picture(view, "conflicts_claims_light_zh", PLACE)


def test_nothing_disagrees(show):
    view = show("light", "zh")
    view.conflicts._model._conflicts.cards = ()
    view.conflicts._model.reload()
    check_picture(view, "conflicts_none_light_zh", PLACE)
