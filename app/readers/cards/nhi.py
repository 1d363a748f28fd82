"""健保卡 (National Health Insurance card): name and ID number of its public profile.

The profile also holds card number, birth date, sex and day of issue; none of them is looked at.
"""

from dataclasses import dataclass, field

from app.readers.card_faults import CardFault, FaultKind
from app.readers.cards.apdu import Card, ask

SELECT_PROFILE = bytes.fromhex("00A4040010D1580000010000000000000000001100")
"""The application's 16-byte name ends in 11 00; the last byte is no length."""
READ_PROFILE = bytes.fromhex("00CA1100020000")
_NAME = slice(12, 32)
_ID_NUMBER = slice(32, 42)
UNKNOWN_CHARACTER = "▢"
"""Stands for a character only the issuer's own font knows."""


@dataclass(frozen=True, slots=True)
class NhiIdentity:
    """Whose card it is. Personal: never printed by accident."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)

    @property
    def name_is_certain(self) -> bool:
        """Whether every character could be read."""
        return UNKNOWN_CHARACTER not in self.name


def is_nhi_card(card: Card) -> bool:
    """Say whether the card knows the profile's application."""
    return ask(card, SELECT_PROFILE).is_done


def read_identity(card: Card) -> NhiIdentity:
    """Return name and ID number of a card whose profile is selected."""
    answer = ask(card, READ_PROFILE)
    if not answer.is_done:
        raise CardFault(FaultKind.UNREADABLE)
    return parse_identity(answer.data)


def parse_identity(profile: bytes) -> NhiIdentity:
    """Return name and ID number out of a profile's bytes."""
    name = decode_name(profile[_NAME])
    id_number = profile[_ID_NUMBER].decode("ascii", "replace")
    if not name or len(id_number) != 10 or not (id_number.isascii() and id_number.isalnum()):
        raise CardFault(FaultKind.UNREADABLE)
    return NhiIdentity(name, id_number)


def decode_name(raw: bytes) -> str:
    """Return a NUL-padded Big5 name; a rare character becomes ▢ and never costs the others."""
    rest = raw.split(b"\0", 1)[0]
    characters = []
    while rest:
        width = 1 if rest[0] < 0x80 else 2
        characters.append(_decode_character(rest[:width]))
        rest = rest[width:]
    return "".join(characters).strip()


def _decode_character(code: bytes) -> str:
    """Return one character of Windows' Big5, ▢ for what it does not have."""
    try:
        character = code.decode("cp950")
    except UnicodeDecodeError:
        return UNKNOWN_CHARACTER
    return character if character.isprintable() or character.isspace() else UNKNOWN_CHARACTER
