"""The Event place: import with preview, badges, this laptop."""

from datetime import datetime

import pytest
from place_fakes import ZONE, FakeOffice, filled_office, make_desk, make_preview
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.domain.errors import InvalidInput
from app.domain.verdict import StationDirection
from app.domain.words import Words
from app.papers.badge_layouts import LAYOUTS
from app.roster.problems import ProblemKind
from ui.language import set_language
from ui.screens.event import sentences, wording
from ui.screens.event.event_view import build
from ui.screens.event.import_choice import group_problems


@pytest.fixture
def office():
    return filled_office()


@pytest.fixture
def place(qtbot, dressed, office):
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.resize(1200, 720)
    view.show()
    qtbot.waitExposed(view)
    view.opened()
    view.told, view.desk = told, desk
    return view


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "roster.csv"
    made.write_text("name", encoding="utf-8")
    return made


@pytest.fixture
def imports(place, file):
    place.tabs.setCurrentWidget(place.imports)
    place.imports.open_file(file)
    return place.imports


def drop(view, file):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.dropEvent(event)


def test_sessions_and_contradictions_are_on_the_first_page(place):
    assert place.plan.sessions.model().rowCount() == 3
    assert "7.5" in place.plan.warnings.text()


def test_a_session_without_a_roster_leads_to_its_import(place):
    place.plan.sessions.select_key("b1d2")
    place.plan.import_button.click()
    assert place.tabs.currentWidget() is place.imports
    assert place.imports.sessions.session() == "b1d2"


def test_a_file_dropped_anywhere_is_previewed_and_not_written(place, file, office):
    drop(place, file)
    assert place.tabs.currentWidget() is place.imports
    assert place.imports.file_name.text() == "roster.csv"
    assert [asked["act"] for asked in office.registrations.asked] == ["preview"]
    assert "第 3 列" in place.imports.facts.text()


def test_another_column_is_previewed_again_with_the_others_kept(imports, office):
    box = imports.mapping.boxes["title"]
    box.setCurrentIndex(box.findData("職稱"))
    box.activated.emit(box.currentIndex())
    mapping = office.registrations.asked[-1]["mapping"]
    assert mapping == make_preview(imports._model.choice.file).mapping | {"title": "職稱"}
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert "title" not in office.registrations.asked[-1]["mapping"]


def test_space_leaves_out_a_kind_of_problem_and_takes_it_back(qtbot, imports, office):
    imports.problems.select_place(0)
    imports.problems.setFocus()
    qtbot.keyClick(imports.problems, Qt.Key.Key_Space)
    assert office.registrations.asked[-1]["skip_kinds"] == ("id_checksum",)
    assert imports.problems.current_row().is_left_out
    qtbot.keyClick(imports.problems, Qt.Key.Key_Space)
    assert office.registrations.asked[-1]["skip_kinds"] == ()


def test_rows_that_can_never_be_taken_stay_left_out(imports, office):
    before = len(office.registrations.asked)
    imports.problems.select_key(ProblemKind.TOTALS_ROW)
    imports.toggle_button.click()
    assert len(office.registrations.asked) == before


def test_people_who_are_gone_are_cancelled_only_when_asked(imports, office):
    imports.gone_box.click()
    assert office.registrations.asked[-1]["cancel_gone"] is True


def test_import_applies_what_was_previewed(imports, office):
    imports.apply_button.click()
    done = office.registrations.asked[-1]
    assert (done["act"], done["session"]) == ("import", "b1d1")
    assert "新增 20" in imports.result.text()
    assert not imports.apply_button.isEnabled()


def test_unchanged_rows_are_counted_but_not_listed(imports):
    assert imports.changes.model().rowCount() == 23
    assert "相同 138" in imports.counts.text()


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_offered(imports, place, file, office):
    office.registrations.error = InvalidInput(Words("讀不懂", "unreadable"), field="file")
    place.imports.open_file(file.with_name("broken.csv"))
    assert place.told.errors == [office.registrations.error]
    assert place.imports.changes.model().rowCount() == 0  # nothing of the file before
    assert not place.imports.apply_button.isEnabled()


def test_schools_are_imported_beside_rosters(place, file):
    place.imports._model.import_units(file)
    assert "新增 7" in place.imports.result.text()


def test_badges_are_made_and_missing_characters_are_told(place, office, tmp_path):
    place.badges.file.setText(str(tmp_path / "b.pdf"))
    place.badges.make_button.click()
    assert office.badges.printed == [("b1d1", tmp_path / "b.pdf", "a4-10")]
    assert "字型沒有的字" in place.badges.warnings.text()


def test_a_session_without_people_offers_no_badges(place):
    place.badges.sessions.pick("b1d2")
    assert not place.badges.make_button.isEnabled()
    assert place.badges.empty.isVisibleTo(place.badges)


def test_the_station_changes_at_once(place):
    card = place.laptop.station
    card.directions.setCurrentIndex(card.directions.findData("out"))
    card.directions.activated.emit(card.directions.currentIndex())
    card.letters.textActivated.emit("C")
    station = place.desk.station.current
    assert (station.direction, station.letter) == (StationDirection.OUT, "C")


def test_a_backup_that_was_never_made_is_told_and_made(qtbot, dressed):
    office = FakeOffice()
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.opened()
    assert "還沒有備份" in view.laptop.backup_age.text()
    view.laptop.backup_button.click()
    assert "剛剛" in view.laptop.backup_age.text()
    assert office.backups.made_at <= datetime.now(ZONE)
    assert told.notices == ["備份完成：event.vdbackup"]


def test_volume_and_look_are_kept_at_once(place, office):
    place.laptop.preferences.volume.setValue(35)
    place.laptop.preferences.try_button.click()
    assert office.preferences.chosen["volume"] == 35
    assert office.preferences.played == 1
    preferences = place.laptop.preferences
    preferences.sizes.setCurrentIndex(preferences.sizes.findData(150))
    preferences.sizes.activated.emit(preferences.sizes.currentIndex())
    preferences.flash.click()
    assert office.preferences.chosen["text_size"] == 150
    assert office.preferences.chosen["flash"] is True


def test_the_place_speaks_english_when_the_window_does(qtbot, imports, place, dressed):
    set_language(dressed, "en")
    qtbot.waitUntil(lambda: place.tabs.page_name(3) == "This laptop")
    assert "20 new" in imports.counts.text()


def test_problems_are_grouped_most_frequent_first():
    groups = group_problems(make_preview.__globals__["PROBLEMS"], frozenset())
    assert [len(group.rows) for group in groups] == [3, 1, 1]
    assert [group.is_left_out for group in groups] == [False, False, True]


def test_every_enum_member_has_words():
    assert sentences.PROBLEMS.keys() == set(ProblemKind)
    assert wording.DIRECTIONS.keys() == set(StationDirection)
    assert wording.LAYOUTS.keys() == set(LAYOUTS)
