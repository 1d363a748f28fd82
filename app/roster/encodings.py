"""From bytes to text: byte mark, UTF-8, UTF-16, CP950, CP950 with user-defined characters."""

import codecs
import re
from dataclasses import dataclass

from app.domain.errors import InvalidInput
from app.roster.big5 import CODEC, decode_with_user_defined
from app.roster.refusals import refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text and the encoding it was in."""

    text: str
    encoding: str


def decode_text(content: bytes) -> DecodedText:
    """Decode a text file. Raises InvalidInput naming row and byte; no byte is ever dropped."""
    decoded = _decode(content)
    text = decoded.text.rstrip("\x1a\0")  # DOS programs end a file with Ctrl-Z
    if _NOT_TEXT.search(text):
        raise refusal("not_a_table")
    return DecodedText(text, decoded.encoding)


def _decode(content: bytes) -> DecodedText:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content, encoding)
    if b"\0" in content[:4096]:
        return _decode_unmarked_utf16(content)
    try:
        return DecodedText(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as utf8_error:
        return _decode_cp950(content, utf8_error)


def _decode_marked(content: bytes, encoding: str) -> DecodedText:
    try:
        return DecodedText(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(content, error.start) from error


def _decode_unmarked_utf16(content: bytes) -> DecodedText:
    """ASCII letters and line ends of UTF-16 have a zero byte on one fixed side."""
    big_endian = content[0:4096:2].count(0) > content[1:4096:2].count(0)
    encoding = "utf-16-be" if big_endian else "utf-16-le"
    try:
        return DecodedText(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise refusal("not_a_table") from error


def _decode_cp950(content: bytes, utf8_error: UnicodeDecodeError) -> DecodedText:
    try:
        return DecodedText(decode_with_user_defined(content), CODEC)
    except UnicodeDecodeError as error:
        # The encoding that got further is the likelier one; its stumbling place helps most.
        raise _undecodable(content, max(error.start, utf8_error.start)) from error


def _undecodable(content: bytes, at: int) -> InvalidInput:
    before = content[:at]
    row = before.count(b"\n") + 1
    place = at - (before.rfind(b"\n") + 1) + 1
    return refusal("undecodable", row=row, place=place, byte=f"0x{content[at]:02X}")
