"""What is given to `scan`: codes, lines of stdin, moments, station letters."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from app.bootstrap import Desk
from app.cli.output import bad_option, plain
from app.domain.words import Words
from app.services.hub_link import own_letter

LONGEST_LINE = 1 << 16
"""Bytes of a line that are looked at; no badge is longer, and memory stays small."""
YEARS = range(2000, 2100)
_STATION = re.compile(r"[A-Z][A-Z0-9]{0,2}")
# PowerShell writes UTF-16; its letters and digits are plain once the NULs are gone.
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe")


@dataclass(frozen=True, slots=True)
class Reading:
    """One code to record; `moment` is empty where the command's `--at` or the clock holds."""

    line: int
    moment: str
    code: str


def read_codes(codes: Iterable[str]) -> Iterator[Reading]:
    """Yield the codes given; `-` stands for the lines of stdin, as they come."""
    for code in codes:
        if code == "-":
            yield from _read_stdin()
        else:
            yield Reading(0, "", code)


def _read_stdin() -> Iterator[Reading]:
    if sys.stdin is None:
        raise bad_option(
            "-",
            Words(zh="沒有可以讀取的標準輸入。", en="There is no standard input to read."),
            Words(zh="請把代碼寫在指令後面。", en="Write the codes after the command."),
        )
    for number, raw in enumerate(_lines(sys.stdin.buffer), start=1):
        text = _text(raw).strip()
        if text:
            moment, tab, code = text.partition("\t")
            yield Reading(number, moment, code) if tab else Reading(number, "", text)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each line as soon as it is there, cut where it is absurdly long."""
    while line := stream.readline(LONGEST_LINE):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
        yield line


def _text(raw: bytes) -> str:
    """Return a line as text; what is not UTF-8 becomes a code nobody can read."""
    for mark in _BYTE_ORDER_MARKS:
        raw = raw.removeprefix(mark)
    return raw.decode("utf-8", "replace").replace("\0", "")


def read_moment(text: str | None, zone: ZoneInfo) -> datetime | None:
    """Return an ISO 8601 moment; without a zone it is the venue's time. Raises InvalidInput."""
    if text is None:
        return None
    written = text.strip().upper()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    # A day alone would mean midnight, which nobody means; other centuries overflow the clock.
    if moment is None or moment.year not in YEARS or not re.search("[T ]", written):
        raise _bad_moment(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _bad_moment(text: str) -> Exception:
    shown = plain(text)[:40]
    return bad_option(
        "--at",
        Words(zh=f"看不懂這個時間：{shown}。", en=f"This time cannot be read: {shown}."),
        Words(zh="請寫成 2023-08-07T08:41:00+08:00。", en="Write it as 2023-08-07T08:41:00+08:00."),
    )


def station_letter(text: str | None, desk: Desk) -> str:
    """Return a station's letter (A, B, … or up to three letters and digits). Raises InvalidInput.

    It is printed on help-desk tickets and names the station in every record, so it stays short.
    None given is the one the hub handed out, so that two laptops do not give the same numbers.
    """
    if text is None:
        with desk.context.database.read() as connection:
            return own_letter(connection)
    letter = unicodedata.normalize("NFKC", text).strip().upper()
    if not _STATION.fullmatch(letter):
        raise bad_option(
            "--station",
            Words(zh="報到站代號不能這樣寫。", en="A station cannot be called that."),
            Words(
                zh="請用一個英文字母，例如 A；最多三個字母或數字。",
                en="Use a letter such as A, or up to three letters and digits.",
            ),
        )
    return letter
