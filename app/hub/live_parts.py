"""What one subject's facts add to an event's live figures: small values without personal data.

Facts come here without their private parts, so no name, number or free text can reach the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple

from app.domain.facts import Fact, FactKind, UnitId
from app.domain.fold import fold_unit, in_order
from app.domain.help_desk_fold import fold_tallies, fold_topic
from app.domain.people import Unit
from app.domain.plan import Plan, plan_from_json
from app.domain.verdict import RegistrationStatus
from app.domain.visit_fold import fold_visit
from app.domain.visits import Visit, VisitId, VisitState
from db.projection.device_rows import DEVICE, device_rows
from db.projection.rows import rows_of


class Place(NamedTuple):
    """A person's part in a session."""

    session: str
    unit: str
    """"" where it is not known."""
    is_registered: bool
    is_seen: bool
    """Whether any counting scan exists, also a lone exit."""
    first_in_ms: int | None
    is_present: bool


class HelpVisit(NamedTuple):
    """A visit's part in a help day."""

    session: str
    state: VisitState
    waiting_since_ms: int | None
    """While waiting: its wait so far, taken from now, ends here."""
    waited_ms: int
    """A wait that no longer grows: it was called before."""
    topics: tuple[str, ...]


class HelpTally(NamedTuple):
    """A question answered at the door."""

    session: str
    topic: str


@dataclass(frozen=True, slots=True)
class StationPart:
    """What facts say of a device."""

    device: str
    label: str
    letter: str
    role: str
    is_revoked: bool
    clock_offset_ms: int | None
    clock_error_ms: int | None


class TopicTitle(NamedTuple):
    """How people renamed a topic."""

    code: str
    title: str
    title_en: str


class Sealed(NamedTuple):
    """A session that was closed."""

    session: str


@dataclass(frozen=True, slots=True)
class EventPart:
    """The plan last published."""

    plan: Plan
    is_rehearsal: bool


Part = Place | HelpVisit | HelpTally | StationPart | TopicTitle | Sealed | EventPart | Unit


def parts_of(subject: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    """Return a subject's parts after all of its facts, in any order."""
    noun, _, key = subject.partition(":")
    make = _MAKERS.get(noun)
    return make(key, facts) if make is not None and facts else ()


def _person_parts(person: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    rows = rows_of(f"person:{person}", facts)
    about = rows.get(("person", person))
    unit = intern(about[3] or "") if about else ""
    registered = {
        key[2]: row[2] == RegistrationStatus.ACTIVE.value
        for key, row in rows.items()
        if key[0] == "registration"
    }
    seen = {key[2]: row for key, row in rows.items() if key[0] == "attendance"}
    return tuple(
        Place(
            session=intern(session),
            unit=unit,
            is_registered=registered.get(session, False),
            is_seen=session in seen,
            first_in_ms=seen[session][2] if session in seen else None,
            is_present=session in seen and bool(seen[session][4]),
        )
        for session in sorted(registered.keys() | seen.keys())
    )


def _visit_parts(visit_id: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    visit = fold_visit(VisitId(visit_id), facts)
    if visit is None:
        return ()
    since_ms, waited_ms = _wait_of(visit)
    topics = {issue.topic for issue in visit.issues.values() if issue.topic} or {visit.topic}
    return (
        HelpVisit(
            intern(visit.session), visit.state, since_ms, waited_ms, tuple(sorted(topics - {""}))
        ),
    )


def _wait_of(visit: Visit) -> tuple[int | None, int]:
    """Return when the wait would have begun without pauses, and a wait that stands still."""
    if visit.state is not VisitState.WAITING:
        return None, 0
    if visit.first_called_ms is not None:
        return None, visit.wait_ms(visit.first_called_ms)
    open_since = max((item.start_ms for item in visit.segments if item.end_ms is None), default=0)
    return open_since - visit.wait_ms(open_since), 0


def _tally_parts(session: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    return tuple(HelpTally(each.session, each.topic) for each in fold_tallies(session, facts))


def _unit_parts(unit_id: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    unit = fold_unit(UnitId(unit_id), facts)
    return (unit,) if unit is not None else ()


def _session_parts(session: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    return (Sealed(session),) if rows_of(f"session:{session}", facts) else ()


def _event_parts(_event: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    plans = [fact for fact in in_order(facts) if fact.kind == FactKind.PLAN_PUBLISHED]
    if not plans:
        return ()
    is_rehearsal = bool(plans[0].body.get("rehearsal"))
    return (EventPart(plan_from_json(plans[-1].body["plan"]), is_rehearsal),)


def _topic_parts(code: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    topic = fold_topic(code, facts)
    if topic is None:
        return ()
    return (TopicTitle(code, topic.title or "", topic.title_en or ""),)


def _device_parts(device: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    row = device_rows(device, facts)["device", device]
    named = dict(zip(DEVICE.columns, row, strict=True))
    corrections = [fact for fact in in_order(facts) if fact.kind == FactKind.CLOCK_CORRECTED]
    last = corrections[-1].body if corrections else {}
    return (
        StationPart(
            device=device,
            label=named["label"],
            letter=named["letter"],
            role=named["role"],
            is_revoked=named["revoked_ms"] is not None,
            clock_offset_ms=last.get("offset_ms"),
            clock_error_ms=last.get("error_ms"),
        ),
    )


_MAKERS: dict[str, Callable[[str, Sequence[Fact]], tuple[Part, ...]]] = {
    "event": _event_parts,
    "session": _session_parts,
    "device": _device_parts,
    "unit": _unit_parts,
    "topic": _topic_parts,
    "tally": _tally_parts,
    "visit": _visit_parts,
    "person": _person_parts,
}
"""In the order in which a page that is still being read makes sense earliest."""
NOUNS = tuple(_MAKERS)
