"""What a calibration code looks like on arrival tells what is wrong with the reader."""

import pytest

from app.readers.burst import UNKNOWN_CHARACTER
from app.readers.calibration import BADGE, BARS, CODES, SIGNS
from app.readers.diagnosis import ADVICE, Heard, ReaderFault, diagnose

F = ReaderFault
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
QWERTZ = str.maketrans("yzYZ-_/:;", "zyZY/?-Öö")
AZERTY = str.maketrans("aqwzAQWZ0123456789", "qazwQAZWà&é\"'(-è_ç")
DVORAK = str.maketrans(
    "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM",
    "',.pyfgcrlaoeuidhtn;qjkxbm\"<>PYFGCRLAOEUIDHTN:QJKXBM",
)


def kept(text):
    """What a reading keeps: signs that no code holds are marked."""
    return "".join(char if char.isascii() else UNKNOWN_CHARACTER for char in text)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.key)
def test_a_code_as_it_should_be_is_fine(code):
    told = diagnose(Heard(text=code.text))
    assert told.is_fine
    assert told.code is code


CASES = [
    pytest.param(Heard(text=BARS.text, missing_suffix=True), {F.SUFFIX}, id="no-suffix"),
    pytest.param(Heard(text=BARS.text.lower()), {F.CAPS}, id="caps-bars"),
    pytest.param(Heard(text=SIGNS.text.swapcase()), {F.CAPS}, id="caps-signs"),
    pytest.param(Heard(text=SIGNS.text.upper()), {F.CAPS}, id="all-upper"),
    pytest.param(Heard(text=BADGE.text.translate(FULL)), {F.FULL_WIDTH}, id="full-width"),
    pytest.param(
        Heard(text=SIGNS.text.swapcase().translate(FULL), missing_suffix=True),
        {F.FULL_WIDTH, F.CAPS, F.SUFFIX},
        id="three-at-once",
    ),
    pytest.param(Heard(text=kept(SIGNS.text.translate(QWERTZ))), {F.LAYOUT}, id="qwertz"),
    pytest.param(Heard(text=kept(SIGNS.text.translate(AZERTY))), {F.LAYOUT}, id="azerty"),
    pytest.param(Heard(text=BADGE.text.translate(DVORAK)), {F.LAYOUT}, id="dvorak"),
    pytest.param(Heard(text=UNKNOWN_CHARACTER * len(BADGE.text)), {F.LAYOUT}, id="russian"),
    pytest.param(
        Heard(text=UNKNOWN_CHARACTER * 9, input_method=True), {F.INPUT_METHOD}, id="zhuyin"
    ),
    pytest.param(Heard(text="]C0" + BARS.text), {F.PREFIX}, id="aim-prefix"),
    pytest.param(Heard(text=BARS.text + "**"), {F.ADDED}, id="added"),
    pytest.param(Heard(text=BADGE.text[:4] + BADGE.text[7:]), {F.LOST}, id="lost"),
    pytest.param(Heard(text=BARS.text, typed=True), {F.SLOW}, id="slow"),
    pytest.param(Heard(text="x" * 512, truncated=True), {F.TOO_LONG}, id="too-long"),
    pytest.param(Heard(text="HELLO-WORLD"), {F.GARBAGE}, id="garbage"),
    pytest.param(Heard(text=""), {F.GARBAGE}, id="nothing"),
]


@pytest.mark.parametrize(("heard", "faults"), CASES)
def test_faults_are_told(heard, faults):
    told = diagnose(heard)
    assert {advice.fault for advice in told.advice} == faults
    assert not told.is_fine
    harms = [advice.harms for advice in told.advice]
    assert harms == sorted(harms, reverse=True)


def test_every_fault_has_words_and_a_remedy_in_both_languages():
    for fault in ReaderFault:
        advice = ADVICE[fault]
        assert all((advice.said.zh, advice.said.en, advice.remedy.zh, advice.remedy.en))
