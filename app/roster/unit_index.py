"""Finding a unit by what a roster calls it: its code, or its name and level."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.facts import UnitId
from app.domain.people import Unit, UnitLevel
from app.domain.text import fold_text, to_halfwidth
from app.domain.unit_names import find_county, find_township, split_unit_name, unit_key

_CODE = re.compile(r"(?<![0-9A-Za-z])(\d{3}[0-9A-Z]\d{2})(?![0-9A-Za-z])")
_SUFFIXES = {UnitLevel.ELEMENTARY: "國小", UnitLevel.JUNIOR: "國中", UnitLevel.SENIOR: "高中"}


@dataclass(frozen=True, slots=True)
class ResolvedUnit:
    """A unit's text in a roster and what it stands for."""

    unit_id: UnitId | None
    key: str
    """The same for all writings of one unit, known or not."""


def named_unit_key(name: str, level: UnitLevel) -> str:
    """Return the key of a unit whose name may leave its level out (海豐 + elementary)."""
    if split_unit_name(name).level is UnitLevel.OTHER:
        return unit_key(name + _SUFFIXES.get(level, ""))
    return unit_key(name)


class UnitIndex:
    """The event's units, looked up by the many ways people write them. Remembers every text.

    With `county`, a name that begins with another county is none of them: 信義國小 and 中正國小
    exist in many.
    """

    def __init__(self, units: Iterable[Unit], *, county: str = "") -> None:
        self._county = fold_text(county)
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_key: dict[str, list[Unit]] = defaultdict(list)
        self._keys: dict[UnitId, str] = {}
        self._resolved: dict[str, ResolvedUnit] = {}
        for unit in units:
            key = named_unit_key(unit.name, unit.level)
            self._keys[unit.id] = key
            self._by_key[key].append(unit)
            if unit.code:
                self._by_code[unit.code.upper()].append(unit)

    def find(self, text: str) -> UnitId | None:
        """Return the unit meant by a code or a name with level; None if unknown or ambiguous."""
        return self.resolve(text).unit_id

    def key_of(self, unit_id: UnitId) -> str | None:
        """Return the key of a known unit."""
        return self._keys.get(unit_id)

    def resolve(self, text: str) -> ResolvedUnit:
        """Return the unit and the key all its writings share."""
        resolved = self._resolved.get(text)
        if resolved is None:
            elsewhere = self._other_county(text)
            unit = None if elsewhere else self._look_up(text.strip())
            key = self._keys[unit.id] if unit else f"{elsewhere}{unit_key(text)}"
            resolved = self._resolved[text] = ResolvedUnit(unit.id if unit else None, key)
        return resolved

    def _other_county(self, text: str) -> str:
        """Return the county a text begins with if it is not the event's, else nothing."""
        county = fold_text(find_county(text) or "") if self._county else ""
        return "" if county == self._county else county

    def _look_up(self, text: str) -> Unit | None:
        plain = to_halfwidth(text).upper()
        code = _CODE.search(plain)
        name = plain.replace(code[1], "").strip(" -_()[]:") if code else text
        named = self._by_key.get(unit_key(name), []) if name else []
        coded = self._by_code.get(code[1], []) if code else []
        both = [unit for unit in named if unit in coded]
        for candidates in (both, named if not coded else [], coded if not named else []):
            if candidates:
                return _only_one(candidates, name)
        return None


def _only_one(units: list[Unit], text: str) -> Unit | None:
    """Of several units with one name, the one in the township the text mentions."""
    if len(units) == 1:
        return units[0]
    township = fold_text(find_township(text) or "")
    here = [unit for unit in units if township and fold_text(unit.township) == township]
    return here[0] if len(here) == 1 else None
