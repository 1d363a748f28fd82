"""What a place of the window is, and what the window gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.words import Words
from ui.background import ProgressReport, T, TaskRunner
from ui.changes import Change, Changes
from ui.station import StationState

if TYPE_CHECKING:  # the shell paints before the services are even imported
    from app.help_desk import HelpDesk
    from app.services.badges import BadgeService
    from app.services.bound_cards import BoundCardService
    from app.services.checkin import CheckinService
    from app.services.closing import ClosingService
    from app.services.events import SessionSummary
    from app.services.people import PeopleService
    from app.services.persons import PersonService
    from app.services.registrations import RegistrationService
    from app.services.staff import StaffService


class SessionSource(Protocol):
    """Where the sessions of the open event come from."""

    def list_sessions(self) -> "tuple[SessionSummary, ...]":
        """Return the sessions by day."""


class Services(Protocol):
    """The services of the open event, as the composition root hands them over."""

    @property
    def checkin(self) -> "CheckinService":
        """The door."""

    @property
    def people(self) -> "PeopleService":
        """Finding people."""

    @property
    def registrations(self) -> "RegistrationService":
        """Rosters and units."""

    @property
    def cards_bound(self) -> "BoundCardService":
        """Cards people carry, as badges."""

    @property
    def persons(self) -> "PersonService":
        """Single people and changes by hand."""

    @property
    def badges(self) -> "BadgeService":
        """Badges."""

    @property
    def closing(self) -> "ClosingService":
        """The end of the day."""

    @property
    def help_desk(self) -> "HelpDesk":
        """Visits, issues and what belongs to them."""

    @property
    def staff(self) -> "StaffService":
        """Who signs in at this desk."""

    @property
    def events(self) -> SessionSource:
        """The plan and its sessions."""


class LongWork(Protocol):
    """Runs slow work with a progress strip and a cancel button, never a dialog."""

    def __call__(
        self,
        title: str,
        work: Callable[[ProgressReport], T],
        on_done: Callable[[T], object],
        *,
        owner: QObject,
    ) -> None:
        """Hand the report to a service as its `progress`; errors go to the notice strip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the window gives every place: services, background work, and a voice."""

    services: Services
    tasks: TaskRunner
    changes: Changes
    station: StationState
    report: Callable[[Exception], None]
    """Shows an error with its remedy; never modal."""
    notice: Callable[[str], None]
    """Shows a short good or neutral message."""
    long_work: LongWork
    go_to: Callable[[str], None]
    """Opens another place by its key."""


class PlaceView(QWidget):
    """Base of every place's view; override what the place cares about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")

    def opened(self) -> None:
        """The place was brought to the front: put the focus where work starts."""

    def reload(self, changes: frozenset[Change]) -> None:
        """Something of these kinds changed; called when in front, or on the next visit."""

    def show_page(self, page: str) -> None:
        """Bring one of the place's pages to the front, by its name."""

    def take_scan(self, text: str) -> bool:  # noqa: ARG002 - for those who override
        """Use a scanned text here instead of judging it at the door; True when used."""
        return False

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return (key, what it does) for the key map."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One line of the left rail; `build` imports and makes the view on the first visit.

    Example: `Place(key="roster", title=Words(zh="名冊", en="Roster"), build=_roster)` where
    `def _roster(desk: Desk) -> PlaceView: from ui.screens.roster... import ...`.
    `resources/icons/<key>.svg` and `resources/help/<lang>/<key>.md` belong to it.
    """

    key: str
    title: Words
    build: Callable[[Desk], PlaceView] | None = None
    """None: the check-in place, which the window makes itself, or a place not made yet."""
