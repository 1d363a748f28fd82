"""The check, the monitor and the command through the real smart-card service and virtual cards."""

import json
from collections.abc import Iterator
from queue import Queue
from threading import Event

import pytest
from own_pcscd import READERS, OwnPcscd
from typer.testing import CliRunner
from virtual_cards import (
    NOW,
    XCA,
    GarbageCard,
    HicosCard,
    NhiCard,
    PulledCard,
    RecordingCard,
    UidCard,
    certificate,
    certificate_file,
)
from virtual_reader import InsertedCard

from app.cli.main import program
from app.readers.card_events import (
    CardEvent,
    CardInserted,
    CardRemoved,
    ReaderAppeared,
    ReaderVanished,
    ServiceFound,
    ServiceLost,
)
from app.readers.card_monitor import CardMonitor
from app.readers.cards.reading import CardKind
from app.readers.pcsc import open_context
from app.services.card_checks import CardCheck, CardCheckService

FIRST, SECOND = READERS
VERIFY = bytes.fromhex("0020000108313233343536FFFF")
READING = {0xA4, 0xB0, 0xCA, 0xC0}


def _service(*, seconds: float = 20) -> CardCheckService:
    return CardCheckService(now=lambda: NOW, seconds=seconds)


def _check(*, identify: bool = False) -> CardCheck:
    return _service().check_cards(identify=identify)


# The check ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "card", [HicosCard(), HicosCard(generation=1), HicosCard(generation=1, command_class=0)]
)
def test_a_certificate_card_is_fine(pcscd: OwnPcscd, card: HicosCard) -> None:
    pcscd.insert(card)
    check = _check()
    (found,) = check.cards
    assert (check.finding.tone, check.readers, found.reader) == ("ok", READERS, FIRST)
    assert (found.kind, found.number_masked) == (CardKind.CERTIFICATE, "•" * 12 + "5566")
    assert [one.days_left for one in found.certificates] == [400, 401]
    assert found.kind_words.zh == "自然人憑證"
    assert {command[1] for command in card.heard} <= READING


@pytest.mark.parametrize(("days", "tone"), [(20, "warn"), (-1, "bad")])
def test_an_organization_s_certificate_near_its_end(pcscd: OwnPcscd, days: int, tone: str) -> None:
    ending = certificate_file(user=(certificate(XCA, days=days),))
    pcscd.insert(HicosCard(certificates=ending))
    check = _check()
    assert check.finding.tone == tone
    assert "XCA" in check.finding.message.zh
    assert check.finding.remedy.en


def test_a_slow_old_card_in_the_second_reader(pcscd: OwnPcscd) -> None:
    pcscd.insert(HicosCard(generation=1, largest_read=16), slot=1)
    check = _check()
    assert [(card.reader, card.finding.tone) for card in check.cards] == [(SECOND, "ok")]


def test_two_cards_at_once(pcscd: OwnPcscd) -> None:
    pcscd.insert(HicosCard())
    pcscd.insert(UidCard(), slot=1)
    check = _check()
    assert [card.kind for card in check.cards] == [CardKind.CERTIFICATE, CardKind.CONTACTLESS]
    assert [card.may_bind for card in check.cards] == [False, True]
    assert check.finding.tone == "warn"


def test_an_nhi_card_tells_who_only_when_asked(pcscd: OwnPcscd) -> None:
    card = NhiCard()
    pcscd.insert(card)
    assert _check().cards[0].identity is None
    assert all(command[1] == 0xA4 for command in card.heard)
    (found,) = _check(identify=True).cards
    assert found.identity
    assert (found.identity.name, found.identity.id_number) == ("林采潔", "A234567893")
    assert "林" not in repr(found)


def test_a_phone_s_number_cannot_be_bound(pcscd: OwnPcscd) -> None:
    pcscd.insert(UidCard(uid=bytes.fromhex("08A1B2C3")))
    (found,) = _check().cards
    assert (found.kind, found.may_bind) == (CardKind.CONTACTLESS, False)


@pytest.mark.parametrize(
    ("card", "word"),
    [(GarbageCard(), "看不懂"), (PulledCard(), "拔出"),
     (PulledCard(inner=NhiCard(), commands=1), "拔出"),
     (RecordingCard(atr=b"\x12\x34"), "沒有回應"), (RecordingCard(), "不認得")],
)  # fmt: skip
def test_a_card_that_fails_gets_its_word(pcscd: OwnPcscd, card: RecordingCard, word: str) -> None:
    pcscd.insert(card)
    check = _check(identify=True)
    assert word in check.finding.message.zh
    assert check.finding.tone != "ok"
    assert check.finding.remedy.zh


def test_no_card(pcscd: OwnPcscd) -> None:
    check = _check()
    assert (check.finding.tone, check.has_service, check.readers) == ("bad", True, READERS)
    assert "沒有卡片" in check.finding.message.zh


def test_another_program_holds_the_card(pcscd: OwnPcscd) -> None:
    pcscd.insert(HicosCard())
    with open_context() as other:
        card = other.connect(FIRST, exclusive=True)
        check = _check()
        card.close()
    assert "HiCOS" in check.finding.message.zh
    assert _check().finding.tone == "ok"


