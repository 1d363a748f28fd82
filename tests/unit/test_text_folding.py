import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import (
    clean_phone,
    fold_text,
    mask_code,
    mask_name,
    query_grams,
    search_grams,
    to_halfwidth,
)

CJK = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("霧台國小", "霧臺國小"),
        ("滿洲鄉", "滿州鄉"),
        ("李峯", "李峰"),
        ("陳啓文", "陳啟文"),
        ("王 小 明", "王小明"),
        ("　王小明 ", "王小明"),
        ("王\u200b小明\ufeff", "王小明"),
        ("兀\ufa0c", "兀兀"),
        ("\ufa0d", "嗀"),
        ("ＪＯＨＮ　Smith", "john  smith"),
        ("Ｔ１２３", "t123"),
        ("比岱.伊虹", "比岱·伊虹"),
        ("比岱．伊虹", "比岱‧伊虹"),
        ("比岱 ・ 伊虹", "比岱·伊虹"),
        ("加禄", "加祿"),
    ],
)
def test_writings_of_one_text_fold_alike(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("鹽洲國小", "鹽州國小"), ("王小明", "王大明"), ("john smith", "johnsmith"), ("凃", "涂")],
)
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert fold_text(one) != fold_text(other)


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(CJK)
def test_spaces_between_ideographs_never_matter(text: str) -> None:
    assert fold_text("  ".join(text)) == fold_text(text)


@given(CJK)
def test_the_short_way_for_plain_names_folds_like_the_long_one(text: str) -> None:
    assert fold_text(text) == fold_text(f"{text} ")


def test_halfwidth_turns_letters_digits_marks_and_spaces() -> None:
    assert to_halfwidth("Ａ１－（　）王") == "A1-( )王"
    assert to_halfwidth("plain") == "plain"


@pytest.mark.parametrize(
    ("text", "number", "is_plausible"),
    [
        ("(08)7320000", "087320000", True),
        ("08-7320000#3614", "087320000#3614", True),
        ("(02)29660000＃234", "0229660000#234", True),
        ("08-7320000 分機 12", "087320000#12", True),
        ("08-7320000 ext. 12", "087320000#12", True),
        ("(0836)12345", "083612345", True),
        ("( 049)2550000", "0492550000", True),
        ("0912-000-678", "0912000678", True),
        ("912000678", "0912000678", True),
        ("912000678.0", "0912000678", True),
        ("+886 912 000 678", "0912000678", True),
        ("+886-8-7320000", "087320000", True),
        ("+886 (0)8 7320000", "087320000", True),
        ("０９１２０００６７８", "0912000678", True),
        ("08-7320000、0912000678", "087320000", True),
        ("7320000", "7320000", False),
        ("none", "", False),
        ("", "", False),
    ],
)
def test_phones_become_digits_and_extension(text: str, number: str, is_plausible: bool) -> None:
    phone = clean_phone(text)
    assert (phone.number, phone.is_plausible) == (number, is_plausible)


@given(st.text())
def test_no_phone_is_ever_refused(text: str) -> None:
    assert set(clean_phone(text).number) <= set("0123456789#")


def test_grams_are_single_and_double_characters() -> None:
    assert search_grams("王小明") == ("王", "小", "明", "王小", "小明")
    assert search_grams("伊虹.比岱") == search_grams("伊虹 比岱") == search_grams("伊虹比岱")
    assert search_grams("") == ()
    assert query_grams("王") == ("王",)
    assert query_grams("小明") == ("小明",)


@given(CJK, st.data())
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert set(query_grams(name[start:end])) <= set(search_grams(name))


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王小明", "王○明"), ("王明", "王○"), ("王", "○"), ("", ""), ("伊虹·比岱", "伊○·○岱")],
)
def test_masked_names_keep_first_and_last(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [("T123456785", "•••••••785"), ("12345", "•••••"), ("", ""), ("x" * 100, "••••••••xxx")],
)
def test_masked_codes_keep_three_characters(text: str, masked: str) -> None:
    assert mask_code(text) == masked


@given(st.text())
def test_masked_codes_are_short_and_printable(text: str) -> None:
    assert len(mask_code(text)) <= 11
    assert mask_code(text).isprintable()
