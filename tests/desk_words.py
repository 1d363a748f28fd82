"""A help desk over real services and invented issues, for the pages that learn from them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from factories import Room, new_event, open_room
from place_fakes import FakeOffice, Told, make_desk
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.domain.clock import uuid7
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import FollowupState
from app.domain.plan import Plan
from app.help_desk import HelpDesk, build_help_desk
from ui.place import Desk
from ui.screens.help_desk.seat import SeatState

ISSUE_TEXTS = ("symptom", "steps", "resolution", "next_step")
DAY_2 = date(2023, 8, 8)
CASES = (
    ("青山國小", "0603", "H3 表單匯入失敗，「欄位不符」", "重新下載", "改用系統範本後成功"),
    ("白雲國小", "0603", "H3 表單匯入後人數是 0", "檢查 A1 是否提交", "先提交 A1，再匯入一次"),
    ("海風國中", "0109", "OTP 綁定在前任組長的手機", "請前任解除", "前任解除後重新綁定"),
    ("青山國小", "0108", "讀卡機抓不到自然人憑證", "換 USB 孔", "重新安裝 HiCOS 元件後恢復"),
)  # fmt: skip


def opened_room(folder: Path, plan: Plan | None = None) -> Iterator[Room]:
    """Open an empty event of its own; close it afterwards."""
    room = open_room(new_event(folder / "profile", plan))
    yield room
    room.desk.context.database.close()


def visit(room: Room, unit: str, ticket: str) -> str:
    """Record a visit of a school and return its id."""
    visit_id = uuid7(room.clock.wall_ms())
    body = {"session": "help", "ticket": ticket, "station": ticket[0]}
    private = {"unit_text": unit, "name": "林測試"}
    subject = f"visit:{visit_id}"
    room.append(Draft(kind=FactKind.VISIT_OPENED, subject=subject, body=body, private=private))
    return visit_id


def issue(room: Room, visit_id: str, **told: Any) -> str:
    """Record an issue of a visit and return its id."""
    issue_id = uuid7(room.clock.wall_ms())
    private = {name: told.pop(name) for name in ISSUE_TEXTS if name in told}
    body = {"issue": issue_id, "outcome": "resolved", **told}
    subject = f"visit:{visit_id}"
    room.append(Draft(kind=FactKind.ISSUE_RECORDED, subject=subject, body=body, private=private))
    room.clock.pass_ms(60_000)
    return issue_id


def words_desk(room: Room) -> tuple[Desk, Told, SeatState, HelpDesk]:
    """Return a window's desk over the room's help desk, with somebody in the seat."""
    help_desk = build_help_desk(room.desk.context)
    office = FakeOffice(help_desk=help_desk)
    desk, told = make_desk(office)
    seat = SeatState(desk, office.preferences)
    seat.load()
    seat.set_day("help")
    seat.sit_down_as("陳諮詢")
    return desk, told, seat, help_desk


def fill(room: Room, help_desk: HelpDesk) -> dict[str, str]:
    """Record a small day and its follow-ups; return ids by name."""
    room.at("10:00")
    ids: dict[str, str] = {}
    for number, (unit, topic, symptom, steps, resolution) in enumerate(CASES, start=1):
        ids[f"v{number}"] = visit(room, unit, f"A{number:03d}")
        ids[f"i{number}"] = issue(
            room, ids[f"v{number}"], topic=topic, symptom=symptom, steps=steps,
            resolution=resolution, outcome="escalated" if number == 2 else "resolved",
            reused=[f"issue:{ids['i1']}"] if number == 2 else [],
        )  # fmt: skip
    problem = help_desk.answers.add_problem("0603", "H3 表單匯入後人數是 0")
    ids["problem"] = problem.id
    for number, unit in enumerate(("東昇國中", "月光國小", "南溪國小"), start=11):
        issue(
            room, visit(room, unit, f"B{number:03d}"), topic="0603", symptom="匯入後人數是 0",
            outcome="escalated", known_problem=problem.id,
        )  # fmt: skip
    return ids | _followups(room, help_desk, ids)


def _followups(room: Room, help_desk: HelpDesk, ids: dict[str, str]) -> dict[str, str]:
    followups, owner = help_desk.followups, help_desk.consultants.find_or_add("陳諮詢").id
    first = followups.open(ids["v2"], ids["i2"], "系統廠商", owner=owner, due_on="2023-08-07")
    second = followups.open(ids["v1"], ids["i1"], "系統廠商", due_on="2023-08-12", note="已附畫面")
    third = followups.open(ids["v3"], ids["i3"], "縣府教育處", owner=owner)
    fourth = followups.open(ids["v4"], ids["i4"], "憑證管理中心", due_on="2023-08-20")
    followups.amend(second.id, state=FollowupState.SENT, reference="PT-0807-2")
    room.at("15:40")
    followups.amend(third.id, answer="已通知前任組長解除綁定，隔天可重新綁定。")
    followups.amend(fourth.id, state=FollowupState.CLOSED)
    return {"late": first.id, "sent": second.id, "back": third.id, "closed": fourth.id}


def screenshot() -> QImage:
    """Return a picture as somebody may paste it: a form with an invented name and number."""
    image = QImage(900, 520, QImage.Format.Format_RGB32)
    image.fill(QColor("#F7F9FC"))
    painter = QPainter(image)
    painter.fillRect(QRect(0, 0, 900, 56), QColor("#2B5BC2"))
    font = QFont(painter.font())
    font.setPixelSize(24)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(QPoint(20, 38), "學生資料管理")
    painter.setPen(Qt.GlobalColor.black)
    for line, text in enumerate(
        ("姓名　林小測", "身分證字號　A100000001", "錯誤　欄位不符 (E-31)")
    ):
        painter.drawText(QPoint(60, 140 + 70 * line), text)
    painter.end()
    return image


def type_in(field: QWidget, text: str) -> None:
    """Type as an input method does: one sign after another, whatever the script."""
    for sign in text:
        typed = QInputMethodEvent()
        typed.setCommitString(sign)
        QCoreApplication.sendEvent(field, typed)
