"""Unit names: the many ways one school is written, and the key they all share."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.text import fold_text


class UnitLevel(StrEnum):
    """A school's level; a unit matches on name and level, never on the bare name."""

    ELEMENTARY = "elementary"
    JUNIOR = "junior"
    SENIOR = "senior"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A unit's name in parts; `base` and `branch` keep the characters as typed."""

    base: str
    """The bare name: 海豐. Never matched alone, 29 of them exist at two levels in one county."""
    level: UnitLevel
    kind: str = ""
    """The short word of the level: 國小, 國中, 高中, 高工, 實小, 國中小 …; empty for offices."""
    is_attached: bool = False
    """A junior division inside a senior high school (附設國中, 國中部)."""
    branch: str = ""
    """The branch school of a main school: 溫泉 of 車城國小溫泉分校."""


_COUNTY = (
    r"(?:(?:本[縣市]|..縣|(?:[臺台][北中南]|新北|桃園|高雄|基隆|新竹|嘉義)市)(?!政?府|立大學))"
)
_TOWNSHIP = r"(?:.{1,3}?[鄉鎮市區])(?!區|立大學)"
_FOUNDER = r"(?:(?:財團法人)?(?:私|國|公|[縣市鄉鎮])立|財團法人)"
_OWNED = rf"(?:{_COUNTY}立|{_COUNTY}?{_FOUNDER})"
# Two characters must remain, or 新市 and 立德 would lose half their names.
_SCHOOL_PREFIX = re.compile(
    rf"(?:財團法人)?(?:{_OWNED}|{_COUNTY}?{_TOWNSHIP}{_FOUNDER}?|{_COUNTY})(?=..)"
)
_OFFICE_PREFIX = re.compile(rf"(?:{_OWNED}|{_COUNTY})(?=..)")
_ADDRESS = re.compile(rf"(?:\[\d+\]|\d{{3,6}})?(?:{_COUNTY})?({_TOWNSHIP})")
_COUNTY_FIRST = re.compile(rf"(?:\[\d+\]|\d{{3,6}})?(?!本)({_COUNTY})")
_BRANCH = re.compile(r"(.+(?:國民小學|國民中學|國小|國中|小學))(.{1,6}?)(?:分校|分班|分部)")
_KINDERGARTEN = re.compile(r"附設幼兒園|附幼$|幼兒園$")
_ATTACHED = re.compile(r"(?:(?:附設|附屬)(?:國中|國民中學)部?|國中部)$")
_BRACKETS = re.compile(r"\(((?:附設)?國中部?|.{1,6}分校)\)|\([^()]*\)")
_JOINT = re.compile(r"國\(中\)小|國中\(小\)|國民中\(?小\)?學|國民\(中\)小學|國中小(?:學)?$")

_SUFFIXES: tuple[tuple[str, str, UnitLevel], ...] = (
    (r"國中小", "國中小", UnitLevel.JUNIOR),
    (r"(?:附設|附屬)?實驗(?:國民小學|國小|小學)|附設實小|實小", "實小", UnitLevel.ELEMENTARY),
    (r"附屬(?:國民小學|國小|小學)|附小", "附小", UnitLevel.ELEMENTARY),
    (r"國民小學|國小|小學", "國小", UnitLevel.ELEMENTARY),
    (r"國民中學|國中", "國中", UnitLevel.JUNIOR),
    (r"(?:附屬|附設)(?:高級中學|高中|中學)|附中", "附中", UnitLevel.SENIOR),
    (r"女子高級中學|女子高中|女中", "女中", UnitLevel.SENIOR),
    (r"高級工業職業學校|高工", "高工", UnitLevel.SENIOR),
    (r"高級商業職業學校|高商", "高商", UnitLevel.SENIOR),
    (r"高級農業職業學校|高農", "高農", UnitLevel.SENIOR),
    (r"高級工商職業學校|工商", "工商", UnitLevel.SENIOR),
    (r"高級農工職業學校|農工", "農工", UnitLevel.SENIOR),
    (r"高級商工職業學校|商工", "商工", UnitLevel.SENIOR),
    (r"高級家事商業職業學校|家商", "家商", UnitLevel.SENIOR),
    (r"高級海事水產職業學校|海事水產|海事", "海事", UnitLevel.SENIOR),
    (r"(?:高級中等學校|高級中學|高中|中學)(?:高中部)?", "高中", UnitLevel.SENIOR),
)
_SUFFIX = re.compile(
    "(?:" + "|".join(f"(?P<k{at}>{pattern})" for at, (pattern, *_) in enumerate(_SUFFIXES)) + ")$"
)


