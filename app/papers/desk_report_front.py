"""Blocks 1 to 5: what day it was, who came, how long they waited and were helped, hour by hour."""

from collections.abc import Sequence

from app.domain.desk_figures import (
    HelpFigures,
    WaitFigures,
    help_figures,
    volume_figures,
    wait_figures,
)
from app.domain.desk_hours import HourFigures, hour_grid
from app.domain.desk_people import quality_figures
from app.domain.desk_records import MINUTE_MS
from app.domain.desk_spread import Spread
from app.papers.charts_hours import HeatMap, HeatRow, draw_heat_map, heat_map_height
from app.papers.charts_waits import HEIGHT, WaitChart, draw_wait_chart
from app.papers.desk_report_texts import (
    NONE,
    DeskReport,
    change,
    minutes,
    percent,
    spread_cells,
)
from app.papers.desk_words import GONE, PARKED, word
from app.papers.report_blocks import Block, Draw, Drawing, Item, Pairs, Paragraph, Tile, Tiles
from app.papers.wrapped_table import WrappedColumn, WrappedTable

FEW = 10
"""Below this many cases the P90 is hardly more than the longest."""


def header_block(report: DeskReport) -> Block:
    """Return block 1: day, place, stations merged, and how exact the times are."""
    quality, say = quality_figures(report.day), report.say
    exact = say(
        f"{percent(quality.exact_share)}（{quality.exact_times}／{quality.visits} 件）",
        f"{percent(quality.exact_share)} ({quality.exact_times} of {quality.visits} visits)",
    )
    mended = say(
        f"復原 {quality.undone} 次；由人補填時間 {quality.backdated} 件；"
        f"忘記結束、由他人結束 {quality.forgotten} 件",
        f"acts taken back: {quality.undone}; times given by a person: {quality.backdated}; "
        f"forgotten and ended by others: {quality.forgotten}",
    )
    pairs = (
        (say("日期", "Date"), f"{report.on(report.title.held_on)}　{report.title.hours}"),
        (say("地點", "Venue"), report.venue),
        (say("併入的報到站", "Stations merged"), _stations(report)),
        (say("時間如實的比例", "Exact times"), exact),
        (say("更正", "Corrections"), mended),
        (say("統計至", "As of"), _as_of(report)),
    )
    return Block(number=1, title=say("這一天", "The day"), items=(Pairs(pairs=pairs),))


def _as_of(report: DeskReport) -> str:
    at = report.local(report.day.as_of_ms)
    return f"{report.on(at.date())} {at:%H:%M}"


def _stations(report: DeskReport) -> str:
    if not report.day.stations:
        return report.say("沒有紀錄", "no records")
    told = [
        report.say(
            f"{each.letter}（{each.facts} 筆，最後 {_last(report, each.last_ms)}）",
            f"{each.letter} ({each.facts} records, last {_last(report, each.last_ms)})",
        )
        for each in report.day.stations
    ]
    return report.say("、", ", ").join(told)


def _last(report: DeskReport, at_ms: int) -> str:
    """Return when a station was heard last, with the date where it is not the report's."""
    at = report.local(at_ms)
    is_same = at.date() == report.local(report.day.as_of_ms).date()
    return at.strftime("%H:%M") if is_same else f"{report.on(at.date())} {at:%H:%M}"


def volume_block(report: DeskReport) -> Block:
    """Return block 2: who came and what became of them."""
    now, say = volume_figures(report.day), report.say
    before = volume_figures(report.before) if report.before else None

    def tile(label: str, field: str) -> Tile:
        count = getattr(now, field)
        earlier = getattr(before, field) if before else None
        moved = change(count, earlier)
        beside = f"{moved}（{earlier}）" if moved else ""
        return Tile(label=label, value=str(count), beside=beside)

    tiles = (
        tile(say("到達件數", "Arrivals"), "arrivals"),
        tile(say("人數", "People"), "people"),
        tile(say("學校", "Schools"), "units"),
        tile(say("接受協助", "Served"), "served"),
        tile(say("門口快答", "Door tallies"), "tallies"),
        tile(say("回訪", "Returned"), "returned"),
        tile(say("等候中離開", "Left waiting"), "left"),
        tile(say("叫號未到", "No-show"), "no_show"),
        tile(say("婉拒", "Turned away"), "turned_away"),
        tile(say("前日帶入", "Carried in"), "carried_in"),
        tile(say("移到次日", "Carried on"), "carried_out"),
        tile(say("尚未結束", "Unfinished"), "unfinished"),
    )
    reasons = [f"{word(GONE, key, report.language)} {n}" for key, n in now.gone_reasons.items()]
    told = say("、", ", ").join(reasons) or say("沒有", "none")
    notes: list[Item] = [
        Paragraph(
            text=say(f"未受協助即離開的原因：{told}。", f"Why people left without help: {told}.")
        )
    ]
    return Block(
        number=2,
        title=say("人數與件數", "Volume"),
        items=(Tiles(tiles=tiles), *notes, Paragraph(text=_volume_note(report), is_note=True)),
    )


