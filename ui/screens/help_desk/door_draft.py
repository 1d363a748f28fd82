"""What the door knows of the visitor in front of it, before there is a number; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.help_desk import LoanKind
from app.domain.visits import ReadinessItem, Ready

_NEXT = {
    Ready.UNKNOWN: Ready.OK,
    Ready.OK: Ready.MISSING,
    Ready.MISSING: Ready.NOT_NEEDED,
    Ready.NOT_NEEDED: Ready.UNKNOWN,
}
MOST_PEOPLE = 9
"""A larger party is several groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLoan:
    """What is handed over together with the number."""

    kind: LoanKind
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorDraft:
    """Everything the door has filled in so far; nothing is needed but a topic or a school."""

    unit_id: str = ""
    unit_text: str = ""
    person_id: str = ""
    name: str = ""
    title: str = ""
    phone: str = ""
    party_size: int = 1
    readiness: Mapping[ReadinessItem, Ready] = field(default_factory=dict)
    return_of: str = ""
    """The earlier visit this one comes back for."""
    return_ticket: str = ""
    loan: PlannedLoan | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in yet."""
        return self == DoorDraft()

    @property
    def missing(self) -> tuple[ReadinessItem, ...]:
        """What the visitor does not have, in the order of the row."""
        return tuple(item for item in ReadinessItem if self.readiness.get(item) is Ready.MISSING)

    def ready(self, item: ReadinessItem) -> Ready:
        """Return how an item stands."""
        return self.readiness.get(item, Ready.UNKNOWN)

    def cycled(self, item: ReadinessItem) -> "DoorDraft":
        """Move an item on: there, missing, not needed, not asked."""
        return self.with_ready(item, _NEXT[self.ready(item)])

    def with_ready(self, item: ReadinessItem, value: Ready) -> "DoorDraft":
        """Say how an item stands; what nobody asked about is left out."""
        asked = {key: held for key, held in self.readiness.items() if key is not item}
        if value is not Ready.UNKNOWN:
            asked[item] = value
        return replace(self, readiness=asked)

    def with_party(self, step: int) -> "DoorDraft":
        """Count one person more or less; after the largest party comes one again."""
        return replace(self, party_size=(self.party_size - 1 + step) % MOST_PEOPLE + 1)


def lent_for(kind: LoanKind) -> ReadinessItem | None:
    """Return what a loan makes ready, None where it makes nothing so."""
    return {LoanKind.READER: ReadinessItem.READER, LoanKind.PHONE: ReadinessItem.OTP_PHONE}.get(
        kind
    )
