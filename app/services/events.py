"""Events: created from a plan, listed, chosen."""

import getpass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.errors import FileDamaged, NotAllowed, StorageFailed
from app.domain.plan import Plan, PlanWarning
from app.services.context import EventContext
from app.services.opening import OpenEvent, create_event_file, open_event_file
from app.services.profile import Profile, choose_event
from app.services.summaries import EventSummary, PlanSummary, SessionSummary

if TYPE_CHECKING:
    from app.services.recovering import RecoveryReport

__all__ = [
    "EventService",
    "EventSummary",
    "PlanSummary",
    "PlanWarning",
    "SessionSummary",
    "list_sessions",
    "operator_name",
]


class EventService:
    """The events of one profile."""

    def __init__(self, profile: Profile, clock: Clock, *, actor: str = "") -> None:
        self._profile = profile
        self._clock = clock
        self._actor = actor or operator_name()

    def list_plans(self) -> tuple[PlanSummary, ...]:
        """Return the bundled plans."""
        from app.plans.reading import (  # noqa: PLC0415 - pydantic
            find_plan_file,
            list_bundled_plans,
            read_plan,
        )

        loaded = [(name, read_plan(find_plan_file(name)).plan) for name in list_bundled_plans()]
        return tuple(
            PlanSummary(name=name, title=plan.title, sessions=len(plan.sessions))
            for name, plan in loaded
        )

    def preview_plan(self, name_or_path: str | Path) -> tuple[Plan, tuple[PlanWarning, ...]]:
        """Read a plan and its contradictions without creating anything. Raises InvalidInput."""
        from app.plans.reading import find_plan_file, read_plan  # noqa: PLC0415 - pydantic

        loaded = read_plan(find_plan_file(name_or_path))
        return loaded.plan, loaded.warnings

    def create_event(
        self, name_or_path: str | Path, *, rehearsal: bool = False
    ) -> tuple[EventSummary, tuple[PlanWarning, ...]]:
        """Create an event from a plan and make it the current one. Raises InvalidInput."""
        plan, warnings = self.preview_plan(name_or_path)
        return self.create_from(plan, rehearsal=rehearsal), warnings

    def create_from(self, plan: Plan, *, rehearsal: bool = False) -> EventSummary:
        """Create an event from a plan already read."""
        event_id = create_event_file(self._profile, plan, self._clock, rehearsal=rehearsal)
        return EventSummary(
            id=event_id, code=plan.code, title=plan.title, is_current=True, rehearsal=rehearsal
        )

    def list_events(self) -> tuple[EventSummary, ...]:
        """Return every event of the profile that can be opened."""
        current = self._profile.find_current()
        summaries = []
        for event_id in self._profile.list_event_ids():
            try:
                opened = self._open(event_id)
            except (StorageFailed, NotAllowed):
                continue  # damaged, of another key or revoked: named when somebody opens it
            context = opened.context
            summaries.append(
                EventSummary(
                    id=event_id,
                    code=context.plan.code,
                    title=context.plan.title,
                    is_current=event_id == current,
                    rehearsal=context.rehearsal,
                )
            )
            opened.database.close()
        return tuple(summaries)

    def open_event(self, wanted: str | None = None) -> OpenEvent:
        """Open an event (default: the current one) and make it current.

        A damaged file is laid anew first. Raises FileDamaged where there is nothing to do it from.
        """
        event_id = choose_event(self._profile, wanted)
        try:
            opened = self._open_with_tape(event_id)
        except FileDamaged as damage:
            report = self.recover_event(event_id, damage)
            opened = replace(self._open_with_tape(event_id), recovered=report)
        self._profile.set_current(event_id)
        return opened

    def _open_with_tape(self, event_id: str) -> OpenEvent:
        opened = self._open(event_id)
        try:
            return self.follow_by_tape(opened)
        except BaseException:
            opened.abandon()
            raise

    def follow_by_tape(self, opened: OpenEvent) -> OpenEvent:
        """Let the paper tape follow an open event as the profile now says."""
        if opened.context.twin_of or (not self._profile.has_tape and opened.tapes is None):
            return opened  # what is rehearsed belongs on no stick
        from app.services.paper_tape import start_tape  # noqa: PLC0415 - only where one is on

        tapes = start_tape(self._profile, opened.database, opened.context.journal)
        return replace(opened, tapes=tapes)

    def recover_event(self, event_id: str, damage: FileDamaged) -> "RecoveryReport | None":
        """Lay a damaged event anew; None where it was sound. Raises FileDamaged."""
        from app.services.recovering import recover_event  # noqa: PLC0415 - rarely needed

        return recover_event(self._profile, event_id, self._clock, damage)

    def switch_event(self, event_id: str) -> None:
        """Make another event the current one."""
        self._profile.set_current(choose_event(self._profile, event_id))

    def _open(self, event_id: str) -> OpenEvent:
        return open_event_file(self._profile, event_id, self._clock, actor=self._actor)


def list_sessions(context: EventContext) -> tuple[SessionSummary, ...]:
    """Return the plan's sessions with their roster sizes and seals."""
    with context.database.read() as connection:
        sizes = dict(connection.execute("SELECT session, expected FROM session_tally"))
        sealed = {row[0] for row in connection.execute("SELECT session FROM session_state")}
    plan = context.plan
    return tuple(
        SessionSummary(
            code=session.code,
            kind=session.kind.value,
            title=session.title,
            course=session.course,
            held_on=session.held_on,
            venue=plan.venue_of(session).name,
            hours=plan.course_of(session).hours,
            roster_size=sizes.get(session.code, 0),
            sealed=session.code in sealed,
        )
        for session in plan.sessions
    )


def operator_name() -> str:
    """Return who acts when nobody signed in: the system's user name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "desk"
