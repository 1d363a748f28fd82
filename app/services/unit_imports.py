"""Bringing in school lists: new units are added, known ones amended, people linked to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.clock import uuid7
from app.domain.facts import Draft, FactKind, UnitId
from app.domain.people import Unit
from app.domain.text import fold_text
from app.roster.draft import Progress
from app.roster.problems import Problem
from app.roster.unit_index import UnitIndex, named_unit_key
from app.roster.unit_lists import UnitEntry, read_units
from app.services.context import EventContext
from app.services.regions import region_of_township
from db.engine import Connection
from db.queries import roster as queries
from db.queries.units import list_units


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitImport:
    """What importing a school list did."""

    file: str
    rows: int
    added: int
    changed: int
    unchanged: int
    skipped: int
    """Rows left out: without a name, twice in the list, or of another county."""
    problems: tuple[Problem, ...] = ()


def import_unit_list(context: EventContext, file: Path, progress: Progress | None) -> UnitImport:
    """Apply a school list in one transaction. Raises InvalidInput, Cancelled."""
    draft = read_units(file, county=context.plan.county, progress=progress)
    with context.database.write() as connection:
        known = _known_units(list_units(connection))
        regions = region_of_township(context.plan)
        drafts = [_draft(context, entry, known, regions) for entry in draft.units]
        written = [item for item in drafts if item is not None]
        fresh = {item.subject: () for item in written if item.kind is FactKind.UNIT_ADDED}
        context.journal.append(connection, written, known=fresh)
        _link_people(context, connection)
    return UnitImport(
        file=draft.file,
        rows=draft.rows,
        added=len(fresh),
        changed=len(written) - len(fresh),
        unchanged=len(drafts) - len(written),
        skipped=draft.rows - len(draft.units) + draft.other_county,
        problems=tuple(draft.problems),
    )


def _known_units(units: Iterable[Unit]) -> dict[str, Unit]:
    """Return units by identity (code and level) and by name key."""
    known: dict[str, Unit] = {}
    for unit in units:
        known.setdefault(named_unit_key(unit.name, unit.level), unit)
        if unit.code:
            known[f"{unit.code}:{unit.level}"] = unit
    return known


def _draft(
    context: EventContext, entry: UnitEntry, known: dict[str, Unit], regions: dict[str, str]
) -> Draft | None:
    """Return the fact an entry makes, None where nothing differs."""
    values: dict[str, Any] = {
        "name": entry.name,
        "code": entry.code,
        "level": entry.level.value,
        "township": entry.township,
        "region": entry.region or regions.get(fold_text(entry.township), ""),
        "phone": entry.phone,
    }
    unit = known.get(entry.identity) or known.get(entry.key)
    if unit is None:
        unit_id = UnitId(uuid7(context.clock.wall_ms()))
        return Draft(
            kind=FactKind.UNIT_ADDED, subject=f"unit:{unit_id}", body=values, actor=context.actor
        )
    changed = {
        name: value for name, value in values.items() if value and value != getattr(unit, name)
    }
    if not changed:
        return None
    return Draft(
        kind=FactKind.UNIT_AMENDED, subject=f"unit:{unit.id}", body=changed, actor=context.actor
    )


def _link_people(context: EventContext, connection: Connection) -> None:
    """Give people whose unit was only a text the unit it names, now that it is known."""
    index = UnitIndex(list_units(connection), county=context.plan.county)
    drafts = []
    for person_id, unit_text in queries.list_without_unit(connection):
        unit_id = index.find(unit_text)
        if unit_id is not None:
            drafts.append(
                Draft(
                    kind=FactKind.REGISTRATION_AMENDED,
                    subject=f"person:{person_id}",
                    body={"unit_id": unit_id},
                    actor=context.actor,
                )
            )
    context.journal.append(connection, drafts)
