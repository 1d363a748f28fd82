"""Bringing in rosters: read, compare, show, and apply in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import Cancelled
from app.domain.facts import PersonId
from app.domain.people import short_unit_name
from app.domain.words import Words
from app.roster.difference import (
    EntryChange,
    EntryState,
    KnownPerson,
    RosterDifference,
    difference,
)
from app.roster.draft import Progress, RosterDraft
from app.roster.problems import Problem
from app.roster.roster import read_roster
from app.roster.unit_index import UnitIndex
from app.services.bulk_work import bulk_work
from app.services.context import EventContext
from app.services.roster_facts import ImportFacts
from db.engine import Connection
from db.queries import roster as queries
from db.queries.units import list_units

MOST_GONE = 0.5
"""A file that lacks more than this share of a roster is a supplement, not an update."""


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
    halves = _Halves(progress)
    with bulk_work():
        draft, units = _read(context, file, choices, halves.tell_read)
        with context.database.write() as connection:
            reading = _compare(connection, draft, units, session, choices)
            told = ImportFacts(session, context.actor, context.clock.wall_ms())
            changes = reading.difference.changes
            context.journal.append_newcomers(
                connection,
                (told.newcomer(change.entry) for change in changes if change.known is None),
                lambda done: halves.tell_stored(done, draft.rows),
            )
            gone = _gone_to_cancel(reading, choices)
            context.journal.append(connection, [*told.known(changes), *told.gone(gone)])
            halves.tell_stored(draft.rows, draft.rows)
        return _preview(reading, choices)


@dataclass(frozen=True, slots=True)
class _Halves:
    """Tells how far an import is: reading is its first half, storing its second."""

    progress: Progress | None

    def tell_read(self, done: int, total: int) -> bool:
        """Tell of rows read; False asks to stop."""
        return self.progress is None or self.progress(done, 2 * total)

    def tell_stored(self, done: int, total: int) -> None:
        """Tell of rows stored. Raises Cancelled."""
        if self.progress is not None and not self.progress(total + done, 2 * total):
            raise Cancelled


def _read(
    context: EventContext, file: Path, choices: ImportChoices, progress: Progress | None
) -> tuple[RosterDraft, UnitIndex]:
    with context.database.read() as connection:
        units = UnitIndex(list_units(connection), county=context.plan.county)
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
