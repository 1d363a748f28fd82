"""The door with a real database: every verdict, admissions, undo, walk-ins, counts."""

from collections.abc import Callable
from datetime import date

import pytest
from factories import Room, id_number, moment, person_name, station

from app.domain.badge import event_tag, new_badge_code
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import FactId, PersonId, UnitId
from app.domain.verdict import Tone, Verdict
from app.services.care import verify_event
from app.services.checkin import ScanOutcome, WalkIn

SECOND_DAY, SECOND_BATCH = date(2023, 8, 8), date(2023, 8, 14)


def unreadable(room: Room) -> ScanOutcome:
    return room.scan("HTTPS://EXAMPLE.ORG/")


def other_event(room: Room) -> ScanOutcome:
    return room.scan(new_badge_code(event_tag("another event"), bytes(range(16))))


def unknown(room: Room) -> ScanOutcome:
    return room.scan(new_badge_code(room.desk.context.tag, bytes(range(16))))


def revoked(room: Room) -> ScanOutcome:
    old = room.code(1)
    room.office.badges.replace_badge(room.person(1), "遺失")
    room.at("08:46")
    return room.scan(old)


def repeat_read(room: Room) -> ScanOutcome:
    room.scan(room.code(1))
    room.clock.pass_ms(119_000)
    return room.scan(room.code(1))


def cancelled(room: Room) -> ScanOutcome:
    room.office.registrations.cancel_registration(room.person(1), "b1d1", "公假")
    return room.scan(room.code(1))


def not_on_roster(room: Room) -> ScanOutcome:
    return room.scan(room.code(20))


def already_in(room: Room) -> ScanOutcome:
    room.scan(room.code(1))
    room.clock.pass_ms(1000)
    return room.scan(room.code(1), letter="B")


def already_out(room: Room) -> ScanOutcome:
    room.scan(room.code(1))
    room.at("17:00")
    room.scan(room.code(1))
    room.clock.pass_ms(1000)
    return room.scan(room.code(1), letter="B")


def no_entry(room: Room) -> ScanOutcome:
    room.at("17:00")
    return room.scan(room.code(1))


def not_open(room: Room) -> ScanOutcome:
    room.at("08:29")
    return room.scan(room.code(1))


def late(room: Room) -> ScanOutcome:
    room.at("09:11")
    return room.scan(room.code(1))


def early_leave(room: Room) -> ScanOutcome:
    room.scan(room.code(1))
    room.at("16:49")
    return room.scan(room.code(1), way="out")


def checked_in(room: Room) -> ScanOutcome:
    return room.scan(room.code(1))


def checked_out(room: Room) -> ScanOutcome:
    room.scan(room.code(1))
    room.at("16:50")
    return room.scan(room.code(1))


def back_in(room: Room) -> ScanOutcome:
    for text, way in (("08:45", "in"), ("12:00", "out"), ("12:55", "in")):
        room.at(text)
        outcome = room.scan(room.code(1), way=way)
    return outcome


def walk_in(room: Room) -> ScanOutcome:
    form = WalkIn(name="新來的", unit_text="縣立海角國小", phone="0987654321")
    return room.desk.checkin.walk_in(form, station())


WAYS: tuple[Callable[[Room], ScanOutcome], ...] = (
    unreadable, other_event, unknown, revoked, repeat_read, cancelled, not_on_roster, already_in,
    already_out, no_entry, not_open, late, early_leave, checked_in, checked_out, back_in, walk_in,
)  # fmt: skip


def test_no_verdict_is_left_out() -> None:
    assert [way.__name__ for way in WAYS] == [verdict.value for verdict in Verdict]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_verdict_is_reached_and_kept_as_shown(
    room: Room, way: Callable[[Room], ScanOutcome]
) -> None:
    room.at("08:45")
    shown = way(room)
    assert shown.verdict == way.__name__
    kept = room.desk.checkin.recent_scans("b1d1")[0]
    for field in ("fact_id", "verdict", "tone", "counts", "at", "direction", "person", "detail"):
        assert getattr(kept, field) == getattr(shown, field), field
    assert verify_event(room.desk.context).is_sound


