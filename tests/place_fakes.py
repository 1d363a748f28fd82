"""Stand-ins for the services behind the places beside the door; every name is invented."""

# ruff: noqa: A002, ARG002 - the services' own signatures

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from conflict_fakes import FakeConflicts
from hub_fakes import FakeHub, hub_side
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from app.domain import preflight as looking
from app.domain.attendance import Interval
from app.domain.credit import Finding, Proposal, ProposalKind, Reason
from app.domain.errors import InvalidInput, NotAllowed, VenueDeskError
from app.domain.facts import FactId, FactKind, PersonId, UnitId
from app.domain.help_desk import Consultant
from app.domain.passphrase import check_passphrase
from app.domain.people import PersonData, Unit
from app.domain.plan import AgendaItem, Course, EventSession, Plan, PlanWarning, SessionKind, Venue
from app.domain.staff import Role, StaffMember, check_pin
from app.domain.verdict import TONES, Detail, Direction, Verdict
from app.domain.words import Words
from app.papers.badge_sheets import BadgeSheetReport
from app.papers.credit_check import ExportProblem, ExportProblemKind
from app.papers.paper_warnings import missing_characters
from app.roster.problems import Problem, ProblemKind
from app.services import paper_wording, preflight_wording
from app.services.badges import IssuedBadge, PrintedBadges
from app.services.checkin import Counts, ScanOutcome, Station
from app.services.closing import CreditLine, CreditSheet, Decision, Seal
from app.services.events import EventSummary, PlanSummary, SessionSummary
from app.services.exports import ExportReport
from app.services.merging_people import MergedPerson
from app.services.paper_entry import Fate, PaperEntry, PaperLine, WrittenSheet
from app.services.paper_tape import TapeStatus
from app.services.people import PersonCard
from app.services.persons import HistoryLine, PersonDetail, TwinPair
from app.services.recovery_key import RecoveryState
from app.services.registrations import RosterChange, RosterPreview, RosterRow, UnitImport
from app.services.rehearsals import RehearsalState
from app.services.safety import SafetyState
from ui.background import InlineTaskRunner, ProgressReport
from ui.changes import Changes
from ui.hub.side import HubSide
from ui.place import Desk, Services
from ui.station import StationState

ZONE = ZoneInfo("Asia/Taipei")
SESSION = "b1d1"
SURNAMES = "林陳黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐"
GIVEN = ("怡君", "志明", "雅婷", "俊傑", "淑芬", "家豪", "美玲", "建宏", "欣怡", "冠宇", "佳蓉")
UNIT_NAMES = ("青山國小", "白雲國小", "海風國中", "竹林國小", "東昇國中", "月光國小", "南溪國小")
TITLES = ("教務主任", "註冊組長", "導師", "人事", "幹事")


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment of the session's day at the venue."""
    return datetime(2023, 8, 7, hour, minute, second, tzinfo=ZONE)


def make_plan() -> Plan:
    """Return a small plan with a briefing and a help day."""
    agenda = (
        AgendaItem(kind="class", title="上午", starts_at=time(9), ends_at=time(12)),
        AgendaItem(kind="break", title="午餐", starts_at=time(12), ends_at=time(13)),
        AgendaItem(kind="class", title="下午", starts_at=time(13), ends_at=time(17)),
    )
    times = {"sign_in_from": time(8, 30), "sign_in_until": time(9), "starts_at": time(9)}
    sessions = tuple(
        EventSession(
            code=code, kind=kind, course=course, title=title, held_on=day, venue="hall",
            ends_at=time(17), **times,
        )
        for code, kind, course, title, day in (
            (SESSION, SessionKind.BRIEFING, "day1", "第一梯次　人事、教務、經費", date(2023, 8, 7)),
            ("b1d2", SessionKind.BRIEFING, "day2", "第一梯次　行政與註冊", date(2023, 8, 8)),
            ("help1", SessionKind.HELPDESK, "help", "駐點實機操作", date(2023, 9, 12)),
        )
    )  # fmt: skip
    return Plan(
        code="demo",
        title="校務系統教育訓練（示範）",
        organiser="示範縣政府教育處",
        timezone="Asia/Taipei",
        county="示範縣",
        sessions=sessions,
        courses=(
            Course(code="day1", title="第一天", hours=8, agenda=agenda),
            Course(code="day2", title="第二天", hours=8, agenda=agenda),
            Course(code="help", title="駐點", hours=0),
        ),
        venues=(Venue(code="hall", name="縣教師研習中心"),),
    )


