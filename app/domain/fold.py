"""Folding: the facts of one subject, in any order, give one state.

Facts are ordered by corrected time, then hybrid clock, then fact id, so every journal that holds
the same facts shows the same state.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from app.domain.clock import moment_of
from app.domain.facts import Fact, FactId, FactKind, PersonId, UnitId
from app.domain.people import PersonData, Unit, UnitLevel
from app.domain.verdict import Direction, PastScan, RegistrationStatus, Verdict

PERSON_FIELDS = tuple(item.name for item in fields(PersonData))


def corrected_ms(fact: Fact) -> int:
    """Return when a fact happened by the best knowledge it carries (UTC ms)."""
    return fact.at + fact.offset_ms


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in the total order of the journal, duplicates dropped."""
    facts = list(facts)
    if len(facts) == 1:  # a roster import has a hundred thousand of these
        return facts
    unique = {fact.id: fact for fact in facts}
    return sorted(unique.values(), key=lambda fact: (fact.at + fact.offset_ms, fact.hlc, fact.id))


@dataclass(slots=True)
class RegistrationState:
    """One person's place on one session's roster."""

    status: RegistrationStatus
    origin: str
    added_ms: int
    cancelled_ms: int | None = None


@dataclass(slots=True)
class BadgeState:
    """One badge code of a person."""

    issued_ms: int
    revoked_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ScanState:
    """One scan with what became of it."""

    fact_id: FactId
    at_ms: int
    body: Mapping[str, Any]
    actor: str
    offset_quality: str
    voided_ms: int | None = None
    admitted: bool = False

    @property
    def counts(self) -> bool:
        """Whether the scan changes attendance: counted or admitted, and not undone."""
        return self.voided_ms is None and (bool(self.body["counts"]) or self.admitted)

    def past_scan(self) -> PastScan:
        """Return the scan as the rules see it."""
        return PastScan(
            at=moment_of(self.at_ms),
            station=self.body["station"],
            direction=Direction(self.body["direction"]),
            verdict=Verdict(self.body["verdict"]),
            counts=self.counts,
            badge_code=self.body.get("code", ""),
            fact_id=self.fact_id,
            hand_entered=bool(self.body.get("hand_entered")),
            offset_quality=self.offset_quality,
        )


@dataclass(frozen=True, slots=True)
class DecisionState:
    """The standing decision on a course's hours, made at one session of it."""

    course: str
    granted: bool
    hours: int
    reason: str
    actor: str
    at_ms: int


@dataclass(slots=True)
class PersonState:
    """Everything known of one person."""

    id: PersonId
    data: PersonData | None = None
    registrations: dict[str, RegistrationState] = field(default_factory=dict)
    badges: dict[str, BadgeState] = field(default_factory=dict)
    scans: dict[FactId, ScanState] = field(default_factory=dict)
    decisions: dict[str, DecisionState] = field(default_factory=dict)
    """Session code → the last decision there."""

    def scans_at(self, session: str) -> tuple[PastScan, ...]:
        """Return the scans at a session that were not undone, as the rules see them."""
        return tuple(
            scan.past_scan()
            for scan in self.scans.values()
            if scan.voided_ms is None and scan.body["session"] == session
        )


def fold_person(person_id: PersonId, facts: Iterable[Fact]) -> PersonState:
    """Fold one person's facts: their own, or of all who were merged with them too."""
    state = PersonState(person_id)
    ordered = in_order(facts)
    own = f"person:{person_id}"
    if any(fact.subject != own for fact in ordered):
        _fold_together(state, ordered, own)
    else:
        for fact in ordered:
            step = _PERSON_STEPS.get(fact.kind)
            if step is not None:
                step(state, fact)
    _revoke_badges(state.badges, ordered)
    fold_corrections(state.scans, ordered)
    return state


def _fold_together(state: PersonState, ordered: Sequence[Fact], own: str) -> None:
    """Fold one person out of several: what is told of the one they go by comes first.

    A cancellation of one that gave way ends that one's registration only; one of the person they
    all go by ends all of them.
    """
    parts = {own: PersonState(state.id)}
    told: dict[str, set[str]] = defaultdict(set)
    for fact in ordered:
        step = _PERSON_STEPS.get(fact.kind)
        if step is None:
            continue
        if fact.kind not in _REGISTRATION_KINDS:
            step(state, fact)
            continue
        step(parts.setdefault(fact.subject, PersonState(state.id)), fact)
        told[fact.subject].update(fact.private or (), fact.body)
        if fact.subject == own and fact.kind is FactKind.REGISTRATION_CANCELLED:
            for part in parts.values():
                _cancel_registration(part, fact)
    in_turn = [own, *sorted(parts.keys() - {own})]
    state.data = _data_together([(parts[name].data, told[name]) for name in in_turn])
    for name in in_turn:
        for session, registration in parts[name].registrations.items():
            known = state.registrations.get(session)
            if known is None or registration.status.value < known.status.value:
                state.registrations[session] = registration
    _credit_once(state)


def _data_together(parts: Iterable[tuple[PersonData | None, set[str]]]) -> PersonData | None:
    """Return the first one's data; what it never told comes from those after it."""
    together: PersonData | None = None
    known: set[str] = set()
    for data, told in parts:
        if data is None:
            continue
        if together is None:
            together = data
        else:
            silent = {name for name in PERSON_FIELDS if name not in known and name in told}
            if known & _UNIT_FIELDS:  # a unit's text and its code belong together
                silent -= _UNIT_FIELDS
            together = replace(together, **{name: getattr(data, name) for name in silent})
        known |= told
    return together


