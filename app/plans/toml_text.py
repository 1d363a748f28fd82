"""From the bytes of a plan file to its TOML document, or what is wrong with the text."""

import re
import tomllib
from typing import Any, Final

from app.domain.words import Words
from app.plans.mistakes import Mistake

MAX_BYTES: Final = 2 * 1024 * 1024

_PLACE: Final = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_BARE_DATE: Final = re.compile(r"=\s*(?:民國)?\d{1,4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年)")
_BARE_TIME: Final = re.compile(r"=\s*\d{1,2}[:：]\d{2}\s*(?:[,}\]#]|$)")
_WIDE_MARK: Final = re.compile(r"[＝“”‘’，［］｛｝「」]")

_ZH: Final = (
    ("Expected '=' after a key", "欄位名稱後面要有 ="),
    ("Expected newline or end of document", "這一行後面多了東西"),
    ("Unclosed array", "清單少了 ]"),
    ("Unclosed inline table", "表格少了 }"),
    ("Unterminated string", "文字少了結尾的引號"),
    ('Expected "\'"', "文字少了結尾的引號"),
    ("Expected ']", "表格名稱少了 ]"),
    ("Invalid date or datetime", "沒有這個日期或時間"),
    ("Cannot declare", "同一個表格寫了兩次（清單的表格要用 [[ ]]）"),
    ("Cannot overwrite", "同一個欄位寫了兩次"),
    ("Duplicate inline table key", "同一個欄位寫了兩次"),
    ("Illegal character", "文字裡有不能用的字元，或少了結尾的引號"),
    ("Found invalid character", "有不能用的字元"),
    ("Unescaped '\\'", "文字裡的 \\ 要寫成 \\\\，或改用單引號"),
    (
        "Invalid initial character for a key part",
        "欄位名稱只能用半形英文字母、數字、- 和 _，否則要加引號",
    ),
    ("Invalid value", "等號右邊的值不對；文字要加引號"),
    ("Invalid statement", "這一行不是「名稱 = 值」也不是表格名稱"),
)


class UnreadableFileError(ValueError):
    """The bytes are no TOML text; `mistake` says why and where."""

    def __init__(self, words: Words, line: int | None = None) -> None:
        super().__init__(words.en)
        self.mistake = Mistake((), words, line)


def decode(data: bytes) -> str:
    """Return the text of a UTF-8 file, byte order mark or not. Raises UnreadableFileError."""
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(
            Words(zh="檔案超過 2 MB，不會是計畫檔", en="is larger than 2 MB, which no plan file is")
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise UnreadableFileError(
            Words(
                zh="這是試算表、文件或壓縮檔；計畫檔是純文字的 .toml 檔",
                en="is a spreadsheet, document or archive; a plan is a plain text .toml file",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            _wrong_encoding(data), data.count(b"\n", 0, error.start) + 1
        ) from None


def _wrong_encoding(data: bytes) -> Words:
    """Say which encoding it seems to be; the cure is the same."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        seems_zh, seems_en = "看起來是 UTF-16（Unicode）", "seems to be UTF-16"
    else:
        try:
            data.decode("cp950")
        except UnicodeDecodeError:
            seems_zh, seems_en = "含有不明的編碼", "holds bytes of an unknown encoding"
        else:
            seems_zh, seems_en = "看起來是 Big5（CP950）", "seems to be Big5 (CP950)"
    return Words(
        zh=f"檔案{seems_zh}，請在文字編輯器另存成 UTF-8",
        en=f"{seems_en}; save it as UTF-8 in a text editor",
    )


def parse(text: str) -> dict[str, Any]:
    """Return the document of a TOML text. Raises UnreadableFileError with the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        reason = _PLACE.sub("", str(error))
        raise UnreadableFileError(_syntax_words(reason, _line_of(text, line)), line) from None
    except RecursionError:
        raise UnreadableFileError(
            Words(zh="括號的層數太多", en="has brackets nested too deeply")
        ) from None


def _line_of(text: str, line: int) -> str:
    lines = text.split("\n")
    return lines[line - 1] if line <= len(lines) else ""


def _syntax_words(reason: str, line: str) -> Words:
    """Say what is wrong; the line itself is never repeated, it may be from somebody's roster."""
    if _BARE_DATE.search(line):
        return Words(
            zh='日期請寫成 2023-08-07（月、日各兩位且確有這一天），民國年要加引號："112-08-07"',
            en="a date is written 2023-08-07 (two digits for month and day, and a day that"
            ' exists); an ROC date needs quotes: "112-08-07"',
        )
    if _BARE_TIME.search(line):
        return Words(zh='時間要加引號："09:00"', en='a time needs quotes: "09:00"')
    if _WIDE_MARK.search(re.sub(r'"[^"]*"', "", line)):
        return Words(
            zh='這一行有全形的符號，請改用半形的 = " [ ] { } 和 ","',
            en='has full-width marks; use the plain ones: = " [ ] { } and ","',
        )
    zh = next((zh for start, zh in _ZH if reason.startswith(start)), "不符合 TOML 的寫法")
    return Words(zh=zh, en=f"is not valid TOML: {reason}")