def make_sessions(roster_size: int = 0) -> tuple[SessionSummary, ...]:
    """Return the plan's sessions as lists show them."""
    plan = make_plan()
    return tuple(
        SessionSummary(
            code=held.code, kind=held.kind.value, title=held.title, course=held.course,
            held_on=held.held_on, venue=plan.venue_of(held).name,
            hours=plan.course_of(held).hours,
            roster_size=roster_size if held.code == SESSION else 0,
        )
        for held in plan.sessions
    )  # fmt: skip


def make_card(number: int) -> PersonCard:
    """Return the invented person with this number."""
    return PersonCard(
        id=PersonId(f"P{number}"),
        name=SURNAMES[number % 20] + GIVEN[number % 11],
        unit=UNIT_NAMES[number % 7],
        title=TITLES[number % 5],
        id_tail="" if number % 17 == 3 else f"{number * 37 % 1000:03d}",
        attention="素食・前排座位" if number % 13 == 0 else "",
    )


def make_rows(count: int) -> tuple[RosterRow, ...]:
    """Return registrations: most have come, some have left, a few are cancelled."""
    return tuple(_row(number) for number in range(count))


def _row(number: int) -> RosterRow:
    card = make_card(number)
    came = number % 5 != 4
    return RosterRow(
        person=card,
        session=SESSION,
        status="cancelled" if number % 23 == 9 else "active",
        origin=("imported", "imported", "imported", "walk_in", "moved")[number % 5],
        arrived_at=at(8, 31) + timedelta(minutes=number * 7 % 34) if came else None,
        left_at=at(17, 2) if came and number % 6 == 0 else None,
        badge_code=f"VD-{number:05d}-K",
        has_id=bool(card.id_tail),
        phone=f"08-700{number:04d}",
    )


PROBLEMS = (
    *(
        Problem(
            row=row, kind=ProblemKind.ID_CHECKSUM, field="id_number", severity="warn",
            message=Words("檢查碼不符", "checksum fails"),
        )
        for row in (12, 40, 77)
    ),
    Problem(
        row=88, kind=ProblemKind.UNKNOWN_UNIT, field="unit", severity="warn",
        message=Words("查無單位", "unknown unit"),
    ),
    Problem(
        row=162, kind=ProblemKind.TOTALS_ROW, field="name", severity="skip",
        message=Words("合計列", "totals"),
    ),
)  # fmt: skip


def make_preview(file: Path, mapping: dict[str, str] | None = None) -> RosterPreview:
    """Return what reading an invented roster would find."""
    changes = [
        RosterChange(row=n + 4, what="added", name=make_card(n).name, unit=make_card(n).unit)
        for n in range(20)
    ]
    changes += [
        RosterChange(row=30, what="changed", name="鄭雅婷", unit="青山國小", fields=("title",)),
        RosterChange(row=0, what="gone", name="謝志明", unit="白雲國小"),
        RosterChange(row=162, what="skipped", name="", unit=""),
    ]
    return RosterPreview(
        file=str(file), kind="csv", encoding="cp950", header_row=3,
        mapping=mapping or {"name": "姓名", "unit": "服務單位", "id_number": "身分證字號"},
        columns=("編號", "姓名", "身分證字號", "服務單位", "職稱", "聯絡電話", "用餐"),
        rows=160, added=20, changed=1, unchanged=138, gone=1, skipped=1,
        problems=PROBLEMS, changes=tuple(changes),
    )  # fmt: skip


