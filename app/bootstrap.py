"""Builds the services of an open event; the window and the command line start here."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock
from app.services.checkin import CheckinService
from app.services.context import EventContext
from app.services.events import EventService
from app.services.opening import OpenEvent
from app.services.people import PeopleService
from app.services.profile import Profile, open_profile
from app.system_clock import SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open event with what a door needs; made fast, so that a first scan is answered soon."""

    opened: OpenEvent
    checkin: CheckinService
    people: PeopleService

    @property
    def context(self) -> EventContext:
        """What the services share."""
        return self.opened.context

    def close(self) -> None:
        """Sign our chain's head and close the file."""
        self.opened.close()


def build_events(
    folder: Path | None = None, *, clock: Clock | None = None, actor: str = ""
) -> tuple[Profile, EventService]:
    """Return the profile in a folder (default: the platform's) and its events."""
    profile = open_profile(folder)
    return profile, EventService(profile, clock or SystemClock(), actor=actor)


def open_desk(events: EventService, wanted: str | None = None) -> Desk:
    """Open an event (default: the current one) with the services of the door."""
    opened = events.open_event(wanted)
    context = opened.context
    return Desk(opened=opened, checkin=CheckinService(context), people=PeopleService(context))
