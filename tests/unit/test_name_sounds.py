"""Names by their sound: what they are indexed under, and what typed sounds ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.name_sounds import (
    SoundQuery,
    is_zhuyin,
    read_pinyin,
    read_zhuyin,
    sound_terms,
    spell_initials,
)
from db.name_sounds import load_readings


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("王小明", {"ㄨㄒㄇ", "ㄨㄒ", "wang", "wangxiaoming", "xiaoming"}),
        ("呂安", {"ㄌㄢ", "lu", "luan"}),
        ("曾淑芬", {"ㄗㄕㄈ", "ㄗㄕ", "zeng", "zengshufen", "shufen"}),
        ("撒韵·武荖", set()),
        ("john", set()),
        ("王", set()),
        ("", set()),
    ],
)
def test_a_name_is_indexed_by_its_sound(name: str, terms: set[str]) -> None:
    assert set(sound_terms(name, load_readings())) == terms


def test_a_character_read_in_two_ways_is_found_by_both() -> None:
    terms = sound_terms("陳柏翰", load_readings())
    assert {"chenbaihan", "chenbohan"} <= set(terms)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("ㄨㄒㄇ", [SoundQuery(all_of=("ㄨㄒㄇ",))]),
        ("ㄨㄤˊㄒㄧㄠˇㄇㄧㄥˊ", [SoundQuery(all_of=("ㄨㄒㄇ",), begins="wangxiaoming")]),
        ("ㄨㄤ ㄒㄧㄠ ㄇㄧㄥ", [SoundQuery(all_of=("ㄨㄒㄇ",), begins="wangxiaoming")]),
        ("ㄌㄧㄓ", [SoundQuery(all_of=("ㄌㄧㄓ",)), SoundQuery(all_of=("ㄌㄓ", "li"))]),
        ("ㄨㄤ", [SoundQuery(all_of=("ㄨㄤ",)), SoundQuery(begins="wang")]),
        ("ㄨ", []),
        ("ˊ ", []),
    ],
)
def test_zhuyin_is_read_as_it_is_typed(typed: str, asked: list[SoundQuery]) -> None:
    assert list(read_zhuyin(typed, load_readings())) == asked


@pytest.mark.parametrize(
    ("text", "is_it"),
    [("ㄨㄒ", True), ("ㄨㄤˊ", True), ("王", False), ("wang", False), ("", False)],
)
def test_zhuyin_is_told_from_other_text(text: str, is_it: bool) -> None:
    assert is_zhuyin(text) is is_it


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Wáng Xiǎo-míng", "wangxiaoming"), ("lǚ", "lu"), ("lv", "lu"), ("Xi'an", "xian")],
)
def test_pinyin_is_read_without_tones(typed: str, read: str) -> None:
    assert read_pinyin(typed) == read


def test_letters_stand_for_the_signs_that_begin_syllables() -> None:
    assert spell_initials("wxm") == ("ㄨㄒㄇ",)
    assert set(spell_initials("zs")) == {"ㄗㄙ", "ㄗㄕ", "ㄓㄙ", "ㄓㄕ"}
    assert spell_initials("w") == ()
    assert spell_initials("wxmvv") == ()


@given(st.text(alphabet="ㄅㄆㄓㄔㄧㄨㄩㄚㄠㄥˊˇ 王aZ'·", max_size=20))
def test_whatever_is_typed_is_read_without_a_fault(typed: str) -> None:
    read_pinyin(typed)
    if is_zhuyin(typed):
        read_zhuyin(typed, load_readings())
    assert all(term for term in sound_terms(typed, load_readings()))
