"""The rows of people who are one: folded together whenever a fact touches any of them.

Facts of a merge may change who is one with whom, so all who were or will be one with somebody
touched are folded before and after: their rows differ by exactly what changes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.facts import Fact
from app.domain.merging import MERGE_KINDS, Groups, standing_merges
from db.engine import Connection
from db.projection.read_table import TableRows
from db.projection.rows import rows_of
from db.same_people import PREFIX, read_groups

SubjectLoader = Callable[[Connection, str], list[Fact]]
Keeper = Callable[[list[Fact]], list[Fact]]
"""Clears from a subject's facts what was erased."""


@dataclass(slots=True)
class Regrouped:
    """What new facts do to the rows of merged people, and which subjects that deals with."""

    subjects: frozenset[str] = frozenset()
    before: TableRows = field(default_factory=dict)
    after: TableRows = field(default_factory=dict)


NOTHING_REGROUPED = Regrouped()


def regroup(
    connection: Connection,
    new: Mapping[str, Sequence[Fact]],
    load_own: SubjectLoader,
    keep: Keeper = list,
) -> Regrouped:
    """Fold everybody merged with the subjects of new facts; nothing to do where nobody is merged.

    Reads the table of merges, so it runs before that is written.
    """
    moving = [subject for subject, facts in new.items() if _is_about_merging(facts)]
    groups = read_groups(connection)
    if not moving and not groups:
        return NOTHING_REGROUPED
    own = _OwnFacts(connection, new, load_own, keep)
    later = _later_groups(connection, moving, own) if moving else groups
    people = _reach(
        [subject.removeprefix(PREFIX) for subject in new if subject.startswith(PREFIX)],
        {subject.removeprefix(PREFIX) for subject in moving},
        (groups, later),
    )
    return Regrouped(
        frozenset(f"{PREFIX}{person}" for person in people),
        _rows(people, groups, own.before),
        _rows(people, later, own.after),
    )


def _is_about_merging(facts: Sequence[Fact]) -> bool:
    return any(fact.kind in MERGE_KINDS for fact in facts) and facts[0].subject.startswith(PREFIX)


class _OwnFacts:
    """The facts of single subjects, without and with the new ones; read once."""

    def __init__(
        self,
        connection: Connection,
        new: Mapping[str, Sequence[Fact]],
        load_own: SubjectLoader,
        keep: Keeper,
    ) -> None:
        self._connection = connection
        self._new = new
        self._load_own = load_own
        self._keep = keep
        self._before: dict[str, list[Fact]] = {}

    def before(self, subject: str) -> list[Fact]:
        """Return a subject's facts as they were."""
        if subject not in self._before:
            new_ids = {fact.id for fact in self._new.get(subject, ())}
            loaded = self._load_own(self._connection, subject)
            self._before[subject] = [fact for fact in loaded if fact.id not in new_ids]
        return self._before[subject]

    def after(self, subject: str) -> list[Fact]:
        """Return a subject's facts with the new ones."""
        return self._keep([*self.before(subject), *self._new.get(subject, ())])


def _later_groups(connection: Connection, moving: Sequence[str], own: _OwnFacts) -> Groups:
    """Return who is one with whom once the merges of these subjects are what they will be."""
    changed = {subject.removeprefix(PREFIX) for subject in moving}
    pairs = [
        (person, into)
        for person, into in connection.execute("SELECT person_id, into_id FROM person_merge")
        if person not in changed
    ]
    for subject in moving:
        pairs += [(each.person, each.into) for each in standing_merges(own.after(subject))]
    return Groups(pairs)


def _reach(people: Sequence[str], moving: set[str], views: tuple[Groups, Groups]) -> set[str]:
    """Return those of these people who are or were merged, with everybody in their groups."""
    waiting = [
        person
        for person in people
        if person in moving or any(len(groups.of(person)) > 1 for groups in views)
    ]
    found = set(waiting)
    while waiting:
        person = waiting.pop()
        for other in {each for groups in views for each in groups.of(person)} - found:
            found.add(other)
            waiting.append(other)
    return found


def _rows(people: set[str], groups: Groups, facts_of: Callable[[str], list[Fact]]) -> TableRows:
    """Return the rows of all these people, each group's under the one it goes by."""
    rows: TableRows = {}
    for group in dict.fromkeys(groups.of(person) for person in sorted(people)):
        facts = [fact for person in group for fact in facts_of(f"{PREFIX}{person}")]
        rows.update(rows_of(f"{PREFIX}{group[0]}", facts))
    return rows
