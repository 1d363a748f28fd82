"""Readers on a serial port: which ports there are, and one thread that listens to one of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from app.readers.burst import BurstSettings, Reading
from app.readers.serial_lines import SerialLines

if TYPE_CHECKING:  # pyserial is imported when a port is first asked for
    from serial import Serial

SLICE_S = 0.05
"""Longest wait in one go: the silence that ends a code without suffix."""
CHUNK = 4096
DEFAULT_BAUD = 9600
"""What serial readers leave the factory with; USB-COM readers do not care."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialPort:
    """A port of this machine. `hardware` stays when the port comes back under another name."""

    device: str
    name: str = ""
    hardware: str = ""


@dataclass(frozen=True, slots=True)
class PortOpened:
    """The port is open: what is scanned will be heard."""

    device: str


@dataclass(frozen=True, slots=True)
class PortLost:
    """The port cannot be opened (`refused`: somebody else has it, or no right to) or is gone."""

    device: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class PortRead:
    """A code was read."""

    device: str
    reading: Reading


SerialEvent = PortOpened | PortLost | PortRead


def list_ports() -> tuple[SerialPort, ...]:
    """Return the serial ports a reader could be at, those of USB devices first."""
    from serial.tools.list_ports import comports  # noqa: PLC0415 - slow, and few laptops need it

    found = []
    for info in comports():
        is_usb = info.vid is not None
        hardware = (
            f"{info.vid:04X}:{info.pid or 0:04X}:{info.serial_number or ''}" if is_usb else ""
        )
        name = info.product or info.description or ""
        is_told = name not in ("", "n/a", info.device)
        found.append(
            SerialPort(device=info.device, name=name if is_told else "", hardware=hardware)
        )
    return tuple(sorted(found, key=lambda port: (not port.hardware, port.device)))


def find_again(wanted: SerialPort, there: tuple[SerialPort, ...]) -> str:
    """Return under which name a port is to be opened now.

    A reader plugged in again may come back under another name; its hardware tells, when only
    one such reader is there.
    """
    same = [port.device for port in there if wanted.hardware and port.hardware == wanted.hardware]
    return same[0] if len(same) == 1 and wanted.device not in same else wanted.device


class SerialMonitor:
    """Listens to one port until stopped; opens it again whenever it comes back.

    `report` is called in the monitor's own thread.
    """

    def __init__(
        self,
        port: SerialPort,
        report: Callable[[SerialEvent], None],
        *,
        baud: int = DEFAULT_BAUD,
        retry_s: float = 1.0,
        settings: BurstSettings | None = None,
    ) -> None:
        self._port, self._report = port, report
        self._baud, self._retry_s = baud, retry_s
        self._lines = SerialLines(settings)
        self._told: SerialEvent | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="serial-reader", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self, *, wait: bool = True) -> None:
        """Stop listening; with `wait`, returns when the thread has ended."""
        self._stopping.set()
        if wait and self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (OSError, ValueError) as error:  # pyserial's errors are OSErrors
                self._lines.drop()
                self._tell(PortLost(self._port.device, refused=_is_refused(error)))
                self._stopping.wait(self._retry_s)

    def _listen(self) -> None:
        from serial import Serial  # noqa: PLC0415 - see list_ports

        there = list_ports() if self._port.hardware else ()
        # No timeout here would be a wait for ever; none at all would be a busy loop.
        port = Serial(find_again(self._port, there), self._baud, timeout=SLICE_S)
        try:
            self._tell(PortOpened(self._port.device))
            while not self._stopping.is_set():
                self._take(port)
        finally:
            port.close()

    def _take(self, port: "Serial") -> None:
        first = port.read(1)
        now = time.monotonic() * 1000
        if not first:
            reading = self._lines.silence(now) if self._lines.is_holding else None
            found: tuple[Reading, ...] = (reading,) if reading is not None else ()
        else:
            more = port.read(min(port.in_waiting, CHUNK)) if port.in_waiting else b""
            found = self._lines.feed(first + more, now)
        for each in found:
            self._report(PortRead(self._port.device, each))

    def _tell(self, event: SerialEvent) -> None:
        """Report how the port stands, once, not at every try."""
        if event != self._told:
            self._told = event
            self._report(event)


def _is_refused(error: BaseException) -> bool:
    return getattr(error, "errno", None) in (1, 13, 16)  # no right to it, or busy
