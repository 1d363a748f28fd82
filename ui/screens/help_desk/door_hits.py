"""What typing at the door finds: schools, people, an old number; and how each reads as a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.people import Unit
from app.domain.visits import Visit
from app.services.cards import PersonCard
from ui.language import say
from ui.screens.help_desk import door_wording as wording
from ui.widgets.row_pictures import TwoLines


@dataclass(frozen=True, slots=True)
class Typed:
    """The words as typed, for a unit on no list."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody of a school: on a roster, or here before. No name at all: nobody is noted."""

    name: str = ""
    title: str = ""
    phone: str = ""
    person_id: str = ""
    last_ticket: str = ""


NOBODY = KnownPerson()
Hit = Unit | PersonCard | Visit | Typed


def hit_entry(hit: Hit) -> TwoLines:
    """Return how a hit reads."""
    if isinstance(hit, Unit):
        return TwoLines(first=hit.name, second=" ".join(p for p in (hit.township, hit.code) if p))
    if isinstance(hit, PersonCard):
        return TwoLines(first=hit.name, second=_joined(hit.unit, hit.title))
    if isinstance(hit, Visit):
        return TwoLines(
            first=_joined(hit.ticket, hit.unit_text),
            second=_joined(hit.name, hit.title),
            end=say(wording.short_state(hit.state)),
        )
    return TwoLines(first=f"「{hit.text}」", second=say(wording.USE_TYPED_WHY))


def person_entry(person: KnownPerson) -> TwoLines:
    """Return how somebody of the school reads."""
    if person == NOBODY:
        return TwoLines(first=say(wording.NOBODY), second=say(wording.NOBODY_WHY))
    return TwoLines(first=person.name, second=person.title, end=person.last_ticket)


def colleagues(cards: Sequence[PersonCard], visits: Sequence[Visit]) -> tuple[KnownPerson, ...]:
    """Return whom a school may have sent: nobody noted first, who came lately, then its roster."""
    rosters = {card.name: card for card in reversed(cards)}
    known: dict[str, KnownPerson] = {}
    for visit in visits:
        if visit.name and visit.name not in known:
            card = rosters.get(visit.name)
            known[visit.name] = KnownPerson(
                name=visit.name,
                title=visit.title or (card.title if card else ""),
                phone=visit.phone,
                person_id=visit.person_id or (card.id if card else ""),
                last_ticket=visit.ticket,
            )
    for card in cards:
        known.setdefault(
            card.name, KnownPerson(name=card.name, title=card.title, person_id=card.id)
        )
    return (NOBODY, *known.values())


def _joined(*parts: str) -> str:
    return "・".join(part for part in parts if part)
