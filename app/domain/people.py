"""People and units: names, levels, ID numbers."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.facts import PersonId, UnitId


class UnitLevel(StrEnum):
    """A school's level; a unit matches on name and level, never on the bare name."""

    ELEMENTARY = "elementary"
    JUNIOR = "junior"
    SENIOR = "senior"
    OTHER = "other"


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
