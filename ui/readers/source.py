"""What every source of scans is to the window, whatever it reads with."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.domain.words import Words


class ReaderSort(StrEnum):
    """What a reader reads with."""

    KEYBOARD = "keyboard"
    SERIAL = "serial"
    CAMERA = "camera"
    CARD = "card"


class ReaderCondition(StrEnum):
    """How a reader stands."""

    READY = "ready"
    IDLE = "idle"
    """Switched off, or nothing to read with is plugged in: nobody needs to do anything."""
    TROUBLED = "troubled"
    """It reads, but something should be set right."""
    LOST = "lost"
    """It was there and is gone, or it cannot be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderState:
    """One reader as the foot of the window tells it."""

    key: str
    """Tells readers apart: sort and device, such as `serial:/dev/ttyACM0`."""
    sort: ReaderSort
    name: str
    condition: ReaderCondition
    said: Words
    remedy: Words


class ReaderSource(QObject):
    """Base of everything that scans: reads in a thread of its own, tells in the window's.

    Signals:
        scanned: a `ui.scan_filter.ScannedText`; its `reader` names the source.
        state_changed: a `ReaderState`.
        state_dropped: the key of a reader that is no longer worth telling of.
    """

    scanned = Signal(object)
    state_changed = Signal(object)
    state_dropped = Signal(str)

    def start(self) -> None:
        """Begin to read; returns at once."""

    def stop(self) -> None:
        """Stop reading; nothing is told after it returns."""
