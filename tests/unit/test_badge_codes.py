import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.badge import (
    ALPHABET,
    CODE_LENGTH,
    LONGEST_READING,
    RANDOM_LENGTH,
    event_tag,
    new_badge_code,
    read_code,
)
from app.domain.keyboards import COLEMAK, DVORAK, GREEK, RUSSIAN, ZHUYIN
from app.domain.scans import ReadingKind

TAG = event_tag("event-1")
OTHER_TAG = event_tag("event-2")
RANDOM = st.binary(min_size=16, max_size=32)
CODES = RANDOM.map(lambda random_bytes: new_badge_code(TAG, random_bytes))
A_CODE = new_badge_code(TAG, bytes(range(16)))


def test_codes_are_letters_with_enough_chance_in_them() -> None:
    assert len(A_CODE) == CODE_LENGTH == 25
    assert RANDOM_LENGTH * math.log2(len(ALPHABET)) > 80
    assert set(A_CODE) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0123456789IOUAQWZYM")


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        new_badge_code(TAG, b"short")


@given(CODES)
def test_a_new_code_reads_as_our_own(code: str) -> None:
    reading = read_code(code, TAG)
    assert (reading.kind, reading.code) == (ReadingKind.OWN, code)


@given(CODES)
def test_a_badge_of_another_event_is_recognised(code: str) -> None:
    reading = read_code(code, OTHER_TAG)
    assert (reading.kind, reading.code) == (ReadingKind.OTHER_EVENT, code)


@given(RANDOM, RANDOM)
def test_different_chance_gives_different_codes(one: bytes, other: bytes) -> None:
    span = len(ALPHABET) ** RANDOM_LENGTH
    same = int.from_bytes(one) % span == int.from_bytes(other) % span
    assert (new_badge_code(TAG, one) == new_badge_code(TAG, other)) == same


@given(CODES)
def test_every_single_wrong_letter_is_caught(code: str) -> None:
    for at, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            spoilt = code[:at] + wrong + code[at + 1 :]
            assert read_code(spoilt, TAG).kind is ReadingKind.UNREADABLE


@given(CODES)
def test_every_swap_of_neighbours_is_caught(code: str) -> None:
    for at in range(len(code) - 1):
        if code[at] != code[at + 1]:
            spoilt = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert read_code(spoilt, TAG).kind is ReadingKind.UNREADABLE


@pytest.mark.parametrize("size", [0, 1, 24, 26, 50])
def test_a_part_or_a_double_is_unreadable(size: int) -> None:
    assert read_code((A_CODE * 2)[:size], TAG).kind is ReadingKind.UNREADABLE


FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
US = "QWERTYUIOPASDFGHJKLZXCVBNM"
QWERTZ = str.maketrans("YZ", "ZY")
AZERTY = str.maketrans("AQWZM", "QAZW?")


@pytest.mark.parametrize(
    "raw",
    [
        A_CODE.lower(),
        A_CODE.swapcase(),
        A_CODE.translate(FULL_WIDTH),
        A_CODE.lower().translate(FULL_WIDTH),
        A_CODE.translate(QWERTZ),
        A_CODE.translate(AZERTY),
        f"]C0{A_CODE}\r\n",
        f"]Q3\\000026{A_CODE}",
        f"\\000026{A_CODE}",
        f"]d2\x1d{A_CODE}\x1d",
        f"+C0{A_CODE}",
        f"\ufeff \t{A_CODE[:5]} {A_CODE[5:]}\u200b\n",
        "-".join((A_CODE[:5], A_CODE[5:15], A_CODE[15:])),
    ],
)
def test_readers_and_keyboards_do_not_spoil_a_code(raw: str) -> None:
    reading = read_code(raw, TAG)
    assert (reading.kind, reading.code) == (ReadingKind.OWN, A_CODE)


@pytest.mark.parametrize("layout", [ZHUYIN, DVORAK, COLEMAK, RUSSIAN, GREEK])
@given(code=CODES)
def test_known_layouts_are_undone(layout: dict[int, int | str], code: str) -> None:
    typed_as = {
        meant if isinstance(meant, int) else ord(meant): appeared
        for appeared, meant in reversed(layout.items())
    }
    typed = code.translate(typed_as)
    assert typed != code
    for raw in (typed, typed.lower()):
        reading = read_code(raw, TAG)
        assert (reading.kind, reading.code) == (ReadingKind.OWN, code)


@given(st.text() | st.text(ALPHABET, min_size=25, max_size=25) | st.binary().map(bytes.hex))
def test_nothing_read_ever_raises(raw: str) -> None:
    reading = read_code(raw, TAG)
    assert len(reading.code) <= LONGEST_READING
    assert reading.kind is ReadingKind.UNREADABLE or len(reading.code) == CODE_LENGTH


@pytest.mark.parametrize("raw", ["", "\x00", "]C0", "\ufdfa" * 5000, "A" * 100_000, "T123456785"])
def test_other_texts_are_unreadable(raw: str) -> None:
    assert read_code(raw, TAG).kind is ReadingKind.UNREADABLE


def test_an_unreadable_text_is_handed_on_clean() -> None:
    assert read_code("]C0 0412 3456\r", TAG).code == "04123456"


def test_tags_are_stable_and_differ() -> None:
    assert event_tag("event-1") == TAG
    assert len({event_tag(f"event-{number}") for number in range(30)}) >= 29
