"""Whatever a card answers, only reading commands reach it: never VERIFY, which counts PIN tries."""

from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_cards import HicosCard, NhiCard, RecordingCard, UidCard

from app.domain.errors import NotAllowed
from app.readers.card_faults import CardFault
from app.readers.cards.apdu import GET_UID, ReadOnlyCard, is_reading
from app.readers.cards.reading import read_card, read_uid

HARMLESS = {0xA4, 0xB0, 0xCA, 0xC0}
VERIFY = bytes.fromhex("0020000108313233343536FFFF")
PROTECTED_VERIFY = bytes.fromhex("8C20000120") + b"\0" * 32


def _harmful(heard: list[bytes]) -> list[bytes]:
    """Commands that a card should never have heard, by a rule of the tests' own."""
    others = [c for c in heard if not (len(c) == 5 and c.startswith(b"\xff\xca\0\0"))]
    return [c for c in others if c[0] not in {0x00, 0x80} or c[1] not in HARMLESS]


@dataclass
class Moody(RecordingCard):
    """Answers at random; hypothesis draws the answers, so that a failure can be repeated."""

    moods: st.DataObject = field(kw_only=True)

    def answer(self, _command: bytes) -> bytes:
        return self.moods.draw(
            st.one_of(
                st.sampled_from(
                    [b"\x90\x00", b"\x6a\x82", b"\x69\x87", b"\x61\x05", b"\x6c\x04", b"", b"\x63"]
                ),
                st.binary(max_size=20).map(lambda data: data + b"\x90\x00"),
                st.just(b"\x30\x82\x00\x10\x90\x00"),
                st.binary(max_size=8),
            )
        )


@settings(max_examples=150)
@given(st.data(), st.booleans())
def test_a_card_of_any_mood_hears_only_reading(moods: st.DataObject, identify: bool) -> None:
    card = Moody(moods=moods)
    for read in (lambda: read_card(card, identify=identify), lambda: read_uid(card)):
        with suppress(CardFault):  # the only way out besides a reading
            read()
    assert _harmful(card.heard) == []


@dataclass
class Damaged(RecordingCard):
    """A good card with some of its bytes changed on the way."""

    inner: RecordingCard = field(default_factory=HicosCard)
    changes: dict[int, bytes] = field(default_factory=dict)

    def answer(self, command: bytes) -> bytes:
        return self.changes.get(len(self.heard), self.inner.transmit(command))


@settings(max_examples=150)
@given(
    st.sampled_from([HicosCard, lambda: HicosCard(generation=1), NhiCard, UidCard]),
    st.dictionaries(st.integers(1, 20), st.binary(max_size=60).map(lambda b: b + b"\x90\x00")),
)
def test_a_damaged_card_is_a_reading_or_a_fault(make, changes: dict[int, bytes]) -> None:
    card = Damaged(inner=make(), changes=changes)
    with suppress(CardFault):
        read_card(card, identify=True)
    assert _harmful(card.heard) == []


@given(st.binary(max_size=40))
def test_the_guard_lets_nothing_else_through(command: bytes) -> None:
    card = RecordingCard()
    try:
        ReadOnlyCard(card).transmit(command)
    except NotAllowed:
        assert card.heard == []
    else:
        assert _harmful(card.heard) == []


@pytest.mark.parametrize("cla", [0x00, 0x80, 0x8C, 0xFF])
def test_no_other_instruction_passes(cla: int) -> None:
    for ins in set(range(256)) - HARMLESS:
        assert not is_reading(bytes((cla, ins, 0x00, 0x01)))
        assert not is_reading(bytes((cla, ins, 0x00, 0x01, 0x02, 0x31, 0x32)))


@pytest.mark.parametrize(
    "command",
    [VERIFY, PROTECTED_VERIFY, VERIFY[:4], VERIFY[:5], bytes.fromhex("8CB0000010"),
     bytes.fromhex("00A40000023F00") + VERIFY,  # a second command behind the first
     bytes.fromhex("00B0000010") + VERIFY,
     bytes.fromhex("FFCA010000"), bytes.fromhex("FF20000000"), b"", b"\x00\xa4"],
)  # fmt: skip
def test_what_the_guard_stops(command: bytes) -> None:
    card = HicosCard()
    with pytest.raises(NotAllowed):
        ReadOnlyCard(card).transmit(command)
    assert card.heard == []


def test_the_recorder_would_have_caught_one() -> None:
    # The control: a program without the guard.
    card = HicosCard()
    card.transmit(VERIFY)
    card.transmit(PROTECTED_VERIFY)
    assert _harmful(card.heard) == [VERIFY, PROTECTED_VERIFY]


def test_what_passes() -> None:
    for command in ("00A40000023F00", "80B0000010", "00CA11000200" + "00", "00C0000005"):
        assert is_reading(bytes.fromhex(command))
    assert is_reading(GET_UID)