@lru_cache(maxsize=4096)  # a roster names each unit many times
def split_unit_name(text: str) -> UnitName:
    """Take a unit's name apart, however long or short it is written."""
    name = _tidy(text)
    branch_of = _BRANCH.fullmatch(name)
    main, branch = (branch_of[1], branch_of[2]) if branch_of else (name, "")
    attached = _ATTACHED.search(main)
    base, kind, level = _split_level(main[: attached.start()] if attached else main)
    if attached:
        kind, level = kind or "高中", UnitLevel.JUNIOR
    return UnitName(base=base, level=level, kind=kind, is_attached=bool(attached), branch=branch)


def unit_key(name: str) -> str:
    """Return the key under which all writings of one unit meet: base name, level, branch."""
    unit = split_unit_name(name)
    attached = "附設國中" if unit.is_attached else ""
    parts = (unit.base, unit.kind + attached, unit.branch)
    return ":".join(fold_text(part) for part in parts).rstrip(":")


def nearby_unit_keys(name: str) -> tuple[str, ...]:
    """Return other keys worth offering when `unit_key` finds nothing and one of these does.

    People of an attached junior division write the senior high's name, or leave 高中附設 out.
    """
    unit = split_unit_name(name)
    base = fold_text(unit.base)
    if unit.is_attached:
        return (f"{base}:國中", f"{base}:{unit.kind}")
    if unit.level is UnitLevel.SENIOR:
        return (f"{base}:{unit.kind}附設國中", f"{base}:國中")
    return (f"{base}:高中附設國中", f"{base}:高中") if unit.kind == "國中" else ()


def short_unit_name(name: str) -> str:
    """Return the name for screens and badges: 海豐國小, 枋寮高中附設國中, 車城國小溫泉分校."""
    unit = split_unit_name(name)
    attached = "附設國中" if unit.is_attached else ""
    branch = f"{unit.branch}分校" if unit.branch else ""
    return f"{unit.base}{unit.kind}{attached}{branch}"


def find_township(address: str) -> str | None:
    """Return the township in an address: 屏東市 of [900]屏東縣屏東市三山里…"""
    match = _ADDRESS.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", address)))
    return match[1] if match else None


def find_county(name: str) -> str | None:
    """Return the county a name or an address begins with: 新北市 of 新北市海豐國小."""
    match = _COUNTY_FIRST.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)))
    return match[1] if match else None


def _tidy(text: str) -> str:
    """Return the name half-width, without spaces, notes in brackets and joint-school spellings."""
    name = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    name = _BRACKETS.sub(lambda found: found[1] or "", _JOINT.sub("國中小", name))
    return name or text.strip()


def _split_level(name: str) -> tuple[str, str, UnitLevel]:
    """Return base, kind and level; a unit of no school level is all base."""
    if _KINDERGARTEN.search(name) or not (suffix := _SUFFIX.search(name)):
        return _strip_prefix(name, _OFFICE_PREFIX), "", UnitLevel.OTHER
    group = next(key for key, value in suffix.groupdict().items() if value)
    _pattern, kind, level = _SUFFIXES[int(group[1:])]
    return _strip_prefix(name[: suffix.start()], _SCHOOL_PREFIX), kind, level


def _strip_prefix(base: str, prefix: re.Pattern[str]) -> str:
    """Return the name without county, township and founder, if two characters remain."""
    match = prefix.match(base)
    return base[match.end() :] if match else base
