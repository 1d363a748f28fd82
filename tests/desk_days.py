"""Invented help days for papers: seeded, with every kind of ending, nobody real."""

import random
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain.desk_records import (
    MINUTE_MS,
    AnswerRecord,
    DeskDay,
    DutyRecord,
    FollowUpRecord,
    IssueRecord,
    LoanRecord,
    ProblemRecord,
    StationRecord,
    Stretch,
    TallyRecord,
    VisitRecord,
)
from app.domain.words import Language, Words
from app.papers.desk_report_texts import DayTitle, DeskReport

ZONE = ZoneInfo("Asia/Taipei")
HOUR = 60 * MINUTE_MS
DAY = 24 * HOUR
DAY1 = round(datetime(2023, 9, 11, 16, tzinfo=UTC).timestamp() * 1000)
"""Midnight of 2023-09-12 in Taipei."""
TOPICS = {
    "01": Words(zh="帳號與權限", en="Accounts and access"),
    "0108": Words(zh="自然人憑證登入/讀卡機", en="Citizen certificate login / card reader"),
    "0109": Words(zh="行動裝置OTP綁定", en="OTP device binding"),
    "08": Words(zh="學籍管理", en="Student registry"),
    "09": Words(zh="成績管理", en="Grades"),
    "06": Words(zh="本土語文經費", en="Native-language funding"),
    "12": Words(zh="新生管理", en="New students"),
}
STAFF = ("林甲文", "陳乙芳", "張丙宏", "黃丁玲", "伊虹·比岱")
SYMPTOMS = (
    "讀卡機插上沒有反應，登入頁一直轉圈",
    "OTP 綁在前任組長的手機",
    "匯入新生名單時出現「格式不符」",
    "成績單列印後缺少學習領域文字描述",
    "Import fails: error 5003 after the second page",
)
STEPS = ("重裝元件", "換一台讀卡機", "檢查權限設定", "請廠商查記錄檔")
OUTCOMES = ("resolved",) * 11 + ("resolved_next_step",) * 4 + ("information",) * 3
OUTCOMES += ("escalated",) * 2 + ("not_resolved",)


def session_of(start_ms: int) -> str:
    """Return the help day that begins at a midnight."""
    return f"help{1 + (start_ms - DAY1) // DAY}"


