"""The sample rosters are read as their truth file says."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from app.domain.facts import UnitId
from app.domain.people import Unit, UnitLevel
from app.roster.roster import read_roster
from app.roster.unit_index import UnitIndex

DATA = Path(__file__).parents[3] / "shared" / "data"
LEVELS = {"國小": "elementary", "國中": "junior", "附設國中部": "junior"}

pytestmark = pytest.mark.skipif(not (DATA / "rosters").is_dir(), reason="no sample rosters here")


@pytest.fixture(scope="module")
def units() -> UnitIndex:
    with (DATA / "pingtung_schools.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return UnitIndex(
        Unit(
            id=UnitId(str(at)),
            name=row["name"],
            code=row["code"],
            level=UnitLevel(LEVELS[row["level"]]),
            township=row["township"],
        )
        for at, row in enumerate(rows)
    )


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "header_row"),
    [
        ("b1d1_clean.xlsx", "xlsx", "", 1),
        ("b1d2_big5_title_rows.csv", "csv", "cp950", 3),
        ("b1d3.ods", "ods", "", 1),
        ("b2d1_html_named.xls", "html", "utf-8", 1),
        ("b2d2_real.xls", "xls", "", 1),
    ],
)
def test_clean_rosters(
    name: str, kind: str, encoding: str, header_row: int, units: UnitIndex
) -> None:
    truth = json.loads((DATA / "rosters" / "truth.json").read_text(encoding="utf-8"))
    draft = read_roster(DATA / "rosters" / name, units=units)
    assert (draft.kind, draft.encoding, draft.header_row) == (kind, encoding, header_row)
    assert draft.rows == len(draft.people) == truth[name]
    assert draft.problems == []
    assert all(entry.data.unit_id and len(entry.data.phone) == 10 for entry in draft.people)


def test_problem_roster(units: UnitIndex) -> None:
    truth = json.loads((DATA / "rosters" / "truth.json").read_text(encoding="utf-8"))
    expected = truth["b2d3_problems.csv"]
    draft = read_roster(DATA / "rosters" / "b2d3_problems.csv", units=units)
    assert draft.rows == expected["rows"]
    assert Counter(str(problem.kind) for problem in draft.problems) == {
        "id_checksum": expected["bad_checksum"],
        "id_missing": expected["no_id"],
        "name_missing": expected["no_name"],
        "cancelled": expected["cancelled"],
        "waitlisted": expected["waitlist"],
        "duplicate_row": expected["duplicate"],
        "unknown_unit": expected["unknown_unit"],
        "totals_row": expected["totals_row"],
    }
    assert draft.skipped == 4
    names = [entry.data.name for entry in draft.people]
    assert sum(name.startswith("=") for name in names) == expected["formula_name"]
    by_row = {entry.row: entry.data for entry in draft.people}
    assert by_row[19].id_number.isascii()
    assert by_row[11].phone == "0962974751"
