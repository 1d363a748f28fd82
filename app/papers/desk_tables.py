"""A help day's raw tables: one row per visit, per issue, per time segment; definitions first."""

from collections.abc import Sequence

from app.domain.desk_records import IssueRecord, Stretch, VisitRecord
from app.domain.desk_times import help_ms, in_system_ms, total_ms, until_served_ms, wait_ms
from app.domain.words import Words
from app.papers.desk_report_texts import DeskReport
from app.papers.desk_words import (
    BARRIERS,
    GONE,
    OUTCOMES,
    PARKED,
    QUALITIES,
    READINESS,
    STATES,
    word,
)
from app.papers.sheet_cells import Cell
from app.papers.tables import Table

Column = tuple[Words, Words]
"""A column's header and its definition."""

VISIT_COLUMNS: tuple[Column, ...] = (
    (Words(zh="號碼", en="ticket"), Words(zh="報到站字母加三位數", en="station letter, 3 digits")),
    (Words(zh="日期", en="date"), Words(zh="到達那天", en="the day of arrival")),
    (Words(zh="單位", en="unit"), Words(zh="學校或機關", en="school or office")),
    (Words(zh="人數", en="party_size"), Words(zh="一起來的人數", en="people who came together")),
    (Words(zh="狀態", en="state"), Words(zh="統計時的狀態", en="state when exported")),
    (Words(zh="離開原因", en="gone_reason"), Words(zh="未受協助的原因", en="why without help")),
    (Words(zh="到達", en="arrived_at"), Words(zh="取號時間", en="when the ticket was made")),
    (Words(zh="結束", en="ended_at"), Words(zh="完成或離開的時間", en="when done or gone")),
    (
        Words(zh="等候分鐘", en="wait_min"),
        Words(zh="第一次叫號前在隊伍裡的時間", en="in line until first called"),
    ),
    (
        Words(zh="到開始協助分鐘", en="until_help_min"),
        Words(zh="取號到開始協助，暫離不算", en="ticket to help, parked time left out"),
    ),
    (Words(zh="協助分鐘", en="help_min"), Words(zh="諮詢中合計", en="all serving time")),
    (Words(zh="暫離分鐘", en="parked_min"), Words(zh="暫離合計", en="all parked time")),
    (Words(zh="在場分鐘", en="in_system_min"), Words(zh="到達至結束", en="arrival to end")),
    (Words(zh="諮詢教師", en="consultants"), Words(zh="協助過的人", en="who helped")),
    (Words(zh="問題數", en="issues"), Words(zh="這件裡的問題數", en="issues in this visit")),
    (Words(zh="缺少", en="missing"), Words(zh="門口沒備妥的東西", en="not ready at the door")),
    (Words(zh="回訪", en="is_return"), Words(zh="1＝同一問題再來", en="1: came back")),
    (Words(zh="時間可信度", en="time_quality"), Words(zh="時間怎麼來的", en="how times arose")),
    (Words(zh="評價", en="rating"), Words(zh="1 到 3，空白＝未給", en="1 to 3, empty: none")),
)
ISSUE_COLUMNS: tuple[Column, ...] = (
    (Words(zh="號碼", en="ticket"), Words(zh="屬於哪一件", en="of which visit")),
    (Words(zh="序", en="number"), Words(zh="這件裡的第幾個問題", en="which issue of the visit")),
    (Words(zh="單位", en="unit"), Words(zh="學校或機關", en="school or office")),
    (Words(zh="時間", en="recorded_at"), Words(zh="第一次記錄的時間", en="first recorded")),
    (Words(zh="主題", en="topic"), Words(zh="第一層", en="first level")),
    (Words(zh="子主題", en="subtopic"), Words(zh="第二層，可空白", en="second level, if any")),
    (Words(zh="結果", en="outcome"), Words(zh="五種結果之一", en="one of five outcomes")),
    (Words(zh="障礙", en="barriers"), Words(zh="沒解決的原因", en="what stood in the way")),
    (Words(zh="狀況", en="symptom"), Words(zh="求助者的說法", en="what was told")),
    (Words(zh="試過的步驟", en="steps"), Words(zh="當場做過的事", en="what was tried")),
    (Words(zh="解法", en="resolution"), Words(zh="怎麼解決的", en="what solved it")),
    (Words(zh="下一步", en="next_step"), Words(zh="之後誰做什麼", en="who does what next")),
    (Words(zh="已知問題", en="known_problem"), Words(zh="所屬已知問題", en="linked problem")),
    (Words(zh="數量", en="quantity"), Words(zh="同樣問題幾次", en="how many alike")),
)
SEGMENT_COLUMNS: tuple[Column, ...] = (
    (Words(zh="號碼", en="ticket"), Words(zh="屬於哪一件", en="of which visit")),
    (Words(zh="序", en="number"), Words(zh="第幾個時段", en="which segment")),
    (Words(zh="狀態", en="state"), Words(zh="等候、叫號、諮詢或暫離", en="state in this time")),
    (Words(zh="原因", en="reason"), Words(zh="暫離的原因", en="why parked")),
    (Words(zh="開始", en="from"), Words(zh="ISO 8601 當地時間", en="ISO 8601, local")),
    (Words(zh="結束", en="until"), Words(zh="空白＝還沒結束", en="empty: still running")),
    (Words(zh="分鐘", en="minutes"), Words(zh="到小數一位", en="to one decimal")),
    (Words(zh="諮詢教師", en="consultant"), Words(zh="誰叫號或協助", en="who called or helped")),
    (Words(zh="桌號", en="desk"), Words(zh="在哪一桌", en="at which desk")),
)


