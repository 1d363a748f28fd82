"""The Readers page: how each reader stands, ports chosen, trials that record nothing."""

import os
import sys
from datetime import UTC, datetime

import pytest
from place_fakes import FakeOffice, FakePreferences, make_desk
from PySide6.QtCore import Qt

from app.readers.calibration import BARS, SIGNS
from app.readers.serial_ports import SerialPort
from ui.readers.desk_readers import DeskReaders
from ui.scan_filter import ScanFilter, ScannedText
from ui.screens.event import readers_wording as wording
from ui.screens.event.event_view import build


@pytest.fixture
def readers(qtbot, dressed):
    """Readers over a real filter; stopped at the end."""
    keys = ScanFilter(dressed)
    made = DeskReaders(keys, FakePreferences())
    made.start()
    yield made
    made.stop()
    keys.deleteLater()


@pytest.fixture
def place(qtbot, readers, monkeypatch):
    monkeypatch.setattr("ui.readers.desk_readers.list_ports", lambda: (PORT,))
    desk, told = make_desk(FakeOffice(readers=readers))
    view = build(desk)
    qtbot.addWidget(view)
    view.show()
    view.opened()
    view.show_page("readers")
    view.told = told
    return view


PORT = SerialPort(device="/dev/ttyACM9", name="Honeywell 1470", hardware="0c2e:0b61")


def test_the_keyboard_is_there_and_ports_can_be_chosen(qtbot, place, readers):
    page = place.readers
    assert [state.key for state in readers.states] == ["keyboard"]
    (box,) = page.boxes
    assert box.text() == "Honeywell 1470 (/dev/ttyACM9)"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert readers.is_chosen(PORT)
    assert page.list.model().rowCount() == 2
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not readers.is_chosen(PORT)
    assert page.list.model().rowCount() == 1


def test_a_chosen_port_is_kept_for_the_next_start(readers, dressed):
    readers.choose(PORT, is_on=True)
    keys = ScanFilter(dressed)
    assert DeskReaders(keys, readers._choice).is_chosen(PORT)
    keys.deleteLater()


def test_a_trial_tells_what_is_wrong_and_records_nothing(place, readers):
    page = place.readers
    assert place.take_scan(BARS.text)
    assert page.trial.text() == wording.fine(BARS.title).zh
    assert place.take_scan(SIGNS.text.swapcase())
    assert "大寫" in page.trial.text()


def test_a_badge_is_told_by_its_end_only(place):
    assert place.take_scan("BCDEFGHJKLNPRSTVXBCDEFGHJ")
    assert "BCDEFGHJK" not in place.readers.trial.text()
    assert "GHJ" in place.readers.trial.text()


def test_what_the_reader_did_wrong_is_told_with_its_code(place, readers):
    scanned = ScannedText(
        text=BARS.text, reader="keyboard", at=datetime.now(UTC), missing_suffix=True
    )
    readers.hub._sources[0].scanned.emit(scanned)
    assert place.take_scan(BARS.text)
    assert "Enter" in place.readers.trial.text()
    assert any(state.said.zh == "沒有結尾鍵" for state in readers.states)


def test_the_sheet_is_saved(place, tmp_path):
    place.readers._save_sheet(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert str(tmp_path / "sheet.pdf") in place.told.notices[0]


@pytest.mark.skipif(sys.platform == "win32", reason="no ptys here")
def test_a_reader_on_a_port_is_heard(qtbot, readers):
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    heard = []
    readers.scanned.connect(heard.append)
    try:
        readers.choose(SerialPort(device=os.ttyname(theirs)), is_on=True)
        qtbot.waitUntil(
            lambda: any(
                state.key.startswith("serial:") and state.said.en == "Ready"
                for state in readers.states
            ),
            timeout=10_000,
        )
        os.write(ours, b"BCDEFGHJKLNPRSTVXBCDEFGHJ\r")
        qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    finally:
        readers.stop()
        os.close(ours)
        os.close(theirs)
    assert heard[0].text == "BCDEFGHJKLNPRSTVXBCDEFGHJ"
