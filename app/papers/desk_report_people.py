"""Blocks 11, 12, 14 to 16: schools, consultants, ratings, data quality; two days beside."""

from app.domain.desk_figures import help_figures, volume_figures, wait_figures
from app.domain.desk_people import (
    RatingFigures,
    consultant_figures,
    quality_figures,
    rating_figures,
    unit_figures,
)
from app.domain.desk_records import DeskDay
from app.domain.desk_spread import share
from app.papers.desk_report_texts import NONE, DeskReport, minutes, percent
from app.papers.report_blocks import Block, Item, Paragraph
from app.papers.wrapped_table import WrappedColumn, WrappedTable

SHOWN_TOPICS = 3
CLOCK_DOUBT_MS = 60_000
FACES = {1: ("不滿意", "not satisfied"), 2: ("普通", "so-so"), 3: ("滿意", "satisfied")}


def units_block(report: DeskReport) -> Block:
    """Return block 11: schools with visits, people, issues, open points, next step."""
    say, found = report.say, unit_figures(report.day)
    title = say("學校", "Schools")
    if not found:
        nothing = say("沒有學校來。", "No school came.")
        return Block(number=11, title=title, items=(Paragraph(text=nothing),))
    again = [each for each in found if each.visits > 1]
    told = say(
        f"{len(found)} 校；來兩次以上 {len(again)} 校；仍有未完事項 "
        f"{sum(each.open_issues > 0 for each in found)} 校（列在前面）。",
        f"{len(found)} schools; {len(again)} with two visits or more; "
        f"{sum(each.open_issues > 0 for each in found)} with open points (listed first).",
    )
    columns = (
        WrappedColumn(header=say("學校", "School"), share=52),
        WrappedColumn(header=say("件數", "Visits"), share=15, align="right"),
        WrappedColumn(header=say("人數", "People"), share=15, align="right"),
        WrappedColumn(header=say("問題", "Issues"), share=15, align="right"),
        WrappedColumn(header=say("未完", "Open"), share=15, align="right"),
        WrappedColumn(header=say("下一步", "Next step"), share=70),
    )
    rows = [
        (
            each.unit or say("（未填）", "(not given)"),
            str(each.visits),
            str(each.people),
            str(each.issues),
            str(each.open_issues or ""),
            say("；", "; ").join(each.next_steps),
        )
        for each in found
    ]
    items = (Paragraph(text=told), WrappedTable(columns=columns, rows=rows))
    return Block(number=11, title=title, items=items)


def consultants_block(report: DeskReport) -> Block:
    """Return block 12, with the note that case mix differs."""
    say, found = report.say, consultant_figures(report.day)
    title = say("諮詢教師", "Consultants")
    if not found:
        nothing = say("沒有諮詢教師的紀錄。", "No consultant is on record.")
        return Block(number=12, title=title, items=(Paragraph(text=nothing),))
    caution = say(
        "各人遇到的問題難易不同，這張表用來看人力夠不夠，不能拿來比較誰好誰壞。",
        "Case mix differs: this table tells whether there were enough people, not who did better.",
    )
    headers = [say("件數", "Visits"), say("問題", "Issues"), say("諮詢（分）", "Serving (min)")]
    headers += [say("值班（分）", "On duty (min)"), say("占值班", "Load")]
    columns = (
        WrappedColumn(header=say("諮詢教師", "Consultant"), share=28),
        *(WrappedColumn(header=header, share=20, align="right") for header in headers),
        WrappedColumn(header=say("主要主題", "Main topics"), share=50),
        WrappedColumn(header=say("待追蹤", "Follow-ups"), share=16, align="right"),
    )
    rows = [
        (
            each.staff,
            str(each.visits),
            str(each.issues),
            minutes(each.serving_ms),
            minutes(each.duty_ms) if each.duty_ms else NONE,
            percent(each.load),
            say("、", ", ").join(report.topic(code) for code in each.topics[:SHOWN_TOPICS]),
            str(each.follow_ups),
        )
        for each in found
    ]
    note = say(
        "值班不含休息；「–」表示沒有值班紀錄。兩人同時協助一件時各計一件。",
        "Breaks are not duty; – means no duty was recorded. A visit two people helped with counts "
        "for both.",
    )
    items = (
        Paragraph(text=caution),
        WrappedTable(columns=columns, rows=rows),
        Paragraph(text=note, is_note=True),
    )
    return Block(number=12, title=title, items=items)


def ratings_block(report: DeskReport) -> Block:
    """Return block 14: how many answered comes before what they answered."""
    say, found = report.say, rating_figures(report.day)
    title = say("滿意度", "Ratings")
    if not found.given:
        text = say(
            f"沒有人留下評價（接受協助 {found.served} 件）。",
            f"No ratings were given ({found.served} visits served).",
        )
        return Block(number=14, title=title, items=(Paragraph(text=text),))
    text = say(
        f"{found.given} 人評價，占接受協助的 {percent(share(found.given, found.served))}"
        f"（{found.given}／{found.served}）。",
        f"{found.given} ratings, {percent(share(found.given, found.served))} of the "
        f"{found.served} visits served.",
    )
    items = (Paragraph(text=text), _scores(report, found))
    return Block(number=14, title=title, items=items)


