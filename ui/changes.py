"""What changed: after a write a view model says which kinds of thing; open places reload those."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Change(StrEnum):
    """Kinds of thing a place may show."""

    SCANS = "scans"
    ROSTER = "roster"
    UNITS = "units"
    BADGES = "badges"
    CREDITS = "credits"
    VISITS = "visits"
    HELP_DESK = "help_desk"
    """Visits moved, or something the help desk keeps beside them changed."""
    EVENT = "event"
    """The plan, the sessions, or which event is open."""
    STATION = "station"
    STAFF = "staff"
    DEVICES = "devices"
    """The event's devices, or what its hub keeps aside."""


class Changes(QObject):
    """The notice board of one window.

    Signals:
        changed: a frozenset of `Change`.
    """

    changed = Signal(object)

    def tell(self, *kinds: Change) -> None:
        """Say what changed."""
        self.changed.emit(frozenset(kinds))
