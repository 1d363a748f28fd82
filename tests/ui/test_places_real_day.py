"""A whole day through the places, over a real event file: import, badges, door, closing, seal."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hub_fakes import FakeHub, hub_side
from place_fakes import FakePreferences, make_desk

from app.bootstrap import build_events, open_desk
from app.services.checkin import Station
from ui.screens.closing.closing_view import build as build_closing
from ui.screens.event.event_view import build as build_event
from ui.screens.overview.overview_view import build as build_overview
from ui.screens.roster.roster_view import build as build_roster
from ui.window_services import OpenPlan, ProfileBackups, WindowServices

ZONE = ZoneInfo("Asia/Taipei")
SESSION = "b1d1"
ROSTER = """姓名,身分證字號,服務單位,職稱
林采潔,,青山國小,教務主任
陳大文,A123456789,白雲國小,導師
周小雨,A123456780,海風國中,人事
合計,,3 人,
"""


@pytest.fixture
def services(tmp_path, monkeypatch):
    key = tmp_path / "key"
    key.write_text("0f" * 32, encoding="ascii")
    monkeypatch.setenv("VENUEDESK_KEY_FILE", str(key))
    profile, events = build_events(tmp_path / "profile")
    events.create_event("pingtung-112")
    desk = open_desk(events)
    yield WindowServices(
        desk,
        plan=OpenPlan(desk, events),
        backups=ProfileBackups(desk, profile),
        profile=profile,
        preferences=FakePreferences(),
        hub=hub_side(FakeHub()),
    )
    desk.close()


@pytest.fixture
def opened(qtbot, dressed, services):
    desk, told = make_desk(services)

    views = []  # nobody else holds a view without a window: it would be collected while painted

    def open_place(build):
        view = build(desk)
        views.append(view)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitExposed(view)
        desk.changes.changed.connect(view.reload)  # as the window does
        view.opened()
        assert told.errors == []
        return view

    open_place.told = told
    return open_place


def at(hour, minute):
    return datetime(2023, 8, 7, hour, minute, tzinfo=ZONE)


def import_roster(view, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_bytes(ROSTER.encode("cp950"))
    view.imports.sessions.pick(SESSION)
    view.imports.open_file(file)
    view.imports.apply_button.click()


def test_a_day_from_import_to_seal(opened, services, tmp_path):
    event = opened(build_event)
    import_roster(event, tmp_path)
    assert "新增 3" in event.imports.result.text()

    event.badges.sessions.pick(SESSION)
    event.badges.file.setText(str(tmp_path / "badges.pdf"))
    event.badges.make_button.click()
    assert (tmp_path / "badges.pdf").read_bytes().startswith(b"%PDF")

    roster = opened(build_roster)
    rows = services.registrations.list_roster(SESSION)
    assert roster.list.model().rowCount() == 3
    station = Station(session=SESSION)
    for row in rows[:2]:
        services.checkin.scan(row.badge_code, station, at=at(8, 50))
    for row in rows[:1]:
        services.checkin.scan(row.badge_code, station, at=at(17, 5))

    overview = opened(build_overview)
    assert (overview.expected.text(), overview.arrived.text()) == ("3", "2")
    assert overview.present.text() == "1"

    closing = opened(build_closing)
    assert closing.review.people.model().rowCount() > 0
    line = closing.review.people.current_row()
    closing.review._decide(True, "seen by staff")
    sheet = services.closing.credit_sheet(SESSION)
    decided = {one.person.id for one in sheet.lines if one.decision}
    assert decided == {line.person.id}

    closing.tabs.setCurrentWidget(closing.files)
    closing.files.file.setText(str(tmp_path / "credit.ods"))
    closing.files.save_button.click()
    assert (tmp_path / "credit.ods").exists()

    closing.tabs.setCurrentWidget(closing.seal)
    closing.seal.seal_button.click()
    assert closing.seal.heads.model().rowCount() == 1
    closing.seal._model.save_sheet(services.closing.find_seal(SESSION), tmp_path / "seal.pdf")
    assert (tmp_path / "seal.pdf").exists()
    assert opened.told.errors == []


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("credit", "xlsx"), ("attendance", "csv"), ("signin", "pdf"), ("proofs", "pdf"),
     ("participation", "ods"), ("scans", "csv")],
)  # fmt: skip
def test_every_kind_of_file_offered_can_be_written(opened, tmp_path, kind, suffix):
    import_roster(opened(build_event), tmp_path)
    files = opened(build_closing).files
    files.kinds.setCurrentIndex(files.kinds.findData(kind))
    files.kinds.activated.emit(0)
    files.formats.setCurrentIndex(files.formats.findData(suffix))
    files.wish()
    files.file.setText(str(tmp_path / f"out.{suffix}"))
    files.save_button.click()
    assert opened.told.errors == []
    assert (tmp_path / f"out.{suffix}").stat().st_size > 0


def test_a_changed_roster_shows_only_the_difference(opened, services, tmp_path):
    event = opened(build_event)
    import_roster(event, tmp_path)
    lines = ROSTER.replace("白雲國小,導師", "白雲國小,主任").splitlines()
    file = tmp_path / "again.csv"
    file.write_text("\n".join([*lines[:3], lines[4]]), encoding="utf-8-sig")
    event.imports.open_file(file)
    whats = [change.what for change in event.imports._model.preview.changes]
    assert sorted(what for what in whats if what != "skipped") == ["changed", "gone", "unchanged"]


def test_cancelling_and_replacing_reach_the_journal(opened, services, tmp_path):
    import_roster(opened(build_event), tmp_path)
    services.badges.badges_for(SESSION)
    roster = opened(build_roster)
    roster.list.select_place(0)
    first = roster.list.current_row()
    roster._on_reason("replace", "lost")
    assert roster.list.current_row().badge_code not in ("", first.badge_code)
    roster._on_reason("cancel", "called off")
    rows = services.registrations.list_roster(SESSION)
    row = next(row for row in rows if row.person.id == first.person.id)
    assert row.status == "cancelled"
    assert not roster.cancel_button.isEnabled()


def test_a_backup_is_made_and_its_age_shown(opened, services):
    event = opened(build_event)
    event.laptop.backup_button.click()
    assert services.backups.last_backup_at() is not None
    assert "剛剛" in event.laptop.backup_age.text()
