"""After a help day with unmistakable words, none can be read outside, nor in a fact's body."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from factories import Room
from visit_days import help_room

from app.domain.errors import VenueDeskError
from app.domain.help_desk import LoanKind
from app.domain.visits import GoneReason, Outcome, ParkReason, Seat
from app.services.care import back_up, verify_event
from app.services.visit_views import IssueForm, VisitForm

NAME, UNIT, PHONE = "龘靐齉", "飝龖國小", "0918273645"
NOTE, WORDS, GIVEN, WHY = "坐輪椅鱻", "畫面麤空白", "請接手灪", "縣府長官爩"
WHO = "籲龗老師"
CANARIES = (NAME, UNIT, PHONE, NOTE, WORDS, GIVEN, WHY, WHO)
SECRETS = ("482913", "hunter22x", "4111111111111111")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = help_room(tmp_path / "profile")
    yield opened
    opened.desk.context.database.close()


def live_a_help_day(room: Room) -> list[str]:
    """Do everything a help desk does, refusals included; return what was said."""
    said: list[str] = []

    def refused(act: Callable[[], object]) -> None:
        with pytest.raises(VenueDeskError) as refusal:
            act()
        said.extend((refusal.value.sentence("zh"), refusal.value.sentence("en"), str(refusal)))

    desk, door = room.help_desk, Seat(session="help")
    ann, ben = room.sit(WHO, "1"), room.sit("葉承翰", "2")
    form = VisitForm(unit_text=UNIT, name=NAME, phone=PHONE, note=f"{NOTE} 密碼:hunter22x")
    visit = desk.visits.open(form, door)
    refused(lambda: desk.visits.open(VisitForm(unit_text=UNIT, topic=NAME), door))
    refused(lambda: desk.visits.get_visit(NAME))
    refused(lambda: desk.visits.amend(visit.id, topic=WORDS))
    refused(lambda: desk.visits.set_readiness(visit.id, {NAME: NOTE}))
    desk.visits.set_priority(visit.id, 1, WHY)
    desk.visits.call_next(ann)
    refused(lambda: desk.visits.call(visit.id, ben))
    desk.visits.start(visit.id, ann)
    typed = {"symptom": f"{WORDS} OTP 驗證碼 482913", "steps": "卡號 4111 1111 1111 1111"}
    desk.issues.save_draft(visit.id, {"issues": [typed], "scratch": "密碼：hunter22x"})
    desk.visits.hand_over(visit.id, ben.staff, ann, note=f"{GIVEN} OTP 482913")
    refused(lambda: desk.visits.start(visit.id, ann))
    desk.visits.start(visit.id, ben)
    refused(lambda: desk.visits.finish(visit.id, ben))
    desk.visits.park(visit.id, ParkReason.EXPERT, ben)
    refused(lambda: desk.visits.start(visit.id, ann))
    desk.visits.start(visit.id, ben)
    desk.loans.lend(LoanKind.READER, "R1", visit.id, ben)
    refused(lambda: desk.loans.lend(LoanKind.READER, "R1", visit.id, ben))
    (issue,) = desk.visits.get_visit(visit.id).issues
    form2 = IssueForm(id=issue, outcome=Outcome.RESOLVED, resolution=f"{WORDS} 密碼=hunter22x")
    desk.visits.finish(visit.id, ben, [form2])
    refused(lambda: desk.visits.leave(visit.id, GoneReason.LEFT, ben))
    refused(lambda: desk.visits.undo(visit.id, ann))
    refused(lambda: desk.consultants.add(" ", unit_text=UNIT))
    said.append(repr(verify_event(room.desk.context)))
    return said


def test_nothing_of_a_help_day_is_readable_outside(
    room: Room,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    said = live_a_help_day(room)
    back_up(room.desk.context, tmp_path / "stick.vdbackup")
    files = [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert files
    for canary in CANARIES:
        for encoding in ("utf-8", "utf-16-le"):
            assert not any(canary.encode(encoding) in content for content in files)
    printed = capfd.readouterr()
    everything = "\n".join([*said, caplog.text, printed.out, printed.err])
    assert len(said) > 30
    assert [canary for canary in (*CANARIES, *SECRETS) if canary in everything] == []


def test_bodies_never_hold_what_is_personal_and_secrets_are_nowhere(room: Room) -> None:
    live_a_help_day(room)
    rows = room.connection.execute("SELECT body, subject, actor FROM fact").fetchall()
    bodies = "\n".join(" ".join(row) for row in rows)
    assert [canary for canary in CANARIES if canary in bodies] == []
    private = "\n".join(
        row[0] for row in room.connection.execute("SELECT private FROM fact WHERE private NOTNULL")
    )
    assert [canary for canary in CANARIES if canary not in private] == []
    tables = "\n".join(
        str(row)
        for name in ("visit", "issue", "visit_draft")
        for row in room.connection.execute(f"SELECT * FROM {name}")  # noqa: S608
    )
    for secret in SECRETS:
        assert secret not in bodies + private + tables.replace(" ", "")
