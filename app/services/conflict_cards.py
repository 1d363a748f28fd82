"""Conflicts as the review shows them: who, both stations' evidence, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.conflicts import Conflict, ConflictKind, Resolution, fold_resolutions
from app.domain.facts import Fact, FactKind, PersonId
from app.domain.fold import taken_back_ids
from app.domain.people import short_unit_name
from app.domain.reconciling import reconcile
from app.domain.visits import Claim, Visit
from app.services.cards import PersonCard
from app.services.context import EventContext
from app.services.people import card_of
from db.engine import Connection
from db.journal import load_subject
from db.queries import conflicts as queries
from db.queries import desk

SHORT_DEVICE = 8
IMPLIED = frozenset(
    (
        FactKind.SCAN_VOIDED,
        FactKind.SCAN_ADMITTED,
        FactKind.REGISTRATION_ADDED,
        FactKind.REGISTRATION_CANCELLED,
    )
)
"""Kinds of facts that a decision brings with it; they name the conflict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictCard:
    """One conflict with the person and, if there is one, the decision in force."""

    person: PersonCard
    conflict: Conflict
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """A visit that two consultants took; who keeps it is decided at the help desk."""

    visit: str
    session: str
    ticket: str
    unit: str
    claims: tuple[Claim, ...]
    """The first one stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """Everything that does not agree."""

    cards: tuple[ConflictCard, ...] = ()
    claims: tuple[ClaimCard, ...] = ()
    devices: tuple[tuple[str, str], ...] = ()
    """(device, what people call it)."""
    staff: tuple[tuple[str, str], ...] = ()
    """(consultant, name)."""

    @property
    def open_count(self) -> int:
        """How many wait for somebody."""
        return len(self.claims) + sum(card.resolution is None for card in self.cards)


def read_review(
    context: EventContext, connection: Connection, session: str | None, *, decided: bool
) -> ReviewList:
    """Return conflicts of a session or all; `decided`: those decided on too. Open ones first."""
    cards: list[ConflictCard] = []
    for person_id in _people(connection, session):
        cards += _cards_of(context, connection, person_id, session, decided=decided)
    cards.sort(key=lambda card: (card.resolution is not None, card.conflict.scans[-1].at_ms))
    visits = queries.list_claimed_twice(connection, session)
    staff = {claim.staff for visit in visits for claim in visit.claims.values()}
    return ReviewList(
        cards=tuple(cards),
        claims=tuple(_claim_card(visit) for visit in visits),
        devices=tuple(queries.list_device_labels(connection).items()),
        staff=tuple(queries.named_staff(connection, sorted(staff)).items()),
    )


def _people(connection: Connection, session: str | None) -> list[PersonId]:
    found = queries.list_candidates(connection, session)
    return list(dict.fromkeys([*found, *queries.list_decided(connection, session)]))


def _cards_of(
    context: EventContext,
    connection: Connection,
    person_id: PersonId,
    session: str | None,
    *,
    decided: bool,
) -> list[ConflictCard]:
    facts = load_subject(connection, f"person:{person_id}")
    face = desk.find_face(connection, person_id)
    if face is None:  # scans of somebody whose registration has not come yet
        return []
    return [
        ConflictCard(person=card_of(face), conflict=conflict, resolution=resolution)
        for conflict, resolution in find_conflicts(context, person_id, facts)
        if (decided or resolution is None) and (session is None or session in conflict.sessions)
    ]


def find_conflicts(
    context: EventContext, person_id: PersonId, facts: Sequence[Fact]
) -> list[tuple[Conflict, Resolution | None]]:
    """Return a person's open conflicts, and those decided on as they were before the decision."""
    resolutions = fold_resolutions(facts)
    found = reconcile(person_id, facts, context.windows)
    pairs: list[tuple[Conflict, Resolution | None]] = [
        (item, None) for item in found if item.id not in resolutions
    ]
    if resolutions:
        as_before = without_implied(facts, frozenset(resolutions))
        pairs += [
            (item, resolutions[item.id])
            for item in reconcile(person_id, as_before, context.windows)
            if item.id in resolutions
        ]
    return pairs


def without_implied(facts: Sequence[Fact], conflicts: frozenset[str]) -> list[Fact]:
    """Return a person's facts but for those that decisions on these conflicts brought."""
    return [fact for fact in facts if not is_implied(fact, conflicts)]


def is_implied(fact: Fact, conflicts: frozenset[str]) -> bool:
    """Tell whether a decision on one of these conflicts brought a fact."""
    return fact.kind in IMPLIED and fact.body.get("conflict") in conflicts


def standing_implied(facts: Sequence[Fact], conflict: str) -> list[Fact]:
    """Return what decisions on a conflict brought and nobody took back."""
    gone = taken_back_ids(facts)
    return [
        fact
        for fact in facts
        if is_implied(fact, frozenset((conflict,)))
        and fact.id not in gone
        and "takes_back" not in fact.body
    ]


def _claim_card(visit: Visit) -> ClaimCard:
    return ClaimCard(
        visit=visit.id,
        session=visit.session,
        ticket=visit.ticket,
        unit=short_unit_name(visit.unit_text),
        claims=tuple(visit.claims.values()),
    )


@dataclass(frozen=True, slots=True)
class ConflictFlags:
    """What the closing list needs: who has an open conflict, whose two rooms were decided on."""

    unsettled: frozenset[PersonId]
    settled_rooms: frozenset[PersonId]


def read_flags(context: EventContext, connection: Connection, session: str) -> ConflictFlags:
    """Return whose conflicts at a session are open or settled; two rooms flag both sessions."""
    cards = read_review(context, connection, session, decided=True).cards
    rooms = [card for card in cards if card.conflict.kind is ConflictKind.TWO_ROOMS]
    open_rooms = {card.person.id for card in rooms if card.resolution is None}
    return ConflictFlags(
        unsettled=frozenset(
            card.person.id
            for card in cards
            if card.resolution is None and card.conflict.kind is not ConflictKind.TWO_ROOMS
        ),
        settled_rooms=frozenset(card.person.id for card in rooms) - open_rooms,
    )