def _volume_note(report: DeskReport) -> str:
    discarded = volume_figures(report.day).discarded
    compared = report.say("▲▼ 與第一天相比（括號內為第一天）。", "▲▼ against day 1 (in brackets). ")
    return report.say(
        f"一件＝一次求助；跨日的件數只計在到達那天，「接受協助」計在開始協助那天。"
        f"重複或作廢的號碼 {discarded} 張不計。{compared if report.before else ''}",
        f"One visit is one stay. A visit carried over counts once, on the day it arrived; "
        f"'served' counts on the day help began. {discarded} duplicate or void tickets are left "
        f"out. {compared if report.before else ''}",
    )


def waiting_block(report: DeskReport) -> Block:
    """Return block 3: waits with their distribution."""
    figures, say = wait_figures(report.day), report.say
    title = say("等候", "Waiting")
    if not figures.wait.count:
        nobody = say("沒有人被叫號，無從計算等候。", "Nobody was called: no wait can be told.")
        return Block(number=3, title=title, items=(Paragraph(text=nobody),))
    rows = (
        (say("取號到第一次叫號", "Ticket to first call"), *spread_cells(figures.wait)),
        (say("取號到開始協助", "Ticket to help"), *spread_cells(figures.until_served)),
        (say("未受協助離開前", "Before leaving unhelped"), *spread_cells(figures.left_after)),
    )
    return Block(
        number=3,
        title=title,
        items=(
            Drawing(height=HEIGHT, draw=_wait_drawing(report, figures)),
            _spread_table(report, rows),
            Paragraph(text=_wait_note(report, figures), is_note=True),
        ),
    )


def _wait_drawing(report: DeskReport, figures: WaitFigures) -> Draw:
    say, wait = report.say, figures.wait
    limits = tuple(
        (limit, say(f"{limit} 分內 {percent(part)}", f"within {limit} min: {percent(part)}"))
        for limit, part in figures.within
    )
    chart = WaitChart(
        minutes=tuple(time / MINUTE_MS for time in figures.waits_ms),
        median=_mark(wait.median_ms, say("中位數 {} 分", "median {} min")),
        p90=_mark(wait.p90_ms, say("P90 {} 分", "P90 {} min")),
        limits=limits,
        axis=say("等候分鐘（長條上方為件數）", "minutes waited (visits above the bars)"),
        longer=say("60 以上", "60+"),
    )
    return lambda pages, at, width: draw_wait_chart(pages, at, width, chart)


def _mark(time_ms: int | None, words: str) -> tuple[float, str]:
    return ((time_ms or 0) / MINUTE_MS, words.format(minutes(time_ms)))


def _wait_note(report: DeskReport, figures: WaitFigures) -> str:
    few = figures.wait.count < FEW
    return report.say(
        f"等候＝第一次被叫到之前在隊伍裡的時間，暫離不算。P90＝九成的人不超過的分鐘數"
        f"{'（不到 10 件，僅供參考）' if few else ''}。含直接入座 {figures.served_at_once} 件"
        f"（等候 0）；沒被叫到就離開的不在內，另列一行。",
        f"Wait is all time in line until first called; parked time is not wait. P90 is what nine "
        f"in ten did not exceed{' (fewer than 10 cases: read with care)' if few else ''}. Includes "
        f"{figures.served_at_once} served at once (wait 0); those who left uncalled have a line "
        f"of their own.",
    )


