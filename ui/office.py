"""What the places beside the door need from the open event; the composition root hands it over."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from app.domain.plan import Plan, PlanWarning
from app.domain.words import Language, Words
from app.services.badges import BadgeService
from app.services.checkin import CheckinService
from app.services.closing import ClosingService
from app.services.conflicts import ConflictService
from app.services.exports import ExportService
from app.services.registrations import RegistrationService
from app.services.safety import SafetyState
from app.services.summaries import EventSummary, SessionSummary
from ui.hub.side import HubSide
from ui.place import Desk
from ui.theme import Scheme

if TYPE_CHECKING:  # made when the help desk is first visited
    from app.help_desk import HelpDesk
    from app.services.paper_entry import PaperService
    from app.services.preflight import PreflightService
    from app.services.rehearsals import RehearsalService
    from app.services.staff import StaffService
    from ui.readers.desk_readers import DeskReaders


class OpenEvents(Protocol):
    """The open event's plan, and the other events of the profile."""

    def now(self) -> datetime:
        """Return the present moment at the venue."""
        ...

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event by day."""
        ...

    def plan(self) -> Plan:
        """Return the plan of the open event."""
        ...

    def plan_warnings(self) -> tuple[PlanWarning, ...]:
        """Return the contradictions inside the open event's plan."""
        ...

    def list_events(self) -> tuple[EventSummary, ...]:
        """Return the profile's events."""
        ...

    def switch_event(self, event_id: str) -> None:
        """Make another event the current one; the root then opens it."""
        ...


class Backups(Protocol):
    """Safety copies of the open event, and where its key lies."""

    def last_backup_at(self) -> datetime | None:
        """Return when the last good backup was made, None if never."""
        ...

    def make_backup(self) -> Path:
        """Make an encrypted backup now and return its file."""
        ...

    def key_note(self) -> Words:
        """Say where the database key of this laptop is kept."""
        ...


class Safety(Protocol):
    """What survives a lost key, a broken file or a full disk."""

    def state(self) -> SafetyState:
        """Say how things stand."""
        ...

    def suggest_passphrase(self) -> str:
        """Return six words made by chance."""
        ...

    def set_passphrase(self, passphrase: str) -> None:
        """Seal the key with a passphrase. Raises InvalidInput for a weak one."""
        ...

    def turn_tape_on(self, folder: Path) -> None:
        """Let every act be written to a folder from now on. Raises InvalidInput."""
        ...

    def turn_tape_off(self) -> None:
        """Write no tape any more."""
        ...


class Preferences(Protocol):
    """How this laptop's window looks and sounds; changes apply at once and are kept."""

    def language(self) -> Language:
        """Return the window's language."""
        ...

    def set_language(self, language: Language) -> None:
        """Switch the window's language."""
        ...

    def scheme(self) -> Scheme:
        """Return light, dark or system."""
        ...

    def set_scheme(self, scheme: Scheme) -> None:
        """Switch light and dark."""
        ...

    def volume(self) -> int:
        """Return the sound volume, 0 to 100."""
        ...

    def set_volume(self, percent: int) -> None:
        """Set the sound volume, 0 to 100."""
        ...

    def flash(self) -> bool:
        """Whether the verdict flashes, for halls where nobody hears anything."""
        ...

    def set_flash(self, is_on: bool) -> None:
        """Let the verdict flash, or not."""
        ...

    def text_size(self) -> int:
        """Return the text size in percent, 100 to 200."""
        ...

    def set_text_size(self, percent: int) -> None:
        """Set the text size in percent, 100 to 200."""
        ...

    def try_sound(self) -> None:
        """Play the sound of a good check-in."""
        ...

    def idle_minutes(self) -> int:
        """Return after how many minutes without a hand the desk locks itself; 0: never."""
        ...

    def set_idle_minutes(self, minutes: int) -> None:
        """Set after how many minutes without a hand the desk locks itself; 0: never."""
        ...

    def seat(self) -> dict[str, str]:
        """Return the help-desk seat this laptop last was: session, staff, desk."""
        ...

    def keep_seat(self, seat: dict[str, str]) -> None:
        """Remember the help-desk seat."""
        ...


class OfficeServices(Protocol):
    """Everything the places beside the door ask."""

    @property
    def checkin(self) -> CheckinService:
        """The door, for live counts."""

    @property
    def registrations(self) -> RegistrationService:
        """Rosters and units."""

    @property
    def badges(self) -> BadgeService:
        """Badges."""

    @property
    def preflight(self) -> "PreflightService":
        """The look before the doors open."""

    @property
    def paper(self) -> "PaperService":
        """Sheets to sign by hand."""

    @property
    def rehearsals(self) -> "RehearsalService":
        """Twins of the event to play with."""

    @property
    def closing(self) -> ClosingService:
        """The end of the day."""

    @property
    def conflicts(self) -> ConflictService:
        """What stations do not agree on."""

    @property
    def exports(self) -> ExportService:
        """Files."""

    @property
    def help_desk(self) -> "HelpDesk":
        """Visits, issues and what belongs to them."""

    @property
    def events(self) -> OpenEvents:
        """Plan and events."""

    @property
    def backups(self) -> Backups:
        """Safety copies."""

    @property
    def safety(self) -> Safety:
        """Passphrase and paper tape."""

    @property
    def preferences(self) -> Preferences:
        """Language, look and sound."""

    @property
    def staff(self) -> "StaffService":
        """Who signs in at the desks."""

    @property
    def readers(self) -> "DeskReaders | None":
        """The readers of this laptop; None where no window listens."""

    @property
    def hub(self) -> HubSide:
        """The hub, the exchange with it, and the hub this laptop may run."""


def office_of(desk: Desk) -> OfficeServices:
    """Return the desk's services with those the door does not know."""
    return cast("OfficeServices", desk.services)
