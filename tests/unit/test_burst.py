"""A reader's burst is told from typing, whatever the timing, and no key is lost or reordered."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.burst import BurstRecogniser, BurstSettings, Key, Reading

CODES = st.text(string.ascii_uppercase + string.digits + "-", min_size=6, max_size=40)


class Desk:
    """Feeds keys with their gaps, and lets silence fall as the real filter's timer would."""

    def __init__(self, settings: BurstSettings | None = None) -> None:
        self.recogniser: BurstRecogniser[str] = BurstRecogniser(settings)
        self.now = 1000.0
        self.released: list[str] = []
        self.readings: list[Reading] = []

    def press(self, gap: float, text: str = "", *, name: str = "", **flags: bool) -> None:
        if self.recogniser.is_holding and gap > self.recogniser.wait_ms:
            self._apply(self.recogniser.silence())
        self.now += gap
        key = Key(at_ms=self.now, token=name or text, text=text, **flags)
        self._apply(self.recogniser.press(key))

    def burst(self, code: str, *, gap: float = 2, suffix: str | None = "Enter") -> None:
        self.press(200, code[0])
        for character in code[1:]:
            self.press(gap, character)
        if suffix:
            self.press(gap, name=suffix, ends=True)

    def silence(self) -> None:
        self._apply(self.recogniser.silence())

    def _apply(self, step) -> None:
        self.released += step.release
        if step.reading:
            self.readings.append(step.reading)

    @property
    def texts(self) -> list[str]:
        return [reading.text for reading in self.readings]


@given(CODES, st.floats(0, 30))
def test_a_burst_with_suffix_is_one_reading_and_leaks_nothing(code, gap):
    desk = Desk()
    desk.burst(code, gap=gap)
    assert desk.texts == [code]
    assert desk.released == []
    assert not desk.recogniser.is_holding


@given(st.lists(CODES, min_size=2, max_size=6), st.floats(0, 25))
def test_bursts_in_a_row_are_all_read(codes, gap):
    desk = Desk()
    for code in codes:
        desk.burst(code, gap=gap)
    assert desk.texts == codes


@given(st.lists(st.tuples(st.floats(31, 400), st.sampled_from("abc123/?")), max_size=40))
def test_typing_is_released_whole_and_in_order(strokes):
    desk = Desk()
    for gap, text in strokes:
        desk.press(gap, text)
    desk.silence()
    assert desk.released == [text for _, text in strokes]
    assert desk.readings == []


@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.sampled_from(["a", "b", "Enter", "Left", "repeat"])),
        max_size=60,
    )
)
def test_every_key_is_released_in_order_or_part_of_a_burst(strokes):
    """Whatever comes, what is released keeps its order and nothing is delivered twice."""
    desk = Desk()
    for number, (gap, kind) in enumerate(strokes):
        text = kind if len(kind) == 1 else ""
        name = str(number)
        desk.press(gap, text, name=name, ends=kind == "Enter", repeat=kind == "repeat")
    desk.silence()
    numbers = [int(name) for name in desk.released]
    assert numbers == sorted(set(numbers))
    if not desk.readings and not any(kind in {"Enter", "repeat"} for _, kind in strokes):
        assert len(numbers) == len(strokes)


def test_fast_rolling_of_a_few_keys_is_typing():
    desk = Desk()
    desk.press(200, "t")
    desk.press(12, "h")
    desk.press(9, "e")
    desk.silence()
    assert desk.released == ["t", "h", "e"]


def test_a_short_text_and_enter_is_typing():
    desk = Desk()
    desk.burst("123", gap=5)
    desk.silence()
    assert desk.released == ["1", "2", "3", "Enter"]
    assert desk.readings == []


def test_a_reader_without_suffix_ends_by_pause_and_is_told():
    desk = Desk()
    desk.burst("ABCDEF123456", suffix=None)
    desk.silence()
    assert desk.readings == [Reading(text="ABCDEF123456", at_ms=desk.now, missing_suffix=True)]
    assert desk.released == []


def test_too_short_without_suffix_is_given_back():
    desk = Desk()
    desk.burst("ABCDEFGH", suffix=None)
    desk.silence()
    assert desk.released == list("ABCDEFGH")


def test_control_and_alt_codes_in_a_barcode_reach_nothing():
    desk = Desk()
    desk.press(200, name="Ctrl+O")
    for character in "ABC":
        desk.press(2, character)
    desk.press(2, name="Enter", ends=True)
    for character in "DEFGHI":
        desk.press(2, character)
    desk.press(2, name="Alt+F4")
    desk.press(2, "\x07J")
    desk.press(2, name="Enter", ends=True)
    assert desk.texts == ["ABCDEFGHIJ"]
    assert desk.released == []


def test_line_feed_after_the_suffix_is_part_of_it():
    desk = Desk()
    desk.burst("ABCDEFGH")
    desk.press(2, name="Down")
    desk.press(2, name="Enter", ends=True)
    assert desk.released == []
    desk.press(300, name="Enter", ends=True)
    desk.silence()
    assert desk.released == ["Enter"]


def test_two_readers_at_once_give_garbage_once_and_no_leak():
    desk = Desk()
    desk.press(200, "A")
    for pair in ("1B", "2C", "3D", "4E", "5F"):
        for character in pair:
            desk.press(1, character)
    desk.press(1, name="Enter", ends=True)
    for character in "678":
        desk.press(1, character)
    desk.press(1, name="Enter", ends=True)
    assert len(desk.readings) == 1
    assert desk.released == []
    desk.burst("ABCDEFGH")
    assert desk.texts[-1] == "ABCDEFGH"


def test_an_endless_burst_is_capped_and_scanning_goes_on():
    desk = Desk()
    desk.press(200, "X")
    for _ in range(200_000):
        desk.press(0.1, "X")
    assert len(desk.recogniser._held) < 20
    desk.silence()
    (reading,) = desk.readings
    assert (len(reading.text), reading.truncated) == (512, True)
    desk.burst("ABCDEFGH")
    assert desk.texts[-1] == "ABCDEFGH"
    assert desk.released == []


def test_a_key_held_down_is_never_a_reader():
    desk = Desk()
    for _ in range(30):
        desk.press(10, "a", repeat=True)
    assert len(desk.released) == 30


def test_key_releases_keep_their_place():
    desk = Desk()
    desk.press(200, "a")
    assert desk.recogniser.follow("a up")
    desk.press(10, "b")
    desk.silence()
    assert desk.released == ["a", "a up", "b"]
    assert not desk.recogniser.follow("b up")


@pytest.mark.parametrize(
    ("typed", "kept"), [("ＡＢＣ-１２３", "ＡＢＣ-１２３"), ("ㄅㄆㄇabc", "\ufffd\ufffd\ufffdabc")]
)
def test_full_width_stays_and_other_scripts_are_marked(typed, kept):
    desk = Desk()
    desk.burst(typed)
    assert desk.texts == [kept]


def test_slow_readers_by_setting():
    desk = Desk(BurstSettings(max_gap_ms=50, pause_ms=120))
    desk.burst("ABCDEFGH", gap=45)
    assert desk.texts == ["ABCDEFGH"]
