"""The services of the open event as the window hands them to its places.

The door's services are there at once; the back office (SQLModel, reportlab …) is imported when a
place first asks, or in the background once the door is open.
"""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import Desk
from app.domain.plan import Plan, PlanWarning
from app.domain.words import Words
from app.services.checkin import CheckinService
from app.services.events import EventService, EventSummary, SessionSummary, list_sessions
from app.services.people import PeopleService
from app.services.profile import Profile
from ui.preferences import WindowPreferences

if TYPE_CHECKING:
    from app.help_desk import HelpDesk
    from app.office import Office
    from app.services.badges import BadgeService
    from app.services.bound_cards import BoundCardService
    from app.services.closing import ClosingService
    from app.services.conflicts import ConflictService
    from app.services.exports import ExportService
    from app.services.paper_entry import PaperService
    from app.services.persons import PersonService
    from app.services.preflight import PreflightService
    from app.services.registrations import RegistrationService
    from app.services.rehearsals import RehearsalService
    from app.services.safety import SafetyService
    from app.services.staff import StaffService
    from ui.hub.side import HubSide
    from ui.readers.desk_readers import DeskReaders

KEY_NOTES = {
    "keyring": Words(
        zh="資料庫金鑰存放在系統鑰匙圈。", en="The database key is kept in the system's keyring."
    ),
    "profile": Words(
        zh="這台電腦沒有可用的鑰匙圈：金鑰就放在資料旁邊，拿到電腦的人就能解開資料。",
        en="No keyring here: the key lies beside its data, so whoever has the laptop can read it.",
    ),
    "named_file": Words(
        zh="資料庫金鑰放在 VENUEDESK_KEY_FILE 指定的檔案。",
        en="The database key lies in the file that VENUEDESK_KEY_FILE names.",
    ),
}


class OpenPlan:
    """The open event's plan, and the other events of the profile."""

    def __init__(self, desk: Desk, events: EventService) -> None:
        self._desk = desk
        self._events = events

    def now(self) -> datetime:
        """Return the present moment at the venue."""
        return self._desk.context.now()

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event by day."""
        return list_sessions(self._desk.context)

    def plan(self) -> Plan:
        """Return the plan of the open event."""
        return self._desk.context.plan

    def plan_warnings(self) -> tuple[PlanWarning, ...]:
        """Return the contradictions inside the open event's plan."""
        from app.plans.contradictions import list_contradictions  # noqa: PLC0415 - on demand

        return list_contradictions(self._desk.context.plan)

    def list_events(self) -> tuple[EventSummary, ...]:
        """Return the profile's events."""
        return self._events.list_events()

    def switch_event(self, event_id: str) -> None:
        """Make another event the current one; the root then opens it."""
        self._events.switch_event(event_id)


class ProfileBackups:
    """Safety copies of the open event inside the profile."""

    def __init__(self, desk: Desk, profile: Profile) -> None:
        self._desk = desk
        self._profile = profile

    @property
    def _folder(self) -> Path:
        return self._profile.folder / "backups" / self._desk.context.event_id

    def last_backup_at(self) -> datetime | None:
        """Return when the last good backup was made, None if never."""
        newest = max(self._folder.glob("*.vdbackup"), default=None)
        if newest is None:
            return None
        return datetime.fromtimestamp(newest.stat().st_mtime).astimezone()

    def make_backup(self) -> Path:
        """Make an encrypted backup now and return its file."""
        from app.services.care import back_up_on_schedule  # noqa: PLC0415 - on demand

        made = back_up_on_schedule(self._profile, self._desk.context)
        return made if made is not None else max(self._folder.glob("*.vdbackup"))

    def key_note(self) -> Words:
        """Say where the database key of this laptop is kept."""
        return KEY_NOTES[self._desk.opened.key_place]


class WindowServices:
    """Everything the places ask of the open event."""

    def __init__(
        self,
        desk: Desk,
        *,
        plan: OpenPlan,
        backups: ProfileBackups,
        profile: Profile,
        preferences: WindowPreferences,
        hub: "HubSide | None" = None,
        readers: "DeskReaders | None" = None,
    ) -> None:
        self._desk = desk
        self.events = plan
        self.backups = backups
        self._profile = profile
        self.preferences = preferences
        self.hub = hub
        self.readers = readers

    @property
    def checkin(self) -> CheckinService:
        """The door."""
        return self._desk.checkin

    @property
    def people(self) -> PeopleService:
        """Finding people."""
        return self._desk.people

    @cached_property
    def office(self) -> "Office":
        """The back office; its first use imports it."""
        from app.office import build_office  # noqa: PLC0415 - see the module's docstring

        return build_office(self._desk.context)

    @cached_property
    def help_desk(self) -> "HelpDesk":
        """The walk-in help desk; its first use imports it."""
        from app.help_desk import build_help_desk  # noqa: PLC0415 - see the module's docstring

        return build_help_desk(self._desk.context)

    @cached_property
    def safety(self) -> "SafetyService":
        """Passphrase, paper tape, room on the disk."""
        from app.services.safety import SafetyService  # noqa: PLC0415 - after the first verdict

        return SafetyService(self._profile, self._desk.opened)

    @cached_property
    def staff(self) -> "StaffService":
        """Who signs in at this desk."""
        from app.services.staff import StaffService  # noqa: PLC0415 - after the first paint

        return StaffService(self._desk.context)

    @property
    def cards_bound(self) -> "BoundCardService":
        """Cards people carry, as badges."""
        return self.office.cards_bound

    @property
    def persons(self) -> "PersonService":
        """Single people: what is known, what happened, changes by hand."""
        return self.office.persons

    @property
    def registrations(self) -> "RegistrationService":
        """Rosters and units."""
        return self.office.registrations

    @property
    def badges(self) -> "BadgeService":
        """Badges."""
        return self.office.badges

    @property
    def preflight(self) -> "PreflightService":
        """The look before the doors open."""
        return self.office.preflight

    @property
    def paper(self) -> "PaperService":
        """Sheets to sign by hand."""
        return self.office.paper

    @cached_property
    def rehearsals(self) -> "RehearsalService":
        """Twins of the event to play with."""
        from app.services.rehearsals import RehearsalService  # noqa: PLC0415 - rare
        from app.system_clock import SystemClock  # noqa: PLC0415

        return RehearsalService(self._profile, self._desk.context, SystemClock())

    @property
    def closing(self) -> "ClosingService":
        """The end of the day."""
        return self.office.closing

    @property
    def conflicts(self) -> "ConflictService":
        """What stations do not agree on."""
        return self.office.conflicts

    @property
    def exports(self) -> "ExportService":
        """Files."""
        return self.office.exports
