"""Secrets typed into free text: found in both languages, and ordinary numbers left alone."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.secrets_typed import (
    MASK,
    SECRET_WORDS,
    SecretKind,
    find_secrets,
    has_secrets,
    without_secrets,
)

CODE, PASSWORD = SecretKind.ONE_TIME_CODE, SecretKind.PASSWORD
CARD, ID = SecretKind.CARD_NUMBER, SecretKind.ID_NUMBER


@pytest.mark.parametrize(
    ("text", "kind", "stored"),
    [
        ("OTP 123456", CODE, "OTP ●●●●"),
        ("otp是123456，不能登入", CODE, "otp是●●●●，不能登入"),
        ("驗證碼：482913", CODE, "驗證碼：●●●●"),
        ("驗證碼１２３４５６", CODE, "驗證碼●●●●"),
        ("驗證碼 4 8 2 9 1 3 過期", CODE, "驗證碼 ●●●● 過期"),
        ("驗證碼 482-913", CODE, "驗證碼 ●●●●"),
        ("簡訊驗證碼他說收到的是 48291377", CODE, "簡訊驗證碼他說收到的是 ●●●●"),
        ("認證碼 482913 輸入後逾時", CODE, "認證碼 ●●●● 輸入後逾時"),
        ("482913 是驗證碼", CODE, "●●●● 是驗證碼"),
        ("482913（OTP）", CODE, "●●●●（OTP）"),
        ("收到 482913 這個驗證碼", CODE, "收到 ●●●● 這個驗證碼"),
        ("簡訊收到4 8 2 9 1 3，驗證碼輸入失敗", CODE, "簡訊收到●●●●，驗證碼輸入失敗"),
        ("use 482913 as your verification code", CODE, "use ●●●● as your verification code"),
        ("The verification code was 482913.", CODE, "The verification code was ●●●●."),
        ("one-time code: 482 913", CODE, "one-time code: ●●●●"),
        ("OTP, next 482913", CODE, "OTP, next ●●●●"),
        ("验证码 482913", CODE, "验证码 ●●●●"),
        ("OTP123456", CODE, "OTP●●●●"),
        ("PIN 碼 1234", PASSWORD, "PIN 碼 ●●●●"),
        ("他的 PIN 是 0000", PASSWORD, "他的 PIN 是 ●●●●"),
        ("PIN:123456", PASSWORD, "PIN:●●●●"),
        ("ＰＩＮ：１２３４５６", PASSWORD, "ＰＩＮ：●●●●"),
        ("密碼：xxxx", PASSWORD, "密碼：●●●●"),
        ("密碼：Abc!2345，改過了", PASSWORD, "密碼：●●●●，改過了"),
        ("密碼是abc12345", PASSWORD, "密碼是●●●●"),
        ("密碼好像是 19800101", PASSWORD, "密碼好像是 ●●●●"),
        ("密碼 hunter22", PASSWORD, "密碼 ●●●●"),
        ("認證碼 A7B9C2", CODE, "認證碼 ●●●●"),
        ("密碼「qwer1234」", PASSWORD, "密碼「●●●●」"),
        ("password: hunter2 then login", PASSWORD, "password: ●●●● then login"),
        ("password = correcthorse", PASSWORD, "password = ●●●●"),
        ("pwd: P@ssw0rd", PASSWORD, "pwd: ●●●●"),
        ("信用卡 4111 1111 1111 1111", CARD, "信用卡 ●●●●"),
        ("4111-1111-1111-1111", CARD, "●●●●"),
        ("4111111111111111", CARD, "●●●●"),
        ("４１１１１１１１１１１１１１１１", CARD, "●●●●"),
        ("憑證 TP03110110412345 讀不到", CARD, "憑證 ●●●● 讀不到"),
        ("健保卡卡號：000012345678", CARD, "健保卡卡號：●●●●"),
        ("card number 0012 3456 78", CARD, "card number ●●●●"),
        ("A123456789 登不進去", ID, "●●●● 登不進去"),
        ("a123456789", ID, "●●●●"),
        ("Ａ１２３４５６７８９", ID, "●●●●"),
        ("身分證 A123456788", ID, "身分證 ●●●●"),  # mistyped, but said to be one
        ("居留證號 A800000014", ID, "居留證號 ●●●●"),
    ],
)
def test_it_is_found_and_never_stored(text, kind, stored):
    found = find_secrets(text)
    assert [one.kind for one in found] == [kind]
    assert without_secrets(text) == stored


def test_several_at_once():
    text = "帳號 A123456789 密碼：abc123，OTP 123456 不行，重發 654321"
    assert [one.kind for one in find_secrets(text)] == [ID, PASSWORD, CODE, CODE]
    assert without_secrets(text) == "帳號 ●●●● 密碼：●●●●，OTP ●●●● 不行，重發 ●●●●"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "忘記密碼",
        "密碼錯誤三次被鎖",
        "密碼：忘記了，要重設",
        "Password: must be changed every 90 days",
        "password expired",
        "password is wrong",
        "PIN 錯 3 次，還剩 1 次",
        "PIN known",
        "pinyin 123456",
        "OTP ext. 482913",
        "Password: Reset it at the desk",
        "OTP 綁在同事的手機 0912-345-678",
        "OTP 沒收到，電話 08-7320415",
        "OTP 沒收到，分機 123456",
        "OTP 沒收到，學校電話 7320415",
        "OTP 134601 國小的老師也一樣",
        "OTP 學校代碼 134601",
        "134601 OTP 沒收到",
        "驗證碼在 2023-09-12 才寄到",
        "驗證碼 20230912 才寄到",
        "驗證碼 112-09-12 才寄到",
        "密碼 2023/9/12 改過",
        "密碼 2023 年改過",
        "密碼 120000 元的系統",
        "學校 130N01 要設定密碼",
        "密碼要給 130N01",
        "A017 要密碼",
        "A017 B102 C003",
        "讀卡機 SN12345678 的 PIN",
        "PIN 讀卡機序號 SN12345678",
        "2023-09-12 09:30",
        "112 學年度第 1 學期 1120912",
        "公文 1120012345 號",
        "電話 0912345678 或 0987654321",
        "統編 12345678",
        "20230912 20230913",
        "匯入 1234567 筆",
        "學號 110123456",
        "共 1,234,567 元",
        "A123456788",  # fails its checksum and nobody says it is one
    ],
)
def test_ordinary_numbers_do_not_alarm(text):
    assert find_secrets(text) == ()
    assert without_secrets(text) is text


WORDS = st.sampled_from(["OTP", "驗證碼", "認證碼", "密碼", "PIN", "verification code", "Password"])
BETWEEN = st.sampled_from(["", " ", "：", ": ", "是", " 是 ", " is "])
SPACING = st.sampled_from(["", " ", "-"])
AROUND = st.text(st.sampled_from("老師說登入，畫面卡住"), max_size=12)


@given(AROUND, WORDS, BETWEEN, st.from_regex(r"\A[0-9]{6}\Z"), SPACING, st.booleans(), AROUND)
def test_six_digits_by_a_word_are_found(before, word, between, digits, spacing, wide, after):
    typed = spacing.join(digits)
    if wide:
        typed = typed.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    stored = without_secrets(f"{before}{word}{between}{typed}{after}")
    assert stored == f"{before}{word}{between}{MASK}{after}"


SCRAPS = st.lists(
    st.one_of(
        WORDS,
        BETWEEN,
        st.text(st.characters(categories=("Nd", "Lu", "Lo", "Po", "Zs")), max_size=6),
        st.from_regex(r"\A[A-Z]?[0-9 \-]{0,18}\Z"),
        st.sampled_from(["4111 1111 1111 1111", "A123456789", MASK, "\n", "。"]),
    ),
    max_size=12,
).map("".join)


@given(SCRAPS)
@example("OTP 12345678 abcdef 654321")
def test_nothing_is_left_and_spans_are_in_order(text):
    found = find_secrets(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    stored = without_secrets(text)
    assert not has_secrets(stored)
    assert without_secrets(stored) == stored


@given(st.text(st.sampled_from("0123456789 /-:年月日A017國小"), max_size=14))
def test_short_numbers_without_a_word_never_alarm(text):
    assert not [one for one in find_secrets(text) if one.kind in {CODE, PASSWORD}]


@given(st.integers(0, 400))
def test_long_texts_take_no_time_to_speak_of(times):
    assert find_secrets("1 2 3-" * times + "密碼" * times) is not None


def test_every_kind_has_words():
    assert set(SECRET_WORDS) == set(SecretKind)