def _credit_once(state: PersonState) -> None:
    """Let only the first of several grants in one course stand: each had one before they met."""
    granted: set[str] = set()
    in_time = sorted(state.decisions.items(), key=lambda item: (item[1].at_ms, item[0]))
    for session, decision in in_time:
        if decision.granted and decision.course in granted:
            state.decisions[session] = replace(decision, granted=False, hours=0)
        elif decision.granted:
            granted.add(decision.course)


def fold_scans(facts: Iterable[Fact]) -> dict[FactId, ScanState]:
    """Fold the scans of a subject that is no person (unknown codes at a station)."""
    ordered = in_order(facts)
    scans = {fact.id: _scan_of(fact) for fact in ordered if fact.kind == FactKind.SCAN_RECORDED}
    fold_corrections(scans, ordered)
    return scans


def fold_corrections(scans: dict[FactId, ScanState], ordered: Iterable[Fact]) -> None:
    """Apply voids and admissions last: a skewed clock may sort them before their scan.

    A correction may itself be taken back, by name.
    """
    corrections = [fact for fact in ordered if fact.kind in _CORRECTIONS]
    taken_back = taken_back_ids(corrections)
    for fact in corrections:
        scan = scans.get(fact.body["scan"])
        if scan is None or fact.id in taken_back or "takes_back" in fact.body:
            continue
        if fact.kind == FactKind.SCAN_ADMITTED:
            scans[scan.fact_id] = replace(scan, admitted=True)
        elif scan.voided_ms is None:
            scans[scan.fact_id] = replace(scan, voided_ms=corrected_ms(fact))


def taken_back_ids(facts: Iterable[Fact]) -> frozenset[FactId]:
    """Return the facts that others of these take back, whatever their clocks say."""
    return frozenset(fact.body["takes_back"] for fact in facts if "takes_back" in fact.body)


_CORRECTIONS = (FactKind.SCAN_VOIDED, FactKind.SCAN_ADMITTED)


def fold_unit(unit_id: UnitId, facts: Iterable[Fact]) -> Unit | None:
    """Fold one unit's facts; later ones amend earlier ones."""
    known: dict[str, Any] = {}
    for fact in in_order(facts):
        if fact.kind in (FactKind.UNIT_ADDED, FactKind.UNIT_AMENDED):
            known.update(fact.body)
    if "name" not in known:
        return None
    return Unit(
        id=unit_id,
        name=known["name"],
        code=known.get("code", ""),
        level=UnitLevel(known.get("level", UnitLevel.OTHER)),
        township=known.get("township", ""),
        region=known.get("region", ""),
        phone=known.get("phone", ""),
    )


def _add_registration(state: PersonState, fact: Fact) -> None:
    _amend_person(state, fact)
    state.registrations[fact.body["session"]] = RegistrationState(
        RegistrationStatus.ACTIVE, fact.body["origin"], corrected_ms(fact)
    )


def _cancel_registration(state: PersonState, fact: Fact) -> None:
    registration = state.registrations.get(fact.body["session"])
    if registration is not None:
        registration.status = RegistrationStatus.CANCELLED
        registration.cancelled_ms = corrected_ms(fact)


def _amend_person(state: PersonState, fact: Fact) -> None:
    """Take over what a fact says of the person; what it is silent about stays."""
    told: dict[str, Any] = {
        name: value for name, value in (fact.private or {}).items() if name in PERSON_FIELDS
    }
    if "unit_id" in fact.body:
        told["unit_id"] = fact.body["unit_id"]
    if state.data is None:
        state.data = PersonData(**({"name": ""} | told))
    elif told:
        state.data = replace(state.data, **told)


def _issue_badge(state: PersonState, fact: Fact) -> None:
    state.badges.setdefault(fact.body["code"], BadgeState(corrected_ms(fact)))


def _revoke_badges(badges: Mapping[str, BadgeState], ordered: Iterable[Fact]) -> None:
    """Apply revocations last, as corrections are: codes are never issued again."""
    for fact in ordered:
        badge = badges.get(fact.body["code"]) if fact.kind == FactKind.BADGE_REVOKED else None
        if badge is not None and badge.revoked_ms is None:
            badge.revoked_ms = corrected_ms(fact)


def _scan_of(fact: Fact) -> ScanState:
    return ScanState(fact.id, corrected_ms(fact), fact.body, fact.actor, fact.offset_quality)


def _record_scan(state: PersonState, fact: Fact) -> None:
    state.scans[fact.id] = _scan_of(fact)


def _decide_credit(state: PersonState, fact: Fact) -> None:
    body = fact.body
    state.decisions[body["session"]] = DecisionState(
        course=body["course"],
        granted=bool(body["granted"]),
        hours=body["hours"],
        reason=(fact.private or {}).get("reason", ""),
        actor=fact.actor,
        at_ms=corrected_ms(fact),
    )


_UNIT_FIELDS = frozenset(("unit_id", "unit_text"))
_REGISTRATION_KINDS = frozenset(
    (
        FactKind.REGISTRATION_ADDED,
        FactKind.REGISTRATION_AMENDED,
        FactKind.REGISTRATION_CANCELLED,
    )
)
_PERSON_STEPS = {
    FactKind.REGISTRATION_ADDED: _add_registration,
    FactKind.REGISTRATION_AMENDED: _amend_person,
    FactKind.REGISTRATION_CANCELLED: _cancel_registration,
    FactKind.BADGE_ISSUED: _issue_badge,
    FactKind.SCAN_RECORDED: _record_scan,
    FactKind.CREDIT_DECIDED: _decide_credit,
}
