"""The same person twice: merges that stand, and who is one with whom.

A merge is a fact about the person that gives way, so which merges stand never depends on clocks or
on the order facts arrive in, and neither does who is one person.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.facts import Fact, FactId, FactKind, PersonId
from app.domain.fold import corrected_ms

MERGE_KINDS = frozenset((FactKind.PERSON_MERGED, FactKind.PERSON_SEPARATED))


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMerge:
    """A merge nobody took back: whose, into whom, and what was said about it."""

    fact_id: FactId
    person: PersonId
    into: PersonId
    at_ms: int
    actor: str
    reason: str


def standing_merges(facts: Iterable[Fact]) -> tuple[StandingMerge, ...]:
    """Return the merges that stand, of whatever people these facts are about, by fact id."""
    said = [fact for fact in facts if fact.kind in MERGE_KINDS]
    gone = {
        (fact.subject, fact.body["takes_back"])
        for fact in said
        if fact.kind is FactKind.PERSON_SEPARATED
    }
    merges = {
        fact.id: _merge_of(fact)
        for fact in said
        if fact.kind is FactKind.PERSON_MERGED and (fact.subject, fact.id) not in gone
    }
    return tuple(merges[name] for name in sorted(merges))


def _merge_of(fact: Fact) -> StandingMerge:
    return StandingMerge(
        fact_id=fact.id,
        person=PersonId(fact.subject.removeprefix("person:")),
        into=PersonId(str(fact.body["into"])),
        at_ms=corrected_ms(fact),
        actor=fact.actor,
        reason=str((fact.private or {}).get("reason", "")),
    )


class Groups:
    """Who is one person with whom: whatever standing merges connect, in either direction."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take (who gave way, into whom)."""
        neighbours: dict[str, set[str]] = defaultdict(set)
        given_way: set[str] = set()
        for person, into in pairs:
            if person != into:
                neighbours[person].add(into)
                neighbours[into].add(person)
                given_way.add(person)
        self._groups: dict[str, tuple[str, ...]] = {}
        for person in neighbours:
            if person not in self._groups:
                group = _ordered(_reach(person, neighbours), given_way)
                self._groups.update(dict.fromkeys(group, group))

    def __bool__(self) -> bool:
        return bool(self._groups)

    def of(self, person: str) -> tuple[str, ...]:
        """Return everybody who is this person: first the one whose name they all go by."""
        return self._groups.get(person, (person,))

    def all(self) -> list[tuple[str, ...]]:
        """Return every group of several, each once."""
        return list(dict.fromkeys(self._groups.values()))


def _reach(start: str, neighbours: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for person in neighbours[waiting.pop()] - found:
            found.add(person)
            waiting.append(person)
    return found


def _ordered(group: set[str], given_way: set[str]) -> tuple[str, ...]:
    """Return a group, first who gave way to nobody; of several, or in a circle, the oldest id."""
    first = min(group - given_way or group)
    return (first, *sorted(group - {first}))


def subject_of_badge(facts: Sequence[Fact], code: str, subject: str) -> str:
    """Return who a badge was issued to among the facts of one person, else `subject`.

    What is recorded of a badge goes there, so that it goes with the badge if people are separated.
    """
    for fact in facts:
        if fact.kind is FactKind.BADGE_ISSUED and fact.body["code"] == code:
            return fact.subject
    return subject