def test_a_known_person_is_shown_with_name_unit_and_only_the_tail_of_the_number(
    room: Room,
) -> None:
    room.at("08:45")
    person = room.scan(room.code(1)).person
    assert person is not None
    assert (person.name, person.unit) == (person_name(1), "星西國小")
    assert person.id_tail == id_number(1)[-3:]


def test_an_unknown_badge_says_how_large_and_how_old_the_roster_is(room: Room) -> None:
    room.at("08:45")
    outcome = unknown(room)
    assert outcome.tone is Tone.REFUSE
    assert outcome.person is None
    assert outcome.roster_size == 12
    assert outcome.roster_as_of == moment("07:00")


def test_what_was_read_is_shown_masked_and_kept_private(room: Room) -> None:
    secret = "SOMEBODYS-SECRET-0912345678"
    outcome = room.scan(secret)
    assert secret not in repr(outcome)
    assert outcome.code.endswith("678")
    body, private = room.connection.execute(
        "SELECT body, private FROM fact WHERE id=?", (outcome.fact_id,)
    ).fetchone()
    assert "SECRET" not in body
    assert secret in private


@pytest.mark.parametrize("raw", ["", " ", "\x00", "x" * 100_000, "\ud800", "🎉", "'; DROP TABLE"])
def test_any_reading_at_all_is_recorded(room: Room, raw: str) -> None:
    before = room.fact_count()
    assert room.scan(raw).verdict == "unreadable"
    assert room.fact_count() == before + 1


def test_an_id_number_finds_its_person_in_any_spelling(room: Room) -> None:
    room.at("08:45")
    number = id_number(3)
    outcome = room.scan(f" {number.lower()} ")
    assert (outcome.verdict, outcome.person and outcome.person.name) == (
        Verdict.CHECKED_IN,
        person_name(3),
    )
    assert number not in repr(outcome)
    body = room.connection.execute(
        "SELECT body FROM fact WHERE id=?", (outcome.fact_id,)
    ).fetchone()[0]
    assert number not in body


def test_an_id_number_of_nobody_or_of_two_people_admits_nobody(room: Room) -> None:
    assert room.scan(id_number(999)).verdict == "unreadable"
    form = WalkIn(name="同號", unit_text="某校", id_number=id_number(3))
    room.desk.checkin.walk_in(form, station())
    assert room.scan(id_number(3)).verdict == "unreadable"


def test_wrong_batch_names_the_session_and_one_key_moves_the_person(room: Room) -> None:
    room.at("08:45")
    refused = room.scan(room.code(20))
    assert refused.detail.other_session == "b2d1"
    assert refused.detail.sub_reason == "wrong_batch"
    admitted = room.desk.checkin.admit(refused.fact_id, "主任同意")
    assert (admitted.admitted, admitted.counts) == (True, True)
    assert registrations(room, 20) == {"b1d1": "active", "b2d1": "cancelled"}
    assert counts(room, "b1d1") == (13, 1, 1)
    assert counts(room, "b2d1") == (3, 0, 0)
    room.at("08:50")
    assert room.scan(room.code(20)).verdict == "already_in"
    room.at("17:00")
    assert room.scan(room.code(20)).verdict == "checked_out"


def test_wrong_day_is_admitted_without_losing_the_other_day(room: Room) -> None:
    room.import_people(range(30, 32), "b1d2")
    room.office.badges.badges_for("b1d2")
    room.at("08:45")
    refused = room.scan(room.code(30))
    assert refused.detail.sub_reason == "wrong_day"
    room.desk.checkin.admit(refused.fact_id, "記錯日期")
    assert registrations(room, 30) == {"b1d1": "active", "b1d2": "active"}


def test_somebody_who_came_to_the_other_batch_is_not_moved_away_from_it(room: Room) -> None:
    room.at("08:45", SECOND_BATCH)
    room.scan(room.code(20), "b2d1")
    refused = room.scan(room.code(20), "b1d1", letter="B")
    assert refused.verdict == "not_on_roster"
    room.desk.checkin.admit(refused.fact_id, "兩梯次都來")
    assert registrations(room, 20) == {"b1d1": "active", "b2d1": "active"}


