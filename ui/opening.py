"""Opening profiles and events for the window, in the journal's thread."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.bootstrap import Desk, build_events, open_desk
from app.domain.clock import Clock
from app.domain.errors import FileDamaged, NotFound
from app.services.events import EventService
from app.services.profile import Profile
from app.system_clock import SystemClock
from ui.status import DeskStatus
from ui.window_services import WindowServices

OpenedProfile = tuple[Profile, EventService, Desk | None]
MadeSample = tuple[Profile, EventService, Desk, int]


def open_last(folder: Path | None) -> OpenedProfile:
    """Open the event used last; None where the profile has none yet."""
    profile, events = build_events(folder)
    if profile.find_current() is None:
        return profile, events, None
    try:
        return profile, events, open_desk(events)
    except NotFound:
        return profile, events, None


def lay_anew(folder: Path, desk: Desk | None, damage: FileDamaged) -> OpenedProfile:
    """Lay an event that broke anew and open it again. Raises FileDamaged where it cannot be."""
    profile, events = build_events(folder)
    event_id = profile.find_current()
    if event_id is None:
        return profile, events, None
    if desk is not None:
        desk.opened.abandon()
    report = events.recover_event(event_id, damage)
    opened = open_desk(events)
    if report is not None:
        opened = replace(opened, opened=replace(opened.opened, recovered=report))
    return profile, events, opened


def make_sample(folder: Path, scale: int) -> MadeSample:
    """Make and open the sample day; the last value is how far its clock is moved (ms)."""
    from app.services import sample_day  # noqa: PLC0415 - rehearsals only
    from app.services.shifted_clock import ShiftedClock  # noqa: PLC0415

    real: Clock = SystemClock()
    profile, events = build_events(folder)
    now = datetime.now(UTC).astimezone()
    plan = sample_day.moved_to(events.preview_plan("pingtung-112")[0], now.date())
    shift_ms = sample_day.morning_shift_ms(plan, now)
    profile, events = build_events(folder, clock=ShiftedClock(real, shift_ms))
    events.create_from(plan, rehearsal=True)
    desk = open_desk(events)
    sample_day.fill(desk.context, scale=scale)
    return profile, events, desk, shift_ms


def read_status(desk: Desk, services: WindowServices, session: str, shift: timedelta) -> DeskStatus:
    """Return how this desk stands; `shift` is how far a sample day's clock is moved.

    A rehearsal moves its own.
    """
    context = desk.context
    shift += timedelta(milliseconds=context.shift_ms)
    counts = desk.checkin.counts(session)
    as_of = desk.checkin.roster_as_of(session)
    return DeskStatus(
        roster_size=counts.expected,
        roster_as_of=as_of - shift if as_of is not None else None,
        backup_at=services.backups.last_backup_at(),
        safety=services.safety.state(),
        signed_in=context.actor,
        rehearsal=context.rehearsal,
        zone=context.plan.zone,
        shift=shift,
    )
