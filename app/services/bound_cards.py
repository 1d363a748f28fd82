"""Cards bound to people: a card somebody already carries becomes as good as a badge."""

import os
from dataclasses import dataclass
from datetime import datetime

from app.domain.bound_cards import CardNumber, card_key, find_card_number, is_card_code
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind, PersonId
from app.domain.words import Words
from app.services.card_holders import find_card_holder, find_holder_of
from app.services.context import EventContext
from app.services.event_keys import get_key
from app.services.people import PersonCard, card_of
from db.engine import Connection
from db.queries import badges as queries
from db.queries import desk


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundCard:
    """A card that is somebody's; `code` is its key, never its number."""

    person: PersonCard
    code: str
    bound_at: datetime
    revoked_at: datetime | None = None


class BoundCardService:
    """Bind cards to people, take them back, and tell whose one is."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def bind(self, person_id: PersonId, card: str, reason: str = "") -> BoundCard:
        """Bind a card to somebody; binding it twice to the same one records nothing.

        `card`: what a reader told of it. Raises InvalidInput (no card's number, or one that
        changes), NotFound (no such person), NotAllowed (it is somebody else's).
        """
        number = _number_of(card)
        if number.is_random:
            raise _random_card()
        with self._context.database.write() as connection:
            if desk.find_face(connection, person_id) is None:
                raise _no_such_person()
            holder = find_holder_of(self._context, connection, number)
            if holder is None or holder.revoked_ms is not None:
                code = self._record(connection, person_id, number, reason)
                return self._bound(connection, code)
            if holder.person_id != person_id:
                raise self._taken(connection, holder.person_id)
            return self._bound(connection, holder.code)

    def _record(
        self, connection: Connection, person_id: PersonId, number: CardNumber, reason: str
    ) -> str:
        key = card_key(get_key(self._context, connection).seed, number)
        # A card that went from one person to another has a code for each time it was bound.
        code = f"{key}.{os.urandom(4).hex()}"
        draft = Draft(
            kind=FactKind.BADGE_ISSUED,
            subject=f"person:{person_id}",
            body={"code": code},
            private={"reason": reason.strip()} if reason.strip() else None,
            actor=self._context.actor,
        )
        self._context.journal.append(connection, [draft])
        return code

    def unbind(self, person_id: PersonId, code: str, reason: str) -> BoundCard:
        """Take a card back from somebody. Raises InvalidInput (no reason), NotFound."""
        if not reason.strip():
            raise InvalidInput(
                Words(zh="解除卡片需要理由。", en="Unbinding a card needs a reason."),
                field="reason",
            )
        with self._context.database.write() as connection:
            held = queries.list_active_codes(connection, person_id, cards=True)
            if code not in held or not is_card_code(code):
                raise NotFound(
                    Words(zh="這個人沒有這張卡。", en="This person has no such card."),
                    remedy=Words(zh="請看此人的名牌清單。", en="Look at the person's badges."),
                )
            draft = Draft(
                kind=FactKind.BADGE_REVOKED,
                subject=f"person:{person_id}",
                body={"code": code},
                private={"reason": reason.strip()},
                actor=self._context.actor,
            )
            self._context.journal.append(connection, [draft])
            return self._bound(connection, code)

    def holder_of(self, card: str) -> BoundCard | None:
        """Return whose a card is, None if nobody's now. Raises InvalidInput."""
        _number_of(card)
        with self._context.database.read() as connection:
            holder = find_card_holder(self._context, connection, card)
            if holder is None or holder.revoked_ms is not None:
                return None
            return self._bound(connection, holder.code)

    def _bound(self, connection: Connection, code: str) -> BoundCard:
        person_id, issued_ms, revoked_ms = queries.get_badge(connection, code)
        face = desk.find_face(connection, person_id)
        if face is None:
            raise _no_such_person()
        return BoundCard(
            person=card_of(face),
            code=code,
            bound_at=self._context.local(issued_ms),
            revoked_at=self._context.local(revoked_ms) if revoked_ms is not None else None,
        )

    def _taken(self, connection: Connection, person_id: PersonId) -> NotAllowed:
        face = desk.find_face(connection, person_id)
        name = face.name if face is not None else ""
        return NotAllowed(
            Words(zh=f"這張卡已是{name}的。", en=f"This card is {name}'s already."),
            remedy=Words(
                zh="請先解除那個人的卡片，或改用另一張卡。",
                en="Unbind it from that person first, or use another card.",
            ),
        )


def _number_of(card: str) -> CardNumber:
    number = find_card_number(card)
    if number is None:
        raise InvalidInput(
            Words(zh="讀到的不是卡號。", en="What was read is not a card's number."),
            remedy=Words(
                zh="請將卡片放在感應讀卡機上，聽到聲音後再拿開。",
                en="Hold the card on the contactless reader until it sounds.",
            ),
            field="card",
        )
    return number


def _random_card() -> InvalidInput:
    return InvalidInput(
        Words(
            zh="這張卡（或手機）每次感應的號碼都不同，不能綁定。",
            en="This card (or phone) tells another number each time; it cannot be bound.",
        ),
        remedy=Words(zh="請改用悠遊卡或服務證，或列印名牌。", en="Use another card or a badge."),
        field="card",
    )


def _no_such_person() -> NotFound:
    return NotFound(Words(zh="名冊裡沒有這個人。", en="There is no such person here."))
