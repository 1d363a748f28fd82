"""Whose a card is: what the door asks of a reading that is no badge."""

from dataclasses import dataclass

from app.domain.bound_cards import CardNumber, card_key, find_card_number
from app.domain.facts import PersonId
from app.services.context import EventContext
from app.services.event_keys import list_keys
from db.engine import Connection
from db.queries.badges import find_card


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A binding of a card: to whom, under which code, and when it was taken back."""

    person_id: PersonId
    code: str
    revoked_ms: int | None


def find_card_holder(context: EventContext, connection: Connection, read: str) -> CardHolder | None:
    """Return who holds the card that was read: a binding that stands before one taken back."""
    number = find_card_number(read)
    if number is None:
        return None
    return find_holder_of(context, connection, number)


def find_holder_of(
    context: EventContext, connection: Connection, number: CardNumber
) -> CardHolder | None:
    """Return who holds a card, by its number."""
    found = [
        CardHolder(PersonId(person), code, revoked)
        for key in list_keys(context, connection)
        for code, person, revoked in find_card(connection, card_key(key.seed, number))
    ]
    return next((each for each in found if each.revoked_ms is None), found[0] if found else None)


def unread(context: EventContext, connection: Connection, read: str) -> dict[str, str] | None:
    """Return what may be kept of a reading nobody knows: of a card its key, never its number."""
    number = find_card_number(read)
    if number is None:
        return {"read": read} if read else None
    keys = list_keys(context, connection)
    return {"read": card_key(keys[0].seed, number) if keys else "card"}
