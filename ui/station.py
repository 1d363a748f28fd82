"""Which station this window is: session, direction, letter."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.scans import StationDirection
from app.services.outcomes import Station

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No I and O: they read as 1 and 0."""


class StationState(QObject):
    """The station of this window.

    Signals:
        changed: the new `Station`.
    """

    changed = Signal(object)

    def __init__(self, station: Station | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station = station or Station(session="")

    @property
    def current(self) -> Station:
        """The station as it is now."""
        return self._station

    def set_session(self, session: str) -> None:
        """Move the station to another session."""
        self._set(replace(self._station, session=session))

    def set_direction(self, direction: StationDirection) -> None:
        """Set which way scans count here."""
        self._set(replace(self._station, direction=direction))

    def set_letter(self, letter: str) -> None:
        """Name the station."""
        self._set(replace(self._station, letter=letter))

    def _set(self, station: Station) -> None:
        if station != self._station:
            self._station = station
            self.changed.emit(station)
