"""`bench search`: 1 to 3 Chinese characters, and sounds, first page, beside a bare look-up."""

import random
import time
from collections.abc import Callable

from app.bench.crowd import GIVEN, SESSION, crowded_desk, invented_name
from app.bench.figures import Report, machine, milliseconds
from app.services.people import PeopleService
from app.services.sample_day import SURNAMES
from db.engine import Connection
from db.name_sounds import load_readings

QUERIES = 300
PAGE = 50
_SIGNS = "ㄅㄇㄈㄊㄌㄍㄏㄐㄒㄓㄔㄕㄗㄘㄙㄧㄨㄩ"


def measure(size: int) -> Report:
    """Search among `size` people; the floor reads one page of them by row number."""
    with crowded_desk(size, badges=False) as (desk, _codes, _profile):
        people = PeopleService(desk.context)
        chance = random.Random(7)  # noqa: S311 - which names to look for
        kinds: dict[str, Callable[[], str]] = {
            "surname_1": lambda: chance.choice(SURNAMES),
            "inside_1": lambda: chance.choice(GIVEN),
            "two": lambda: chance.choice(SURNAMES) + chance.choice(GIVEN),
            "inside_2": lambda: invented_name(chance)[1:],
            "three": lambda: invented_name(chance),
            "zhuyin_2": lambda: chance.choice(_SIGNS) + chance.choice(_SIGNS),
            "zhuyin_3": lambda: "".join(chance.choices(_SIGNS, k=3)),
            "pinyin": lambda: "".join(_spoken(invented_name(chance))),
            "pinyin_begun": lambda: "".join(_spoken(invented_name(chance)))[:4],
            "initials": lambda: "".join(part[0] for part in _spoken(invented_name(chance))),
        }
        report: Report = {"bench": "search", "size": size, "n": QUERIES, "queries": {}}
        everything: list[float] = []
        for name, make in kinds.items():
            times = [_timed(people, make()) for _ in range(QUERIES)]
            report["queries"][name] = milliseconds(times)
            everything += times
        report |= milliseconds(everything)
        report["floor"] = _page_floor(desk.context.database.connection(), size, chance)
        report["machine"] = machine()
        return report


def _timed(people: PeopleService, text: str) -> float:
    start = time.perf_counter()
    people.find_people(text, session=SESSION, limit=PAGE)
    return time.perf_counter() - start


def _spoken(name: str) -> list[str]:
    """Return the pinyin of each character of an invented name."""
    return [load_readings().of(char)[0][0] for char in name]


def _page_floor(connection: Connection, size: int, chance: random.Random) -> dict[str, float]:
    """Return the time to read one page of people by row number, with nothing to look for."""
    execute = connection.execute
    times = []
    for _ in range(QUERIES):
        first = chance.randrange(max(1, size - PAGE))
        start = time.perf_counter()
        execute("SELECT * FROM person WHERE row>=? LIMIT ?", (first, PAGE)).fetchall()
        times.append(time.perf_counter() - start)
    return {f"page_{name}": value for name, value in milliseconds(times).items()}
