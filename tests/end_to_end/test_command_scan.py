"""`scan`, `undo`, `admit`, `walkin`: what people type, paste, pipe and mistype."""

import json
import re

import pytest
from command_line import Ended
from workshop import DAY, Workshop

SCAN_KEYS = {
    "code", "verdict", "tone", "counts", "at", "session", "direction", "station", "fact",
    "person", "detail",
}  # fmt: skip
DETAIL_KEYS = {"late_minutes", "minutes_present", "first_in", "other_session"}
ENTRY = ("scan", "--session", "am", "--direction", "in", "--json")


def verdicts(ended: Ended) -> list[str]:
    return [line["verdict"] for line in ended.lines]


def count_facts(workshop: Workshop) -> int:
    return sum(chain["facts"] for chain in workshop.desk.json("verify")["chains"])


def test_a_scan_has_the_shape_of_the_contract(workshop: Workshop) -> None:
    (told,) = workshop.desk.scan("--session", "am", "--at", f"{DAY}T08:41", workshop.codes[0])
    assert told.keys() >= SCAN_KEYS
    assert told["detail"].keys() >= DETAIL_KEYS
    assert told["detail"]["late_minutes"] == 0
    assert told["person"].keys() == {"id", "name", "unit"}
    assert (told["verdict"], told["tone"], told["counts"]) == ("checked_in", "ok", True)
    assert (told["at"], told["station"]) == (f"{DAY}T08:41:00+08:00", "A")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told["fact"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-05-04T08:41", "08:41:00"),
        ("2024-05-04 08:41:07", "08:41:07"),
        ("2024-05-04T00:41:00Z", "08:41:00"),
        ("2024-05-04t00:41:00z", "08:41:00"),
        ("2024-05-04T08:41:00+08:00", "08:41:00"),
        ("2024-05-04T09:41:00+09:00", "08:41:00"),
        ("20240504T084100", "08:41:00"),
        ("  2024-05-04T08:41  ", "08:41:00"),
    ],
)
def test_times_are_kept_in_the_venue_s_zone(workshop: Workshop, given: str, kept: str) -> None:
    (told,) = workshop.desk.scan("--session", "am", "--at", given, workshop.codes[0])
    assert told["at"] == f"{DAY}T{kept}+08:00"


@pytest.mark.parametrize(
    "given",
    ["2024-05-04", "20240504", "08:41", "yesterday", "", "0001-01-01T00:00+14:00", "9999-12-31T23",
     "2024-02-30T08:00", "2024-05-04T25:00", "113-05-04T08:41"],
)  # fmt: skip
def test_times_that_cannot_be_meant_are_refused(workshop: Workshop, given: str) -> None:
    before = count_facts(workshop)
    ended = workshop.desk(*ENTRY, "--at", given, workshop.codes[0])
    assert (ended.status, ended.out) == (1, "")
    assert "This time cannot be read" in ended.err
    assert count_facts(workshop) == before


@pytest.mark.parametrize("dress", [str.lower, str.swapcase, "  {}  ".format, "]Q3{}".format])
def test_codes_are_read_however_they_are_typed(workshop: Workshop, dress: object) -> None:
    assert callable(dress)
    ended = workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", dress(workshop.codes[0]))
    assert verdicts(ended) == ["checked_in"]


