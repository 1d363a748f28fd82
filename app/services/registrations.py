"""Units and rosters: bringing them in, and reading them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind, PersonId, UnitId
from app.domain.people import Unit, id_tail, short_unit_name
from app.domain.text import fold_text
from app.domain.words import Words
from app.roster.draft import Progress
from app.roster.unit_index import UnitIndex
from app.services import roster_imports
from app.services.context import EventContext
from app.services.people import PersonCard
from app.services.roster_imports import ImportChoices, RosterChange, RosterPreview
from app.services.unit_imports import UnitImport, import_unit_list
from db.queries import participation
from db.queries import roster as queries
from db.queries.roster import RosterLine
from db.queries.units import list_units

__all__ = [
    "Progress",
    "RegistrationService",
    "RosterChange",
    "RosterPreview",
    "RosterRow",
    "UnitImport",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One registration as the roster place lists it."""

    person: PersonCard
    session: str
    status: str
    origin: str
    arrived_at: datetime | None
    left_at: datetime | None
    badge_code: str
    has_id: bool
    phone: str = ""


class RegistrationService:
    """Rosters and units of one event."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def preview_roster(
        self,
        file: Path,
        session: str,
        *,
        mapping: Mapping[str, str] | None = None,
        skip_kinds: Sequence[str] = (),
        cancel_gone: bool = False,
        progress: Progress | None = None,
    ) -> RosterPreview:
        """Read a file and say what importing it would do. Raises InvalidInput, NotFound, Cancelled.

        `skip_kinds`: rows with a problem of these kinds are left out.
        """
        choices = ImportChoices(mapping=mapping, skip_kinds=skip_kinds, cancel_gone=cancel_gone)
        return roster_imports.preview(self._context, file, session, choices, progress)

    def import_roster(
        self,
        file: Path,
        session: str,
        *,
        mapping: Mapping[str, str] | None = None,
        skip_kinds: Sequence[str] = (),
        cancel_gone: bool = False,
        progress: Progress | None = None,
    ) -> RosterPreview:
        """Apply a file in one transaction and return what was done (same shape as the preview)."""
        choices = ImportChoices(mapping=mapping, skip_kinds=skip_kinds, cancel_gone=cancel_gone)
        return roster_imports.apply(self._context, file, session, choices, progress)

    def import_units(self, file: Path, *, progress: Progress | None = None) -> UnitImport:
        """Add or amend units from the Ministry's CSV or any sheet with name (+ code, township)."""
        return import_unit_list(self._context, file, progress)

    def list_units(self) -> tuple[Unit, ...]:
        """Return every unit, by region, township and name."""
        with self._context.database.read() as connection:
            return tuple(list_units(connection))

    def find_units(self, text: str, *, limit: int = 20) -> tuple[Unit, ...]:
        """Return units whose name or code contains 1+ characters, those beginning with it first."""
        wanted = fold_text(text)
        if not wanted:
            return ()
        hits = [unit for unit in self.list_units() if _contains(unit, wanted)]
        hits.sort(key=lambda unit: _rank(unit, wanted))
        return tuple(hits[:limit])

    def find_unit_id(self, text: str) -> UnitId | None:
        """Return the unit a text names, by code or by name and level."""
        county = self._context.plan.county
        return UnitIndex(self.list_units(), county=county).find(text)

    def list_roster(
        self, session: str, *, text: str = "", limit: int = 5000
    ) -> tuple[RosterRow, ...]:
        """Return a session's registrations by unit and name."""
        self._context.get_session(session)
        with self._context.database.orm() as db:
            lines = queries.list_registrations(db, session, text=text, limit=limit)
            return tuple(self._roster_row(line) for line in lines)

    def _roster_row(self, line: RosterLine) -> RosterRow:
        person, registration = line.person, line.registration
        local = self._context.local
        return RosterRow(
            person=PersonCard(
                id=PersonId(person.id),
                name=person.name,
                unit=short_unit_name(line.unit_name),
                title=person.title,
                id_tail=id_tail(person.id_number),
                attention=person.attention,
            ),
            session=registration.session,
            status=registration.status,
            origin=registration.origin,
            arrived_at=local(line.first_in_ms) if line.first_in_ms is not None else None,
            left_at=local(line.last_out_ms) if line.last_out_ms is not None else None,
            badge_code=line.badge_code,
            has_id=bool(person.id_number),
            phone=person.phone,
        )

    def cancel_registration(self, person_id: PersonId, session: str, reason: str) -> None:
        """Cancel one registration with a reason. Raises InvalidInput, NotFound."""
        if not reason.strip():
            raise InvalidInput(
                Words(zh="取消報名需要理由。", en="Cancelling needs a reason."), field="reason"
            )
        with self._context.database.write() as connection:
            if person_id not in queries.list_registered(connection, session):
                raise NotFound(
                    Words(zh="這個人沒有報名這個場次。", en="This person is not registered here.")
                )
            draft = Draft(
                kind=FactKind.REGISTRATION_CANCELLED,
                subject=f"person:{person_id}",
                body={"session": session},
                private={"reason": reason.strip()},
                actor=self._context.actor,
            )
            self._context.journal.append(connection, [draft])

    def count_attended(self) -> int:
        """Return how many different people have come to any session of the event."""
        with self._context.database.read() as connection:
            return participation.count_people(connection)

    def missing_units(self, course: str) -> tuple[Unit, ...]:
        """Return the units nobody of whom has attended any session of a course yet."""
        sessions = [item.code for item in self._context.plan.sessions if item.course == course]
        with self._context.database.read() as connection:
            turnout = participation.list_units(connection, sessions)
            units = {unit.id: unit for unit in list_units(connection)}
        return tuple(units[UnitId(item.id)] for item in turnout if not item.attended)


def _contains(unit: Unit, wanted: str) -> bool:
    return wanted in fold_text(unit.name) or unit.code.startswith(wanted)


def _rank(unit: Unit, wanted: str) -> tuple[bool, int, str]:
    name = fold_text(short_unit_name(unit.name))
    return not name.startswith(wanted), len(name), name