def test_a_cancelled_registration_is_admitted_and_counts(room: Room) -> None:
    room.at("08:45")
    refused = cancelled(room)
    assert counts(room, "b1d1") == (11, 0, 0)
    room.desk.checkin.admit(refused.fact_id, "又來了")
    assert registrations(room, 1) == {"b1d1": "active"}
    assert counts(room, "b1d1") == (12, 1, 1)


def test_too_early_is_admitted_at_the_moment_it_was_read(room: Room) -> None:
    refused = not_open(room)
    room.at("08:35")
    admitted = room.desk.checkin.admit(refused.fact_id, "已在門口")
    assert admitted.at == moment("08:29")
    assert counts(room, "b1d1") == (12, 1, 1)


def test_what_is_no_choice_cannot_be_admitted(room: Room) -> None:
    room.at("08:45")
    for outcome in (unreadable(room), unknown(room), checked_in(room), already_in(room)):
        with pytest.raises(NotAllowed):
            room.desk.checkin.admit(outcome.fact_id, "x")
    refused = room.scan(room.code(20))
    room.desk.checkin.admit(refused.fact_id, "x")
    with pytest.raises(NotAllowed):
        room.desk.checkin.admit(refused.fact_id, "twice")
    gone = room.scan(room.code(21))
    room.desk.checkin.undo_scan(gone.fact_id, "x")
    with pytest.raises(NotAllowed):
        room.desk.checkin.admit(gone.fact_id, "undone")
    with pytest.raises(NotFound):
        room.desk.checkin.admit(FactId("no such fact"), "x")


def test_an_undone_scan_never_was_and_the_badge_may_be_read_again(room: Room) -> None:
    room.at("08:45")
    first = room.scan(room.code(1))
    undone = room.desk.checkin.undo_scan(first.fact_id, "拿錯名牌")
    assert (undone.voided, undone.counts) == (True, False)
    assert counts(room, "b1d1") == (12, 0, 0)
    room.clock.pass_ms(1000)
    assert room.scan(room.code(1)).verdict == "checked_in"
    assert counts(room, "b1d1") == (12, 1, 1)
    assert [scan.voided for scan in room.desk.checkin.recent_scans("b1d1")] == [False, True]


def test_an_undone_exit_puts_the_person_back_into_the_room(room: Room) -> None:
    room.at("08:45")
    left = checked_out(room)
    assert counts(room, "b1d1") == (12, 1, 0)
    room.desk.checkin.undo_scan(left.fact_id, "誤刷")
    assert counts(room, "b1d1") == (12, 1, 1)


def test_undoing_needs_a_reason_a_scan_and_happens_once(room: Room) -> None:
    room.at("08:45")
    scan = room.scan(room.code(1))
    with pytest.raises(InvalidInput) as refusal:
        room.desk.checkin.undo_scan(scan.fact_id, "  ")
    assert refusal.value.field == "reason"
    room.desk.checkin.undo_scan(scan.fact_id, "誤刷")
    with pytest.raises(NotAllowed):
        room.desk.checkin.undo_scan(scan.fact_id, "再一次")
    with pytest.raises(NotFound):
        room.desk.checkin.undo_scan(FactId("no such fact"), "x")


def test_an_unreadable_scan_can_be_undone_too(room: Room) -> None:
    scan = unreadable(room)
    assert room.desk.checkin.undo_scan(scan.fact_id, "測試").voided
    assert verify_event(room.desk.context).is_sound


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (WalkIn(name=" ", unit_text="某校"), "name"),
        (WalkIn(name="某人", unit_text=""), "unit"),
    ],
)
def test_a_walk_in_without_name_or_unit_is_refused(room: Room, form: WalkIn, field: str) -> None:
    before = room.fact_count()
    with pytest.raises(InvalidInput) as refusal:
        room.desk.checkin.walk_in(form, station())
    assert refusal.value.field == field
    assert room.fact_count() == before


def test_a_walk_in_is_registered_present_and_found(room: Room) -> None:
    room.at("08:45")
    outcome = walk_in(room)
    assert outcome.counts
    assert counts(room, "b1d1") == (13, 1, 1)
    (found,) = room.desk.people.find_people("新來", session="b1d1")
    assert found.present_here
    assert outcome.person is not None
    room.at("17:00")
    left = room.desk.checkin.scan_person(outcome.person.id, station())
    assert left.verdict == "checked_out"