def test_full_width_codes_are_read(workshop: Workshop) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in workshop.codes[0])
    assert verdicts(workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", wide)) == ["checked_in"]


def test_several_codes_in_one_command(workshop: Workshop) -> None:
    ended = workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", *workshop.codes, workshop.codes[0])
    assert verdicts(ended) == ["checked_in"] * 4 + ["repeat_read"]


def test_a_bad_line_is_named_and_the_rest_goes_on(workshop: Workshop) -> None:
    one, two, *_ = workshop.codes
    lines = f"{DAY}T08:41\t{one}\n\nabout nine\t{two}\n{DAY}\t{two}\n{DAY}T08:42\t{two}\n"
    ended = workshop.desk(*ENTRY, "-", stdin=lines)
    assert ended.status == 1
    assert [line["at"][11:16] for line in ended.lines] == ["08:41", "08:42"]
    assert [line.split(":")[0] for line in ended.err.splitlines()] == ["Line 3", "Line 4"]
    assert "about nine" not in ended.err


def test_lines_of_every_system_are_read(workshop: Workshop) -> None:
    one, two, three, four = workshop.codes
    for raw in (
        f"\ufeff{DAY}T08:41\t{one}\r\n\r\n   \r\n{DAY}T08:41\t {two} \r\n".encode(),
        f"{DAY}T08:41\t{three}\n{DAY}T08:41\t{four}".encode("utf-16"),
    ):
        assert verdicts(workshop.desk(*ENTRY, "-", stdin=raw)) == ["checked_in"] * 2


def test_a_reader_that_ends_with_a_tab_is_read(workshop: Workshop) -> None:
    raw = f"{workshop.codes[0]}\t\n\t{workshop.codes[1]}\n"
    ended = workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", "-", stdin=raw)
    assert verdicts(ended) == ["checked_in"] * 2


def test_garbage_is_recorded_and_does_not_stop_the_door(workshop: Workshop) -> None:
    junk = [b"\xff\xfe\x80\x81", b"\x00\x01\x02", b"x" * 10_000_000, "王小明".encode(), b"\xb4\xfa"]
    raw = b"\n".join([*junk, workshop.codes[0].encode()])
    before = count_facts(workshop)
    ended = workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", "-", stdin=raw)
    assert (ended.status, ended.err) == (0, "")
    assert verdicts(ended) == ["unreadable"] * len(junk) + ["checked_in"]
    assert max(len(line["code"]) for line in ended.lines) < 30
    assert "王小明" not in ended.out
    assert count_facts(workshop) == before + len(junk) + 1


def test_a_dash_among_codes_stands_for_the_lines(workshop: Workshop) -> None:
    one, two, three, _ = workshop.codes
    ended = workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", one, "-", three, stdin=f"{two}\n")
    assert [line["code"] for line in ended.lines] == [one, two, three]


def test_no_lines_are_no_scans(workshop: Workshop) -> None:
    assert workshop.desk(*ENTRY, "-", stdin=b"") == Ended(0, "", "")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--session", "am"), 2),
        (("CODE",), 2),
        (("--session", "am", "--direction", "sideways", "CODE"), 2),
        (("--session", "nowhere", "CODE"), 1),
        (("--session", "AM", "CODE"), 1),
        (("--session", "", "CODE"), 1),
    ],
)
def test_wrong_usage_is_told_apart(workshop: Workshop, words: tuple[str, ...], status: int) -> None:
    before = count_facts(workshop)
    ended = workshop.desk("scan", *words)
    assert (ended.status, ended.out, bool(ended.err)) == (status, "", True)
    assert count_facts(workshop) == before


@pytest.mark.parametrize(
    ("typed", "kept"), [("b", "B"), ("Ａ", "A"), (" C2 ", "C2"), ("ABC", "ABC")]
)
def test_station_letters_are_kept_short_and_upper(
    workshop: Workshop, typed: str, kept: str
) -> None:
    (told,) = workshop.desk.scan("--session", "am", "--station", typed, workshop.codes[0])
    assert told["station"] == kept


@pytest.mark.parametrize("typed", ["", " ", "ABCD", "1", "甲", "-", "A B", "';--", "A\tB", "é"])
def test_odd_stations_are_refused_in_words(workshop: Workshop, typed: str) -> None:
    for command in (("scan", workshop.codes[0]), ("walkin", "--name", "路人", "--unit", "別處")):
        ended = workshop.desk(*command, "--session", "am", "--station", typed)
        assert (ended.status, ended.out) == (1, "")
        assert "station" in ended.err


def test_undo_asks_for_a_reason_and_works_once(workshop: Workshop) -> None:
    desk = workshop.desk
    (told,) = desk.scan("--session", "am", "--at", f"{DAY}T08:41", workshop.codes[0])
    for reason in ("", "   ", "\t\n"):
        assert desk("undo", told["fact"], "--reason", reason).status == 1
    assert desk("undo", told["fact"]).status == 2
    undone = desk.json("undo", told["fact"], "--reason", "拿錯名牌")
    assert undone.keys() >= SCAN_KEYS
    assert (undone["voided"], undone["counts"], undone["fact"]) == (True, False, told["fact"])
    again = desk("undo", told["fact"], "--reason", "拿錯名牌")
    assert (again.status, again.out) == (1, "")
    assert "undone already" in again.err
    (later,) = desk.scan("--session", "am", "--at", f"{DAY}T08:42", workshop.codes[0])
    assert later["verdict"] == "checked_in"


