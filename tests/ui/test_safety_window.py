"""The window when things break: passphrase and tape on the laptop's page, full disk, damage."""

from pathlib import Path

import pytest
from factories import copied, stocked_event
from place_fakes import FakeOffice, FakeSafety, make_desk
from shiboken6 import delete

from app.domain.errors import DiskFull, FileDamaged, StorageFailed
from app.domain.words import Words
from app.services.disk_care import WARNINGS, ballast_file, keep_ballast
from app.services.paper_tape import FAULTS, TapeStatus, turn_tape_on
from app.services.safety import SafetyState
from ui.background import InlineTaskRunner
from ui.desktop import Desktop
from ui.main_window import MainWindow
from ui.preferences import WindowPreferences
from ui.safety_status import safety_words
from ui.screens.event import safety_wording as wording
from ui.screens.event.event_view import build
from ui.sounds import Sounds
from ui.status import DeskStatus, Mood, ReaderStatus, now_utc, pieces

PASSPHRASE = "lusab babad gutih tugad mudof sakat"


@pytest.fixture
def office():
    return FakeOffice()


@pytest.fixture
def place(qtbot, dressed, office):
    desk, told = make_desk(office)
    view = build(desk)
    qtbot.addWidget(view)
    view.opened()
    view.told = told
    return view


def test_a_passphrase_is_suggested_copied_and_set(place, office):
    card = place.laptop.recovery
    assert "還沒有設定" in card.state.text()
    card.suggest_button.click()
    assert card.passphrase.text() == PASSPHRASE
    assert card.again.text() == ""
    card.again.setText(PASSPHRASE)
    card.set_button.click()
    assert office.safety.passphrase == PASSPHRASE
    assert card.passphrase.text() == card.again.text() == ""
    assert "已設定" in card.state.text()
    assert place.told.notices == [wording.SET_DONE.zh]


def test_what_was_copied_wrong_or_is_weak_is_not_set(place, office):
    card = place.laptop.recovery
    for typed, again in ((PASSPHRASE, PASSPHRASE + "s"), ("short", "short")):
        card.passphrase.setText(typed)
        card.again.setText(again)
        card.set_button.click()
        assert office.safety.passphrase == ""
        assert card.passphrase.text() == typed
    assert len(place.told.errors) == 2


def test_the_tape_goes_on_and_off(place, office, tmp_path):
    card = place.laptop.tape
    assert not card.stop_button.isVisibleTo(card)
    place.laptop.tape._model.turn_tape_on(tmp_path)
    assert str(tmp_path) in card.state.text()
    card.stop_button.click()
    assert card.state.text() == wording.TAPE_OFF.zh


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_tape_that_fails_says_what_to_do(qtbot, dressed, fault, tmp_path):
    status = TapeStatus(folder=tmp_path, behind=3, fault=fault)
    desk, _ = make_desk(FakeOffice(safety=FakeSafety(SafetyState(tape=status))))
    view = build(desk)
    qtbot.addWidget(view)
    view.opened()
    assert FAULTS[fault].zh in view.laptop.tape.state.text()
    foot = pieces(
        desk.station.current,
        DeskStatus(backup_at=now_utc(), safety=SafetyState(tape=status)),
        ReaderStatus(),
        now_utc(),
    )
    assert foot["backup"].mood is Mood.CAUTION
    assert "3" in foot["backup"].text


def test_the_foot_says_the_most_urgent_thing():
    tape = TapeStatus(fault="missing", behind=2)
    told = safety_words(SafetyState(tape=tape, warnings=("disk_low", "wal_large")))
    assert told is not None
    assert (told[1], told[2]) == (WARNINGS["disk_low"], "danger")
    told = safety_words(SafetyState(warnings=("wal_large",)))
    assert told is not None
    assert told[1] == WARNINGS["wal_large"]
    assert safety_words(SafetyState()) is None
    assert safety_words(None) is None


