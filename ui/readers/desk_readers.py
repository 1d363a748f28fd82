"""The readers of this laptop: the keyboard's always, serial ports as somebody chose them."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.readers.serial_ports import SerialPort, list_ports
from ui.readers.hub import KeyboardSource, ReaderHub
from ui.readers.serial_source import SerialSource
from ui.readers.source import ReaderState
from ui.scan_filter import ScanFilter, ScannedText


class PortChoice(Protocol):
    """Where the choice of ports is kept."""

    def serial_ports(self) -> tuple[SerialPort, ...]:
        """Return the ports to listen to."""
        ...

    def set_serial_ports(self, ports: tuple[SerialPort, ...]) -> None:
        """Keep the ports to listen to."""
        ...


class DeskReaders(QObject):
    """Starts what was chosen, keeps what is chosen.

    Signals:
        scanned: a `ScannedText`.
        changed: some reader stands otherwise than before.
    """

    scanned = Signal(object)
    changed = Signal()

    def __init__(self, keys: ScanFilter, choice: PortChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._serial: dict[str, SerialSource] = {}
        self.last: ScannedText | None = None
        """What was read last, by whichever reader."""
        self.hub = ReaderHub(self)
        self.hub.scanned.connect(self._on_scanned)
        self.hub.states_changed.connect(lambda _states: self.changed.emit())
        self.hub.add(KeyboardSource(keys))
        for port in choice.serial_ports():
            self._listen(port)

    @property
    def states(self) -> tuple[ReaderState, ...]:
        """How every reader stands."""
        return self.hub.states

    def start(self) -> None:
        """Let every reader read."""
        self.hub.start()

    def stop(self) -> None:
        """Stop every reader."""
        self.hub.stop()

    def list_ports(self) -> tuple[SerialPort, ...]:
        """Return the ports there are, and those chosen that are not there now. Takes a moment."""
        there = list_ports()
        known = {port.device for port in there}
        gone = (port for port in self._choice.serial_ports() if port.device not in known)
        return (*there, *gone)

    def is_chosen(self, port: SerialPort) -> bool:
        """Tell whether a port is listened to."""
        return port.device in self._serial

    def choose(self, port: SerialPort, *, is_on: bool) -> None:
        """Listen to a port, or no longer; kept for the next start."""
        if is_on and not self.is_chosen(port):
            self._listen(port)
        elif not is_on and self.is_chosen(port):
            self.hub.remove(self._serial.pop(port.device))
        self._choice.set_serial_ports(tuple(each.port for each in self._serial.values()))
        self.changed.emit()

    def _listen(self, port: SerialPort) -> None:
        source = self._serial[port.device] = SerialSource(port, self)
        self.hub.add(source)

    def _on_scanned(self, scanned: ScannedText) -> None:
        self.last = scanned
        self.scanned.emit(scanned)
