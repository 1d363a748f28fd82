"""Serial readers: bytes cut into codes; ports that babble, vanish, come back; by real ptys."""

import os
import queue
import sys

import pytest

from app.readers.burst import UNKNOWN_CHARACTER
from app.readers.serial_lines import SerialLines
from app.readers.serial_ports import (
    PortLost,
    PortOpened,
    PortRead,
    SerialMonitor,
    SerialPort,
    find_again,
)

CODE = "BCDEFGHJKLNPRSTVXBCDEFGHJ"
PATIENCE = 10


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        pytest.param(b"ABCDEF\r", ["ABCDEF"], id="cr"),
        pytest.param(b"ABCDEF\r\nGHIJKL\r\n", ["ABCDEF", "GHIJKL"], id="crlf"),
        pytest.param(b"ABCDEF\t", ["ABCDEF"], id="tab"),
        pytest.param(b"\x02ABCDEF\x03", ["ABCDEF"], id="stx-etx"),
        pytest.param(b"\x00\x1bAB\x08C\x7fDEF\n", ["ABCDEF"], id="controls"),
        pytest.param(b"\xff\xfeABCD\n", [UNKNOWN_CHARACTER * 2 + "ABCD"], id="garbage"),
        pytest.param("王ABCDE\n".encode(), [UNKNOWN_CHARACTER + "ABCDE"], id="utf-8"),
        pytest.param(b"\r\n\r\n\t", [], id="suffixes-alone"),
    ],
)
def test_bytes_become_readings(sent, read):
    lines = SerialLines()
    whole = [reading.text for reading in lines.feed(sent, 0)]
    bitwise = [reading.text for byte in sent for reading in lines.feed(bytes([byte]), 0)]
    assert whole == bitwise == read


def test_ten_megabytes_without_terminator_are_one_marked_reading_and_the_next_code_is_read():
    lines = SerialLines()
    chunk = b"x" * 4096
    for _ in range(2560):
        assert lines.feed(chunk, 0) == ()
    assert lines.is_overlong
    reading = lines.silence(1)
    assert reading is not None
    assert reading.truncated
    assert len(reading.text) == lines.settings.cap
    assert [each.text for each in lines.feed(f"{CODE}\r".encode(), 2)] == [CODE]


def test_a_code_without_suffix_ends_by_silence_and_noise_is_dropped():
    lines = SerialLines()
    lines.feed(CODE.encode(), 0)
    reading = lines.silence(60)
    assert reading is not None
    assert (reading.text, reading.missing_suffix) == (CODE, True)
    lines.feed(b"?~", 70)
    assert lines.silence(130) is None
    assert not lines.is_holding


def test_a_reader_is_found_again_under_another_name():
    wanted = SerialPort(device="/dev/ttyACM0", hardware="0C2E:0B6A:17")
    moved = SerialPort(device="/dev/ttyACM1", hardware="0C2E:0B6A:17")
    twin = SerialPort(device="/dev/ttyACM2", hardware="0C2E:0B6A:17")
    assert find_again(wanted, (moved,)) == "/dev/ttyACM1"
    assert find_again(wanted, (wanted, moved)) == "/dev/ttyACM0"
    assert find_again(wanted, (moved, twin)) == "/dev/ttyACM0"  # which one nobody can tell


class Wire:
    """A virtual port that can be unplugged and plugged in again under the same name."""

    def __init__(self, link) -> None:
        self.link = link
        self.plug()

    def plug(self) -> None:
        self.ours, self.theirs = os.openpty()
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(self.theirs))

    def unplug(self) -> None:
        self.link.unlink()
        for end in (self.ours, self.theirs):
            os.close(end)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.ours, data[:4096]) :]


@pytest.fixture
def plug_in(tmp_path):
    if sys.platform == "win32":
        pytest.skip("no ptys here")
    monitors, wires = [], []

    def make(name="port"):
        wire, events = Wire(tmp_path / name), queue.Queue()
        port = SerialPort(device=str(wire.link))
        monitor = SerialMonitor(port, events.put, retry_s=0.05)
        monitor.start()
        monitors.append(monitor)
        wires.append(wire)
        assert isinstance(events.get(timeout=PATIENCE), PortOpened)
        return wire, events

    yield make
    for monitor in monitors:
        monitor.stop()
    for wire in wires:
        wire.unplug()


def read(events):
    event = events.get(timeout=PATIENCE)
    assert isinstance(event, PortRead), event
    return event.reading


def read_whole(events, expected):
    """Read until as much came; a busy machine may have paused in the middle."""
    text = ""
    while len(text) < len(expected):
        text += read(events).text
    return text


def test_a_port_is_read(plug_in):
    wire, events = plug_in()
    wire.send(f"{CODE}\r\n".encode())
    assert read(events).text == CODE
    wire.send(CODE.encode())
    assert read(events).missing_suffix


def test_babble_is_told_once_and_the_next_code_is_read(plug_in):
    wire, events = plug_in()
    wire.send(b"z" * 200_000)
    reading = read(events)
    assert reading.truncated
    wire.send(f"{CODE}\r".encode())
    while (reading := read(events)).truncated:  # a busy machine may have paused in the babble
        pass
    assert reading.text == CODE


def test_unplugged_mid_code_and_replugged(plug_in):
    wire, events = plug_in()
    wire.send(CODE[:10].encode())
    wire.unplug()
    while isinstance(event := events.get(timeout=PATIENCE), PortRead):
        assert event.reading.missing_suffix  # half a code, said to have no end
    assert isinstance(event, PortLost)
    wire.plug()
    assert isinstance(events.get(timeout=PATIENCE), PortOpened)
    wire.send(f"{CODE}\r".encode())
    assert read(events).text == CODE


def test_two_readers_interleaved_never_mix(plug_in):
    (one, ones), (two, twos) = plug_in("one"), plug_in("two")
    first, second = f"AAAA{CODE}", f"BBBB{CODE}"
    for left, right in zip(first, second, strict=True):
        one.send(left.encode())
        two.send(right.encode())
    one.send(b"\r")
    two.send(b"\r")
    assert read_whole(ones, first) == first
    assert read_whole(twos, second) == second