# --- a real event


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name in ("VENUEDESK_KEY_FILE", "DBUS_SESSION_BUS_ADDRESS"):
            patch.delenv(name, raising=False)
        return stocked_event(tmp_path_factory.mktemp("stocked") / "profile")


@pytest.fixture
def profile(template, tmp_path, monkeypatch):
    monkeypatch.delenv("VENUEDESK_KEY_FILE", raising=False)
    return copied(template, tmp_path / "profile")


@pytest.fixture
def start(qtbot, dressed, profile):
    """Starts the program in one window, again and again."""
    window = MainWindow(InlineTaskRunner())
    qtbot.addWidget(window)
    started = []

    def make():
        made = Desktop(dressed, window, preferences(dressed, profile))
        started.append(made)
        made.open_profile(profile.folder)
        return made

    yield make
    for made in started:
        made.close()
        made.filter.set_on(False)  # it listens to the whole application, for ever
        delete(made.filter)


@pytest.fixture
def desktop(start):
    return start()


def preferences(app, profile):
    return WindowPreferences(app, Sounds(), profile.folder / "window.json")


def event_file(profile) -> Path:
    return profile.event_path(profile.list_event_ids()[0])


def test_damage_in_use_is_healed_and_the_door_goes_on(desktop, profile, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    turn_tape_on(profile, stick)
    desktop.open_profile(profile.folder)
    services = desktop._services
    station = desktop.window.station.current
    kept = services.checkin.scan("X", station).fact_id
    file = event_file(profile)
    desktop._desk.opened.database.close()
    content = bytearray(file.read_bytes())
    content[4096 * 2 + 100 :] = b"\0" * (len(content) - 4096 * 2 - 100)
    file.write_bytes(bytes(content))
    with pytest.raises(StorageFailed) as damage:
        services.people.find_people("林")
    desktop.window.report(damage.value)
    assert "已另存為" in desktop.window.strip.message.text()
    assert desktop._services is not services
    again = desktop._services.checkin
    assert again.scan("X", station).fact_id
    rows = desktop._desk.context.database.connection().execute("SELECT id FROM fact")
    assert kept in {row[0] for row in rows}
    with pytest.raises(Exception, match="laid anew"):
        services.checkin.scan("X", station)  # who comes late with the old file is told


def test_hopeless_damage_is_told_once_and_not_for_ever(desktop, profile):
    desktop._desk.opened.database.close()
    event_file(profile).write_bytes(b"\xa5" * 9000)
    desktop.window.report(FileDamaged(Words("壞了", "broken")))
    assert "隨身碟" in desktop.window.strip.message.text()
    assert desktop._desk is None


def test_a_full_disk_frees_the_reserve_with_words(desktop, profile):
    assert keep_ballast(profile)
    error = DiskFull(Words("滿了", "full"))
    desktop.window.report(error)
    assert "備用空間" in desktop.window.strip.message.text()
    assert not ballast_file(profile).exists()
    desktop.window.report(error)
    assert desktop.window.strip.message.text() == "滿了"


def test_a_quiet_moment_keeps_the_reserve_and_warns_once(desktop, profile, monkeypatch):
    keeper = desktop._keeper
    keeper.tend()
    assert ballast_file(profile).stat().st_size == 64 << 20
    monkeypatch.setattr("app.services.disk_care.free_bytes", lambda _profile: 5)
    keeper.tend()
    strip = desktop.window.strip
    assert strip.message.text() == WARNINGS["disk_low"].zh
    strip.hide()
    keeper.tend()
    assert not strip.isVisibleTo(desktop.window)
    assert desktop.window._status.safety.warnings == ("disk_low",)


def test_a_damaged_file_is_healed_when_the_window_opens(start, profile, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    turn_tape_on(profile, stick)
    start().close()
    event_file(profile).write_bytes(b"")
    again = start()
    assert "已另存為" in again.window.strip.message.text()
