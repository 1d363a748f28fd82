"""Contactless cards (悠遊卡, staff and student cards): the number the chip itself tells (UID)."""

from dataclasses import dataclass, field

from app.readers.cards.apdu import GET_UID, Card, ask

LENGTHS = frozenset({4, 7, 10})
_RANDOM = 0x08


@dataclass(frozen=True, slots=True)
class Uid:
    """A chip's number. It tells a person's card apart, so it is never printed or stored as is."""

    value: bytes = field(repr=False)

    @property
    def is_random(self) -> bool:
        """Whether the chip makes up another number each time (phones; ISO 14443-3, 6.5.4)."""
        return len(self.value) == 4 and self.value[0] == _RANDOM


def find_uid(card: Card) -> Uid | None:
    """Return the chip's number, None from a contact reader or if it has no known length."""
    answer = ask(card, GET_UID)
    return Uid(answer.data) if answer.is_done and len(answer.data) in LENGTHS else None