@dataclass
class FakeRegistrations:
    """Registrations over a list; keeps what it was asked to do."""

    rows: tuple[RosterRow, ...] = ()
    missing: tuple[Unit, ...] = ()
    error: VenueDeskError | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    cancelled: list[tuple[str, str]] = field(default_factory=list)

    def find_unit_id(self, text: str) -> UnitId | None:
        return next((unit.id for unit in self.missing if unit.name == text), None)

    def list_roster(
        self, session: str, *, text: str = "", limit: int = 5000
    ) -> tuple[RosterRow, ...]:
        return self.rows if session == SESSION else ()

    def missing_units(self, course: str) -> tuple[Unit, ...]:
        return self.missing

    def count_attended(self) -> int:
        return sum(row.arrived_at is not None for row in self.rows)

    def cancel_registration(self, person_id: PersonId, session: str, reason: str) -> None:
        self.cancelled.append((person_id, reason))
        self.rows = tuple(
            replace(row, status="cancelled") if row.person.id == person_id else row
            for row in self.rows
        )

    def preview_roster(self, file: Path, session: str, **choice: Any) -> RosterPreview:
        if self.error is not None:
            raise self.error
        self.asked.append({"act": "preview", "session": session, **choice})
        return make_preview(file, choice["mapping"])

    def import_roster(self, file: Path, session: str, **choice: Any) -> RosterPreview:
        self.asked.append({"act": "import", "session": session, **choice})
        return make_preview(file, choice["mapping"])

    def import_units(self, file: Path, *, progress: Any = None) -> UnitImport:
        return UnitImport(file=str(file), rows=9, added=7, changed=1, unchanged=1, skipped=0)


@dataclass
class FakePersons:
    """Single people made of the roster's rows; changes are kept in lists."""

    registrations: FakeRegistrations
    pairs: tuple[TwinPair, ...] = ()
    told: list[tuple[str, ...]] = field(default_factory=list)
    merged: list[MergedPerson] = field(default_factory=list)

    def get_person(self, person_id: PersonId) -> PersonDetail:
        row = next(each for each in self.registrations.rows if each.person.id == person_id)
        return PersonDetail(
            id=person_id,
            data=PersonData(
                name=row.person.name, unit_text=row.person.unit, title=row.person.title,
                id_number="A123456789" if row.has_id else "", phone=row.phone,
            ),
            unit=row.person.unit, registrations=(), badges=(), merged_from=tuple(self.merged),
        )  # fmt: skip

    def history(self, person_id: PersonId) -> tuple[HistoryLine, ...]:
        told = [
            (FactKind.REGISTRATION_ADDED, Words("報名 B1D1（名冊匯入）", "Registered"), ""),
            (FactKind.SCAN_RECORDED, Words("A・B1D1：報到完成", "A・B1D1: Checked in"), ""),
            (FactKind.SCAN_VOIDED, Words("撤銷一筆掃描", "A scan undone"), "拿錯名牌"),
        ]
        start = datetime(2023, 8, 29, 8, 40, tzinfo=UTC)
        return tuple(
            HistoryLine(
                fact_id=FactId(f"F{place}"), at=start + timedelta(minutes=place),
                recorded_at=start, kind=kind, text=text, actor="周怡君", device="a1b2c3d4",
                reason=reason,
                details=((Words("姓名", "Name"), self.get_person(person_id).data.name),)
                if place == 0 else (),
            )
            for place, (kind, text, reason) in enumerate(told)
        )  # fmt: skip

    def amend(self, person_id: PersonId, changes: Any, **more: Any) -> PersonDetail:
        if not changes.get("name", "?").strip():
            raise InvalidInput(Words("請輸入姓名。", "Enter a name."), field="name")
        self.told.append(("amend", person_id, *changes))
        return self.get_person(person_id)

    def find_twins(self, *, session: str | None = None, limit: int = 200) -> tuple[TwinPair, ...]:
        return self.pairs

    def merge(self, kept: PersonId, other: PersonId, reason: str) -> PersonDetail:
        self.told.append(("merge", kept, other, reason))
        return self.get_person(kept)

    def separate(self, other: PersonId, reason: str) -> PersonDetail:
        self.told.append(("separate", other, reason))
        return self.get_person(other)

    def restore(self, people: Sequence[PersonId], session: str, reason: str = "") -> int:
        self.registrations.rows = tuple(
            replace(row, status="active") if row.person.id in people else row
            for row in self.registrations.rows
        )
        return len(people)


