"""A roster against what the event knows: who is new, registered anew, changed, the same, or gone.

People match by ID number first, then by name and unit where no ID number contradicts; homonyms in
one unit with different ID numbers stay two people. An empty cell never erases what is known.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from app.domain.facts import PersonId
from app.domain.id_numbers import normalize_id_number
from app.domain.people import Person, PersonData
from app.domain.text import fold_text
from app.roster.draft import RosterEntry
from app.roster.unit_index import UnitIndex

_PLAIN_FIELDS = ("name", "title", "id_number", "phone", "email", "attention", "meal")


class EntryState(StrEnum):
    """What importing one entry would do."""

    ADDED = "added"
    """A new person."""
    REGISTERED = "registered"
    """A person the event knows, new to this session."""
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person of the event with the keys that identify people."""

    person: Person
    id_key: str
    name_key: str
    unit_key: str

    @classmethod
    def of(cls, person: Person, units: UnitIndex) -> "KnownPerson":
        """Return the person with keys made as those of roster entries are."""
        data = person.data
        unit_key = units.key_of(data.unit_id) if data.unit_id else None
        return cls(
            person=person,
            id_key=normalize_id_number(data.id_number),
            name_key=fold_text(data.name),
            unit_key=unit_key or units.resolve(data.unit_text).key,
        )


class EntryChange(NamedTuple):
    """What one entry means: who it is, what differs, and the data to keep."""

    entry: RosterEntry
    state: EntryState
    known: Person | None
    fields: tuple[str, ...]
    """Fields that differ from what is known (`unit` for the unit); also when registered anew."""
    data: PersonData
    """What is known, overlaid with what the file says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDifference:
    """Every entry's change, in the file's order, and who is gone from the file."""

    changes: list[EntryChange]
    gone: list[PersonId]

    def count(self, state: EntryState) -> int:
        """Return how many entries are in this state."""
        return sum(1 for change in self.changes if change.state is state)


def difference(
    entries: Sequence[RosterEntry],
    known: Iterable[KnownPerson],
    *,
    registered: Collection[PersonId] = (),
    imported: Collection[PersonId] = (),
) -> RosterDifference:
    """Compare a roster with the event.

    `registered`: people registered in this session, however they came; `imported`: those of them
    that an import brought, the only ones who can be gone.
    """
    matcher = _Matcher(known, registered)
    matches = matcher.match(entries)
    changes = [
        _change(entry, person, registered) for entry, person in zip(entries, matches, strict=True)
    ]
    found = {match.person.id for match in matches if match is not None}
    return RosterDifference(changes=changes, gone=[who for who in imported if who not in found])


class _Matcher:
    """Gives every entry at most one person, and every person to at most one entry."""

    def __init__(self, known: Iterable[KnownPerson], registered: Collection[PersonId]) -> None:
        self._registered = registered
        self._by_id: dict[str, KnownPerson] = {}
        self._by_name: dict[tuple[str, str], list[KnownPerson]] = {}
        self._taken: set[PersonId] = set()
        for person in known:
            if person.id_key:
                self._by_id.setdefault(person.id_key, person)
            self._by_name.setdefault((person.name_key, person.unit_key), []).append(person)

    def match(self, entries: Sequence[RosterEntry]) -> list[KnownPerson | None]:
        """Return the person of each entry; ID numbers choose before names may."""
        by_id = [self._take(self._by_id.get(entry.id_key)) for entry in entries]
        return [
            person if person is not None else self._take(self._find_by_name(entry))
            for entry, person in zip(entries, by_id, strict=True)
        ]

    def _take(self, person: KnownPerson | None) -> KnownPerson | None:
        if person is None or person.person.id in self._taken:
            return None
        self._taken.add(person.person.id)
        return person

    def _find_by_name(self, entry: RosterEntry) -> KnownPerson | None:
        named = self._by_name.get((entry.name_key, entry.unit_key))
        if named is None:
            return None
        namesakes = [
            person
            for person in named
            if person.person.id not in self._taken and not (entry.id_key and person.id_key)
        ]
        return min(namesakes, key=lambda person: self._distance(entry, person), default=None)

    def _distance(self, entry: RosterEntry, known: KnownPerson) -> tuple[bool, bool]:
        """Among namesakes the same title is likeliest, then one of this session."""
        other_title = known.person.data.title != entry.data.title
        return other_title, known.person.id not in self._registered


def _change(
    entry: RosterEntry, match: KnownPerson | None, registered: Collection[PersonId]
) -> EntryChange:
    if match is None:
        return EntryChange(entry, EntryState.ADDED, None, (), entry.data)
    fields = _differing(entry, match)
    state = EntryState.CHANGED if fields else EntryState.UNCHANGED
    if match.person.id not in registered:
        state = EntryState.REGISTERED
    return EntryChange(entry, state, match.person, fields, _overlaid(entry, match, fields))


def _differing(entry: RosterEntry, match: KnownPerson) -> tuple[str, ...]:
    new, old = entry.data, match.person.data
    if new == old:
        return ()
    fields = [
        field
        for field in _PLAIN_FIELDS
        if (value := getattr(new, field)) and value != getattr(old, field)
    ]
    newly_known = new.unit_id is not None and new.unit_id != old.unit_id
    if new.unit_text and (newly_known or entry.unit_key != match.unit_key):
        fields.append("unit")
    return tuple(fields)


def _overlaid(entry: RosterEntry, match: KnownPerson, fields: tuple[str, ...]) -> PersonData:
    new, data = entry.data, match.person.data
    if "unit" in fields:
        data = replace(data, unit_text=new.unit_text, unit_id=new.unit_id)
    plain = {field: getattr(new, field) for field in fields if field != "unit"}
    return replace(data, **plain) if plain else data
