"""The end of the day: proposals, decisions, seals, and the files that leave."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from factories import Room, id_number, moment, person_name, reopened, station, write_roster

from app.domain.credit import ProposalKind, Reason
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind, PersonId
from app.services.care import rebuild_tables, verify_event
from app.services.checkin import WalkIn
from app.services.closing import CreditLine
from app.services.credit_sheet import reasons_of
from app.services.export_rows import participation_rows

SECOND_BATCH = date(2023, 8, 14)


def attend(
    room: Room, number: int, came: str, left: str, session: str = "b1d1", *, on: date | None = None
) -> None:
    """Let a person come and leave."""
    day = on or date(2023, 8, 7)
    code = room.code(number)
    for text, way in ((came, "in"), (left, "out")):
        at = moment(text, day)
        room.desk.checkin.scan(code, station(session, way), at=at)


def line_of(room: Room, number: int, session: str = "b1d1") -> CreditLine:
    lines = room.office.closing.credit_sheet(session).lines
    return next(line for line in lines if line.person.id == room.person(number))


def decide(room: Room, number: int, session: str = "b1d1", *, grant: bool = True) -> CreditLine:
    person = room.person(number)
    return room.office.closing.decide(person, session, grant=grant, reason="查證屬實")


@pytest.mark.parametrize(
    ("came", "left", "reasons"),
    [
        ("08:45", "17:00", ()),
        ("09:10", "16:50", ()),
        ("09:11", "17:00", (Reason.LATE,)),
        ("08:45", "16:49", (Reason.LEFT_EARLY,)),
        ("09:11", "16:49", (Reason.LATE, Reason.LEFT_EARLY)),
    ],
)
def test_proposals_to_the_minute(
    room: Room, came: str, left: str, reasons: tuple[Reason, ...]
) -> None:
    attend(room, 1, came, left)
    line = line_of(room, 1)
    assert reasons_of(line) == reasons
    assert line.proposal.kind is (ProposalKind.REVIEW if reasons else ProposalKind.GRANT)
    assert line.proposal.hours == 8


def test_without_a_sign_out_somebody_has_to_look(room: Room) -> None:
    room.at("08:45")
    room.scan(room.code(1))
    assert reasons_of(line_of(room, 1)) == (Reason.NO_SIGN_OUT,)
    assert line_of(room, 2).proposal.kind is ProposalKind.NONE


def test_those_who_need_a_look_come_first_and_without_a_number_before_all(room: Room) -> None:
    attend(room, 1, "08:45", "17:00")
    attend(room, 2, "09:30", "17:00")
    room.at("08:45")
    form = WalkIn(name="沒帶證件", unit_text="縣立海角國小")
    room.desk.checkin.walk_in(form, station())
    decide(room, 2)
    names = [line.person.name for line in room.office.closing.credit_sheet("b1d1").lines]
    assert names[0] == "沒帶證件"
    assert names[1] == person_name(1)
    assert names[-1] == person_name(2)


def test_only_clean_ones_are_approved_together(room: Room) -> None:
    attend(room, 1, "08:45", "17:00")
    attend(room, 2, "09:30", "17:00")
    attend(room, 3, "08:45", "17:00")
    decide(room, 3, grant=False)
    assert room.office.closing.approve_clean("b1d1") == 1
    assert room.office.closing.approve_clean("b1d1") == 0
    decisions = {number: line_of(room, number).decision for number in range(1, 5)}
    assert decisions[1] is not None
    assert (decisions[1].granted, decisions[1].hours, decisions[1].actor) == (True, 8, "tester")
    assert decisions[2] is None
    assert decisions[3] is not None
    assert (decisions[3].granted, decisions[3].hours) == (False, 0)
    assert decisions[4] is None


def test_a_decision_can_be_made_anew_and_the_last_one_stands(room: Room) -> None:
    for grant in (True, False, True):
        room.clock.pass_ms(1000)
        decide(room, 1, grant=grant)
    decision = line_of(room, 1).decision
    assert decision is not None
    assert (decision.granted, decision.reason) == (True, "查證屬實")


def test_a_decision_needs_a_reason_and_a_person(room: Room) -> None:
    with pytest.raises(InvalidInput) as refusal:
        room.office.closing.decide(room.person(1), "b1d1", grant=True, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(NotFound):
        room.office.closing.decide(PersonId("nobody"), "b1d1", grant=True, reason="x")
    with pytest.raises(NotFound):
        decide(room, 1, "nosuch")


def test_a_course_given_twice_is_credited_once(room: Room, tmp_path: Path) -> None:
    attend(room, 20, "08:45", "17:00", "b2d1", on=SECOND_BATCH)
    refused = room.desk.checkin.scan(room.code(20), station(way="in"), at=moment("08:45"))
    room.desk.checkin.admit(refused.fact_id, "兩梯次都來")
    attend(room, 20, "12:30", "17:00")
    assert room.office.closing.approve_clean("b2d1") == 1
    first = line_of(room, 20)
    assert first.credited_elsewhere
    assert first.proposal.kind is ProposalKind.NONE
    assert room.office.closing.approve_clean("b1d1") == 0
    with pytest.raises(NotAllowed):
        decide(room, 20)
    decide(room, 20, grant=False)
    assert names_in_credit_files(room, tmp_path) == {"b1d1": [], "b2d1": [person_name(20)]}
    # The other session may grant it once this one does not.
    decide(room, 20, "b2d1", grant=False)
    decide(room, 20)
    assert names_in_credit_files(room, tmp_path) == {"b1d1": [person_name(20)], "b2d1": []}


def test_two_desks_that_both_granted_give_one_credit(room: Room, tmp_path: Path) -> None:
    """No desk alone can do it, but two that met later can; the first decision stands."""
    attend(room, 20, "08:45", "17:00", "b2d1", on=SECOND_BATCH)
    for session in ("b2d1", "b1d1"):
        room.clock.pass_ms(1000)
        room.append(granted(room, 20, session))
    assert names_in_credit_files(room, tmp_path) == {"b1d1": [], "b2d1": [person_name(20)]}


def granted(room: Room, number: int, session: str, course: str = "day1") -> Draft:
    return Draft(
        kind=FactKind.CREDIT_DECIDED,
        subject=f"person:{room.person(number)}",
        body={"session": session, "course": course, "granted": True, "hours": 8},
        private={"reason": "x"},
    )


def names_in_credit_files(room: Room, folder: Path) -> dict[str, list[str]]:
    found = {}
    for session in ("b1d1", "b2d1"):
        out = folder / f"{session}.csv"
        room.office.exports.export("credit", session, "csv", out)
        text = out.read_text("utf-8-sig")
        found[session] = [person_name(n) for n in range(30) if person_name(n) in text]
    return found


def enter_again(room: Room, session: str, on: date) -> PersonId:
    """Let person 1 in as a walk-in with the same ID number, and out again."""
    form = WalkIn(name=person_name(1), unit_text="縣立海角國小", id_number=id_number(1))
    walked = room.desk.checkin.walk_in(form, station(session), at=moment("08:50", on))
    assert walked.person is not None
    person = PersonId(walked.person.id)
    room.desk.checkin.scan_person(person, station(session, "out"), at=moment("16:58", on))
    return person


def test_one_id_number_is_credited_once_whoever_entered_it_twice(
    room: Room, tmp_path: Path
) -> None:
    attend(room, 1, "08:45", "17:00")
    again = enter_again(room, "b2d1", SECOND_BATCH)
    assert room.office.closing.approve_clean("b1d1") == 1
    assert room.office.closing.approve_clean("b2d1") == 0
    with pytest.raises(NotAllowed, match="same ID number"):
        room.office.closing.decide(again, "b2d1", grant=True, reason="查證屬實")
    assert room.office.exports.export("credit", "b2d1", "csv", tmp_path / "c.csv").rows == 0


def test_one_id_number_twice_at_one_session_is_approved_once(room: Room, tmp_path: Path) -> None:
    attend(room, 1, "08:45", "17:00")
    enter_again(room, "b1d1", date(2023, 8, 7))
    assert room.office.closing.approve_clean("b1d1") == 1
    assert room.office.closing.approve_clean("b1d1") == 0
    assert room.office.exports.export("credit", "b1d1", "csv", tmp_path / "c.csv").rows == 1


def test_a_help_day_never_yields_credit_whatever_anybody_calls(room: Room, tmp_path: Path) -> None:
    attend(room, 1, "08:45", "17:00", "help")
    closing, exports = room.office.closing, room.office.exports
    person, out = room.person(1), tmp_path / "x.csv"
    acts: tuple[Callable[[], object], ...] = (
        lambda: closing.credit_sheet("help"),
        lambda: closing.approve_clean("help"),
        lambda: closing.decide(person, "help", grant=True, reason="x"),
        lambda: closing.decide(person, "help", grant=False, reason="x"),
        lambda: exports.check("credit", "help"),
        lambda: exports.export("credit", "help", "csv", out),
    )
    for act in acts:
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert "駐點" in refusal.value.message.zh
    assert not out.exists()
    seal = closing.close_session("help")
    assert (seal.granted, seal.denied, seal.undecided) == (0, 0, 0)


def test_not_even_a_fact_from_elsewhere_gives_hours_for_a_help_day(
    room: Room, tmp_path: Path
) -> None:
    attend(room, 1, "08:45", "17:00", "help")
    room.append(granted(room, 1, "help", "clinic"))
    assert room.office.closing.close_session("help").granted == 0
    out = tmp_path / "x.csv"
    room.office.exports.export("attendance", "help", "csv", out)
    (row,) = out.read_text("utf-8-sig").splitlines()[1:]
    assert person_name(1) in row
    assert "核給" not in row


def test_a_sealed_session_refuses_decisions_until_it_is_reopened(room: Room) -> None:
    attend(room, 1, "08:45", "17:00")
    attend(room, 2, "09:30", "17:00")
    closing = room.office.closing
    closing.approve_clean("b1d1")
    facts = room.fact_count()
    seal = closing.close_session("b1d1")
    assert (seal.facts, seal.last_seq, seal.first_seq) == (facts, facts, 1)
    assert (seal.granted, seal.denied, seal.undecided) == (1, 0, 1)
    assert closing.find_seal("b1d1") == seal
    assert closing.credit_sheet("b1d1").sealed_at == seal.sealed_at
    for act in (
        lambda: decide(room, 2),
        lambda: closing.approve_clean("b1d1"),
        lambda: closing.close_session("b1d1"),
    ):
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert "封存" in refusal.value.message.zh
    with pytest.raises(InvalidInput):
        closing.reopen_session("b1d1", " ")
    closing.reopen_session("b1d1", "補登")
    assert closing.find_seal("b1d1") is None
    decide(room, 2)
    with pytest.raises(NotAllowed):
        closing.reopen_session("b1d1", "again")
    assert closing.close_session("b1d1").granted == 2
    assert verify_event(room.desk.context).is_sound


def test_a_seal_names_every_chains_head_and_is_signed(room: Room) -> None:
    seal = room.office.closing.close_session("b1d1")
    origin = room.desk.context.journal.origin
    hashes = dict(room.connection.execute("SELECT seq, hash FROM fact"))
    (head,) = seal.heads
    assert head == (origin.device, origin.incarnation, seal.last_seq, hashes[seal.last_seq])
    signed = room.connection.execute("SELECT max(seq) FROM signed_head").fetchone()[0]
    assert signed == seal.last_seq + 1  # the seal itself


def test_sealing_a_session_leaves_the_others_open(room: Room) -> None:
    room.office.closing.close_session("b1d1")
    attend(room, 20, "08:45", "17:00", "b2d1", on=SECOND_BATCH)
    assert room.office.closing.approve_clean("b2d1") == 1


def test_the_credit_file_lacks_people_without_a_number_and_says_so(
    room: Room, tmp_path: Path
) -> None:
    attend(room, 1, "08:45", "17:00")
    room.at("08:45")
    walked = room.desk.checkin.walk_in(WalkIn(name="沒帶證件", unit_text="某校"), station())
    assert walked.person is not None
    room.office.closing.decide(walked.person.id, "b1d1", grant=True, reason="全程")
    decide(room, 1)
    out = tmp_path / "credit.csv"
    report = room.office.exports.export("credit", "b1d1", "csv", out)
    text = out.read_text("utf-8-sig")
    assert report.rows == 1
    assert id_number(1) in text
    assert "沒帶證件" not in text
    missing = [problem for problem in report.problems if problem.kind.value == "id_missing"]
    assert len(missing) == 1
    assert missing == [
        problem
        for problem in room.office.exports.check("credit", "b1d1")
        if problem.kind.value == "id_missing"
    ]
    assert "沒帶證件" not in repr(report)


KINDS = (
    *(("credit", ending) for ending in ("csv", "xlsx", "ods", "pdf")),
    *((kind, "csv") for kind in ("attendance", "scans", "participation")),
    *((kind, "pdf") for kind in ("signin", "proofs", "participation")),
)


@pytest.mark.parametrize(("kind", "ending"), KINDS)
def test_the_same_event_gives_the_same_bytes(
    room: Room, tmp_path: Path, kind: str, ending: str
) -> None:
    for number in range(6):
        attend(room, number, "08:45", "17:00")
    room.office.closing.approve_clean("b1d1")
    files = [tmp_path / f"{at}.{ending}" for at in range(3)]
    room.office.exports.export(kind, "b1d1", ending, files[0])
    rebuild_tables(room.desk.context)
    room.clock.pass_ms(90_000_000)
    room.office.exports.export(kind, "b1d1", ending, files[1])
    again = reopened(room)
    again.office.exports.export(kind, "b1d1", ending, files[2])
    again.close()
    contents = {file.read_bytes() for file in files}
    assert len(contents) == 1
    assert contents.pop()


def test_participation_counts_people_not_scans_over_all_sessions_of_a_course(
    room: Room, tmp_path: Path
) -> None:
    units = [(f"縣立星{name}國小", f"0136{at:02d}", "星光鄉") for at, name in enumerate("東西南")]
    file = write_roster(tmp_path / "units.csv", units, ("學校名稱", "代碼", "鄉鎮市區"))
    room.office.registrations.import_units(file)
    attend(room, 0, "08:45", "12:00")
    attend(room, 0, "13:00", "17:00")
    attend(room, 20, "08:45", "17:00", "b2d1", on=SECOND_BATCH)
    out = tmp_path / "participation.csv"
    assert room.office.exports.export("participation", "b1d1", "csv", out).rows == 3
    missing = room.office.registrations.missing_units("day1")
    assert sorted(unit.name for unit in missing) == ["縣立星南國小", "縣立星西國小"]
    held = room.desk.context.get_session("b1d1")
    found = {row.unit: row for row in participation_rows(room.desk.context, held)}
    east = found["縣立星東國小"]
    assert (east.registered, east.attended, east.came) == (4, 2, True)
    assert (east.region, east.batch) == ("山區", "第一梯次")
    assert (found["縣立星西國小"].attended, found["縣立星西國小"].came) == (0, False)