def unit_name(number: int) -> str:
    """Return an invented school's name."""
    return f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'山水林田'[number // 10 % 4]}國小"


def invented_day(start_ms: int = DAY1, *, seed: int = 7, visits: int = 70) -> DeskDay:
    """Return a busy day: 70 visits, five consultants, loans, follow-ups, one known problem."""
    chance = random.Random(seed)
    made = [_visit(chance, start_ms, number) for number in range(1, visits + 1)]
    duties = [
        DutyRecord(staff=name, kind=kind, from_ms=start_ms + begin, until_ms=start_ms + end)
        for place, name in enumerate(STAFF)
        for kind, begin, end in (
            ("on", 9 * HOUR - 10 * MINUTE_MS, (12 + place % 2) * HOUR),
            ("break", (12 + place % 2) * HOUR, (13 + place % 2) * HOUR),
            ("on", (13 + place % 2) * HOUR, 16 * HOUR + 5 * MINUTE_MS),
        )
    ]
    return DeskDay(
        sessions=frozenset((session_of(start_ms),)),
        midnight_ms=start_ms,
        opens_ms=start_ms + 9 * HOUR,
        closes_ms=start_ms + 16 * HOUR,
        as_of_ms=start_ms + 16 * HOUR + 20 * MINUTE_MS,
        visits=tuple(made),
        tallies=tuple(TallyRecord(at_ms=start_ms + (9 + n % 7) * HOUR) for n in range(13)),
        duties=tuple(duties),
        loans=_loans(start_ms),
        follow_ups=_follow_ups(start_ms),
        problems=(
            ProblemRecord(
                code="p1", title="三年級名單匯入失敗", topic="12", answer="9 月 15 日更新後重匯"
            ),
            ProblemRecord(code="p2", title="成績單缺文字描述", topic="09"),
        ),
        answers=(
            AnswerRecord(title="讀卡機：先拔其他 USB 再重插", topic="01", uses=6),
            AnswerRecord(title="OTP 解除綁定由學校 AA 帳號操作", topic="01", uses=3),
        ),
        stations=(
            StationRecord(letter="A", facts=412, last_ms=start_ms + 16 * HOUR, offset_ms=1200),
            StationRecord(letter="B", facts=230, last_ms=start_ms + 15 * HOUR, offset_ms=95_000),
        ),
    )


def _loans(start_ms: int) -> tuple[LoanRecord, ...]:
    out_ms = start_ms + 10 * HOUR
    return (
        LoanRecord(asset="R-03", kind="reader", out_ms=out_ms, ticket="A004", unit="甲山國小"),
        LoanRecord(asset="R-01", kind="reader", out_ms=out_ms, back_ms=out_ms + HOUR),
    )


def _follow_ups(start_ms: int) -> tuple[FollowUpRecord, ...]:
    return (
        FollowUpRecord(
            ticket="A009",
            unit="癸山國小",
            vendor="系統廠商甲",
            topic="12",
            opened_ms=start_ms + 10 * HOUR,
            state="sent",
            owner=STAFF[0],
            reference="CASE-20230912-0007",
            due_on="2023-09-15",
        ),
        FollowUpRecord(
            ticket="A021",
            unit="乙水國小",
            vendor="系統廠商甲",
            topic="09",
            opened_ms=start_ms + 11 * HOUR,
            owner=STAFF[1],
        ),
    )


def _visit(chance: random.Random, start_ms: int, number: int) -> VisitRecord:
    busy = chance.choice((0.2, 1, 1.3, 1.6, 2, 2.3, 3, 4.2, 4.6, 5, 5.5, 6.4))
    arrived = start_ms + 9 * HOUR + round((busy + chance.random() * 0.6 - 0.3) * HOUR)
    wait = round(chance.lognormvariate(2.0, 0.8) * MINUTE_MS) if number % 9 else 0
    called = arrived + wait
    stretches = [Stretch(state="waiting", from_ms=arrived, until_ms=called)] if wait else []
    unit = unit_name(chance.randrange(36))
    ending = {5: "left", 17: "no_show", 33: "turned_away", 40: "duplicate"}.get(number % 50, "")
    if ending:
        return VisitRecord(
            visit_id=f"v{start_ms}-{number}",
            ticket=f"A{number:03d}",
            session=session_of(start_ms),
            arrived_ms=arrived,
            unit=unit,
            unit_key=unit,
            state="gone",
            gone_reason=ending,
            gone_stage="waiting",
            ended_ms=called,
            stretches=tuple(stretches),
        )
    return _served(chance, number, (arrived, called), stretches, unit)


def _served(
    chance: random.Random,
    number: int,
    moments: tuple[int, int],
    before: list[Stretch],
    unit: str,
) -> VisitRecord:
    arrived, called = moments
    staff = STAFF[number % len(STAFF)]
    begun = called + MINUTE_MS
    ended = begun + round(chance.lognormvariate(2.4, 0.6) * MINUTE_MS)
    stretches = [
        *before,
        Stretch(state="called", from_ms=called, until_ms=begun, staff=staff, station="3"),
        Stretch(state="serving", from_ms=begun, until_ms=ended, staff=staff, station="3"),
    ]
    if number % 11 == 0:
        back = ended + 15 * MINUTE_MS
        stretches += [
            Stretch(state="parked", from_ms=ended, until_ms=back, reason="practising"),
            Stretch(state="serving", from_ms=back, until_ms=back + 5 * MINUTE_MS, staff=staff),
        ]
        ended = back + 5 * MINUTE_MS
    lacking = {0: ("reader",), 3: ("pin_known", "card"), 6: ("account_right",)}
    return VisitRecord(
        visit_id=f"v{arrived}-{number}",
        ticket=f"A{number:03d}",
        session=session_of(arrived - (arrived - DAY1) % DAY),
        arrived_ms=arrived,
        unit=unit,
        unit_key=unit,
        people=("王小明", "李小華")[: 1 + (number % 8 == 0)],
        party_size=2 if number % 8 == 0 else 1,
        state="done",
        ended_ms=ended,
        is_return=number % 14 == 0,
        time_quality={13: "forgot", 26: "estimated"}.get(number, "ok"),
        stretches=tuple(stretches),
        issues=tuple(_issue(chance, place, begun) for place in range(1, 2 + (number % 6 == 0))),
        missing=lacking.get(number % 10, ()),
        undone=int(number % 30 == 0),
        conflicts=int(number == 44),
        rating=1 + number % 3 if number % 5 == 0 else None,
    )


def _issue(chance: random.Random, place: int, at_ms: int) -> IssueRecord:
    topic = chance.choice(("01", "01", "01", "08", "08", "09", "12", "06"))
    outcome = chance.choice(OUTCOMES)
    is_open = outcome in ("escalated", "not_resolved")
    return IssueRecord(
        number=place,
        topic=topic,
        subtopic=chance.choice(("0108", "0109", "")) if topic == "01" else "",
        at_ms=at_ms,
        outcome=outcome,
        barriers=(chance.choice(("no_reader", "otp_elsewhere", "system_fault")),)
        if is_open
        else (),
        next_step="等廠商回覆後由諮詢教師電話通知，學校先用紙本" if is_open else "",
        symptom=chance.choice((*SYMPTOMS, "")),
        steps=chance.choice(STEPS),
        known_problem="p1" if topic == "12" else "",
        owner=chance.choice((*STAFF, "")) if is_open else "",
        reused=int(chance.random() < 0.1),
    )


def invented_report(
    language: Language = "zh", *, day: DeskDay | None = None, before: DeskDay | None = None
) -> DeskReport:
    """Return a report about an invented day; with a day before it, it is the second of two."""
    whole = None
    if before is not None and day is not None:
        whole = DeskDay(
            sessions=before.sessions | day.sessions,
            midnight_ms=before.midnight_ms,
            opens_ms=before.opens_ms,
            closes_ms=day.closes_ms,
            as_of_ms=day.as_of_ms,
            visits=before.visits + day.visits,
            tallies=before.tallies + day.tallies,
        )
    return DeskReport(
        event_title="學籍系統暨校務行政系統訓練",
        organiser="某縣政府教育處",
        venue="信義國小 3 樓智慧教室",
        zone=ZONE,
        title=DayTitle(
            title="駐點實機第二天" if before else "駐點實機第一天",
            held_on=date(2023, 9, 13 if before else 12),
            hours="09:00–16:00",
        ),
        day=day or invented_day(),
        topics=TOPICS,
        before=before,
        before_title=DayTitle(
            title="駐點實機第一天", held_on=date(2023, 9, 12), hours="09:00–16:00"
        )
        if before
        else None,
        whole=whole,
        language=language,
    )
