"""What must never be kept, recognised where people type: codes, passwords, card and ID numbers.

The help desk has no field for a one-time password, a PIN or a card number, but people type them
into a symptom all the same. Dates, phones, school codes and tickets are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.id_numbers import check_id_number
from app.domain.text import to_halfwidth
from app.domain.words import Words

MASK: Final = "●●●●"
WARNING: Final = Words(
    zh="這裡看起來有不該留下的號碼；存檔時會以 ●●●● 取代。",
    en="This looks like something not to be kept; ●●●● is stored in its place.",
)


class SecretKind(StrEnum):
    """What a typed secret looks like."""

    ONE_TIME_CODE = "one_time_code"
    PASSWORD = "password"  # noqa: S105 - a kind, not a password
    CARD_NUMBER = "card_number"
    ID_NUMBER = "id_number"


SECRET_WORDS: Final = {
    SecretKind.ONE_TIME_CODE: Words(zh="一次性驗證碼（OTP）", en="one-time code (OTP)"),
    SecretKind.PASSWORD: Words(zh="密碼或 PIN 碼", en="password or PIN"),
    SecretKind.CARD_NUMBER: Words(zh="卡號", en="card number"),
    SecretKind.ID_NUMBER: Words(zh="身分證字號", en="ID number"),
}


@dataclass(frozen=True, slots=True, order=True)
class TypedSecret:
    """Where in a text it stands, as `text[start:end]`, and what it looks like."""

    start: int
    end: int
    kind: SecretKind

    @property
    def words(self) -> Words:
        """Return what it looks like, for a warning that does not repeat it."""
        return SECRET_WORDS[self.kind]


# Between Chinese characters `\b` sees no edge, so Latin words say themselves what may not touch.
_CODE_WORDS = (
    r"(?<![a-z])otp(?![a-z])|one[- ]?time|(?:verification|security|auth\w*|sms)[ -]code"
    r"|驗證碼|验证码|認證碼|認証碼|认证码|動態碼|簡訊碼|確認碼|授權碼|安全碼|動態密碼|一次性密碼"
)
_PIN_WORDS = (
    r"(?<![a-z])pin(?![a-z])|passwords?|passcode|passphrase|(?<![a-z])(?:passwd|pwd|pw)(?![a-z])"
    r"|密碼|密码|通行碼|口令"
)
_CARD_WORDS = r"卡號|卡片號碼|憑證號碼|card (?:no\.?|number)"
_ID_WORDS = r"身[分份]證|居留證|證號|(?<![a-z])id(?![a-z])"
_WORD = re.compile(f"(?P<code>{_CODE_WORDS})|(?P<password>{_PIN_WORDS})", re.IGNORECASE)
_NEAR: Final = 14
"""How many characters a word reaches forward."""

_MARKS: Final = "，；！？（）"
_RUN = re.compile(r"\d(?:[ \-]?\d)*")
_LONG_PART = re.compile(r"[\d\-]{6,}")
_PHONE = re.compile(r"0[\d \-]{8,}")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    rf"20\d\d(?:[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])|-{_MONTH}-{_DAY})"
    rf"|1[0-4]\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|-{_MONTH}-{_DAY})"
)
_OTHER_NUMBER = re.compile(
    r"(?:電話|分機|來電|傳真|案號|編號|工號|學號|文號|票號|代碼|代號|統編|帳號|"
    r"(?<![a-z])(?:tel|phone|ext|no|account|ticket|school))[\s.:#]*(?:是|為|is)?\s*\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*(?:[年月人元次筆校位名]|\S{0,4}(?:國小|國中|高中|分校))")
_TOLD_BEFORE = re.compile(
    rf"(?<![\dA-Za-z\-])(\d(?:[ \-]?\d){{3,7}})\s*(?:是|為|當|作|is|as|=|[(（])+[^\d\n]{{0,8}}?"
    rf"(?:(?P<code>{_CODE_WORDS})|(?P<password>{_PIN_WORDS}))",
    re.IGNORECASE,
)
_GOT_BEFORE = re.compile(
    rf"(?:收到|傳來|簡訊|輸入|填入|got|sent)[了的是:]?\s*(\d(?:[ \-]?\d){{5,7}})(?![ \-]?\d)"
    rf"[^\d\n。]{{0,8}}?(?P<code>{_CODE_WORDS})",
    re.IGNORECASE,
)
"""Got by message before its word: 收到 482913 這個驗證碼."""

_TOLD = re.compile(
    rf"(?:(?P<code>{_CODE_WORDS})|(?P<password>{_PIN_WORDS}))[碼號 ]*(?:code|number)?"
    r"(?P<link>\s*(?:[:=]|->|→)\s*|\s*(?:是|為|is|was)\s*|\s*)(?P<quote>[「『\"'(（]?)(?P<value>[!-~]{4,})",
    re.IGNORECASE,
)
_ARROWS: Final = frozenset((":", "=", "->", "→", "「", "『", '"', "'", "(", "（"))
_MIXED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z\d@!#$%&*_]{6,}")
"""Letters and digits in one word, as passwords are: `hunter22`, `A7B9C2`."""
_NAMED_CODE = re.compile(
    r"\d{3}[A-Z]\d{2}|[A-Z]\d{3,4}|(?:windows|office|chrome)\d+", re.IGNORECASE
)
"""School codes (130N01), tickets (A017) and names of programs."""
_WRITTEN_DATE = re.compile(r"\d{2,4}([/.\-])\d{1,2}\1\d{1,2}")
_PLAIN_WORDS = re.compile(
    r"(?:expired?|forgotten|forgot|reset|wrong|unknown|changed?|none|locked|same|https?:.*)\Z",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r" +[a-z]", re.IGNORECASE)

_CARDS = re.compile(
    r"(?<![\dA-Za-z])(?:\d{16}|\d{4}([ \-])\d{4}\1\d{4}\1\d{4}|\d(?: \d){15}|[A-Z]{2} ?\d{14})"
    rf"(?!\d|[ \-]\d)|(?:{_CARD_WORDS})\D{{0,4}}(?P<told>\d(?:[ \-]?\d){{7,19}})",
    re.IGNORECASE,
)
_ID_SHAPE = re.compile(
    r"(?<![A-Za-z\d])[A-Z][ \-]?[1289A-D](?:[ \-]?\d){8}(?![A-Za-z\d])", re.IGNORECASE
)
_ID_NEAR = re.compile(rf"(?:{_ID_WORDS})[^\n。]{{0,10}}\Z", re.IGNORECASE)


def find_secrets(text: str) -> tuple[TypedSecret, ...]:
    """Return what looks like a secret, in order, none overlapping another."""
    plain = _plain(text)
    found = sorted(
        (*_cards(plain), *_id_numbers(plain), *_told(plain), *_digits_near(plain)),
        key=lambda one: (one.start, -one.end),
    )
    kept: list[TypedSecret] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            kept[-1] = TypedSecret(kept[-1].start, one.end, kept[-1].kind)
    return tuple(kept)


def has_secrets(text: str) -> bool:
    """Tell whether anything in a text looks like a secret."""
    return bool(find_secrets(text))


def without_secrets(text: str) -> str:
    """Return the text with every secret replaced by ●●●●; what is stored goes through here."""
    # A mask is shorter than what it hides and may bring a word nearer: look again.
    while found := find_secrets(text):
        for one in reversed(found):
            text = text[: one.start] + MASK + text[one.end :]
    return text


def _plain(text: str) -> str:
    """Return the text half-width and as long as it was; full-width marks still end a value."""
    half = to_halfwidth(text)
    return "".join(
        typed if typed in _MARKS else char for typed, char in zip(text, half, strict=True)
    )


def _kind(found: re.Match[str]) -> SecretKind:
    return SecretKind.ONE_TIME_CODE if found["code"] else SecretKind.PASSWORD


def _cards(plain: str) -> Iterator[TypedSecret]:
    for found in _CARDS.finditer(plain):
        start, end = found.span("told" if found["told"] else 0)
        yield TypedSecret(start, end, SecretKind.CARD_NUMBER)


def _id_numbers(plain: str) -> Iterator[TypedSecret]:
    for found in _ID_SHAPE.finditer(plain):
        is_told = _ID_NEAR.search(plain[: found.start()]) is not None
        if is_told or check_id_number(found[0]).checksum_ok:
            yield TypedSecret(*found.span(), SecretKind.ID_NUMBER)


def _told(plain: str) -> Iterator[TypedSecret]:
    """Yield what stands right behind its word ("密碼：…"), or is said to be one ("… 是驗證碼")."""
    for found in _TOLD.finditer(plain):
        value = found["value"].rstrip(",.;:)!?'\"")
        if _is_told(
            value,
            found["link"].strip() or found["quote"],
            plain[found.start("value") + len(value) :],
        ):
            start = found.start("value")
            yield TypedSecret(start, start + len(value), _kind(found))
    for pattern in (_TOLD_BEFORE, _GOT_BEFORE):
        for found in pattern.finditer(plain):
            yield TypedSecret(*found.span(1), _kind(found))


def _is_told(value: str, link: str, rest: str) -> bool:
    """Tell whether what follows a word is meant as its value."""
    if len(value) < 4 or _WRITTEN_DATE.fullmatch(value) or _PLAIN_WORDS.match(value):
        return False
    if link in _ARROWS:
        # "Password: must be changed" is prose; "password: hunter" is not.
        return not (value.isalpha() and _NEXT_WORD.match(rest))
    if link:
        return not value.isalpha()
    if _MIXED.fullmatch(value):
        return not _NAMED_CODE.fullmatch(value)
    is_number = value.isdecimal() and len(value) <= 8
    return is_number and not (_DATE.fullmatch(value) or _COUNTED.match(rest))


def _digits_near(plain: str) -> Iterator[TypedSecret]:
    """Yield six to eight digits that follow a word within a few characters."""
    for start, end in _digit_runs(plain):
        before, after = plain[:start], plain[end:]
        word = _last_word(before)
        if word is None or _is_glued(before[word.end() :], after):
            continue
        is_other = _DATE.fullmatch(plain[start:end]) or _COUNTED.match(after)
        if not is_other and not _OTHER_NUMBER.search(before):
            yield TypedSecret(start, end, _kind(word))


def _is_glued(before: str, after: str) -> bool:
    """Tell whether Latin letters touch the digits: a serial number, not a code."""
    return any(char.isascii() and char.isalpha() for char in (before[-1:], after[:1]))


def _digit_runs(plain: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(plain):
        if 6 <= _count_digits(run[0]) <= 8:
            yield run.span()
        elif not _PHONE.match(run[0]):
            for part in _LONG_PART.finditer(plain, *run.span()):
                if 6 <= _count_digits(part[0]) <= 8:
                    yield part.span()


def _count_digits(text: str) -> int:
    return sum(char.isdecimal() for char in text)


def _last_word(before: str) -> re.Match[str] | None:
    """Return the nearest word before, in the same sentence."""
    start = max(0, len(before) - 2 * _NEAR, *(before.rfind(mark) + 1 for mark in "\n。!?！？"))
    found = list(_WORD.finditer(before, start))
    return found[-1] if found and len(before) - found[-1].end() <= _NEAR else None
