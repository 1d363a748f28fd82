"""What the start page knows: plans to start from, the one being looked at, the event made of it."""

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.plan import Plan, PlanWarning
from app.services.summaries import EventSummary, PlanSummary
from ui.background import TaskRunner


class StartEvents(Protocol):
    """What the start page asks of the event service."""

    def list_plans(self) -> tuple[PlanSummary, ...]:
        """Return the bundled plans."""
        ...

    def preview_plan(self, name_or_path: str) -> tuple[Plan, tuple[PlanWarning, ...]]:
        """Read a plan without creating anything."""
        ...

    def create_event(self, name_or_path: str) -> tuple[EventSummary, tuple[PlanWarning, ...]]:
        """Create an event from a plan and make it the current one."""
        ...


class StartViewModel(QObject):
    """Offers plans, previews one, creates the event.

    Signals:
        plans_loaded: the bundled plans (tuple of PlanSummary).
        plan_previewed: a Plan and its warnings; nothing is created yet.
        event_created: the new EventSummary; the shell opens it.
        sample_day_requested: the person wants the sample day; the shell opens it.
        event_joined: the event came by joining a hub; the shell opens it.
        failed: an error for the shared error presenter.
    """

    plans_loaded = Signal(tuple)
    plan_previewed = Signal(object, tuple)
    event_created = Signal(object)
    sample_day_requested = Signal()
    event_joined = Signal()
    failed = Signal(Exception)

    def __init__(
        self, events: StartEvents, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._events = events
        self._tasks = tasks
        self._asked = ""
        self._ready = ""

    @property
    def can_create(self) -> bool:
        """Whether a plan was read well and can become an event."""
        return bool(self._ready)

    def load_plans(self) -> None:
        """Fetch the bundled plans."""
        self._tasks.run(self, self._events.list_plans, self.plans_loaded.emit, self.failed.emit)

    def preview_plan(self, name_or_path: str | Path) -> None:
        """Read a bundled plan by name, or a plan file."""
        asked = str(name_or_path)
        self._asked, self._ready = asked, ""
        self._tasks.run(
            self,
            partial(self._events.preview_plan, asked),
            partial(self._show_preview, asked),
            self.failed.emit,
        )

    def create_event(self) -> None:
        """Create the event from the plan on screen."""
        if self._ready:
            create = partial(self._events.create_event, self._ready)
            self._tasks.run(self, create, self._on_created, self.failed.emit)

    def _on_created(self, created: tuple[EventSummary, tuple[PlanWarning, ...]]) -> None:
        self.event_created.emit(created[0])

    def _show_preview(self, asked: str, found: tuple[Plan, tuple[PlanWarning, ...]]) -> None:
        if asked != self._asked:
            return  # the person has moved on to another plan meanwhile
        self._ready = asked
        self.plan_previewed.emit(*found)