@pytest.mark.parametrize("fact", ["", "x", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --"])
def test_unknown_scans_are_told_so(workshop: Workshop, fact: str) -> None:
    for command in ("undo", "admit"):
        ended = workshop.desk(command, fact, "--reason", "試試", "--json")
        assert (ended.status, ended.out) == (1, "")
        assert "no such scan" in ended.err


def test_only_choices_can_be_admitted(workshop: Workshop) -> None:
    desk = workshop.desk
    (taken,) = desk.scan("--session", "am", "--at", f"{DAY}T08:50", workshop.codes[0])
    assert desk("admit", taken["fact"], "--reason", "試試").status == 1
    (early,) = desk.scan(
        "--session", "am", "--direction", "in", "--at", f"{DAY}T08:00", workshop.codes[1]
    )
    assert early["verdict"] == "not_open"
    admitted = desk.json("admit", early["fact"], "--reason", "下大雨")
    assert (admitted["counts"], admitted["admitted"]) == (True, True)
    assert desk("admit", early["fact"], "--reason", "再一次").status == 1


def test_a_walk_in_is_registered_and_inside(workshop: Workshop) -> None:
    told = workshop.desk.json(
        "walkin", "--session", "am", "--name", "路人甲", "--unit", "別處圖書館", "--title", "館員",
        "--id-number", "T199000019", "--at", f"{DAY}T08:59",
    )  # fmt: skip
    assert told.keys() >= SCAN_KEYS
    assert (told["verdict"], told["counts"], told["direction"]) == ("walk_in", True, "in")
    assert told["person"]["name"] == "路人甲"
    (hit,) = workshop.desk.json("people", "find", "路人")["people"]
    assert (hit["id"], hit["title"], hit["sessions"]) == (told["person"]["id"], "館員", ["am"])
    assert workshop.desk.json("sessions")["sessions"][0]["roster_size"] == 5


def test_a_walk_in_with_an_odd_id_number_is_warned_about(workshop: Workshop) -> None:
    ended = workshop.desk(
        "walkin", "--session", "am", "--name", "路人乙", "--unit", "別處", "--id-number", "T12"
    )
    assert ended.status == 0
    assert "fails its check" in ended.err
    assert "T12" not in ended.err


def test_a_walk_in_who_may_be_known_is_said_so(workshop: Workshop) -> None:
    walk_in = ("walkin", "--session", "am", "--name", "路人丙", "--unit", "別處")
    first, second = workshop.desk(*walk_in), workshop.desk(*walk_in)
    assert (first.status, second.status) == (0, 0)
    assert "people find" not in first.err
    assert "1 known with this name or ID number" in second.err


@pytest.mark.parametrize(
    ("name", "unit"),
    [("", "別處"), (" \n", "別處"), ("\u200b", "別處"), ("路人", ""), ("路人", "\t")],
)
def test_a_walk_in_needs_a_name_and_a_unit(workshop: Workshop, name: str, unit: str) -> None:
    ended = workshop.desk("walkin", "--session", "am", "--name", name, "--unit", unit)
    assert (ended.status, ended.out) == (1, "")


def test_plain_rows_cannot_be_broken_by_a_name(workshop: Workshop) -> None:
    ended = workshop.desk(
        "walkin", "--session", "am", "--name", "路\n人\x1b[2J", "--unit", "別\t處", "--json"
    )
    assert ended.json["person"]["name"] == "路 人 [2J"
    shown = workshop.desk("people", "find", "路")
    assert len(shown.out.splitlines()) == 1
    assert "\x1b" not in shown.out
    assert len(shown.out.rstrip("\n").split("\t")) == 5


def test_every_line_is_a_document_of_its_own(workshop: Workshop) -> None:
    ended = workshop.desk(*ENTRY, "--at", f"{DAY}T08:41", *workshop.codes)
    assert ended.out.endswith("\n")
    for line in ended.out.splitlines():
        assert json.loads(line)["session"] == "am"
