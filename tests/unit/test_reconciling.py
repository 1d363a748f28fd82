"""Conflicts between stations: found whatever order facts came in, and only where there are any."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconciled_doors import MINUTE, PERSON, WINDOWS, Door, at, meet

from app.domain.conflicts import Choice, Conflict, ConflictKind, fold_resolutions
from app.domain.facts import Fact, FactKind
from app.domain.reconciling import reconcile
from app.domain.scans import Verdict


def found(facts: list[Fact]) -> tuple[Conflict, ...]:
    return reconcile(PERSON, facts, WINDOWS)


def kinds(*doors: Door) -> list[ConflictKind]:
    return [conflict.kind for conflict in found(meet(*doors))]


@pytest.fixture
def doors() -> tuple[Door, Door, Door]:
    """An office that registered the person, and two doors that heard of it."""
    office, one, two = Door("O"), Door("A"), Door("B")
    office.register(at("07:00"))
    office.write(FactKind.BADGE_ISSUED, at("07:01"), {"code": "ONE"})
    one.hear(office)
    two.hear(office)
    return office, one, two


def test_two_entries_at_two_doors_show_both_sides(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    first, second = one.scan("in", at("08:40")), two.scan("in", at("08:45"))
    (conflict,) = found(meet(office, one, two))
    assert conflict.kind is ConflictKind.TWO_ENTRIES
    assert [item.fact_id for item in conflict.scans] == [first.id, second.id]
    assert [item.station for item in conflict.scans] == ["A", "B"]
    assert [item.device for item in conflict.scans] == ["device-A", "device-B"]
    assert [item.verdict for item in conflict.scans] == [Verdict.CHECKED_IN] * 2
    assert [item.reconciled for item in conflict.scans] == [
        Verdict.CHECKED_IN,
        Verdict.ALREADY_IN,
    ]
    assert conflict.suggestion.choice is Choice.KEEP
    assert not conflict.suggestion.changes


def test_in_at_one_door_and_out_at_another_is_no_conflict(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    out = two.scan("out", at("17:01"))
    assert out.body["verdict"] == "no_entry"  # the second door had not heard
    assert kinds(office, one, two) == []


def test_coming_back_through_another_door_is_no_conflict(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    one.scan("out", at("12:00"))
    back = two.scan("in", at("13:00"))
    assert back.body["verdict"] == "late"
    assert kinds(office, one, two) == []


def test_two_exits(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    two.hear(one)
    one.scan("out", at("12:00"))
    two.scan("out", at("17:01"))
    (conflict,) = found(meet(office, one, two))
    assert conflict.kind is ConflictKind.TWO_EXITS
    undo_first = conflict.options[2]
    assert undo_first.scans == (conflict.scans[0].fact_id,)
    assert [(item.before, item.after) for item in undo_first.changes] == [(200, 501)]


def test_refused_as_already_in_though_seen_leaving_elsewhere(
    doors: tuple[Door, Door, Door],
) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    two.hear(one)
    two.scan("out", at("12:00"))
    refused = one.scan("in", at("13:00"))
    assert refused.body["verdict"] == "already_in"
    one.scan("out", at("17:01"))
    facts = meet(office, one, two)
    assert [item.kind for item in found(facts)] == [
        ConflictKind.MISSED_ENTRY,
        ConflictKind.TWO_EXITS,
    ]
    suggestion = found(facts)[0].suggestion
    assert (suggestion.choice, suggestion.scans) == (Choice.COUNT, (refused.id,))
    assert [(item.before, item.after) for item in suggestion.changes] == [(200, 441)]
    office.write(FactKind.SCAN_ADMITTED, at("18:00"), {"scan": refused.id, "session": "day"})
    assert kinds(office, one, two) == []  # what followed from it is healed with it


def test_refused_as_already_out_though_seen_coming_back(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    one.scan("out", at("12:00"))
    two.hear(one)
    two.scan("in", at("13:00"))
    assert one.scan("out", at("17:01")).body["verdict"] == "already_out"
    assert kinds(office, one, two) == [ConflictKind.MISSED_EXIT]


def test_a_badge_revoked_elsewhere_before(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    two.write(FactKind.BADGE_REVOKED, at("08:35"), {"code": "ONE"})
    one.scan("in", at("08:40"))
    (conflict,) = found(meet(office, one, two))
    assert conflict.kind is ConflictKind.BADGE_REVOKED
    assert conflict.cause is not None
    assert conflict.cause.device == "device-B"


def test_a_badge_revoked_later_is_no_conflict(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    two.write(FactKind.BADGE_REVOKED, at("08:41"), {"code": "ONE"})
    assert kinds(office, one, two) == []


def test_a_registration_cancelled_elsewhere_before(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    office.cancel(at("08:35"))
    one.scan("in", at("08:40"))
    assert kinds(office, one, two) == [ConflictKind.CANCELLED]
    office.register(at("09:00"))
    assert kinds(office, one, two) == []


def test_refused_though_registered_elsewhere_before() -> None:
    office, one = Door("O"), Door("A")
    office.register(at("07:00"), "other")
    one.hear(office)
    office.register(at("08:35"))
    refused = one.scan("in", at("08:40"))
    assert refused.body["verdict"] == "not_on_roster"
    assert kinds(office, one) == [ConflictKind.REGISTERED]


def test_out_at_one_door_before_in_at_another(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    two.scan("out", at("08:35"))
    one.scan("in", at("08:40"))
    assert kinds(office, one, two) == [ConflictKind.OUT_BEFORE_IN]
    one.scan("out", at("17:01"))
    assert kinds(office, one, two) == []


def test_two_rooms_at_once_name_both() -> None:
    office, one, two = Door("O"), Door("A"), Door("B")
    office.register(at("07:00"))
    office.register(at("07:00"), "other")
    one.hear(office)
    two.hear(office)
    one.scan("in", at("08:40"))
    two.scan("in", at("08:45"), "other")
    (conflict,) = found(meet(office, one, two))
    assert conflict.kind is ConflictKind.TWO_ROOMS
    assert (conflict.other_session, conflict.session) == ("day", "other")
    one.scan("out", at("17:01"))
    (later,) = found(meet(office, one, two))
    assert later.id == conflict.id  # an exit makes it no other conflict
    assert len(later.scans) == 3


def test_one_room_after_another_is_no_conflict() -> None:
    office = Door("O")
    office.register(at("07:00"))
    office.register(at("07:00"), "other")
    for way, now, session in (
        ("in", "08:40", "day"),
        ("out", "12:00", "day"),
        ("in", "12:05", "other"),
    ):
        office.scan(way, at(now), session)
    assert kinds(office) == []


def test_a_clock_set_back_turns_a_stations_own_scans_round(doors: tuple[Door, Door, Door]) -> None:
    _, one, _ = doors
    one.scan("in", at("08:40"))
    one.clock_off_ms = -60 * MINUTE
    one.scan("out", at("09:00"))
    assert kinds(one) == [ConflictKind.CLOCK_SET_BACK]


def test_a_copied_laptop_that_wrote_on_the_same_chain_is_another_station() -> None:
    office = Door("O")
    office.register(at("07:00"))
    one, copy = Door("A", boot="here"), Door("A", boot="there")
    for door in (one, copy):
        door.hear(office)
    one.scan("in", at("08:40"))
    copy.register(at("08:41"), "other")
    copy.scan("in", at("08:45"))
    assert kinds(office, one, copy) == [ConflictKind.TWO_ENTRIES]


def test_a_restart_in_between_is_no_other_station(doors: tuple[Door, Door, Door]) -> None:
    _, one, _ = doors
    one.scan("in", at("08:40"))
    one.boot = "after the restart"
    one.scan("in", at("08:45"))
    one.scan("out", at("12:00"))
    one.boot = "after another"
    one.scan("in", at("13:00"))
    assert kinds(one) == []


def test_a_time_that_a_person_typed_is_no_clock_set_back(doors: tuple[Door, Door, Door]) -> None:
    _, one, _ = doors
    one.scan("out", at("17:01"))
    one.scan("in", at("17:05"), typed=at("08:40"))
    assert kinds(one) == []


def test_a_voided_scan_is_no_side_of_a_conflict(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    first, second = one.scan("in", at("08:40")), two.scan("in", at("08:45"))
    meet(office, one, two)
    for scan in (first, second):
        alone = Door("C")
        alone.hear(one)
        alone.void(scan, at("09:30"))
        assert found(list(alone.facts.values())) == ()


def test_an_undo_taken_back_brings_the_conflict_back(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    second = two.scan("in", at("08:45"))
    before = found(meet(office, one, two))
    undone = office.void(second, at("09:30"))
    assert kinds(office, one, two) == []
    body = {"scan": second.id, "session": "day", "takes_back": undone.id}
    office.write(FactKind.SCAN_VOIDED, at("09:31"), body)
    assert found(meet(office, one, two)) == before


def test_a_new_scan_is_a_new_conflict(doors: tuple[Door, Door, Door]) -> None:
    office, one, two = doors
    one.scan("in", at("08:40"))
    two.scan("in", at("08:45"))
    before = {item.id for item in found(meet(office, one, two))}
    three = Door("C")
    three.register(at("08:50"))
    three.scan("in", at("08:51"))
    after = {item.id for item in found(meet(office, one, two, three))}
    assert before < after


def test_clocks_minutes_apart_make_no_conflict_of_every_scan() -> None:
    office, one = Door("O", clock_off_ms=5 * MINUTE), Door("A")
    office.register(at("08:39"))
    one.hear(office)
    scan = one.scan("in", at("08:40"))  # by its own clock before the registration it heard of
    assert scan.body["verdict"] == "checked_in"
    assert kinds(office, one) == []


def test_times_typed_years_before_the_roster_make_no_conflict() -> None:
    office, one, two = Door("O"), Door("A"), Door("B")
    later = at("08:00") + 1000 * 24 * 60 * MINUTE
    office.register(later)
    meet(office, one, two)
    one.scan("in", later + MINUTE, typed=at("08:40"))
    assert kinds(office, one, two) == []
    three = Door("C")  # has not heard of the first
    three.register(later + MINUTE)
    three.scan("in", later + 2 * MINUTE, typed=at("08:45"))
    two.hear(three)
    assert kinds(office, one, two) == [ConflictKind.TWO_ENTRIES]


def test_a_decision_taken_back_is_in_force_no_more() -> None:
    office = Door("O")
    body = {"conflict": "c1", "kind": "two_entries", "session": "day", "choice": "keep"}
    decided = office.write(FactKind.CONFLICT_RESOLVED, at("18:00"), body)
    facts = list(office.facts.values())
    assert fold_resolutions(facts)["c1"].choice == "keep"
    office.write(
        FactKind.CONFLICT_RESOLVED, at("17:00"), {"conflict": "c1", "takes_back": decided.id}
    )
    assert fold_resolutions(office.facts.values()) == {}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["in", "out", "in", "out", "void", "cancel", "register", "revoke", "meet"]),
        st.integers(0, 2),
        st.integers(0, 90),
        st.sampled_from(["day", "day", "day", "other"]),
    ),
    max_size=14,
)


def play(steps: list[tuple[str, int, int, str]], doors: list[Door], *, online: bool) -> list[Fact]:
    """Let a day happen at some doors; those online hear everything at once."""
    now = at("08:00")
    doors[0].register(now)
    doors[0].write(FactKind.BADGE_ISSUED, now, {"code": "ONE"})
    meet(*doors)
    for act, number, minutes, session in steps:
        door = doors[number % len(doors)]
        now += minutes * MINUTE + 1000
        scans = [fact for fact in door.facts.values() if fact.kind == FactKind.SCAN_RECORDED]
        if act in ("in", "out"):
            door.scan(act, now, session)
        elif act == "void" and scans:
            door.void(scans[-1], now)
        elif act == "cancel":
            door.cancel(now, session)
        elif act == "register":
            door.register(now, session)
        elif act == "revoke":
            door.write(FactKind.BADGE_REVOKED, now, {"code": "ONE"})
        if online or act == "meet":
            meet(*doors)
    return meet(*doors)


@given(STEPS)
def test_a_single_station_never_disagrees_with_itself(
    steps: list[tuple[str, int, int, str]],
) -> None:
    assert {item.kind for item in found(play(steps, [Door("A")], online=False))} <= {
        ConflictKind.TWO_ROOMS
    }


@given(STEPS)
def test_stations_that_hear_everything_at_once_agree(
    steps: list[tuple[str, int, int, str]],
) -> None:
    facts = play(steps, [Door("A"), Door("B"), Door("C")], online=True)
    assert {item.kind for item in found(facts)} <= {
        ConflictKind.TWO_ROOMS,
        ConflictKind.OUT_BEFORE_IN,
    }


@given(STEPS, st.randoms(use_true_random=False))
def test_whatever_order_facts_came_in_the_conflicts_are_the_same(
    steps: list[tuple[str, int, int, str]], order: random.Random
) -> None:
    facts = play(steps, [Door("A"), Door("B"), Door("C")], online=False)
    expected = found(facts)
    order.shuffle(facts)
    assert found([*facts, *facts[:3]]) == expected


@given(STEPS)
def test_undoing_every_scan_leaves_no_conflict(steps: list[tuple[str, int, int, str]]) -> None:
    doors = [Door("A"), Door("B"), Door("C")]
    facts = play(steps, doors, online=False)
    later = max(fact.at for fact in facts) + MINUTE
    for fact in facts:
        if fact.kind == FactKind.SCAN_RECORDED:
            doors[0].void(fact, later)
    assert found(meet(*doors)) == ()