@dataclass
class FakeBadges:
    """Prints nothing, tells a report."""

    printed: list[tuple[str, Path, str]] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)

    def print_sheets(
        self, session: str, out: Path, *, layout: str = "a4-10", progress: Any = None
    ) -> PrintedBadges:
        self.printed.append((session, out, layout))
        badge = IssuedBadge(person_id=PersonId("P1"), name="", unit="", code="VD-00001-K")
        report = BadgeSheetReport(pages=1, warnings=missing_characters([4]))
        return PrintedBadges(badges=(badge,), report=report)

    def replace_badge(self, person_id: PersonId, reason: str) -> IssuedBadge:
        self.replaced.append((person_id, reason))
        return IssuedBadge(person_id=person_id, name="", unit="", code="VD-NEW00-K")


def make_line(number: int, *reasons: Reason, minutes: int | None = None) -> CreditLine:
    """Return a person of the closing list with these findings."""
    card = make_card(number)
    out = None if Reason.NO_SIGN_OUT in reasons else at(17, 1)
    return CreditLine(
        person=card,
        has_id=Reason.NO_ID_NUMBER not in reasons,
        intervals=(
            Interval(in_at=at(8, 40), out_at=at(12, 1)),
            Interval(in_at=at(12, 58), out_at=out),
        ),
        minutes_present=444,
        proposal=Proposal(
            kind=ProposalKind.REVIEW if reasons else ProposalKind.GRANT,
            hours=8,
            findings=tuple(Finding(reason=reason, minutes=minutes) for reason in reasons),
        ),
        decision=None,
    )  # fmt: skip


def make_lines() -> tuple[CreditLine, ...]:
    """Return a closing list with something of everything."""
    absent = replace(make_line(60), intervals=(), minutes_present=0,
                     proposal=Proposal(kind=ProposalKind.NONE, hours=8))  # fmt: skip
    return (
        make_line(3, Reason.NO_ID_NUMBER),
        make_line(20, Reason.NO_ID_NUMBER, Reason.NO_SIGN_OUT),
        *(make_line(n, Reason.NO_SIGN_OUT) for n in range(4, 9)),
        make_line(9, Reason.LEFT_EARLY, minutes=25),
        make_line(10, Reason.LATE, minutes=14),
        make_line(11, Reason.LATE, Reason.ABSENT_BETWEEN, minutes=31),
        *(make_line(n) for n in range(21, 45)),
        absent,
    )


def make_scan(number: int, moment: datetime, verdict: Verdict, **more: Any) -> ScanOutcome:
    """Return a scan of the timeline."""
    out = verdict in (Verdict.CHECKED_OUT, Verdict.EARLY_LEAVE)
    return ScanOutcome(
        fact_id=FactId(f"F{number}"), code="VD-00004-K", verdict=verdict, tone=TONES[verdict],
        counts=verdict not in (Verdict.REPEAT_READ, Verdict.ALREADY_IN), at=moment,
        session=SESSION, direction=Direction.OUT if out else Direction.IN, person=None,
        detail=Detail(), **{"station": "A", **more},
    )  # fmt: skip


def make_timeline() -> tuple[ScanOutcome, ...]:
    """Return a day's scans from two stations."""
    return (
        make_scan(1, at(8, 40, 12), Verdict.CHECKED_IN),
        make_scan(2, at(8, 41, 3), Verdict.REPEAT_READ),
        make_scan(3, at(12, 1, 30), Verdict.CHECKED_OUT, station="B"),
        make_scan(4, at(12, 58), Verdict.BACK_IN),
        make_scan(5, at(15, 10, 44), Verdict.CHECKED_OUT, station="B", voided=True),
    )