def _spread_table(report: DeskReport, rows: tuple[tuple[str, ...], ...]) -> WrappedTable:
    say = report.say
    headers = (say("件數", "n"), say("中位數（分）", "Median (min)"), "P90", say("最長", "Max"))
    numbers = tuple(WrappedColumn(header=each, share=20, align="right") for each in headers)
    return WrappedTable(columns=(WrappedColumn(header="", share=60), *numbers), rows=rows)


def helping_block(report: DeskReport) -> Block:
    """Return block 4: help, parked time by reason, time in system."""
    figures, say = help_figures(report.day), report.say
    title = say("協助", "Helping")
    if not figures.help.count:
        nobody = say("沒有人接受協助。", "Nobody was served.")
        return Block(number=4, title=title, items=(Paragraph(text=nobody),))
    parked = [
        (say("暫離：", "Parked: ") + word(PARKED, reason, report.language), *spread_cells(spread))
        for reason, spread in figures.parked
    ]
    rows = (
        (say("協助時間", "Help"), *spread_cells(figures.help)),
        (say("在場總時間", "Time in system"), *spread_cells(figures.in_system)),
        *(parked or [(say("暫離：沒有", "Parked: none"), *spread_cells(Spread()))]),
    )
    items = (
        _spread_table(report, rows),
        Paragraph(text=_first_contact(report, figures)),
        Paragraph(
            text=say(
                "協助＝諮詢中的時間合計；在場總時間＝到達至結束，不含兩天之間的夜晚。"
                "各主題的協助時間見第 6 項。",
                "Help is all serving time; time in system runs from arrival to end, nights "
                "between two days left out. Help by topic: block 6.",
            ),
            is_note=True,
        ),
    )
    return Block(number=4, title=title, items=items)


def _first_contact(report: DeskReport, figures: HelpFigures) -> str:
    done, whole = figures.first_contact
    part = percent(figures.first_contact_share)
    if not whole:
        return report.say("沒有填了結果的件數。", "No finished visit has an outcome.")
    return report.say(
        f"當場不留待辦：{part}（{done}／{whole} 件）——每個問題都已解決、可回校完成或只需資訊。",
        f"Nothing left open: {part} ({done} of {whole} finished visits): every issue resolved, "
        f"to be finished at school, or information only.",
    )


def hours_block(report: DeskReport) -> Block:
    """Return block 5: the heat map."""
    hours, say = hour_grid(report.day), report.say
    heat = HeatMap(
        columns=tuple(_hour_words(report, hour) for hour in hours),
        rows=(
            _row(say("到達件數", "Arrivals"), [hour.arrivals for hour in hours]),
            _row(say("同時等候最多", "Most waiting"), [hour.most_waiting for hour in hours]),
            _row(say("值班諮詢教師最多", "Desks on duty"), [hour.desks for hour in hours]),
            HeatRow(
                label=say("等候中位數（分）", "Median wait (min)"),
                values=tuple(hour.median_wait_ms for hour in hours),
                texts=tuple(minutes(hour.median_wait_ms) for hour in hours),
            ),
        ),
        key=(say("少", "few"), say("多", "many"), say("每列各自深淺", "each row by itself")),
    )
    outside = volume_figures(report.day).arrivals - sum(hour.arrivals or 0 for hour in hours)
    note = say(
        "等候中位數依「第一次叫號」的那一小時計；「–」表示無從得知：那一小時沒有人被叫號、"
        "沒有值班紀錄，或在統計時間之後。",
        "Median wait of those first called in the hour; – means it cannot be told: nobody was "
        "called, no duty was recorded, or the hour is after the time of this report.",
    )
    if outside:
        note += say(
            f"另有 {outside} 件的到達時間是別的日期，不在這張圖裡。",
            f" Arrived with another date, so not in this picture: {outside}.",
        )
    return Block(
        number=5,
        title=say("每小時", "Hour by hour"),
        items=(
            Drawing(
                height=heat_map_height(heat),
                draw=lambda pages, at, width: draw_heat_map(pages, at, width, heat),
            ),
            Paragraph(text=note, is_note=True),
        ),
    )


def _hour_words(report: DeskReport, hour: HourFigures) -> str:
    start = report.local(hour.from_ms).hour
    return f"{start:02d}–{(start + 1) % 24:02d}"


def _row(label: str, counts: Sequence[int | None]) -> HeatRow:
    texts = tuple(NONE if count is None else str(count) for count in counts)
    return HeatRow(label=label, values=tuple(counts), texts=texts)
