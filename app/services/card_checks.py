"""Answers "do your card and your reader work?" at the help desk's door, without any PIN."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread

from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.readers.card_events import CardEvent, CardInserted, has_card
from app.readers.card_faults import SERVICE_FAULTS, CardFault, FaultKind
from app.readers.card_monitor import CardMonitor
from app.readers.cards.contactless import Uid
from app.readers.cards.nhi import NhiIdentity
from app.readers.cards.reading import CardKind, CardReading, read_card
from app.readers.pcsc import PcscContext, open_context
from app.services.card_findings import (
    CARD_WORDS,
    CheckedCertificate,
    Finding,
    check_certificate,
    find_about,
    finding_of_fault,
    worse,
)

CHECK_SECONDS = 20.0
"""A certificate card takes three to five seconds; what takes longer hangs."""
TAIL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCard:
    """What a reader's card said, as far as a desk may see it."""

    reader: str
    kind: CardKind | None
    """None when the card could not be read."""
    finding: Finding
    number_masked: str = ""
    """The card number with all but its last four characters hidden."""
    certificates: tuple[CheckedCertificate, ...] = ()
    may_bind: bool = False
    """Whether the card has a chip number that stays the same, so that it can become a badge."""
    identity: NhiIdentity | None = field(default=None, repr=False)
    """Name and ID number of an NHI card, only when asked for."""

    @property
    def kind_words(self) -> Words:
        """What sort of card it is: its certificate's name, else the sort of card."""
        if self.certificates:
            return self.certificates[0].kind_words
        return CARD_WORDS[self.kind or CardKind.UNKNOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCheck:
    """The whole answer. `finding` is the one sentence to show; the rest is the detail below it."""

    finding: Finding
    has_service: bool
    readers: tuple[str, ...] = ()
    cards: tuple[CheckedCard, ...] = ()
    """One for each reader that has a card."""


class CardCheckService:
    """Checks the cards in this machine's readers. It waits for cards: call it in the background."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        connect: Callable[[], PcscContext] = open_context,
        seconds: float = CHECK_SECONDS,
    ) -> None:
        self._now = now
        self._connect = connect
        self._seconds = seconds

    def check_cards(self, *, identify: bool = False) -> CardCheck:
        """Read every card that is in a reader now and judge it.

        Name and ID number of an NHI card are read only with `identify`, after asking its holder.
        """
        answers: list[CardCheck | BaseException] = []

        def work() -> None:
            try:
                answers.append(self._check(identify=identify))
            except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
                answers.append(error)

        # A broken reader or a program that keeps the card locked would hold us for ever.
        thread = Thread(target=work, name="card-check", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if not answers:
            return _failed(CardFault(FaultKind.SILENT), has_service=True)
        if isinstance(answers[0], BaseException):
            raise answers[0]
        return answers[0]

    def wait_for_card(self, seconds: float) -> bool:
        """Wait until some reader has a card; say whether one has."""
        inserted = Event()

        def note(event: CardEvent) -> None:
            if isinstance(event, CardInserted):
                inserted.set()

        with CardMonitor(note, connect=self._connect):
            return inserted.wait(seconds)

    def _check(self, *, identify: bool) -> CardCheck:
        """Check all readers; nothing that fails is more than a finding."""
        try:
            with self._connect() as context:
                states = context.list_states()
                names = tuple(state.name for state in states)
                occupied = [state.name for state in states if has_card(state)]
                cards = tuple(
                    self._check_card(context, name, identify=identify) for name in occupied
                )
        except CardFault as fault:
            return _failed(fault, has_service=fault.kind not in SERVICE_FAULTS)
        if not names:
            return _failed(CardFault(FaultKind.NO_READER), has_service=True)
        if not cards:
            return _failed(CardFault(FaultKind.NO_CARD), has_service=True, readers=names)
        worst = cards[0].finding
        for card in cards[1:]:
            worst = worse(worst, card.finding)
        return CardCheck(finding=worst, has_service=True, readers=names, cards=cards)

    def _check_card(self, context: PcscContext, reader: str, *, identify: bool) -> CheckedCard:
        """Read one card and judge it; a card that cannot be read is a finding too."""
        try:
            with context.connect(reader) as card:
                reading = read_card(card, identify=identify)
        except CardFault as fault:
            if fault.kind in SERVICE_FAULTS:
                raise
            return CheckedCard(reader=reader, kind=None, finding=finding_of_fault(fault))
        return self._judge(reader, reading)

    def _judge(self, reader: str, reading: CardReading) -> CheckedCard:
        """Return what a desk may see of a reading."""
        now = self._now()
        certificates = tuple(check_certificate(facts, now) for facts in reading.certificates)
        return CheckedCard(
            reader=reader,
            kind=reading.kind,
            finding=find_about(reading, certificates),
            number_masked=mask_number(reading.number),
            certificates=certificates,
            may_bind=reading.uid is not None and not reading.uid.is_random,
            identity=reading.identity,
        )


def _failed(fault: CardFault, *, has_service: bool, readers: tuple[str, ...] = ()) -> CardCheck:
    """Return the check of a machine where no card could be looked at."""
    return CardCheck(finding=finding_of_fault(fault), has_service=has_service, readers=readers)


def mask_number(number: str) -> str:
    """Return a number with only its last four characters, and never more than half of it."""
    shown = min(TAIL, len(number) // 2)
    return "•" * (len(number) - shown) + number[len(number) - shown :]


def keyed_card_hash(key: bytes, uid: Uid) -> str:
    """Return what is stored of a bound card: a keyed hash of its chip's number, never that.

    HMAC-SHA256 under the event's secret, in hexadecimal; refuses a number made up anew each time.
    """
    if uid.is_random:
        raise InvalidInput(
            Words(
                zh="這張卡（或手機）每次感應的號碼都不同，不能綁定。",
                en="This card (or phone) tells another number each time; it cannot be bound.",
            ),
            remedy=Words(
                zh="請改用悠遊卡或服務證，或列印名牌。", en="Use another card or a badge."
            ),
            field="card",
        )
    return hmac.new(key, b"venuedesk card\0" + uid.value, hashlib.sha256).hexdigest()
