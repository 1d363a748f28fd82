"""The plan as the Event place shows it: sessions, warnings, and which event is open."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from ui.changes import Change
from ui.office import OpenEvents
from ui.place import Desk


class PlanViewModel(QObject):
    """Loads the open event's sessions and warnings; switches to another event.

    Signals:
        events_loaded, sessions_loaded, warnings_loaded: tuples of the services' dataclasses.
    """

    events_loaded = Signal(tuple)
    sessions_loaded = Signal(tuple)
    warnings_loaded = Signal(tuple)

    def __init__(self, events: OpenEvents, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events = events
        self._desk = desk

    def load(self) -> None:
        """Fetch everything the page shows."""
        events, run, report = self._events, self._desk.tasks.run, self._desk.report
        run(self, events.list_events, self.events_loaded.emit, report, lane="reading")
        run(self, events.list_sessions, self.sessions_loaded.emit, report, lane="reading")
        run(self, events.plan_warnings, self.warnings_loaded.emit, report, lane="reading")

    def switch_event(self, event_id: str) -> None:
        """Open another event of the profile."""
        switch = partial(self._events.switch_event, event_id)
        self._desk.tasks.run(self, switch, self._on_switched, self._desk.report)

    def _on_switched(self, _nothing: None) -> None:
        self._desk.changes.tell(Change.EVENT)