def test_a_walk_in_like_somebody_known_is_asked_about(room: Room) -> None:
    known = person_name(3)
    by_name = room.desk.checkin.similar_people(WalkIn(name=known, unit_text="別校"))
    assert [card.id for card in by_name] == [room.person(3)]
    by_number = WalkIn(name="改名了", unit_text="x", id_number=id_number(4).lower())
    assert [card.id for card in room.desk.checkin.similar_people(by_number)] == [room.person(4)]
    assert room.desk.checkin.similar_people(WalkIn(name="沒有這人", unit_text="x")) == ()


def test_somebody_picked_from_a_search_is_judged_like_a_badge(room: Room) -> None:
    room.at("08:45")
    assert room.desk.checkin.scan_person(room.person(5), station()).verdict == "checked_in"
    again = room.desk.checkin.scan_person(room.person(5), station(letter="B"))
    assert again.verdict == "already_in"
    with pytest.raises(NotFound):
        room.desk.checkin.scan_person(PersonId("nobody"), station())


def test_a_session_that_is_not_in_the_plan_is_refused_and_nothing_recorded(room: Room) -> None:
    before = room.fact_count()
    acts: tuple[Callable[[], object], ...] = (
        lambda: room.scan("X", "nosuch"),
        lambda: room.desk.checkin.scan_person(room.person(1), station("nosuch")),
        lambda: room.desk.checkin.walk_in(WalkIn(name="a", unit_text="b"), station("nosuch")),
    )
    for act in acts:
        with pytest.raises(NotFound) as refusal:
            act()
        assert "b1d1" in refusal.value.remedy.zh
    assert room.fact_count() == before


def test_a_replaced_badge_works_and_the_old_one_does_not(room: Room) -> None:
    old = room.code(1)
    new = room.office.badges.replace_badge(room.person(1), "遺失")
    room.at("08:45")
    refused = room.scan(old)
    assert refused.verdict == "revoked"
    assert refused.detail.revoked_at == moment("07:00")
    assert refused.person is not None
    assert refused.person.name == person_name(1)
    assert room.scan(new.code).verdict == "checked_in"


def test_help_days_need_no_registration(room: Room) -> None:
    room.at("13:00")
    assert room.scan(room.code(20), "help").verdict == "checked_in"
    room.at("13:30")
    assert room.scan(room.code(20), "help").verdict == "checked_out"
    assert counts(room, "help") == (0, 1, 0)


def test_a_scan_told_later_counts_at_its_own_time(room: Room) -> None:
    room.at("10:00")
    told = room.desk.checkin.scan(room.code(1), station(), at=moment("08:50"))
    assert (told.verdict, told.at) == (Verdict.CHECKED_IN, moment("08:50"))
    sheet = room.office.closing.credit_sheet("b1d1")
    line = next(line for line in sheet.lines if line.person.name == person_name(1))
    assert line.intervals[0].in_at == moment("08:50")


def test_recent_scans_are_newest_first_and_of_this_session_only(room: Room) -> None:
    room.at("08:45")
    ids = []
    for number in range(5):
        room.clock.pass_ms(1000)
        ids.append(room.scan(room.code(number)).fact_id)
        room.scan(room.code(number), "help")
    recent = room.desk.checkin.recent_scans("b1d1", limit=3)
    assert [scan.fact_id for scan in recent] == ids[:1:-1]


def test_a_units_id_of_the_form_links_the_person(room: Room) -> None:
    form = WalkIn(name="某人", unit_text="某校", unit_id=UnitId("u-1"))
    outcome = room.desk.checkin.walk_in(form, station())
    assert outcome.person is not None
    row = room.connection.execute(
        "SELECT unit_id FROM person WHERE id=?", (outcome.person.id,)
    ).fetchone()
    assert row == ("u-1",)


def registrations(room: Room, number: int) -> dict[str, str]:
    return dict(
        room.connection.execute(
            "SELECT session, status FROM registration WHERE person_id=?", (room.person(number),)
        )
    )


def counts(room: Room, session: str) -> tuple[int, int, int]:
    found = room.desk.checkin.counts(session)
    return found.expected, found.arrived, found.present
