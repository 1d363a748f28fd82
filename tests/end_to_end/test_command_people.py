"""`people`: one person's data and history, changes by hand, the same person twice."""

import pytest
from workshop import DAY, Workshop

CARD = {"id", "name", "unit"}


def listed(workshop: Workshop, at: int = 0) -> dict[str, str]:
    """Return who carries a badge of the roster."""
    (outcome,) = workshop.desk.scan(
        "--session", "am", "--at", f"{DAY}T08:45:00+08:00", workshop.codes[at]
    )
    person: dict[str, str] = outcome["person"]
    return person


def walk_in(workshop: Workshop, person: dict[str, str]) -> str:
    """Let somebody of the roster come as a walk-in."""
    names = ("--name", person["name"], "--unit", person["unit"])
    told = workshop.desk.json("walkin", "--session", "am", *names, "--at", f"{DAY}T08:50:00+08:00")
    return str(told["person"]["id"])


def test_somebody_is_changed_and_every_change_is_told(workshop: Workshop) -> None:
    desk, who = workshop.desk, listed(workshop)["id"]
    shown = desk.json("people", "show", who)
    assert [each["session"] for each in shown["registrations"]] == ["am"]
    assert shown["merged_from"] == []
    edited = desk.json("people", "edit", who, "--meal", "素食", "--reason", "本人說的")
    assert edited["meal"] == "素食"
    assert desk.json("people", "cancel", who, "--session", "am", "--reason", "病假") == {
        "cancelled": 1
    }
    assert desk.json("people", "restore", who, "--session", "am") == {"restored": 1}
    told = desk.json("people", "history", who)["history"]
    kinds = [line["kind"] for line in told]
    assert kinds[-3:] == ["registration.amended", "registration.cancelled", "registration.added"]
    assert told[-3]["reason"] == "本人說的"


def test_a_walk_in_on_the_roster_is_found_merged_and_separated(workshop: Workshop) -> None:
    desk, person = workshop.desk, listed(workshop)
    other = walk_in(workshop, person)
    (pair,) = desk.json("people", "twins", "--session", "am")["pairs"]
    assert (pair["kept"]["id"], pair["other"]["id"], pair["score"]) == (person["id"], other, 90)
    assert pair["other"].keys() == CARD
    merged = desk("people", "merge", person["id"], other, "--reason", "同一人", "--json")
    assert "Both have scans at AM." in merged.err
    assert [each["id"] for each in merged.json["merged_from"]] == [other]
    assert desk.json("people", "twins")["pairs"] == []
    assert desk.json("people", "show", other)["id"] == person["id"]
    found = desk.json("people", "find", person["name"])
    assert person["id"] in str(found)
    assert other not in str(found)
    assert desk("verify").status == 0
    again = desk("people", "merge", person["id"], other, "--reason", "同一人")
    assert (again.status, again.out) == (1, "")
    assert "one person already" in again.err
    alone = desk.json("people", "separate", other, "--reason", "認錯人")
    assert (alone["id"], alone["merged_from"]) == (other, [])
    assert desk("people", "separate", other, "--reason", "認錯人").status == 1
    assert desk("verify").status == 0


@pytest.mark.parametrize("command", ["merge", "separate"])
def test_without_a_reason_nothing_happens(workshop: Workshop, command: str) -> None:
    who = listed(workshop)["id"]
    people = (who, "nobody") if command == "merge" else (who,)
    ended = workshop.desk("people", command, *people, "--reason", "")
    assert (ended.status, ended.out) == (1, "")
    assert workshop.desk("people", command, *people).status == 2
