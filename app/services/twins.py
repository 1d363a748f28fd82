"""Likely twins: two records that may be one person, most often a walk-in who is on the roster."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.domain.people import unit_key
from app.domain.words import Words
from app.services.cards import PersonCard
from app.services.people import card_of
from db.engine import Connection
from db.name_sounds import load_readings
from db.queries import twins as queries
from db.queries.desk import find_face
from db.queries.twins import PersonMarks

MOST_ALIKE = 20
"""More people than this who share a mark are told apart by nobody: a school's one phone number."""
_ID_NUMBER = Words(zh="身分證號相同", en="Same ID number")
_NAME_UNIT_PHONE = Words(zh="姓名、單位、電話都相同", en="Same name, unit and phone")
_NAME_UNIT = Words(zh="姓名和單位相同", en="Same name and unit")
_NAME_PHONE = Words(zh="姓名和電話相同", en="Same name and phone")
_NEAR_NAME = Words(
    zh="同單位，姓名只差一個字：名冊上的沒有到，另一筆是現場加入的",
    en="Same unit, names one character apart: one never came, the other was added at a desk",
)
_SAME_SOUND = Words(
    zh="同單位，姓名同音：名冊上的沒有到，另一筆是現場加入的",
    en="Same unit, names that sound alike: one never came, the other was added at a desk",
)
_ABSENT = Words(
    zh="同名：名冊上的沒有到，另一筆是現場加入的",
    en="Same name: the one on the roster never came, the other was added at a desk",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinPair:
    """Two records that may be one person; `kept` is the one to go by, as a suggestion."""

    kept: PersonCard
    other: PersonCard
    why: Words
    score: int
    """0 to 100: how likely."""


def find_twins(connection: Connection, session: str | None, limit: int) -> tuple[TwinPair, ...]:
    """Return likely twins, likeliest first; with a session those who are on its roster."""
    search = _Search(connection)
    here = queries.list_registered_ever(connection, session) if session is not None else None
    found = [
        (score, one, two, why)
        for (one, two), (score, why) in search.pairs().items()
        if here is None or one in here or two in here
    ]
    found.sort(key=lambda item: (-item[0], item[1], item[2]))
    pairs = (_pair(connection, *search.in_turn(one, two), why, score)
             for score, one, two, why in found[:limit])  # fmt: skip
    return tuple(pair for pair in pairs if pair is not None)


def _pair(connection: Connection, kept: str, other: str, why: Words, score: int) -> TwinPair | None:
    one, two = find_face(connection, kept), find_face(connection, other)
    if one is None or two is None:  # read in the same snapshot
        return None
    return TwinPair(kept=card_of(one), other=card_of(two), why=why, score=score)


class _Search:
    """Compares only people who share a mark."""

    def __init__(self, connection: Connection) -> None:
        self._people = queries.list_everybody(connection)
        self._by_hand = queries.list_by_hand(connection)
        self._seen = queries.list_seen(connection)
        self._units = {text: unit_key(text) for text in {each.unit for each in self._people}}

    def in_turn(self, one: str, two: str) -> tuple[str, str]:
        """Return first whom to keep: who came by a roster, else the older record."""
        first, second = sorted((one, two), key=lambda each: (each in self._by_hand, each))
        return first, second

    def pairs(self) -> dict[tuple[str, str], tuple[int, Words]]:
        """Return (older, newer) → how likely and why, the best reason of each."""
        found: dict[tuple[str, str], tuple[int, Words]] = {}
        for one, two, score, why in self._alike():
            if not _may_be_one(one, two):
                continue
            key = (one.id, two.id) if one.id < two.id else (two.id, one.id)
            if key not in found or found[key][0] < score:
                found[key] = (score, why)
        return found

    def _alike(self) -> Iterator[tuple[PersonMarks, PersonMarks, int, Words]]:
        yield from self._sharing(lambda each: each.id_number, 100, _ID_NUMBER)
        yield from self._sharing(
            lambda each: each.unit and each.phone and (each.name, self._unit(each), each.phone),
            95,
            _NAME_UNIT_PHONE,
        )
        yield from self._sharing(
            lambda each: each.unit and (each.name, self._unit(each)), 90, _NAME_UNIT
        )
        yield from self._sharing(lambda each: each.phone and (each.name, each.phone), 85,
                                 _NAME_PHONE)  # fmt: skip
        for one, two, _score, why in self._sharing(lambda each: each.name, 50, _ABSENT):
            if self._is_walk_in_of_absent(one, two):
                yield one, two, 50, why
        yield from self._near_names()

    def _sharing(
        self, mark: Callable[[PersonMarks], Hashable], score: int, why: Words
    ) -> Iterator[tuple[PersonMarks, PersonMarks, int, Words]]:
        groups: dict[Hashable, list[PersonMarks]] = defaultdict(list)
        for each in self._people:
            found = mark(each) if each.name else ""
            if found != "":
                groups[found].append(each)
        for group in groups.values():
            if len(group) <= MOST_ALIKE:
                for one, two in combinations(group, 2):
                    yield one, two, score, why

    def _near_names(self) -> Iterator[tuple[PersonMarks, PersonMarks, int, Words]]:
        colleagues: dict[str, list[PersonMarks]] = defaultdict(list)
        for each in self._people:
            if each.unit:
                colleagues[self._unit(each)].append(each)
        for each in self._people:
            if each.id not in self._by_hand or not each.unit:
                continue
            for other in colleagues[self._unit(each)]:
                if not self._is_walk_in_of_absent(each, other):
                    continue
                if _sounds_alike(each.name, other.name):
                    yield each, other, 70, _SAME_SOUND
                elif _differs_by_one(each.name, other.name):
                    yield each, other, 55, _NEAR_NAME

    def _is_walk_in_of_absent(self, one: PersonMarks, two: PersonMarks) -> bool:
        by_hand = [each.id in self._by_hand for each in (one, two)]
        listed = two if by_hand[0] else one
        return sum(by_hand) == 1 and listed.id not in self._seen

    def _unit(self, each: PersonMarks) -> str:
        return self._units[each.unit]


def _may_be_one(one: PersonMarks, two: PersonMarks) -> bool:
    return not one.id_number or not two.id_number or one.id_number == two.id_number


def _differs_by_one(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether two names of three characters or more differ in exactly one place."""
    if len(one) != len(two) or len(one) < 3:  # 王明 and 王華 are two people
        return False
    return sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _sounds_alike(one: str, two: str) -> bool:
    """Tell whether two different names are read alike, sign for sign: 怡君 and 宜均."""
    if len(one) != len(two) or one == two:
        return False
    readings = load_readings()
    return all(
        a == b or not set(readings.of(a)).isdisjoint(readings.of(b))
        for a, b in zip(one, two, strict=True)
    )
