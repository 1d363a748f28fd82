"""Ask a card what it is and read the little the program needs of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.readers.cards.apdu import Card, ReadOnlyCard
from app.readers.cards.certificates import CertificateFacts, is_authority, read_certificate
from app.readers.cards.contactless import Uid, find_uid
from app.readers.cards.hicos import Dialect, find_dialect, read_card_number, read_certificates
from app.readers.cards.nhi import NhiIdentity, is_nhi_card, read_identity


class CardKind(StrEnum):
    """What sort of card it is, told by what it answers, never by its ATR."""

    CERTIFICATE = "certificate"
    NHI = "nhi"
    CONTACTLESS = "contactless"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReading:
    """What a card said. Numbers and names are personal: they are kept out of `repr`."""

    kind: CardKind
    number: str = field(default="", repr=False)
    certificates: tuple[CertificateFacts, ...] = ()
    identity: NhiIdentity | None = field(default=None, repr=False)
    uid: Uid | None = field(default=None, repr=False)


def read_card(card: Card, *, identify: bool = False) -> CardReading:
    """Read a card: certificate card, else NHI card, else a contactless one.

    The NHI card's name and ID number are read only with `identify`.
    """
    guarded = ReadOnlyCard(card)
    dialect = find_dialect(guarded)
    if dialect is not None:
        return _read_certificate_card(guarded, dialect)
    if is_nhi_card(guarded):
        identity = read_identity(guarded) if identify else None
        return CardReading(kind=CardKind.NHI, identity=identity)
    uid = find_uid(guarded)
    return CardReading(kind=CardKind.CONTACTLESS if uid else CardKind.UNKNOWN, uid=uid)


def read_uid(card: Card) -> Uid | None:
    """Return the number of a contactless chip, to bind the card to a person; None: it has none."""
    return find_uid(ReadOnlyCard(card))


def _read_certificate_card(card: Card, dialect: Dialect) -> CardReading:
    """Read number and the holder's certificates."""
    number = read_card_number(card, dialect)
    found = [der for der in read_certificates(card, dialect) if not is_authority(der)]
    return CardReading(
        kind=CardKind.CERTIFICATE,
        number=number,
        certificates=tuple(read_certificate(der) for der in found),
    )