@dataclass
class FakeClosing:
    """A closing list that remembers decisions."""

    lines: tuple[CreditLine, ...] = ()
    scans: tuple[ScanOutcome, ...] = ()
    seal: Seal | None = None
    decided: list[tuple[str, bool, str]] = field(default_factory=list)

    def credit_sheet(self, session: str) -> CreditSheet:
        sealed = self.seal.sealed_at if self.seal else None
        lines = self.lines if session == SESSION else ()
        return CreditSheet(session=session, course="day1", lines=lines, sealed_at=sealed)

    def timeline(self, person_id: PersonId, session: str) -> tuple[ScanOutcome, ...]:
        return self.scans

    def decide(self, person_id: PersonId, session: str, *, grant: bool, reason: str) -> CreditLine:
        self.decided.append((person_id, grant, reason))
        made = Decision(granted=grant, hours=8, reason=reason, actor="desk", decided_at=at(17, 30))
        self.lines = tuple(
            replace(line, decision=made) if line.person.id == person_id else line
            for line in self.lines
        )
        return next(line for line in self.lines if line.person.id == person_id)

    def approve_clean(self, session: str) -> int:
        clean = [
            line.person.id
            for line in self.lines
            if line.decision is None and line.proposal.kind is ProposalKind.GRANT
        ]
        for person_id in clean:
            self.decide(person_id, session, grant=True, reason="")
        return len(clean)

    def find_seal(self, session: str) -> Seal | None:
        return self.seal

    def close_session(self, session: str) -> Seal:
        self.seal = Seal(
            session=session, sealed_at=at(17, 45), actor="desk", facts=512, first_seq=1,
            last_seq=512, granted=24, denied=1, undecided=10,
            heads=(("desk-a", "1", 398, "5f1c" * 16), ("desk-b", "1", 114, "9e02" * 16)),
        )  # fmt: skip
        return self.seal

    def reopen_session(self, session: str, reason: str) -> None:
        self.seal = None


@dataclass
class FakeExports:
    """Checks by a list, writes nothing."""

    problems: tuple[ExportProblem, ...] = ()
    written: list[tuple[str, str, Path]] = field(default_factory=list)

    def check(self, kind: str, session: str, columns: str = "default") -> tuple[ExportProblem, ...]:
        return self.problems if kind == "credit" else ()

    def export(
        self,
        kind: str,
        session: str,
        format: str,
        out: Path,
        **more: Any,
    ) -> ExportReport:
        self.written.append((kind, format, out))
        return ExportReport(file=out, kind=kind, rows=33)

    def file_for(self, out: Path) -> Path:
        return out

    def write_seal(self, seal: Seal, out: Path) -> str:
        self.written.append(("seal", "pdf", out))
        return "5f1c"


EXPORT_PROBLEMS = (
    ExportProblem(
        row=3, kind=ExportProblemKind.ID_MISSING, severity="block",
        message=Words("沒有身分證字號，無法登錄時數。", "No ID number."),
    ),
    ExportProblem(
        row=None, kind=ExportProblemKind.UNCONFIRMED_PROFILE, severity="notice",
        message=Words("這份欄位設定還沒有核對過。", "These columns were not yet checked."),
    ),
)  # fmt: skip

WARNINGS = (
    PlanWarning(
        kind="label", where="b1d1 15:00–17:30",
        message=Words("標示 90 分鐘，時間卻是 150 分鐘。", "Labelled 90 minutes, lasts 150."),
    ),
    PlanWarning(
        kind="hours", where="day1",
        message=Words("課表合計 7.5 小時，核給 8 小時。", "Adds up to 7.5 hours, grants 8."),
    ),
)  # fmt: skip


