"""What a card in a reader says, in the words the door's queue takes: `uid:…` or `cert:…`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.domain.errors import NO_REMEDY
from app.domain.words import Words
from app.readers.card_events import has_card
from app.readers.card_faults import CardFault, FaultKind
from app.readers.cards.reading import CardKind, CardReading, read_card
from app.readers.pcsc import PcscContext, open_context
from app.services.card_checks import CardCheckService
from app.services.card_findings import check_certificate, find_about


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorCard:
    """What the door makes of a card. `text` is empty where the card cannot be a badge."""

    text: str = field(default="", repr=False)
    kind: CardKind
    said: Words
    remedy: Words = NO_REMEDY


def read_door_card(
    reader: str,
    *,
    identify: bool = False,
    connect: Callable[[], PcscContext] = open_context,
) -> DoorCard:
    """Read the card in a reader. `identify`: an NHI card's ID number too. Raises CardFault."""
    with connect() as context, context.connect(reader) as card:
        reading = read_card(card, identify=identify)
    certificates = tuple(
        check_certificate(facts, datetime.now(UTC)) for facts in reading.certificates
    )
    finding = find_about(reading, certificates)
    return DoorCard(
        text=_text_of(reading), kind=reading.kind, said=finding.message, remedy=finding.remedy
    )


def _text_of(reading: CardReading) -> str:
    if reading.uid is not None:
        return "uid:" + reading.uid.value.hex().upper()
    if reading.identity is not None:
        return reading.identity.id_number
    return f"cert:{reading.number}" if reading.number else ""


def read_any_card(seconds: float = 0, *, connect: Callable[[], PcscContext] = open_context) -> str:
    """Return what the first card in any reader tells; waits for one. Raises CardFault."""
    if seconds:
        CardCheckService(connect=connect).wait_for_card(seconds)
    with connect() as context:
        states = context.list_states()
    if not states:
        raise CardFault(FaultKind.NO_READER)
    for state in states:
        if has_card(state):
            return read_door_card(state.name, connect=connect).text
    raise CardFault(FaultKind.NO_CARD)
