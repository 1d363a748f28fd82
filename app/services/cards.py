"""The small card the desk shows of a person, and a search's hit."""

from dataclasses import dataclass

from app.domain.facts import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person as the desk shows one; only the last three digits of the ID number."""

    id: PersonId
    name: str
    unit: str
    title: str = ""
    id_tail: str = ""
    attention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """One hit of a search, with what tells homonyms apart and how the person stands here."""

    card: PersonCard
    sessions: tuple[str, ...]
    """Codes of the sessions the person is registered for."""
    registered_here: bool
    present_here: bool
    arrived_here: bool
