"""Making a rehearsal's file: the real event's plan, units, people and badges, under other ids."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace

from app.domain.clock import Clock, Uuid7Series
from app.domain.errors import VenueDeskError
from app.domain.facts import Draft, FactKind, PersonId
from app.domain.people import PersonData
from app.domain.plan import EventSession
from app.services.context import EventContext
from app.services.opening import create_event_file, open_event_file
from app.services.profile import Profile
from app.services.rehearsals import marked_context
from app.services.shifted_clock import ShiftedClock
from app.services.thrown_away import sweep, throw_away
from db.engine import Connection
from db.queries.roster import list_people
from db.queries.units import list_units

TOLD = tuple(item.name for item in fields(PersonData) if item.name != "unit_id")
"""The personal data a registration tells."""


def make_twin(
    profile: Profile, real: EventContext, clock: Clock, held: EventSession, shift_ms: int
) -> str:
    """Make a rehearsal of an event and make it current; return its id."""
    marked = marked_context(replace(real, rehearsal=True))
    event_id = create_event_file(
        profile,
        marked.plan,
        ShiftedClock(clock, shift_ms),
        rehearsal=True,
        told={"twin_of": real.event_id, "shift_ms": shift_ms, "rehearsed": held.code},
    )
    opened = open_event_file(profile, event_id, clock, actor=real.actor)
    twin = opened.context
    try:
        with real.database.read() as connection:
            copy = _Copy(connection, twin)
            units, newcomers, later = copy.units(), list(copy.newcomers()), list(copy.later())
        with twin.database.write() as connection:
            twin.journal.append(connection, units, known={draft.subject: () for draft in units})
            twin.journal.append_newcomers(connection, newcomers)
            twin.journal.append(connection, later)
    except BaseException:
        throw_away(profile, event_id)
        profile.set_current(real.event_id)
        raise
    finally:
        opened.close()
    return event_id


def drop_twins(profile: Profile, event_id: str) -> None:
    """Throw away what is left of earlier rehearsals of an event."""
    for other in profile.list_event_ids():
        with suppress(VenueDeskError):  # of another key, damaged: not ours to throw away
            if _twin_of(profile, other) == event_id:
                throw_away(profile, other)
    sweep(profile)


def _twin_of(profile: Profile, event_id: str) -> str:
    """Return the event a file is a twin of, from its opening fact."""
    opened = open_event_file(profile, event_id, _STILL, actor="")
    opened.database.close()
    return opened.context.twin_of


class _Still:
    """A clock for looking only."""

    def wall_ms(self) -> int:
        return 0

    def mono_ms(self) -> int:
        return 0

    def boot_id(self) -> str:
        return ""

    def tz_minutes(self) -> int:
        return 0


_STILL = _Still()


class _Copy:
    """Reads an event's people once and tells them as facts of the twin, with ids of its own."""

    def __init__(self, connection: Connection, twin: EventContext) -> None:
        self._connection = connection
        self._actor = twin.actor
        self._ids, self._now_ms = Uuid7Series(), twin.clock.wall_ms()
        self._unit_ids: dict[str, str] = {}
        self._person_ids: dict[str, str] = {}
        self._registrations = connection.execute(
            "SELECT person_id, session, status, origin FROM registration"
            " ORDER BY person_id, status, session"
        ).fetchall()

    def units(self) -> list[Draft]:
        """Return the units."""
        return [
            Draft(
                kind=FactKind.UNIT_ADDED,
                subject=f"unit:{self._new(self._unit_ids, unit.id)}",
                body={
                    "name": unit.name,
                    "code": unit.code,
                    "level": unit.level.value,
                    "township": unit.township,
                    "region": unit.region,
                    "phone": unit.phone,
                },
                actor=self._actor,
            )
            for unit in list_units(self._connection)
        ]

    def newcomers(self) -> Iterator[Draft]:
        """Yield everybody with the first registration."""
        people = {person.id: person.data for person in list_people(self._connection)}
        for person_id, session, _status, origin in self._registrations:
            data = people.get(PersonId(person_id))
            if data is None or person_id in self._person_ids:
                continue
            body = {"session": session, "origin": origin}
            if data.unit_id is not None and data.unit_id in self._unit_ids:
                body["unit_id"] = self._unit_ids[data.unit_id]
            told = {name: value for name in TOLD if (value := getattr(data, name))}
            self._new(self._person_ids, person_id)
            yield self._draft(FactKind.REGISTRATION_ADDED, person_id, body, told)

    def later(self) -> Iterator[Draft]:
        """Yield further registrations, cancellations and badges, those taken back too."""
        first: set[str] = set()
        for person_id, session, status, origin in self._registrations:
            if person_id not in self._person_ids:
                continue
            if person_id in first:
                body = {"session": session, "origin": origin}
                yield self._draft(FactKind.REGISTRATION_ADDED, person_id, body)
            first.add(person_id)
            if status == "cancelled":
                kind = FactKind.REGISTRATION_CANCELLED
                yield self._draft(kind, person_id, {"session": session})
        badges = self._connection.execute(
            "SELECT person_id, code, revoked_ms FROM badge ORDER BY person_id, code"
        ).fetchall()
        for person_id, code, revoked_ms in badges:
            if person_id in self._person_ids:
                yield self._draft(FactKind.BADGE_ISSUED, person_id, {"code": code})
                if revoked_ms is not None:
                    yield self._draft(FactKind.BADGE_REVOKED, person_id, {"code": code})

    def _new(self, ids: dict[str, str], old: str) -> str:
        ids[old] = self._ids.next(self._now_ms)
        return ids[old]

    def _draft(
        self,
        kind: FactKind,
        person_id: str,
        body: dict[str, str],
        told: dict[str, str] | None = None,
    ) -> Draft:
        return Draft(
            kind=kind,
            subject=f"person:{self._person_ids[person_id]}",
            body=body,
            private=told or None,
            actor=self._actor,
        )