@dataclass
class FakeEvents:
    """Plans and the open event."""

    sessions: tuple[SessionSummary, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
    error: VenueDeskError | None = None
    created: list[str] = field(default_factory=list)
    switched: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return at(9, 12)

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        return self.sessions

    def plan(self) -> Plan:
        return make_plan()

    def plan_warnings(self) -> tuple[PlanWarning, ...]:
        return self.warnings

    def list_events(self) -> tuple[EventSummary, ...]:
        return (EventSummary(id="E1", code="demo", title=make_plan().title, is_current=True),)

    def switch_event(self, event_id: str) -> None:
        self.switched.append(event_id)

    def list_plans(self) -> tuple[PlanSummary, ...]:
        return (
            PlanSummary(name="demo", title=make_plan().title, sessions=3),
            PlanSummary(name="workshop", title="示範工作坊", sessions=1),
        )

    def preview_plan(self, name_or_path: str) -> tuple[Plan, tuple[PlanWarning, ...]]:
        if self.error is not None:
            raise self.error
        return make_plan(), self.warnings

    def create_event(self, name_or_path: str) -> tuple[EventSummary, tuple[PlanWarning, ...]]:
        self.created.append(name_or_path)
        return self.list_events()[0], self.warnings


@dataclass
class FakeDoor:
    """Live numbers of a list."""

    now: Counts = field(default_factory=lambda: Counts(expected=0, arrived=0, present=0))

    def counts(self, session: str) -> Counts:
        return self.now


@dataclass
class FakeBackups:
    """A backup that is quickly made."""

    made_at: datetime | None = None

    def last_backup_at(self) -> datetime | None:
        return self.made_at

    def make_backup(self) -> Path:
        self.made_at = datetime.now(ZONE)
        return Path("event.vdbackup")

    def key_note(self) -> Words:
        return Words("資料庫鑰匙存在這台電腦的系統鑰匙圈裡。", "The key is in the system keyring.")


@dataclass
class FakeSafety:
    """Passphrase and tape in plain fields."""

    now: SafetyState = field(default_factory=SafetyState)
    passphrase: str = ""

    def state(self) -> SafetyState:
        return self.now

    def suggest_passphrase(self) -> str:
        return "lusab babad gutih tugad mudof sakat"

    def set_passphrase(self, passphrase: str) -> None:
        self.passphrase = check_passphrase(passphrase)
        set_at = datetime(2023, 8, 7, 9, 12, tzinfo=ZONE)
        self.now = replace(self.now, recovery=RecoveryState(set_at))

    def turn_tape_on(self, folder: Path) -> None:
        self.now = replace(self.now, tape=TapeStatus(folder=folder, written=12))

    def turn_tape_off(self) -> None:
        self.now = replace(self.now, tape=TapeStatus())


@dataclass
class FakePreferences:
    """Keeps settings in plain fields."""

    chosen: dict[str, Any] = field(default_factory=lambda: {"volume": 80})
    played: int = 0

    def language(self) -> Any:
        return self.chosen.get("language", "zh")

    def set_language(self, language: Any) -> None:
        self.chosen["language"] = language

    def scheme(self) -> Any:
        return self.chosen.get("scheme", "system")

    def set_scheme(self, scheme: Any) -> None:
        self.chosen["scheme"] = scheme

    def volume(self) -> int:
        return int(self.chosen["volume"])

    def set_volume(self, percent: int) -> None:
        self.chosen["volume"] = percent

    def try_sound(self) -> None:
        self.played += 1

    def text_size(self) -> int:
        return int(self.chosen.get("text_size", 100))

    def set_text_size(self, percent: int) -> None:
        self.chosen["text_size"] = percent

    def seat(self) -> dict[str, str]:
        return dict(self.chosen.get("seat", {}))

    def keep_seat(self, seat: dict[str, str]) -> None:
        self.chosen["seat"] = seat

    def serial_ports(self) -> tuple[Any, ...]:
        return tuple(self.chosen.get("serial_ports", ()))

    def set_serial_ports(self, ports: tuple[Any, ...]) -> None:
        self.chosen["serial_ports"] = ports

    def idle_minutes(self) -> int:
        return int(self.chosen.get("idle_minutes", 10))

    def set_idle_minutes(self, minutes: int) -> None:
        self.chosen["idle_minutes"] = minutes

    def flash(self) -> bool:
        return bool(self.chosen.get("flash", False))

    def set_flash(self, is_on: bool) -> None:
        self.chosen["flash"] = is_on


@dataclass
class FakeStaff:
    """Staff in a list; every PIN is "4826"."""

    people: list[StaffMember] = field(default_factory=list)

    def list_staff(self) -> tuple[StaffMember, ...]:
        return tuple(self.people)

    def add(self, name: str, role: Role, pin: str) -> StaffMember:
        check_pin(pin)
        member = StaffMember(id=f"S{len(self.people) + 1}", name=name, role=role, pin="set")
        self.people.append(member)
        return member

    def amend(self, staff_id: str, **changes: Any) -> StaffMember:
        place = next(at for at, each in enumerate(self.people) if each.id == staff_id)
        told = {key: value for key, value in changes.items() if value is not None}
        self.people[place] = replace(self.people[place], **told)
        return self.people[place]

    def set_pin(self, staff_id: str, pin: str) -> StaffMember:
        check_pin(pin)
        return next(each for each in self.people if each.id == staff_id)

    def sign_in(self, staff_id: str, pin: str) -> StaffMember:
        if pin != "4826":
            raise NotAllowed(Words(zh="PIN 碼不對。", en="That is not the PIN."))
        return next(each for each in self.people if each.id == staff_id)

    def sign_out(self) -> None:
        pass


@dataclass
class FakeConsultants:
    """Consultants in a list."""

    people: list[Consultant] = field(default_factory=list)

    def list_consultants(self) -> tuple[Consultant, ...]:
        return tuple(self.people)

    def find_or_add(self, name: str) -> Consultant:
        known = next((one for one in self.people if one.name == name), None)
        if known is None:
            known = Consultant(id=f"C{len(self.people) + 1}", name=name, skills={})
            self.people.append(known)
        return known


@dataclass
class FakeHelpDesk:
    """What the place itself asks; its pages are tested over real services."""

    consultants: FakeConsultants = field(default_factory=FakeConsultants)


@dataclass
class FakePreflight:
    """Findings of every light."""

    tried: list[str | None] = field(default_factory=list)

    def look(self, session: str, *, tried: str | None = None) -> tuple[looking.Finding, ...]:
        self.tried.append(tried)
        look_at = preflight_wording
        found = (
            ("clock", looking.Light.AMBER, look_at.CLOCK, look_at.clock_shows("08:12:30", None),
             look_at.COMPARE_CLOCK),
            ("disk", looking.Light.GREEN, look_at.DISK, look_at.free_space(74.1), None),
            ("power", looking.Light.RED, look_at.POWER, look_at.battery(14, on_mains=False),
             look_at.PLUG_IN),
            ("keyring", looking.Light.GREEN, look_at.KEYRING, look_at.KEY_IN_KEYRING, None),
            ("passphrase", looking.Light.AMBER, look_at.PASSPHRASE, look_at.NO_PASSPHRASE,
             look_at.SET_PASSPHRASE),
            ("roster", looking.Light.GREEN, look_at.ROSTER,
             look_at.roster_of(160, "2023-08-04"), None),
            ("badges", looking.Light.AMBER, look_at.BADGES, look_at.badges_of(160, 3),
             look_at.MAKE_BADGES),
            ("readers", looking.Light.AMBER, look_at.READERS, look_at.NO_READER, look_at.TRY_READER)
            if tried is None
            else ("readers", looking.Light.GREEN, look_at.READERS, look_at.READER_WORKS, None),
            ("hub", looking.Light.GREEN, look_at.HUB, look_at.HUB_REACHED, None),
            ("backup", looking.Light.GREEN, look_at.BACKUP, look_at.backup_age(0.5), None),
        )  # fmt: skip
        return tuple(
            looking.Finding(code=code, light=light, title=title, told=told, remedy=remedy)
            for code, light, title, told, remedy in found
        )

    def write_sheet(self, session: str, findings: tuple[looking.Finding, ...], out: Path) -> Path:
        return out


@dataclass
class FakePaper:
    """Takes lines `NUMBER IN OUT` of ten people."""

    entered: list[PaperLine] = field(default_factory=list)

    def write_sheet(
        self, session: str, out: Path, *, unit: str = "", by_unit: bool = False
    ) -> WrittenSheet:
        return WrittenSheet(file=out, rows=10)

    def list_units(self, session: str) -> tuple[str, ...]:
        return UNIT_NAMES[:4]

    def read_line(self, session: str, text: str) -> PaperLine:
        number, *times = text.split()
        if not number.isdigit():
            raise InvalidInput(paper_wording.BAD_NUMBER, field="code")
        came, left = (at(int(word[:2]), int(word[2:])) for word in times)
        return PaperLine(person=make_card(int(number)), came_at=came, left_at=left)

    def enter(
        self, session: str, lines: Sequence[PaperLine], *, letter: str = "A", progress: Any = None
    ) -> tuple[PaperEntry, ...]:
        self.entered += lines
        return tuple(
            PaperEntry(person=line.person, direction=Direction.IN, at=line.came_at or at(8, 0),
                       fate=Fate.RECORDED)
            for line in lines
        )  # fmt: skip


@dataclass
class FakeRehearsals:
    """A rehearsal that is open or not."""

    now: RehearsalState = field(default_factory=lambda: RehearsalState(is_open=False))
    asked: list[str] = field(default_factory=list)

    def state(self) -> RehearsalState:
        return self.now

    def begin(self, session: str) -> str:
        self.asked.append(f"begin {session}")
        self.now = RehearsalState(is_open=True, session=session, people=160)
        return "T1"

    def end(self) -> str:
        self.asked.append("end")
        self.now = RehearsalState(is_open=False)
        return "E1"

    def start_rush(self, session: str) -> Any:
        raise NotImplementedError


@dataclass
class FakeOffice:
    """Every service the places ask."""

    registrations: FakeRegistrations = field(default_factory=FakeRegistrations)
    badges: FakeBadges = field(default_factory=FakeBadges)
    closing: FakeClosing = field(default_factory=FakeClosing)
    conflicts: FakeConflicts = field(default_factory=FakeConflicts)
    exports: FakeExports = field(default_factory=FakeExports)
    events: FakeEvents = field(default_factory=lambda: FakeEvents(sessions=make_sessions()))
    checkin: FakeDoor = field(default_factory=FakeDoor)
    backups: FakeBackups = field(default_factory=FakeBackups)
    safety: FakeSafety = field(default_factory=FakeSafety)
    preferences: FakePreferences = field(default_factory=FakePreferences)
    help_desk: FakeHelpDesk = field(default_factory=FakeHelpDesk)
    staff: FakeStaff = field(default_factory=FakeStaff)
    preflight: FakePreflight = field(default_factory=FakePreflight)
    paper: FakePaper = field(default_factory=FakePaper)
    rehearsals: FakeRehearsals = field(default_factory=FakeRehearsals)
    hub: HubSide = field(default_factory=lambda: hub_side(FakeHub()))
    readers: Any = None
    cards_bound: Any = None
    persons: FakePersons = field(init=False)

    def __post_init__(self) -> None:
        self.persons = FakePersons(self.registrations)


@dataclass
class Told:
    """What the places said to the person."""

    errors: list[Exception] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def make_desk(office: FakeOffice) -> tuple[Desk, Told]:
    """Return a desk over an office; work is done at once."""
    # Views of earlier tests are only marked for deletion; each would be styled anew.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    told, tasks = Told(), InlineTaskRunner()

    def long_work(
        title: str, work: Callable[[ProgressReport], Any], on_done: Callable[[Any], object],
        *, owner: QObject,
    ) -> None:  # fmt: skip
        report = ProgressReport()
        tasks.run(owner, lambda: work(report), on_done, told.errors.append)

    desk = Desk(
        services=cast("Services", office),
        tasks=tasks,
        changes=Changes(),
        station=StationState(Station(session=SESSION)),
        report=told.errors.append,
        notice=told.notices.append,
        long_work=long_work,
        go_to=told.places.append,
    )
    return desk, told


def filled_office(people: int = 160) -> FakeOffice:
    """Return the office of a busy day."""
    rows = make_rows(people)
    arrived = sum(1 for row in rows if row.arrived_at)
    left = sum(1 for row in rows if row.left_at)
    return FakeOffice(
        registrations=FakeRegistrations(
            rows=rows,
            missing=tuple(
                Unit(
                    id=UnitId(f"U{n}"), name=f"{name}分校", township="山城鄉", region="屏北",
                    phone="" if n == 2 else f"08-79912{n:02d}",
                )
                for n, name in enumerate(UNIT_NAMES * 2)
            ),
        ),
        closing=FakeClosing(lines=make_lines(), scans=make_timeline()),
        exports=FakeExports(problems=EXPORT_PROBLEMS),
        events=FakeEvents(sessions=make_sessions(people), warnings=WARNINGS),
        checkin=FakeDoor(Counts(expected=people, arrived=arrived, present=arrived - left)),
        backups=FakeBackups(datetime.now(ZONE) - timedelta(minutes=40)),
    )  # fmt: skip
