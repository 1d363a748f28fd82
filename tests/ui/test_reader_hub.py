"""Several readers at once: nothing mixes, one badge seen twice is one scan, each has a state."""

import os
import sys
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.words import Words
from app.readers.serial_ports import SerialPort
from ui.readers.hub import KeyboardSource, ReaderHub
from ui.readers.serial_source import SerialSource
from ui.readers.source import ReaderCondition, ReaderSort, ReaderSource, ReaderState
from ui.scan_filter import ScanFilter, ScannedText

START = datetime(2023, 8, 8, 8, 0, tzinfo=UTC)
CODE = "BCDEFGHJKLNPRSTVXBCDEFGHJ"


def scan(text, reader, after_ms=0, **marks):
    return ScannedText(
        text=text, reader=reader, at=START + timedelta(milliseconds=after_ms), **marks
    )


class Source(ReaderSource):
    """A source that is told what to say."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key, self.calls = key, []

    def start(self) -> None:
        self.calls.append("start")
        self.stand(ReaderCondition.READY)

    def stop(self) -> None:
        self.calls.append("stop")

    def stand(self, condition):
        words = Words(condition.value, condition.value)
        self.state_changed.emit(
            ReaderState(key=self.key, sort=ReaderSort.SERIAL, name=self.key,
                        condition=condition, said=words, remedy=words)
        )  # fmt: skip


@pytest.fixture
def hub(qapp):
    made = ReaderHub()
    made.heard, made.told = [], []
    made.scanned.connect(made.heard.append)
    made.states_changed.connect(made.told.append)
    yield made
    made.stop()


def add(hub, *keys):
    sources = [Source(key) for key in keys]
    for source in sources:
        hub.add(source)
    hub.start()
    return sources


def test_the_same_code_from_two_readers_within_a_second_is_one_scan(hub):
    one, two = add(hub, "one", "two")
    one.scanned.emit(scan(CODE, "one"))
    two.scanned.emit(scan(CODE.lower(), "two", 400))
    assert [each.reader for each in hub.heard] == ["one"]
    two.scanned.emit(scan(CODE, "two", 2000))
    assert [each.reader for each in hub.heard] == ["one", "two"]


def test_different_codes_and_the_same_reader_again_all_count(hub):
    one, two = add(hub, "one", "two")
    one.scanned.emit(scan(CODE, "one"))
    one.scanned.emit(scan(CODE, "one", 300))  # the door tells what showing it again means
    two.scanned.emit(scan("OTHER0001", "two", 350))
    assert len(hub.heard) == 3


def test_what_a_reading_shows_of_its_reader_is_told_until_a_better_one(hub):
    (one,) = add(hub, "one")
    for marks in ({"missing_suffix": True}, {"truncated": True}, {"input_method": True}):
        one.scanned.emit(scan(CODE, "one", **marks))
        assert hub.states[0].condition is ReaderCondition.TROUBLED
        assert hub.states[0].remedy.zh
        assert hub.states[0].remedy.en
    one.scanned.emit(scan(CODE, "one"))
    assert hub.states[0].condition is ReaderCondition.READY


def test_readers_come_and_go_while_it_runs(hub):
    one, _two = add(hub, "one", "two")
    late = Source("late")
    hub.add(late)
    assert late.calls == ["start"]
    one.stand(ReaderCondition.LOST)
    assert [state.condition.value for state in hub.states] == ["lost", "ready", "ready"]
    hub.remove(one)
    assert one.calls[-1] == "stop"
    assert [state.key for state in hub.states] == ["two", "late"]
    one.scanned.emit(scan(CODE, "one"))
    assert hub.heard == []
    late.state_dropped.emit("late")
    assert [state.key for state in hub.told[-1]] == ["two"]


def test_the_keyboard_is_a_reader_like_others(hub):
    keys = ScanFilter(QApplication.instance())
    hub.add(KeyboardSource(keys))
    hub.start()
    keys.scanned.emit(scan(CODE, "keyboard"))
    assert [each.text for each in hub.heard] == [CODE]
    assert hub.states[0].sort is ReaderSort.KEYBOARD
    keys.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="no ptys here")
def test_a_serial_reader_is_read_lost_and_found_again(hub, qtbot, tmp_path):
    link = tmp_path / "reader"

    def plug():
        ends = os.openpty()
        link.symlink_to(os.ttyname(ends[1]))
        return ends

    def unplug(ends):
        link.unlink()
        for end in ends:
            os.close(end)

    def wait_for(condition):
        qtbot.waitUntil(
            lambda: bool(hub.states) and hub.states[0].condition is condition, timeout=10_000
        )

    ends = plug()
    source = SerialSource(SerialPort(device=str(link), name="Desk reader"), retry_s=0.05)
    hub.add(source)
    hub.start()
    wait_for(ReaderCondition.READY)
    os.write(ends[0], b"\x00\xff\r" + f"{CODE}\r\n".encode())
    qtbot.waitUntil(lambda: CODE in [each.text for each in hub.heard], timeout=10_000)
    unplug(ends)
    wait_for(ReaderCondition.LOST)
    ends = plug()
    wait_for(ReaderCondition.READY)
    os.write(ends[0], b"SECOND-CODE\r")
    qtbot.waitUntil(lambda: hub.heard[-1].text == "SECOND-CODE", timeout=10_000)
    assert hub.heard[-1].reader == source.key
    hub.remove(source)
    unplug(ends)
    assert hub.states == ()
