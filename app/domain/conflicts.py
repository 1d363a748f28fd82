"""Conflicts: scans of several stations that do not agree, and what was decided about them.

The verdict on screen stays for ever. A conflict stands beside it until somebody decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from app.domain.facts import Fact, FactId, FactKind, PersonId
from app.domain.fold import corrected_ms, in_order, taken_back_ids
from app.domain.scans import Direction, Verdict


class ConflictKind(StrEnum):
    """What does not agree."""

    TWO_ENTRIES = "two_entries"
    TWO_EXITS = "two_exits"
    MISSED_ENTRY = "missed_entry"
    """Refused as already in; another station had seen the person leave."""
    MISSED_EXIT = "missed_exit"
    """Refused as already out; another station had seen the person come back."""
    OUT_BEFORE_IN = "out_before_in"
    """Left at one station before the entry at another: a clock may be wrong."""
    CLOCK_SET_BACK = "clock_set_back"
    """One station's scans are in another order than it made them."""
    TWO_ROOMS = "two_rooms"
    BADGE_REVOKED = "badge_revoked"
    """Let in with a badge that another station had revoked before."""
    CANCELLED = "cancelled"
    """Let in although another station had cancelled the registration before."""
    REGISTERED = "registered"
    """Refused although another station had registered the person before."""


class Choice(StrEnum):
    """What somebody may decide."""

    KEEP = "keep"
    """Everything stays as the stations recorded it."""
    VOID = "void"
    """Scans are undone."""
    COUNT = "count"
    """A scan that was refused counts."""
    MOVE = "move"
    """The registration is moved to the session the person came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One station's side: what it read, when by which clock, and what its screen said."""

    fact_id: FactId
    session: str
    station: str
    device: str
    incarnation: str
    at_ms: int
    offset_quality: str
    direction: Direction
    verdict: Verdict
    """On screen."""
    reconciled: Verdict
    """By all that every station recorded before."""
    counts: bool
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What another station did that this one had not heard of, where it is no scan."""

    fact_id: FactId
    kind: FactKind
    device: str
    at_ms: int
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesChange:
    """What a choice does to the minutes at a session."""

    session: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to decide; `scans` are those it undoes or counts."""

    choice: Choice
    scans: tuple[FactId, ...] = ()
    changes: tuple[MinutesChange, ...] = ()
    """Empty where no minutes change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Scans of one person that do not agree. The first option is the suggestion."""

    id: str
    kind: ConflictKind
    person_id: PersonId
    session: str
    other_session: str = ""
    """The other room, where there are two."""
    scans: tuple[Evidence, ...]
    """Oldest first."""
    cause: Cause | None = None
    options: tuple[Option, ...]

    @property
    def suggestion(self) -> Option:
        """What the program would do."""
        return self.options[0]

    @property
    def sessions(self) -> frozenset[str]:
        """The sessions it is about."""
        return frozenset((self.session, self.other_session)) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What somebody decided, who and why."""

    conflict: str
    kind: ConflictKind | str
    session: str
    choice: Choice | str
    scans: tuple[FactId, ...]
    reason: str
    actor: str
    at_ms: int
    fact_id: FactId


def conflict_id(kind: ConflictKind, facts: Iterable[FactId]) -> str:
    """Return the name of a conflict: the same at every station, another one for other facts."""
    return sha256("|".join((kind.value, *sorted(facts))).encode()).hexdigest()[:16]


def fold_resolutions(facts: Iterable[Fact]) -> dict[str, Resolution]:
    """Return conflict → the decision in force; one that was taken back is in force no more."""
    decided = [fact for fact in in_order(facts) if fact.kind == FactKind.CONFLICT_RESOLVED]
    taken_back = taken_back_ids(decided)
    return {
        fact.body["conflict"]: _resolution(fact)
        for fact in decided
        if fact.id not in taken_back and "takes_back" not in fact.body
    }


def _resolution(fact: Fact) -> Resolution:
    body = fact.body
    return Resolution(
        conflict=body["conflict"],
        kind=body["kind"],
        session=body["session"],
        choice=body["choice"],
        scans=tuple(FactId(scan) for scan in body.get("scans", ())),
        reason=(fact.private or {}).get("reason", ""),
        actor=fact.actor,
        at_ms=corrected_ms(fact),
        fact_id=fact.id,
    )
