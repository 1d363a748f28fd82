"""Bringing in rosters: read, compare, show, and apply in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.clock import Uuid7Series
from app.domain.errors import Cancelled
from app.domain.facts import Draft, FactKind, PersonId
from app.domain.people import short_unit_name
from app.domain.words import Words
from app.roster.difference import (
    EntryChange,
    EntryState,
    KnownPerson,
    RosterDifference,
    difference,
)
from app.roster.draft import Progress, RosterDraft, RosterEntry
from app.roster.problems import Problem
from app.roster.roster import read_roster
from app.roster.unit_index import UnitIndex
from app.services.bulk_work import bulk_work
from app.services.context import EventContext
from db.engine import Connection
from db.queries import roster as queries

MOST_GONE = 0.5
"""A file that lacks more than this share of a roster is a supplement, not an update."""
TOLD = ("attention", "email", "id_number", "meal", "name", "phone", "title", "unit_text")
"""The personal data a registration tells."""


class RosterChange(NamedTuple):
    """One line of the difference between a file and what is known."""

    row: int
    what: str
    """`added`, `changed`, `unchanged`, `gone` or `skipped`."""
    name: str
    unit: str
    fields: tuple[str, ...] = ()
    """Fields that differ, for `changed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPreview:
    """What importing a file would do, or did."""

    file: str
    kind: str
    encoding: str
    header_row: int
    """1-based row of the column names."""
    mapping: Mapping[str, str]
    """Our field → the file's column name."""
    columns: tuple[str, ...]
    rows: int
    added: int
    changed: int
    unchanged: int
    gone: int
    """People an earlier import registered here whom this file no longer has."""
    skipped: int
    problems: tuple[Problem, ...]
    changes: tuple[RosterChange, ...]
    gone_cancelled: bool = False
    """Whether those who are gone lose their registration."""
    notice: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoices:
    """What a person chose for one file."""

    mapping: Mapping[str, str] | None = None
    skip_kinds: Sequence[str] = ()
    cancel_gone: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file read and compared with the event."""

    draft: RosterDraft
    difference: RosterDifference
    left_out: int
    registered: int
    """How many an import registered here before."""
    attended: set[PersonId]
    gone: list[KnownPerson]


def preview(
    context: EventContext,
    file: Path,
    session: str,
    choices: ImportChoices,
    progress: Progress | None,
) -> RosterPreview:
    """Say what importing a file would do. Raises InvalidInput, NotFound, Cancelled."""
    context.get_session(session)
    with bulk_work():
        draft, units = _read(context, file, choices, progress)
        with context.database.read() as connection:
            reading = _compare(connection, draft, units, session, choices)
        return _preview(reading, choices)


def apply(
    context: EventContext,
    file: Path,
    session: str,
    choices: ImportChoices,
    progress: Progress | None,
) -> RosterPreview:
    """Import a file: one transaction, or nothing. Raises InvalidInput, NotFound, Cancelled."""
    context.get_session(session)
    with bulk_work():
        draft, units = _read(context, file, choices, progress)
        with context.database.write() as connection:
            reading = _compare(connection, draft, units, session, choices)
            _record(context, connection, session, reading, choices)
            if progress is not None and not progress(draft.rows, draft.rows):
                raise Cancelled
        return _preview(reading, choices)


def _read(
    context: EventContext, file: Path, choices: ImportChoices, progress: Progress | None
) -> tuple[RosterDraft, UnitIndex]:
    with context.database.read() as connection:
        units = UnitIndex(queries.list_unit_rows(connection))
    draft = read_roster(file, mapping=choices.mapping, units=units, progress=progress)
    return draft, units


def _compare(
    connection: Connection,
    draft: RosterDraft,
    units: UnitIndex,
    session: str,
    choices: ImportChoices,
) -> _Reading:
    unwanted = {item.row for item in draft.problems if item.kind.value in set(choices.skip_kinds)}
    entries = [entry for entry in draft.people if entry.row not in unwanted]
    known = [KnownPerson.of(person, units) for person in queries.list_people(connection)]
    registered = queries.list_registered(connection, session)
    imported = [person_id for person_id, origin in registered.items() if origin == "imported"]
    found = difference(entries, known, registered=registered.keys(), imported=imported)
    by_id = {item.person.id: item for item in known}
    return _Reading(
        draft=draft,
        difference=found,
        left_out=len(draft.people) - len(entries),
        registered=len(imported),
        attended=queries.list_attended(connection, session),
        gone=[by_id[person_id] for person_id in found.gone],
    )


def _gone_to_cancel(reading: _Reading, choices: ImportChoices) -> list[KnownPerson]:
    """Return whose registration ends: not those who came, and nobody when the file is partial."""
    if not choices.cancel_gone or len(reading.gone) > MOST_GONE * reading.registered:
        return []
    return [known for known in reading.gone if known.person.id not in reading.attended]


def _record(
    context: EventContext,
    connection: Connection,
    session: str,
    reading: _Reading,
    choices: ImportChoices,
) -> None:
    ids, now_ms = Uuid7Series(), context.clock.wall_ms()
    act = _Act(session, ids.next(now_ms), context.actor)
    changes = reading.difference.changes
    newcomers = (
        act.newcomer(change.entry, PersonId(ids.next(now_ms)))
        for change in changes
        if change.known is None
    )
    context.journal.append_newcomers(connection, newcomers)
    known = [
        act.known(change, change.known.id)
        for change in changes
        if change.known is not None and change.state is not EntryState.UNCHANGED
    ]
    gone = [act.gone(person.person.id) for person in _gone_to_cancel(reading, choices)]
    context.journal.append(connection, [*known, *gone])


@dataclass(frozen=True, slots=True)
class _Act:
    """One import, as its facts tell it."""

    session: str
    import_id: str
    actor: str

    def newcomer(self, entry: RosterEntry, person_id: PersonId) -> Draft:
        """Return the fact that registers somebody new."""
        data, body = entry.data, self._body(entry) | {"origin": "imported"}
        if data.unit_id is not None:
            body["unit_id"] = data.unit_id
        told = {name: value for name in TOLD if (value := getattr(data, name))}
        return self._draft(FactKind.REGISTRATION_ADDED, person_id, body, told)

    def known(self, change: EntryChange, person_id: PersonId) -> Draft:
        """Return the fact that changes or registers somebody the event knows."""
        body = self._body(change.entry)
        if change.data.unit_id is not None and "unit" in change.fields:
            body["unit_id"] = change.data.unit_id
        kind = FactKind.REGISTRATION_AMENDED
        if change.state is EntryState.REGISTERED:
            kind = FactKind.REGISTRATION_ADDED
            body["origin"] = "imported"
        fields = {"unit_text" if name == "unit" else name for name in change.fields}
        told = {name: getattr(change.data, name) for name in TOLD if name in fields}
        return self._draft(kind, person_id, body, told)

    def gone(self, person_id: PersonId) -> Draft:
        """Return the fact that ends the registration of somebody the file no longer has."""
        body = {"session": self.session, "import": self.import_id, "cause": "gone_from_roster"}
        return self._draft(FactKind.REGISTRATION_CANCELLED, person_id, body, {})

    def _body(self, entry: RosterEntry) -> dict[str, Any]:
        return {"session": self.session, "import": self.import_id, "row": entry.row}

    def _draft(
        self, kind: FactKind, person_id: PersonId, body: dict[str, Any], told: dict[str, str]
    ) -> Draft:
        return Draft(
            kind=kind,
            subject=f"person:{person_id}",
            body=body,
            private=told or None,
            actor=self.actor,
        )


def _preview(reading: _Reading, choices: ImportChoices) -> RosterPreview:
    draft, changes = reading.draft, reading.difference.changes
    states = Counter(change.state for change in changes)
    cancelled = _gone_to_cancel(reading, choices)
    return RosterPreview(
        file=draft.file,
        kind=draft.kind.value,
        encoding=draft.encoding,
        header_row=draft.header_row,
        mapping=draft.mapping,
        columns=draft.columns,
        rows=draft.rows,
        added=states[EntryState.ADDED] + states[EntryState.REGISTERED],
        changed=states[EntryState.CHANGED],
        unchanged=states[EntryState.UNCHANGED],
        gone=len(reading.gone),
        skipped=draft.skipped + reading.left_out,
        problems=tuple(draft.problems),
        changes=(*map(_change_line, changes), *map(_gone_line, reading.gone)),
        gone_cancelled=bool(cancelled),
        notice=_notice(reading, choices),
    )


def _notice(reading: _Reading, choices: ImportChoices) -> Words | None:
    if not choices.cancel_gone or len(reading.gone) <= MOST_GONE * reading.registered:
        return None
    return Words(
        zh=f"檔案裡少了原名冊的 {len(reading.gone)} 人（超過一半），視為補充名單，沒有取消任何人。",
        en=f"The file lacks {len(reading.gone)} people of the roster (over half); it was taken as a"
        " supplement and nobody was cancelled.",
    )


def _change_line(change: EntryChange) -> RosterChange:
    what = "added" if change.state is EntryState.REGISTERED else change.state.value
    data = change.data
    return RosterChange(
        row=change.entry.row,
        what=what,
        name=data.name,
        unit=short_unit_name(data.unit_text),
        fields=change.fields,
    )


def _gone_line(known: KnownPerson) -> RosterChange:
    data = known.person.data
    return RosterChange(row=0, what="gone", name=data.name, unit=short_unit_name(data.unit_text))
