"""People and units: names, levels, ID numbers."""

from dataclasses import dataclass

from app.domain.facts import PersonId, UnitId
from app.domain.id_numbers import IdCheck, IdKind, check_id_number, id_tail, normalize_id_number
from app.domain.unit_names import (
    UnitLevel,
    UnitName,
    find_township,
    nearby_unit_keys,
    short_unit_name,
    split_unit_name,
    unit_key,
)

__all__ = [
    "IdCheck",
    "IdKind",
    "Person",
    "PersonData",
    "Unit",
    "UnitLevel",
    "UnitName",
    "check_id_number",
    "find_township",
    "id_tail",
    "nearby_unit_keys",
    "normalize_id_number",
    "short_unit_name",
    "split_unit_name",
    "unit_key",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A school or office. `code` is text and may be missing (branch schools)."""

    id: UnitId
    name: str
    code: str = ""
    level: UnitLevel = UnitLevel.OTHER
    township: str = ""
    region: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonData:
    """What is known of a person, as typed; `unit_text` is the unit as the roster wrote it."""

    name: str
    unit_text: str = ""
    unit_id: UnitId | None = None
    title: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    attention: str = ""
    meal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with an identity in this event."""

    id: PersonId
    data: PersonData
