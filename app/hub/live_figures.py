"""The live figures as the page gets them: JSON with counts and names of schools, never of people.

`to_json` holds no time of reading, so that equal figures are equal bytes and need not be sent.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.domain.people import Unit
from app.domain.plan import EventSession, Plan, SessionKind
from app.domain.text import fold_text
from app.domain.visits import VisitState
from app.hub.live_counts import STEP_MS, LiveCounts
from app.hub.live_source import ChainEnd, Contact
from app.services.regions import region_of_township

if TYPE_CHECKING:
    from app.hub.live import EventFollower

MOST_BARS = 288
"""A day of five minutes: what a wrong clock puts further away is counted in the last bar."""
MOST_TOPICS = 12
_CONTACT_MS = 5_000
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Look:
    """What one reading works on."""

    counts: LiveCounts
    plan: Plan
    now_ms: int


@dataclass(frozen=True)
class LiveFigures:
    """One reading of an event's figures."""

    document: Mapping[str, Any]

    @cached_property
    def body(self) -> bytes:
        """The figures as JSON."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def tag(self) -> str:
        """An entity tag: other figures, another tag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def figures_of(
    event_id: str,
    follower: "EventFollower",
    contacts: Sequence[Contact],
    ends: Sequence[ChainEnd],
    now_ms: int,
) -> LiveFigures:
    """Return what the page shows now."""
    counts, (counted, known) = follower.counts, follower.progress
    document: dict[str, Any] = {
        "event": event_id,
        "facts": follower.reach.facts,
        "complete": follower.is_complete,
        "counted": None if follower.is_complete else [counted, known],
        "not_understood": len(follower.unread),
        "plan": None,
        "sessions": [],
        "missing_anywhere": {},
        "stations": _stations(counts, contacts, ends),
    }
    if counts.event is not None:
        plan = counts.event.plan
        look = _Look(counts, plan, now_ms)
        seen = _seen_by_course(look)
        document |= {
            "plan": {
                "title": plan.title,
                "organiser": plan.organiser,
                "county": plan.county,
                "zone": plan.timezone,
                "rehearsal": counts.event.is_rehearsal,
                "units": len(counts.units),
            },
            "sessions": [
                _session(look, session, seen[session.course]) for session in plan.sessions
            ],
            "missing_anywhere": _unregistered(look, seen),
        }
    return LiveFigures(document)


def _seen_by_course(look: _Look) -> dict[str, set[str]]:
    """Return the units somebody of whom was seen at any session of a course."""
    seen: dict[str, set[str]] = {course.code: set() for course in look.plan.courses}
    for session in look.plan.sessions:
        counts = look.counts.sessions.get(session.code)
        if counts is not None:
            seen[session.course] |= counts.unit_seen.keys()
    return seen


def _session(look: _Look, session: EventSession, seen: set[str]) -> dict[str, Any]:
    plan = look.plan
    titles = {batch.code: batch.title for batch in plan.batches}
    document = {
        "code": session.code,
        "kind": session.kind.value,
        "title": session.title,
        "course": plan.course_of(session).title,
        "course_code": session.course,
        "on": session.held_on.isoformat(),
        "venue": plan.venue_of(session).name,
        "batch": titles.get(session.batch, session.batch),
        "from": session.starts_at.isoformat("minutes"),
        "until": session.ends_at.isoformat("minutes"),
        "state": _state(look, session),
    }
    if session.kind is SessionKind.HELPDESK:
        return document | {"help": _help(look, session.code)}
    counts = look.counts.sessions[session.code]
    missing = [unit for unit in counts.unit_expected if unit not in seen]
    return document | {
        "expected": counts.expected,
        "arrived": counts.arrived,
        "present": counts.present,
        "left": counts.arrived - counts.present,
        "arrivals": _bars(counts.arrivals),
        "units": len(counts.unit_expected),
        "units_seen": len(counts.unit_expected) - len(missing),
        "missing": _schools(look, missing, counts.unit_expected),
    }


def _state(look: _Look, session: EventSession) -> str:
    if session.code in look.counts.sealed:
        return "sealed"
    now = datetime.fromtimestamp(look.now_ms / 1000, UTC)
    if now < look.plan.moment(session, session.sign_in_from):
        is_today = now.astimezone(look.plan.zone).date() == session.held_on
        return "today" if is_today else "upcoming"
    if now < look.plan.moment(session, session.starts_at):
        return "signing_in"
    return "running" if now < look.plan.moment(session, session.ends_at) else "over"


