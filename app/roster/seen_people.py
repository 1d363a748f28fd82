"""Who was met in the file so far: the same person twice, or two people that look like one."""

from dataclasses import fields, replace

from app.domain.people import PersonData
from app.roster.draft import RosterEntry
from app.roster.problems import Problem
from app.roster.row_problems import duplicate_person, duplicate_row

_DATA_FIELDS = tuple(field.name for field in fields(PersonData))


class SeenPeople:
    """Tells repeats by ID number first, then by name and unit where IDs do not contradict."""

    def __init__(self) -> None:
        self._by_id: dict[str, RosterEntry] = {}
        self._by_name: dict[tuple[str, str], list[RosterEntry]] = {}

    def meet(self, entry: RosterEntry) -> Problem | None:
        """Remember a person; returns a problem when he or she was, or may have been, met before."""
        namesakes = self._by_name.get((entry.name_key, entry.unit_key))
        same_id = self._by_id.get(entry.id_key) if entry.id_key else None
        found = None
        if namesakes or same_id:
            found = self._compare(entry, same_id, namesakes or [])
            if found.severity == "skip":
                return found
        if entry.id_key:
            self._by_id.setdefault(entry.id_key, entry)
        if namesakes is None:
            self._by_name[(entry.name_key, entry.unit_key)] = [entry]
        else:
            namesakes.append(entry)
        return found

    def _compare(
        self, entry: RosterEntry, same_id: RosterEntry | None, namesakes: list[RosterEntry]
    ) -> Problem:
        if same_id is not None and same_id.name_key == entry.name_key:
            return self._repeat(entry, same_id)
        if same_id is not None:
            return duplicate_person(entry.row, same_id.row)
        same = next((other for other in namesakes if _is_same_person(entry, other)), None)
        if same is not None:
            return self._repeat(entry, same)
        return duplicate_person(entry.row, namesakes[0].row)

    def _repeat(self, entry: RosterEntry, first: RosterEntry) -> Problem:
        """The second row goes, but what only it knows (an ID number, say) stays."""
        gained = {
            name: value
            for name in _DATA_FIELDS
            if (value := getattr(entry.data, name)) and not getattr(first.data, name)
        }
        if gained:
            first.data = replace(first.data, **gained)
        if entry.id_key and not first.id_key:
            first.id_key = entry.id_key
            self._by_id.setdefault(entry.id_key, first)
        return duplicate_row(entry.row, first.row)


def _is_same_person(entry: RosterEntry, other: RosterEntry) -> bool:
    """Same name and unit, and nothing that speaks for two people.

    Two people of one name in one school occur: different ID numbers or titles tell them apart. A
    bare name without unit proves nothing.
    """
    if entry.id_key and other.id_key:
        return False
    titles = {entry.data.title, other.data.title} - {""}
    return bool(entry.unit_key) and len(titles) < 2