def _scores(report: DeskReport, found: RatingFigures) -> WrappedTable:
    say = report.say
    columns = (
        WrappedColumn(header=say("評價", "Rating"), share=100),
        WrappedColumn(header=say("件數", "n"), share=36, align="right"),
        WrappedColumn(header=say("占評價", "Of ratings"), share=36, align="right"),
    )
    rows = [
        (
            say(*FACES[score]) if score in FACES else str(score),
            str(count),
            percent(share(count, found.given)),
        )
        for score, count in reversed(found.scores)
    ]
    return WrappedTable(columns=columns, rows=rows)


def quality_block(report: DeskReport) -> Block:
    """Return block 15: what to know before believing the rest."""
    say, found = report.say, quality_figures(report.day)
    none = say("沒有", "none")
    rows = [
        (say("完成卻沒有填結果", "Finished without an outcome"), found.without_outcome),
        (say("時段重疊（兩桌同時協助）", "Overlapping times (two desks)"), found.overlapping),
    ]
    counted = [
        (
            say("離線時兩桌搶同一號，兩邊都保留", "Claimed at two desks while apart, both kept"),
            found.conflicts,
        ),
        (say("忘記結束值班，由他人結束", "Duty ended by others"), found.forced_duties),
        (say("忘記結束的件數", "Visits somebody forgot to end"), found.forgotten),
        (say("復原的動作", "Acts taken back"), found.undone),
    ]
    columns = (
        WrappedColumn(header=say("項目", "What"), share=80),
        WrappedColumn(header=say("數量", "Number"), share=20, align="right"),
        WrappedColumn(header=say("號碼或說明", "Tickets or remark"), share=80),
    )
    lines = [(words, str(len(each)), say("、", ", ").join(each) or none) for words, each in rows]
    lines += [(words, str(count), "") for words, count in counted]
    lines.append(_clocks(report))
    table = WrappedTable(columns=columns, rows=lines)
    return Block(number=15, title=say("資料品質", "Data quality"), items=(table,))


def _clocks(report: DeskReport) -> tuple[str, str, str]:
    say, stations = report.say, report.day.stations
    label = say("時鐘可疑的報到站", "Stations with a doubtful clock")
    known = [each for each in stations if each.offset_ms is not None]
    off = [each for each in known if abs(each.offset_ms or 0) > CLOCK_DOUBT_MS]
    if not known:
        return (label, NONE, say("沒有比對過時鐘。", "Clocks were not compared."))
    told = [f"{each.letter}（{round((each.offset_ms or 0) / 1000):+d} s）" for each in off]
    return (label, str(len(off)), say("、", ", ").join(told))


def raw_block(report: DeskReport) -> Block:
    """Return block 16: where the rows behind all this are."""
    text = report.say(
        "每件、每個問題、每個時段各一列，連同定義，在同一份報告的試算表（ODS／XLSX）與 CSV 裡。",
        "One row per visit, per issue and per time segment, with definitions, stands in this "
        "report's workbook (ODS or XLSX) and CSV files.",
    )
    title = report.say("原始資料", "Raw data")
    return Block(number=16, title=title, items=(Paragraph(text=text),))


def comparison_block(report: DeskReport) -> Block | None:
    """Return the days side by side and as one; None for a first or only day."""
    if report.before is None or report.before_title is None or report.whole is None:
        return None
    say = report.say
    headers = (report.before_title.title, report.title.title, say("合計", "Together"))
    columns = (
        WrappedColumn(header="", share=70),
        *(WrappedColumn(header=header, share=36, align="right") for header in headers),
    )
    days = [_key_figures(report, day) for day in (report.before, report.day, report.whole)]
    rows = [
        (label, *(figures[index][1] for figures in days))
        for index, (label, _) in enumerate(days[0])
    ]
    note = say(
        "合計不是相加：跨日的求助只算一次，同一所學校也只算一次。",
        "Together is not a sum: a visit carried over counts once, and so does a school.",
    )
    items: tuple[Item, ...] = (
        WrappedTable(columns=columns, rows=rows),
        Paragraph(text=note, is_note=True),
    )
    return Block(number=0, title=say("兩天對照", "The days side by side"), items=items)


def _key_figures(report: DeskReport, day: DeskDay) -> list[tuple[str, str]]:
    say, volume, wait = report.say, volume_figures(day), wait_figures(day)
    helped = help_figures(day)
    return [
        (say("到達件數", "Arrivals"), str(volume.arrivals)),
        (say("人數", "People"), str(volume.people)),
        (say("學校", "Schools"), str(volume.units)),
        (say("接受協助", "Served"), str(volume.served)),
        (say("門口快答", "Door tallies"), str(volume.tallies)),
        (say("等候中離開", "Left waiting"), str(volume.left)),
        (say("等候中位數（分）", "Median wait (min)"), minutes(wait.wait.median_ms)),
        (say("等候 P90（分）", "P90 wait (min)"), minutes(wait.wait.p90_ms)),
        (say("15 分內叫到", "Called within 15 min"), percent(wait.within[0][1])),
        (say("協助中位數（分）", "Median help (min)"), minutes(helped.help.median_ms)),
        (say("當場不留待辦", "Nothing left open"), percent(helped.first_contact_share)),
    ]