class SilentCard(RecordingCard):
    """Never answers, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = Event()

    def answer(self, command: bytes) -> bytes:
        self.let_go.wait()
        return super().answer(command)


def test_a_card_that_never_answers_holds_nobody_for_ever(pcscd: OwnPcscd) -> None:
    card = SilentCard()
    pcscd.insert(card)
    check = _service(seconds=0.3).check_cards()
    card.let_go.set()
    assert "遲遲沒有回應" in check.finding.message.zh
    assert _check().cards[0].kind is CardKind.UNKNOWN  # and the reader is free again


def test_no_check_ever_sends_verify(pcscd: OwnPcscd) -> None:
    cards = [
        HicosCard(), HicosCard(generation=1), NhiCard(), UidCard(), GarbageCard(), RecordingCard()
    ]  # fmt: skip
    for card in cards:
        pcscd.insert(card)
        _check(identify=True)
        pcscd.eject()
    heard = [command for card in cards for command in card.heard]
    assert len(heard) > 40
    assert [command for command in heard if command[1] not in READING] == []


def test_the_virtual_card_would_have_recorded_one(pcscd: OwnPcscd) -> None:
    # The control: straight to the card, past the guard.
    card = HicosCard()
    pcscd.insert(card)
    with open_context() as context, context.connect(FIRST) as connected:
        connected.transmit(VERIFY)
    assert card.heard == [VERIFY]


# The monitor --------------------------------------------------------------------------------------


class Heard:
    """What a monitor reported, in order."""

    def __init__(self) -> None:
        self.queue: Queue[CardEvent] = Queue()

    def next(self) -> CardEvent:
        return self.queue.get(timeout=20)

    def some(self, count: int) -> set[CardEvent]:
        return {self.next() for _ in range(count)}


@pytest.fixture
def heard(pcscd: OwnPcscd) -> Iterator[Heard]:
    heard = Heard()
    with CardMonitor(heard.queue.put, retry_ms=50):
        assert heard.next() == ServiceFound()
        assert heard.some(2) == {ReaderAppeared(name) for name in READERS}
        yield heard
    assert heard.queue.empty()


def test_cards_come_and_go(pcscd: OwnPcscd, heard: Heard) -> None:
    card = UidCard()
    for slot, reader in enumerate(READERS):
        pcscd.insert(card, slot=slot)
        assert heard.next() == CardInserted(reader, card.atr)
    for slot, reader in enumerate(READERS):
        pcscd.eject(slot)
        assert heard.next() == CardRemoved(reader)


def test_the_service_dies_and_comes_back(pcscd: OwnPcscd, heard: Heard) -> None:
    pcscd.insert(UidCard())
    assert isinstance(heard.next(), CardInserted)
    pcscd.stop()
    gone = {CardRemoved(FIRST), *(ReaderVanished(name) for name in READERS)}
    assert heard.some(3) == gone
    lost = heard.next()
    assert isinstance(lost, ServiceLost)
    assert "pcscd" in lost.fault.remedy.zh
    assert _check().has_service is False
    pcscd.start()
    assert heard.next() == ServiceFound()
    # Readers are there one after the other; both come, whenever we looked.
    assert heard.some(2) == {ReaderAppeared(name) for name in READERS}


def test_a_monitor_begun_without_a_service(pcscd: OwnPcscd) -> None:
    pcscd.stop()
    heard = Heard()
    with CardMonitor(heard.queue.put, retry_ms=50):
        assert isinstance(heard.next(), ServiceLost)
        pcscd.start()
        assert heard.next() == ServiceFound()


def test_a_monitor_can_be_stopped_at_any_moment(pcscd: OwnPcscd) -> None:
    for _ in range(10):
        monitor = CardMonitor(lambda _: None)
        monitor.start()
        monitor.stop()


def test_waiting_for_a_card(pcscd: OwnPcscd) -> None:
    assert not _service().wait_for_card(0.1)
    pcscd.insert(UidCard(), wait=False)
    assert _service().wait_for_card(20)


# The command --------------------------------------------------------------------------------------


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENUEDESK_LANG", "en")


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["card", *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("in_english")
def test_the_command(pcscd: OwnPcscd) -> None:
    lasting = certificate_file(user=(certificate(days=40_000),))  # the command's clock is today's
    pcscd.insert(HicosCard(certificates=lasting), wait=False)
    status, out, err = _run("--wait", "20")
    assert (status, out.splitlines()[1]) == (0, SECOND)
    assert out.startswith(f"{FIRST}\tcitizen certificate (MOICA)\t{'•' * 12}5566\t")
    assert "work; valid until" in err


@pytest.mark.usefixtures("in_english")
def test_the_command_as_json(pcscd: OwnPcscd) -> None:
    pcscd.insert(NhiCard())
    plain = json.loads(_run("--json")[1])
    assert (plain["tone"], plain["cards"][0]["kind"]) == ("warn", "nhi")
    assert "identity" not in plain["cards"][0]
    told = json.loads(_run("--json", "--identify")[1])
    assert told["cards"][0]["identity"] == {"name": "林采潔", "id_number": "A234567893"}


@pytest.mark.usefixtures("in_english")
def test_the_command_without_a_card(pcscd: OwnPcscd) -> None:
    status, out, err = _run()
    assert (status, out.splitlines()) == (1, list(READERS))
    assert "no card" in err
    assert json.loads(_run("--json")[1])["cards"] == []


def test_inserted_cards_leave_no_thread(pcscd: OwnPcscd) -> None:
    card: InsertedCard = pcscd.insert(UidCard())
    pcscd.eject()
    assert not card._thread.is_alive()
