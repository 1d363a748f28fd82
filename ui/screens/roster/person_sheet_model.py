"""One person for the sheet: read together, changed by hand, merged with a twin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.facts import PersonId, UnitId
from app.domain.words import Words
from app.services.bound_cards import BoundCard
from app.services.persons import HistoryLine, PersonDetail, TwinPair
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.roster import sheet_wording as wording


class Persons(Protocol):
    """What the sheet asks of the persons service."""

    def get_person(self, person_id: PersonId) -> PersonDetail:
        """Return somebody."""
        ...

    def history(self, person_id: PersonId) -> tuple[HistoryLine, ...]:
        """Return every fact about somebody."""
        ...

    def amend(
        self,
        person_id: PersonId,
        changes: Mapping[str, str],
        *,
        unit_id: UnitId | None = None,
        reason: str = "",
    ) -> PersonDetail:
        """Change what is known."""
        ...

    def find_twins(self, *, session: str | None = None, limit: int = 200) -> tuple[TwinPair, ...]:
        """Return who may be one."""
        ...

    def merge(self, kept: PersonId, other: PersonId, reason: str) -> PersonDetail:
        """Let two be one."""
        ...

    def separate(self, other: PersonId, reason: str) -> PersonDetail:
        """Take a merge back."""
        ...


class Cards(Protocol):
    """Where cards are bound."""

    def bind(self, person_id: PersonId, card: str, reason: str = "") -> BoundCard:
        """Bind a card to somebody."""
        ...


class Units(Protocol):
    """Where typed units are looked up."""

    def find_unit_id(self, text: str) -> UnitId | None:
        """Return the unit a text names."""
        ...


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who may be the person on the sheet, or was merged into them."""

    id: PersonId
    name: str
    unit: str
    why: Words
    is_merged: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that the sheet shows."""

    person: PersonDetail
    history: tuple[HistoryLine, ...]
    alike: tuple[Alike, ...]


class PersonSheetModel(QObject):
    """Loads a person; writes changes.

    Signals:
        loaded: a `PersonPage`.
        refused: the error of a change that was not made.
    """

    loaded = Signal(object)
    refused = Signal(object)

    def __init__(self, persons: Persons, units: Units, cards: Cards, desk: Desk) -> None:
        super().__init__()
        self._persons, self._units, self._cards, self._desk = persons, units, cards, desk

    def load(self, person_id: PersonId) -> None:
        """Read somebody."""
        work = partial(_read, self._persons, person_id)
        self._desk.tasks.run(self, work, self.loaded.emit, self._desk.report, lane="reading")

    def amend(self, person: PersonDetail, changes: Mapping[str, str], reason: str) -> None:
        """Change what is known of somebody; a unit's name is looked up."""
        if not changes:
            self._desk.notice(say(wording.UNCHANGED))
            return

        def work() -> PersonDetail:
            typed = changes.get("unit_text")
            unit_id = self._units.find_unit_id(typed) if typed else None
            return self._persons.amend(person.id, changes, unit_id=unit_id, reason=reason)

        self._run(work, wording.SAVED)

    def merge(self, person: PersonDetail, other: Alike, reason: str) -> None:
        """Let somebody alike be one with the person on the sheet, whose name stays."""
        work = partial(self._persons.merge, person.id, other.id, reason)
        self._run(work, wording.merged(person.data.name))

    def separate(self, person: PersonDetail, other: Alike, reason: str) -> None:
        """Take a merge back; the sheet stays with its person."""

        def work() -> PersonDetail:
            self._persons.separate(other.id, reason)
            return self._persons.get_person(person.id)

        self._run(work, wording.separated(other.name))

    def bind_card(self, person: PersonDetail, card: str) -> None:
        """Let a card that was just read be somebody's badge."""

        def work() -> PersonDetail:
            self._cards.bind(person.id, card)
            return self._persons.get_person(person.id)

        self._run(work, wording.BOUND)

    def _run(self, work: Callable[[], PersonDetail], told: Words) -> None:
        def done(person: PersonDetail) -> None:
            self._desk.notice(say(told))
            self._desk.changes.tell(Change.ROSTER)
            self.load(person.id)

        self._desk.tasks.run(self, work, done, self.refused.emit)


def _read(persons: Persons, person_id: PersonId) -> PersonPage:
    person = persons.get_person(person_id)
    merged = [
        Alike(each.id, each.name, each.unit, wording.MERGED_STATE, is_merged=True)
        for each in person.merged_from
    ]
    twins: list[Alike] = []
    for pair in persons.find_twins():
        cards = {pair.kept.id: pair.kept, pair.other.id: pair.other}
        if cards.pop(person.id, None) is not None:
            card = next(iter(cards.values()))
            twins.append(Alike(card.id, card.name, card.unit, pair.why, is_merged=False))
    return PersonPage(person, persons.history(person.id), (*merged, *twins))
