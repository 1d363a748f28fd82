"""The services of the back office: rosters, badges, closing, files. Heavier than the door's."""

from dataclasses import dataclass

from app.services.badges import BadgeService
from app.services.bound_cards import BoundCardService
from app.services.closing import ClosingService
from app.services.conflicts import ConflictService
from app.services.context import EventContext
from app.services.exports import ExportService
from app.services.paper_entry import PaperService
from app.services.persons import PersonService
from app.services.preflight import PreflightService
from app.services.registrations import RegistrationService


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What organizers use, beside the door."""

    badges: BadgeService
    cards_bound: BoundCardService
    closing: ClosingService
    conflicts: ConflictService
    exports: ExportService
    persons: PersonService
    paper: PaperService
    preflight: PreflightService
    registrations: RegistrationService


def build_office(context: EventContext) -> Office:
    """Return the back office of an open event."""
    return Office(
        badges=BadgeService(context),
        cards_bound=BoundCardService(context),
        closing=ClosingService(context),
        conflicts=ConflictService(context),
        exports=ExportService(context),
        persons=PersonService(context),
        paper=PaperService(context),
        preflight=PreflightService(context),
        registrations=RegistrationService(context),
    )
