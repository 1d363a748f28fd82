"""The visitor in front of the door: who it is, what is there, what the school is known for."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.help_desk import LoanKind
from app.domain.people import Unit
from app.domain.visits import ReadinessItem, Ready, Visit
from app.services.cards import PersonCard
from app.services.visit_views import UnitCard, VisitForm
from ui.language import say
from ui.latest import LatestOnly
from ui.place import Desk
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.door_draft import DoorDraft, PlannedLoan, lent_for
from ui.screens.help_desk.door_hits import Hit, KnownPerson, Typed
from ui.screens.help_desk.door_offers import NO_OFFERS, find_offers
from ui.screens.help_desk.door_questions import DoorQuestions


class DoorVisitor(QObject):
    """Keeps the draft; what is known of its school follows it.

    Signals:
        draft_changed: the `DoorDraft`.
        people_found: `KnownPerson`s of the school chosen.
        school_loaded: its `UnitCard`, None without a school.
        offers_changed: `Offers`.
    """

    draft_changed = Signal(object)
    people_found = Signal(object)
    school_loaded = Signal(object)
    offers_changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ask = DoorQuestions(desk)
        self._school = LatestOnly(desk.tasks, desk.report, self)
        self.draft = DoorDraft()
        self.offers = NO_OFFERS
        self.card: UnitCard | None = None
        self.people: tuple[KnownPerson, ...] = ()

    def pick(self, hit: Hit) -> None:
        """Take what was found: a school, a person with a school, or an earlier visit."""
        if isinstance(hit, Unit):
            self._choose(unit_id=hit.id, unit_text=hit.name)
        elif isinstance(hit, PersonCard):
            self._choose(unit_text=hit.unit, person_id=hit.id, name=hit.name, title=hit.title)
        elif isinstance(hit, Typed):
            self._choose(unit_text=hit.text)
        else:
            self._choose_visit(hit)

    def pick_person(self, person: KnownPerson) -> None:
        """Say which person of the school it is; nobody is a choice too."""
        self.change(
            name=person.name, title=person.title, phone=person.phone, person_id=person.person_id
        )

    def type_name(self, name: str, title: str, phone: str) -> None:
        """Take typed words; a name that is changed is another person."""
        name = name.strip()
        same = name == self.draft.name
        self.change(
            name=name,
            title=title.strip(),
            phone=phone.strip(),
            person_id=self.draft.person_id if same else "",
        )

    def change(self, **fields: Any) -> None:
        """Change fields of the draft."""
        self._set(replace(self.draft, **fields))

    def cycle(self, item: ReadinessItem) -> None:
        """Move a readiness item on."""
        self._set(self.draft.cycled(item))

    def take_ready(self, found: Mapping[ReadinessItem, Ready]) -> None:
        """Take up what a card check found out, for the visitor in front."""
        draft = self.draft
        if not draft.is_blank:
            for item, value in found.items():
                draft = draft.with_ready(item, value)
            self._set(draft)

    def add_people(self, step: int) -> None:
        """Count one person more or less."""
        self._set(self.draft.with_party(step))

    def clear(self) -> None:
        """Be ready for the next visitor."""
        self.card, self.people = None, ()
        self._set(DoorDraft())
        self.school_loaded.emit(None)

    def toggle_link(self) -> None:
        """Continue the earlier visit offered, or not."""
        earlier = self.offers.earlier
        if self.draft.return_of:
            self.change(return_of="", return_ticket="")
        elif earlier is not None:
            self.change(return_of=earlier.id, return_ticket=earlier.ticket)
        else:
            self._desk.notice(say(wording.NOTHING_TO_LINK))

    def plan_loan(self, kind: LoanKind, tag: str) -> None:
        """Hand something over together with the number to come."""
        if self.draft.is_blank:
            self._desk.notice(say(wording.NOBODY_TO_LEND))
            return
        draft = replace(self.draft, loan=PlannedLoan(kind=kind, tag=tag))
        item = lent_for(kind)
        self._set(draft if item is None else draft.with_ready(item, Ready.OK))

    def form(self, topic: str) -> VisitForm:
        """Return the draft as the services want it."""
        draft = self.draft
        return VisitForm(
            unit_text=draft.unit_text,
            unit_id=draft.unit_id or None,
            name=draft.name,
            title=draft.title,
            phone=draft.phone,
            person_id=draft.person_id or None,
            topic=topic,
            party_size=draft.party_size,
            readiness={item.value: held.value for item, held in draft.readiness.items()},
            return_of=draft.return_of,
        )

    def load_school(self) -> None:
        """Read what is known of the school."""
        self._school.ask(partial(self._ask.school, self.draft), self._on_school)

    def _on_school(self, answer: tuple[UnitCard, tuple[KnownPerson, ...]]) -> None:
        if not self.draft.unit_text:
            return  # it was cleared meanwhile
        self.card, people = answer
        if people != self.people:
            self.people = people
            self.people_found.emit(people)
        self.school_loaded.emit(self.card)
        self._offer()

    def _choose(self, **fields: Any) -> None:
        blank = {"unit_id": "", "person_id": "", "name": "", "title": "", "phone": ""}
        self.card, self.people = None, ()
        self._set(replace(self.draft, **(blank | fields)))
        self.load_school()

    def _choose_visit(self, visit: Visit) -> None:
        known = {
            name: getattr(visit, name)
            for name in ("unit_id", "unit_text", "person_id", "name", "title", "phone")
        }
        link = {} if visit.is_live else {"return_of": visit.id, "return_ticket": visit.ticket}
        self._choose(**known, **link)

    def _set(self, draft: DoorDraft) -> None:
        if draft != self.draft:
            self.draft = draft
            self.draft_changed.emit(draft)
            self._offer()

    def _offer(self) -> None:
        self.offers = find_offers(self.draft, self.card)
        self.offers_changed.emit(self.offers)