def _bars(arrivals: Mapping[int, int]) -> dict[str, Any]:
    """Return first entries per five minutes, from the first to the last, without holes."""
    if not arrivals:
        return {"from_ms": None, "step_ms": STEP_MS, "counts": []}
    first = min(arrivals)
    bars = [0] * (min((max(arrivals) - first) // STEP_MS, MOST_BARS - 1) + 1)
    for start, count in arrivals.items():
        bars[min((start - first) // STEP_MS, len(bars) - 1)] += count
    return {"from_ms": first, "step_ms": STEP_MS, "counts": bars}


def _schools(
    look: _Look, unit_ids: Sequence[str], expected: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return schools by region, township and code; people of unknown units are in no list."""
    regions = region_of_township(look.plan)
    units = [look.counts.units[each] for each in unit_ids if each in look.counts.units]

    def region_of(unit: Unit) -> str:
        return unit.region or regions.get(fold_text(unit.township), "")

    units.sort(key=lambda unit: (region_of(unit), unit.township, unit.code, unit.name))
    return [
        {
            "name": unit.name,
            "township": unit.township,
            "region": region_of(unit),
            "phone": unit.phone,
            "people": expected.get(unit.id, 0),
        }
        for unit in units
    ]


def _unregistered(look: _Look, seen: Mapping[str, set[str]]) -> dict[str, list[dict[str, Any]]]:
    """Return, per course, the schools that are on no roster of it and of whom nobody came."""
    found = {}
    for course in look.plan.courses:
        sessions = [item for item in look.plan.sessions if item.course == course.code]
        if not any(item.kind is SessionKind.BRIEFING for item in sessions):
            continue
        awaited = set(seen[course.code])
        for session in sessions:
            awaited |= look.counts.sessions[session.code].unit_expected.keys()
        found[course.code] = _schools(look, sorted(look.counts.units.keys() - awaited), {})
    return found


def _help(look: _Look, session: str) -> dict[str, Any]:
    day = look.counts.help_days[session]
    states = day.states
    return {
        "arrived": sum(states.values()),
        "waiting": states[VisitState.WAITING],
        "called": states[VisitState.CALLED],
        "serving": states[VisitState.SERVING],
        "parked": states[VisitState.PARKED],
        "done": states[VisitState.DONE],
        "gone": states[VisitState.GONE],
        "tallies": day.tallies,
        "longest_wait_min": day.longest_wait_ms(look.now_ms) // _MINUTE_MS,
        "topics": _topics(look, day.topics),
    }


def _topics(look: _Look, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the busiest topic groups; subtopics are counted with their group."""
    group_of = {sub.code: topic.code for topic in look.plan.topics for sub in topic.subtopics}
    titles = {topic.code: (topic.title, topic.title_en) for topic in look.plan.topics}
    for each in look.counts.topics.values():
        planned = titles.get(each.code, (each.code, ""))
        titles[each.code] = (each.title or planned[0], each.title_en or planned[1])
    groups: dict[str, int] = {}
    for code, count in counted.items():
        group = group_of.get(code, code)
        groups[group] = groups.get(group, 0) + count
    busiest = sorted(groups.items(), key=lambda item: (-item[1], item[0]))[:MOST_TOPICS]
    return [
        {"code": code, "title": title, "title_en": title_en, "count": count}
        for code, count in busiest
        for title, title_en in [titles.get(code, (code, ""))]
    ]


def _stations(
    counts: LiveCounts, contacts: Sequence[Contact], ends: Sequence[ChainEnd]
) -> list[dict[str, Any]]:
    """Return the devices: those enrolled here, and those that came by way of another hub."""
    enrolled = {contact.device: contact for contact in contacts}
    newest: dict[str, ChainEnd] = {}
    facts: dict[str, int] = {}
    for end in ends:
        facts[end.device] = facts.get(end.device, 0) + end.seq
        last = newest.get(end.device)
        if last is None or end.received_ms >= last.received_ms:
            newest[end.device] = end
    devices = [each for each in {**enrolled, **newest} if not each.startswith("hub-")]
    rows = [
        _station(counts, device, enrolled.get(device), newest.get(device), facts.get(device, 0))
        for device in devices
    ]
    return sorted(rows, key=lambda row: (row["revoked"], row["letter"] or "~", row["label"]))


def _station(
    counts: LiveCounts, device: str, contact: Contact | None, end: ChainEnd | None, facts: int
) -> dict[str, Any]:
    part = counts.stations.get(device)
    last_ms = max((contact.last_contact_ms or 0) if contact else 0, end.received_ms if end else 0)
    offset_ms = part.clock_offset_ms if part else None
    if offset_ms is None and end is not None and end.offset_quality == "measured":
        offset_ms = end.offset_ms
    return {
        "label": (contact.label if contact else "") or (part.label if part else ""),
        "letter": (contact.letter if contact else "") or (part.letter if part else ""),
        "role": (contact.role if contact else "") or (part.role if part else ""),
        "waiting": bool(contact and contact.status == "waiting"),
        "revoked": bool(contact and contact.status == "revoked") or bool(part and part.is_revoked),
        "here": contact is not None,
        "last_contact_ms": last_ms // _CONTACT_MS * _CONTACT_MS or None,
        "facts": facts,
        "clock_offset_ms": offset_ms,
        "clock_error_ms": part.clock_error_ms if part else None,
        "clock_quality": end.offset_quality if end else "unknown",
    }
