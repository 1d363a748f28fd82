"""`visit …` as somebody outside would use it: tickets, defaults, words for wrong words."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from command_line import VenueDesk

DAY = "2023-09-12T"


@pytest.fixture
def desk(tmp_path: Path) -> VenueDesk:
    """A profile with the bundled plan, before its first help day."""
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "key").write_text("0f" * 32, "ascii")
    (profile / "key").chmod(0o600)
    made = VenueDesk(profile)
    assert made("new", "pingtung-112").status == 0
    return made


def visit(desk: VenueDesk, *words: object) -> Any:
    return desk.json("visit", *words)


def refused(desk: VenueDesk, *words: object) -> str:
    ended = desk("visit", *words, "--json")
    assert ended.status == 1, (ended.out, ended.err)
    assert ended.out == ""
    assert "Traceback" not in ended.err
    return ended.err


def test_a_visit_by_its_ticket_alone(desk: VenueDesk) -> None:
    opened = visit(desk, "open", "--unit", "信義國小", "--topic", "05", "--at", f"{DAY}09:00")
    assert (opened["ticket"], opened["state"], opened["session"]) == ("A001", "waiting", "help1")
    assert opened["arrived_at"] == "2023-09-12T09:00:00+08:00"
    called = visit(desk, "call", "--at", f"{DAY}09:10", "--consultant", "江采薇", "--desk", "2")
    assert (called["state"], called["desk"], called["consultant"]) == ("called", "2", "江采薇")
    visit(desk, "start", "A001", "--at", f"{DAY}09:11")
    visit(desk, "park", "a1", "--reason", "fetching", "--minutes", 5, "--at", f"{DAY}09:15")
    started = visit(desk, "start", opened["visit"], "--at", f"{DAY}09:25")
    assert (started["consultant"], started["desk"]) == ("江采薇", "2")
    done = visit(
        desk, "finish", "A001", "--outcome", "resolved-next-step", "--topic", "0503",
        "--symptom", "節次存不了", "--resolution", "改班級數", "--barrier", "otp_elsewhere",
        "--barrier", "no_card", "--next-step", "回校送出", "--at", f"{DAY}09:31",
    )  # fmt: skip
    assert (done["state"], done["wait_minutes"], done["serving_minutes"]) == ("done", 10, 10)
    assert done["parked_minutes"] == 10
    (issue,) = done["issues"]
    assert (issue["topic"], issue["outcome"]) == ("0503", "resolved_next_step")
    assert issue["barriers"] == ["otp_elsewhere", "no_card"]
    assert (done["called_at"], done["served_at"], done["closed_at"]) == tuple(
        f"2023-09-12T09:{minute}:00+08:00" for minute in (10, 11, 31)
    )
    shown = visit(desk, "show", "A001")
    assert shown["history"][0]["kind"] == "visit.opened"
    assert {key: shown[key] for key in done} == done


def test_the_list_and_its_states(desk: VenueDesk) -> None:
    for minute in ("00", "01", "02"):
        visit(desk, "open", "--unit", f"第{minute}國小", "--at", f"{DAY}09:{minute}")
    visit(desk, "leave", "A002", "--reason", "turned_away", "--at", f"{DAY}09:05")
    live = visit(desk, "list", "--at", f"{DAY}09:10")
    assert [item["ticket"] for item in live["visits"]] == ["A001", "A003"]
    assert [item["wait_minutes"] for item in live["visits"]] == [10, 8]
    everything = visit(desk, "list", "--session", "help1", "--all")
    assert [item["state"] for item in everything["visits"]] == ["waiting", "gone", "waiting"]
    gone = visit(desk, "list", "--session", "help1", "--state", "gone")
    assert [(item["ticket"], item["reason"]) for item in gone["visits"]] == [
        ("A002", "turned_away")
    ]
    plain = desk("visit", "list", "--session", "help1")
    assert plain.out.splitlines()[0].startswith("A001\t")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("open", "--unit", "x", "--session", "b1d1"), "help1"),
        (("open", "--unit", "x", "--session", "help9"), "help1"),
        (("open", "--session", "help1"), ""),
        (("open", "--unit", "x", "--session", "help1", "--topic", "77"), "05"),
        (("open", "--unit", "x", "--session", "help1", "--ready", "hat=ok"), "otp_phone"),
        (("open", "--badge", "NONSENSE", "--session", "help1"), "--unit"),
        (("park", "A001", "--reason", "tired"), "practising"),
        (("leave", "A001", "--reason", "tired"), "no_show"),
        (("finish", "A001", "--outcome", "great"), "resolved_next_step"),
        (("finish", "A001", "--outcome", "resolved", "--barrier", "rain"), "pin_unknown"),
        (("finish", "A001", "--outcome", "resolved"), ""),
        (("list", "--session", "help1", "--state", "lost"), "serving"),
        (("list", "--session", "b1d1"), "help1"),
        (("show", "A099"), "A017"),
        (("carry", "A001", "--to", "b1d1"), "help2"),
        (("start", "A001", "--at", "2023-09-12T08:00"), ""),
    ],
)
def test_wrong_words_are_told_the_right_ones(
    desk: VenueDesk, words: tuple[str, ...], named: str
) -> None:
    visit(desk, "open", "--unit", "第一國小", "--session", "help1", "--at", f"{DAY}09:00")
    assert named in refused(desk, *words)
    assert visit(desk, "show", "A001")["state"] == "waiting"


def test_the_help_day_is_the_one_where_people_are(desk: VenueDesk) -> None:
    assert "help1, help2" in refused(desk, "open", "--unit", "第一國小")
    visit(desk, "open", "--unit", "第一國小", "--session", "help2")
    assert visit(desk, "open", "--unit", "第二國小")["session"] == "help2"
    assert visit(desk, "call")["ticket"] == "A001"
    assert "help1, help2" in refused(desk, "list", "--session", "b1d3")


def test_two_desks_cannot_hold_one_visit(desk: VenueDesk) -> None:
    visit(desk, "open", "--unit", "第一國小", "--session", "help1")
    visit(desk, "call", "A001", "--desk", "1")
    assert "1" in refused(desk, "call", "A001", "--desk", "2")
    assert visit(desk, "call", "A001")["recalls"] == 2
    refused(desk, "call", "--session", "help1", "--desk", "2")
    visit(desk, "start", "A001", "--desk", "1")
    refused(desk, "finish", "A001", "--outcome", "resolved", "--consultant", "別人")
    done = visit(
        desk, "finish", "A001", "--outcome", "resolved", "--consultant", "別人", "--yes"
    )  # fmt: skip
    assert done["time_quality"] == "forgot"
    assert visit(desk, "undo", "A001")["state"] == "serving"
    again = visit(desk, "finish", "A001", "--outcome", "escalated")
    assert [item["outcome"] for item in again["issues"]] == ["escalated"]


def test_handed_over_carried_tallied_and_sent_back(desk: VenueDesk) -> None:
    first = visit(desk, "open", "--unit", "第一國小", "--serve-now", "--session", "help1")
    assert (first["state"], first["wait_minutes"]) == ("serving", 0)
    offered = visit(desk, "hand-over", "A001", "--to", "葉承翰", "--note", "請接手")
    assert (offered["state"], offered["consultant"]) == ("called", "葉承翰")
    assert visit(desk, "back", "A001")["reason"] == "moved"
    assert visit(desk, "back", "A001")["state"] == "waiting"
    carried = visit(desk, "carry", "A001", "--to", "help2")
    assert [item["carried_from"] for item in carried["visits"]] == ["help1"]
    counted = visit(desk, "tally", "--topic", "05", "--session", "help2")
    assert counted["tallies"] == 1
    ready = visit(desk, "ready", "A001", "card=ok", "reader=missing")
    assert ready["readiness"] == {"card": "ok", "reader": "missing"}


def test_a_second_number_for_one_person_joins(desk: VenueDesk) -> None:
    who = ("--unit", "第一國小", "--name", "王大文", "--session", "help1")
    visit(desk, "open", *who)
    assert "A001" in refused(desk, "open", *who)
    joined = visit(desk, "open", *who, "--join")
    assert (joined["ticket"], joined["party_size"]) == ("A001", 2)
    assert visit(desk, "open", *who, "--another")["ticket"] == "A002"


def test_issues_are_recorded_before_the_end(desk: VenueDesk) -> None:
    visit(desk, "open", "--unit", "第一國小", "--serve-now", "--session", "help1", "--topic", "05")
    visit(desk, "issue", "A001", "--symptom", "一")
    shown = visit(desk, "issue", "A001", "--topic", "08", "--symptom", "密碼: hunter22")
    assert "hunter22" not in json.dumps(shown)
    first, second = shown["issues"]
    refused(desk, "issue", "A001", "--issue", "nothing", "--symptom", "x")
    visit(desk, "issue", "A001", "--issue", second["issue"], "--outcome", "escalated")
    done = visit(desk, "finish", "A001", "--outcome", "resolved")
    assert [(item["topic"], item["outcome"]) for item in done["issues"]] == [
        ("05", "resolved"), ("08", "escalated"),
    ]  # fmt: skip
    assert done["issues"][0]["issue"] == first["issue"]


def test_help_day_visitors_can_never_be_credited(desk: VenueDesk) -> None:
    who = ("--unit", "第一國小", "--name", "王大文", "--session", "help1")
    visit(desk, "open", *who, "--serve-now")
    visit(desk, "finish", "A001", "--outcome", "resolved")
    for words in (
        ("credit", "--session", "help1"),
        ("credit", "approve", "--session", "help1", "--clean"),
        ("export", "credit", "--session", "help1", "--format", "csv", "--out", "c.csv"),
    ):
        ended = desk(*words)
        assert ended.status == 1 or "王大文" not in ended.out
    out = desk.profile / "b1d1.csv"
    desk("export", "credit", "--session", "b1d1", "--format", "csv", "--out", out)
    assert not out.exists() or "王大文" not in out.read_text("utf-8-sig")
    assert desk.json("people", "find", "王大文")["people"] == []


@pytest.mark.slow
def test_four_processes_call_four_visits(desk: VenueDesk) -> None:
    for number in range(4):
        visit(desk, "open", "--unit", f"第{number}國小", "--session", "help1")

    def call(number: int) -> Any:
        words = ["visit", "call", "--session", "help1", "--desk", str(number), "--json"]
        told = subprocess.run(
            [sys.executable, "-m", "app", *words, "--profile", str(desk.profile)],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    with ThreadPoolExecutor(4) as pool:
        called = list(pool.map(call, range(4)))
    assert sorted(item["ticket"] for item in called) == ["A001", "A002", "A003", "A004"]


def test_a_briefing_has_no_report_and_the_help_days_are_named(desk: VenueDesk) -> None:
    told = desk("export", "report", "--session", "b1d1", "--out", "r.pdf")
    assert told.status == 1, told.err
    assert "help1, help2" in told.err or "help1、help2" in told.err
