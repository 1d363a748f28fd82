"""Consultants: who they are, what they know, when they are on duty, how much they did."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from app.domain.clock import ms_of, uuid7
from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import Consultant, DutyPeriod, DutyState
from app.domain.text import fold_text
from app.domain.visits import Seat, Visit, VisitState
from app.domain.words import Words
from app.services.context import EventContext
from app.services.text_lengths import check_lengths
from app.services.visit_acts import duty_draft, forgotten_duty, get_help_day
from app.services.visit_views import ConsultantLoad
from db.engine import Connection
from db.queries import visits, visits_desk

PRIVATE = frozenset(("name", "name_en", "unit_text", "title"))
_FIELDS = frozenset(item.name for item in fields(Consultant)) - {"id"}


class ConsultantService:
    """The support group of one event."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def add(self, name: str, **told: Any) -> Consultant:
        """Add somebody: name, and name_en, unit_text, title, skills (group → 1 or 2)."""
        with self._context.database.write() as connection:
            return self._add(connection, {"name": name} | told)

    def amend(self, consultant_id: str, **changes: Any) -> Consultant:
        """Change what is known of a consultant. Raises NotFound, InvalidInput."""
        with self._context.database.write() as connection:
            self._get(connection, consultant_id)
            return self._record(connection, consultant_id, changes)

    def find_or_add(self, name: str) -> Consultant:
        """Return the consultant of this name, added where nobody has it."""
        wanted = fold_text(name)
        with self._context.database.write() as connection:
            for known in visits_desk.list_consultants(connection):
                if fold_text(known.name) == wanted:
                    return known
            return self._add(connection, {"name": name})

    def list_consultants(self) -> tuple[Consultant, ...]:
        """Return everybody, by name; those who are not active any more too."""
        with self._context.database.read() as connection:
            return tuple(visits_desk.list_consultants(connection))

    def set_duty(
        self, staff: str, state: DutyState, seat: Seat, *, at: datetime | None = None
    ) -> tuple[DutyPeriod, ...]:
        """Go on duty, on a break, away or off; return the help day's periods.

        Whoever is so already at this desk is left alone.
        """
        get_help_day(self._context, seat.session)
        with self._context.database.write() as connection:
            self._get(connection, staff)
            now = visits_desk.find_open_duty(connection, staff)
            standing = (now.state, now.desk, now.session) if now else None
            is_off = state in (DutyState.OFF, DutyState.AWAY)
            if standing != (state, seat.desk, seat.session) and not (is_off and now is None):
                at_ms = None if at is None else ms_of(at)
                drafts = [duty_draft(self._context, staff, state, seat, at_ms)]
                if now is not None and now.session != seat.session:
                    drafts.insert(0, forgotten_duty(self._context, now))
                self._context.journal.append(connection, drafts)
            return tuple(visits_desk.list_duty(connection, seat.session))

    def list_duty(self, session: str) -> tuple[DutyPeriod, ...]:
        """Return a help day's duty periods and breaks, oldest first."""
        with self._context.database.read() as connection:
            return tuple(visits_desk.list_duty(connection, session))

    def end_day(self, session: str) -> int:
        """End every open period at the day's end or now, whichever was first; return how many."""
        get_help_day(self._context, session)
        with self._context.database.write() as connection:
            open_ones = [p for p in visits_desk.list_duty(connection, session) if p.end_ms is None]
            self._context.journal.append(
                connection, [forgotten_duty(self._context, item) for item in open_ones]
            )
        return len(open_ones)

    def loads(self, session: str) -> tuple[ConsultantLoad, ...]:
        """Return what each consultant did at a help day: those on duty or with visits, by name."""
        with self._context.database.read() as connection:
            people = visits_desk.list_consultants(connection)
            duty = visits_desk.list_duty(connection, session)
            known = visits.list_visits(connection, session)
        now_ms = self._context.clock.wall_ms()
        loads = (_load(person, duty, known, now_ms) for person in people)
        return tuple(
            load for load in loads if load.duty_ms or load.visits or load.consultant.active
        )

    def _add(self, connection: Connection, told: Mapping[str, Any]) -> Consultant:
        return self._record(connection, uuid7(self._context.clock.wall_ms()), told)

    def _record(
        self, connection: Connection, consultant_id: str, told: Mapping[str, Any]
    ) -> Consultant:
        values = _checked(told)
        draft = Draft(
            kind=FactKind.CONSULTANT_RECORDED,
            subject=f"consultant:{consultant_id}",
            body={name: value for name, value in values.items() if name not in PRIVATE},
            private={name: value for name, value in values.items() if name in PRIVATE} or None,
            actor=self._context.actor,
        )
        self._context.journal.append(connection, [draft])
        return self._get(connection, consultant_id)

    def _get(self, connection: Connection, consultant_id: str) -> Consultant:
        known = visits_desk.find_consultant(connection, consultant_id)
        if known is None:
            raise NotFound(Words(zh="沒有這位諮詢人員。", en="There is no such consultant."))
        return known


def _checked(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told with its texts trimmed. Raises InvalidInput."""
    if unknown := told.keys() - _FIELDS:
        raise TypeError(f"no such field: {sorted(unknown)}")
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in told.items()
    }
    if not fold_text(values.get("name", "x")):
        raise InvalidInput(Words(zh="請輸入姓名。", en="Enter a name."), field="name")
    check_lengths({name: text for name, text in values.items() if name in PRIVATE})
    if "skills" in values:
        values["skills"] = {group: level for group, level in values["skills"].items() if level > 0}
        if any(level > 2 for level in values["skills"].values()):
            raise InvalidInput(Words(zh="專長是 0 到 2。", en="A skill is 0 to 2."), field="skills")
    return values


def _load(
    person: Consultant, duty: Iterable[DutyPeriod], known: Iterable[Visit], now_ms: int
) -> ConsultantLoad:
    mine = [period for period in duty if period.staff == person.id]
    now = next((period for period in mine if period.end_ms is None), None)
    served = [visit for visit in known if any(s.staff == person.id for s in visit.segments)]
    held = [visit for visit in served if person.id in visit.claims]
    return ConsultantLoad(
        consultant=person,
        state=now.state if now else DutyState.OFF,
        desk=now.desk if now else "",
        ticket=held[0].ticket if held else "",
        duty_ms=_duty_ms(mine, DutyState.ON, now_ms),
        break_ms=_duty_ms(mine, DutyState.BREAK, now_ms),
        serving_ms=sum(_serving_ms(visit, person.id, now_ms) for visit in served),
        visits=sum(1 for visit in served if _serving_ms(visit, person.id, now_ms) > 0),
        issues=sum(1 for v in known for issue in v.issues.values() if issue.staff == person.id),
    )


def _duty_ms(periods: Iterable[DutyPeriod], state: DutyState, now_ms: int) -> int:
    return sum(
        max(0, (now_ms if item.end_ms is None else item.end_ms) - item.start_ms)
        for item in periods
        if item.state is state
    )


def _serving_ms(visit: Visit, staff: str, now_ms: int) -> int:
    return sum(
        max(0, (now_ms if item.end_ms is None else item.end_ms) - item.start_ms)
        for item in visit.segments
        if item.staff == staff and item.state is VisitState.SERVING
    )
