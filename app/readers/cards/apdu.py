"""Commands to a card (APDU, ISO 7816-4) and its answers; only commands that read get through."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.errors import NotAllowed
from app.domain.words import Words
from app.readers.card_faults import CardFault, FaultKind

SELECT = 0xA4
READ_BINARY = 0xB0
GET_DATA = 0xCA
GET_RESPONSE = 0xC0
READING = frozenset({SELECT, READ_BINARY, GET_DATA, GET_RESPONSE})
"""Nothing else is ever sent: no VERIFY, which could use up one of three tries of a PIN."""
CLASSES = frozenset({0x00, 0x80})
GET_UID = bytes.fromhex("FFCA000000")
"""Answered by the reader, not by the card."""

DONE = 0x9000
_MOST_PARTS = 64
_FORBIDDEN = Words(
    zh="程式想對卡片下讀取以外的指令，已擋下。",
    en="The program was about to tell a card something other than to be read; it was stopped.",
)


class Card(Protocol):
    """Anything that carries a command to a card and brings back its answer."""

    def transmit(self, command: bytes) -> bytes:
        """Return the answer with its two status bytes; raise `CardFault` if there is none."""


class ReadOnlyCard:
    """Lets commands through to a card only if they read."""

    def __init__(self, card: Card) -> None:
        self._card = card

    def transmit(self, command: bytes) -> bytes:
        """Pass a reading command on; raise for any other before it leaves the program."""
        if not is_reading(command):
            raise NotAllowed(_FORBIDDEN)
        return self._card.transmit(command)


def is_reading(command: bytes) -> bool:
    """Say whether a command reads and is exactly as long as it says (nothing hides behind it)."""
    if command[:4] == GET_UID[:4] and len(command) == 5:
        return True  # whatever the length asked for
    if len(command) < 4 or command[0] not in CLASSES or command[1] not in READING:
        return False
    return len(command) <= 5 or len(command) - command[4] in {5, 6}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card answered: data and a status (9000 is "done")."""

    data: bytes
    status: int

    @property
    def is_done(self) -> bool:
        """Whether the card did it, perhaps with a warning (62xx)."""
        return self.status == DONE or self.status >> 8 == 0x62


def ask(card: Card, command: bytes) -> Answer:
    """Ask a card; fetch what it holds back (61xx) and ask again with the length it wants (6Cxx)."""
    answer = _ask_exactly(card, command)
    parts = [answer.data]
    while answer.status >> 8 == 0x61:
        if len(parts) > _MOST_PARTS:
            raise CardFault(FaultKind.UNREADABLE)
        more = bytes((0x00, GET_RESPONSE, 0x00, 0x00, answer.status & 0xFF))
        answer = _ask_exactly(card, more)
        parts.append(answer.data)
    return Answer(b"".join(parts), answer.status)


def _ask_exactly(card: Card, command: bytes) -> Answer:
    """Ask a card, once more if it names the length it has (6Cxx)."""
    answer = _split(card.transmit(command))
    if answer.status >> 8 == 0x6C:
        return _split(card.transmit(_with_length(command, answer.status & 0xFF)))
    return answer


def _with_length(command: bytes, length: int) -> bytes:
    """Return a command that expects `length` bytes."""
    ends_with_length = len(command) == 5 or (len(command) > 5 and len(command) == 6 + command[4])
    return (command[:-1] if ends_with_length else command) + bytes((length,))


def _split(raw: bytes) -> Answer:
    """Return the data and the status of an answer."""
    if len(raw) < 2:
        raise CardFault(FaultKind.UNREADABLE)
    return Answer(raw[:-2], int.from_bytes(raw[-2:]))