def desk_tables(report: DeskReport) -> tuple[Table, ...]:
    """Return definitions, visits, issues and segments of a help day, in this order.

    Visitors' names are in none of them. A visit that was carried over stands in both days' tables,
    its issues and segments on the day they belong to.
    """
    visits = sorted(report.day.visits, key=lambda visit: (visit.arrived_ms, visit.ticket))
    say = report.say
    tables = (
        _table(report, say("求助", "visits"), VISIT_COLUMNS, _visit_rows(report, visits)),
        _table(report, say("問題", "issues"), ISSUE_COLUMNS, _issue_rows(report, visits)),
        _table(report, say("時段", "segments"), SEGMENT_COLUMNS, _segment_rows(report, visits)),
    )
    return (_definitions(report), *tables)


def _table(
    report: DeskReport, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> Table:
    headers = tuple(header.in_language(report.language) for header, _ in columns)
    return Table(columns=headers, rows=rows, title=title)


def _definitions(report: DeskReport) -> Table:
    say, language = report.say, report.language
    about = (
        ("", say("活動", "event"), report.event_title),
        ("", say("場次", "session"), f"{report.title.title} {report.title.held_on.isoformat()}"),
        ("", say("統計至", "as of"), _iso(report, report.day.as_of_ms)),
        (
            "",
            say("說明", "note"),
            say(
                "不含求助者姓名；自由文字可能提到個人，請依個資規定保管。",
                "No visitors' names; free texts may speak of people: keep them accordingly.",
            ),
        ),
    )
    sheets = (
        (say("求助", "visits"), VISIT_COLUMNS),
        (say("問題", "issues"), ISSUE_COLUMNS),
        (say("時段", "segments"), SEGMENT_COLUMNS),
    )
    rows = [
        (sheet, header.in_language(language), definition.in_language(language))
        for sheet, columns in sheets
        for header, definition in columns
    ]
    headers = (say("工作表", "sheet"), say("欄位", "column"), say("定義", "definition"))
    return Table(columns=headers, rows=[*about, *rows], title=say("定義", "definitions"))


def _visit_rows(report: DeskReport, visits: Sequence[VisitRecord]) -> list[tuple[Cell, ...]]:
    return [_visit_row(report, visit) for visit in visits]


def _visit_row(report: DeskReport, visit: VisitRecord) -> tuple[Cell, ...]:
    language = report.language
    helpers = dict.fromkeys(each.staff for each in visit.stretches if each.state == "serving")
    return (
        visit.ticket,
        report.local(visit.arrived_ms).date().isoformat(),
        visit.unit,
        visit.party_size,
        word(STATES, visit.state, language),
        word(GONE, visit.gone_reason, language),
        _iso(report, visit.arrived_ms),
        _iso(report, visit.ended_ms),
        _minutes(wait_ms(visit)),
        _minutes(until_served_ms(visit)),
        _minutes(help_ms(visit)),
        _minutes(total_ms(visit.stretches, "parked")),
        _minutes(in_system_ms(visit)),
        _joined(report, [name for name in helpers if name]),
        sum(issue.quantity for issue in visit.issues),
        _joined(report, [word(READINESS, item, language) for item in visit.missing]),
        int(visit.is_return),
        word(QUALITIES, visit.time_quality, language),
        visit.rating,
    )


def _issue_rows(report: DeskReport, visits: Sequence[VisitRecord]) -> list[tuple[Cell, ...]]:
    titles = {problem.code: problem.title for problem in report.day.problems}
    return [
        _issue_row(report, visit, issue, titles.get(issue.known_problem, ""))
        for visit in visits
        for issue in visit.issues
        if report.day.has(visit, issue.at_ms)
    ]


def _issue_row(
    report: DeskReport, visit: VisitRecord, issue: IssueRecord, problem: str
) -> tuple[Cell, ...]:
    language = report.language
    return (
        visit.ticket,
        issue.number,
        visit.unit,
        _iso(report, issue.at_ms),
        report.topic(issue.topic),
        report.topic(issue.subtopic) if issue.subtopic else "",
        word(OUTCOMES, issue.outcome, language),
        _joined(report, [word(BARRIERS, barrier, language) for barrier in issue.barriers]),
        issue.symptom,
        issue.steps,
        issue.resolution,
        issue.next_step,
        problem,
        issue.quantity,
    )


def _segment_rows(report: DeskReport, visits: Sequence[VisitRecord]) -> list[tuple[Cell, ...]]:
    return [
        _segment_row(report, visit.ticket, number, stretch)
        for visit in visits
        for number, stretch in enumerate(visit.stretches, 1)
        if report.day.has(visit, stretch.from_ms)
    ]


def _segment_row(
    report: DeskReport, ticket: str, number: int, stretch: Stretch
) -> tuple[Cell, ...]:
    return (
        ticket,
        number,
        word(STATES, stretch.state, report.language),
        word(PARKED, stretch.reason, report.language),
        _iso(report, stretch.from_ms),
        "" if stretch.is_open else _iso(report, stretch.until_ms),
        _minutes(stretch.length_ms),
        stretch.staff,
        stretch.station,
    )


def _iso(report: DeskReport, at_ms: int | None) -> str:
    return "" if at_ms is None else report.local(at_ms).isoformat(timespec="seconds")


def _minutes(time_ms: int | None) -> float | None:
    return None if time_ms is None else round(time_ms / 60_000, 1)


def _joined(report: DeskReport, words: Sequence[str]) -> str:
    return report.say("、", ", ").join(words)
