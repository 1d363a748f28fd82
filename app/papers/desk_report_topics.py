"""Blocks 6 to 10 and 13: topics, readiness, what stayed open, known problems, answers."""

from app.domain.desk_hours import hour_grid, topic_hours
from app.domain.desk_records import FollowUpRecord
from app.domain.desk_spread import share
from app.domain.desk_topics import (
    OUTCOMES,
    TopicFigures,
    barrier_counts,
    extra_help_ms,
    missing_counts,
    open_issues,
    problem_figures,
    top_symptoms,
    topic_figures,
    unanswered_symptoms,
)
from app.papers.charts_bars import Bar, BarChart, bar_chart_height, draw_bar_chart
from app.papers.charts_hours import HeatMap, HeatRow, draw_heat_map, heat_map_height
from app.papers.desk_report_texts import NONE, DeskReport, change, minutes, percent
from app.papers.desk_words import BARRIERS, FOLLOW_UPS, LOANS, READINESS, word
from app.papers.desk_words import OUTCOMES as OUTCOME_WORDS
from app.papers.pages import mm
from app.papers.report_blocks import Block, Drawing, Item, Paragraph
from app.papers.wrapped_table import WrappedColumn, WrappedTable

DAY_MS = 24 * 3600 * 1000
TOP_TOPIC_HOURS = 10


def topics_block(report: DeskReport) -> Block:
    """Return block 6: bars, the tree with its figures, symptoms, topic by hour."""
    topics, say = topic_figures(report.day, report.before), report.say
    title = say("問題主題", "Topics")
    if not topics:
        nothing = say("沒有記錄任何問題。", "No issue was recorded.")
        return Block(number=6, title=title, items=(Paragraph(text=nothing),))
    items: list[Item] = [_bars(report, topics), _tree(report, topics)]
    items.append(Paragraph(text=_topics_note(report), is_note=True))
    symptoms = top_symptoms(report.day)
    head = say("最常見的狀況（前 10）", "Most frequent symptoms (top 10)")
    items.append(Paragraph(text=head, is_head=True))
    if symptoms:
        items.append(_counted(report, say("狀況", "Symptom"), symptoms))
    else:
        items.append(Paragraph(text=say("沒有人寫下狀況。", "No symptom was written down.")))
    items.append(Paragraph(text=say("主題與時段", "Topic by hour of arrival"), is_head=True))
    items.append(_topic_hours(report, topics))
    return Block(number=6, title=title, items=tuple(items))


def _bars(report: DeskReport, topics: tuple[TopicFigures, ...]) -> Drawing:
    used = [key for key in OUTCOMES if any(topic.outcomes[key] for topic in topics)]
    bars = tuple(
        Bar(
            label=report.topic(topic.code),
            parts=tuple((key, topic.outcomes[key]) for key in OUTCOMES),
            value=f"{topic.issues}　{percent(topic.share)}",
        )
        for topic in topics
    )
    legend = tuple((key, word(OUTCOME_WORDS, key, report.language)) for key in used)
    chart = BarChart(bars=bars, legend=legend)
    return Drawing(
        height=bar_chart_height(chart),
        draw=lambda pages, at, width: draw_bar_chart(pages, at, width, chart),
    )


def _tree(report: DeskReport, topics: tuple[TopicFigures, ...]) -> WrappedTable:
    say = report.say
    headers = [say("問題數", "Issues"), say("占比", "Share")]
    headers += [say("協助中位數", "Median help"), "P90", say("不留待辦", "Settled")]
    headers += [say("回訪", "Repeat")]
    if report.before is not None:
        headers.append(say("與第一天比", "vs day 1"))
    rows: list[tuple[str, ...]] = []
    inner: set[int] = set()
    for topic in topics:
        rows.append(_topic_row(report, topic))
        for subtopic in topic.subtopics:
            inner.add(len(rows))
            rows.append(_topic_row(report, subtopic, above=topic.code))
    columns = (
        WrappedColumn(header=say("主題", "Topic"), share=42),
        *(WrappedColumn(header=header, share=20, align="right") for header in headers),
    )
    return WrappedTable(columns=columns, rows=rows, inner=frozenset(inner))


def _topic_row(report: DeskReport, topic: TopicFigures, *, above: str = "") -> tuple[str, ...]:
    settled = sum(topic.outcomes[key] for key in ("resolved", "resolved_next_step", "information"))
    name = report.topic(topic.code)
    if above and not topic.code:
        name = report.say("（未細分）", "(no subtopic)")
    cells = (
        name,
        str(topic.issues),
        percent(topic.share),
        minutes(topic.help.median_ms),
        minutes(topic.help.p90_ms),
        f"{settled}／{topic.issues}",
        str(topic.repeats),
    )
    return cells if report.before is None else (*cells, change(topic.issues, topic.before))


def _topics_note(report: DeskReport) -> str:
    return report.say(
        "協助時間只取整件都是這個主題的求助：一件裡有幾個主題時，時間分不開。"
        "不留待辦＝已解決、回校完成或提供資訊。子主題的占比是占該主題。",
        "Help times are those of visits about this topic alone: shared time cannot be told apart. "
        "Settled is resolved, to finish at school, or information. A subtopic's share is of its "
        "topic.",
    )


def _counted(report: DeskReport, header: str, counts: tuple[tuple[str, int], ...]) -> WrappedTable:
    return WrappedTable(
        columns=(
            WrappedColumn(header=header, share=150),
            WrappedColumn(header=report.say("次數", "Times"), share=22, align="right"),
        ),
        rows=[(text, str(count)) for text, count in counts],
    )


def _topic_hours(report: DeskReport, topics: tuple[TopicFigures, ...]) -> Drawing:
    say, by_topic = report.say, topic_hours(report.day)
    hours = [report.local(hour.from_ms).hour for hour in hour_grid(report.day)]
    empty = (0,) * len(hours)
    rows = []
    for topic in topics[:TOP_TOPIC_HOURS]:
        counts = by_topic.get(topic.code, empty)
        texts = tuple(str(count) if count else "" for count in counts)
        rows.append(HeatRow(label=report.topic(topic.code), values=counts, texts=texts))
    heat = HeatMap(
        columns=tuple(f"{hour:02d}–{(hour + 1) % 24:02d}" for hour in hours),
        rows=tuple(rows),
        key=(say("少", "few"), say("多", "many"), say("每列各自深淺", "each row by itself")),
        cell_pt=mm(6.4),
        text_pt=9.5,
    )
    return Drawing(
        height=heat_map_height(heat),
        draw=lambda pages, at, width: draw_heat_map(pages, at, width, heat),
    )


def readiness_block(report: DeskReport) -> Block:
    """Return block 7: what was missing, what was lent, what it cost."""
    say, items = report.say, list[Item]()
    missing = missing_counts(report.day)
    if missing:
        rows = [
            (word(READINESS, item, report.language), str(count), percent(share(count, whole)))
            for item, count, whole in missing
        ]
        columns = (
            WrappedColumn(header=say("缺少", "Missing"), share=110),
            WrappedColumn(header=say("件數", "Visits"), share=30, align="right"),
            WrappedColumn(header=say("占全部件數", "Of all visits"), share=30, align="right"),
        )
        items.append(WrappedTable(columns=columns, rows=rows))
    else:
        items.append(
            Paragraph(text=say("沒有記錄缺少的東西。", "Nothing was recorded as missing."))
        )
    items += [Paragraph(text=_extra(report)), *_loans(report)]
    return Block(number=7, title=say("就緒與借用", "Readiness and loans"), items=tuple(items))


def _extra(report: DeskReport) -> str:
    lacking, ready = extra_help_ms(report.day)
    if not lacking.count or not ready.count:
        return report.say(
            "無法比較缺東西與不缺東西的協助時間（其中一組沒有件數）。",
            "Help with and without missing things cannot be compared: one group is empty.",
        )
    return report.say(
        f"協助時間中位數：缺東西 {minutes(lacking.median_ms)} 分（{lacking.count} 件），"
        f"不缺 {minutes(ready.median_ms)} 分（{ready.count} 件）。問題不同，差距不全是缺東西造成。",
        f"Median help: {minutes(lacking.median_ms)} min where something was missing "
        f"(n={lacking.count}), {minutes(ready.median_ms)} min otherwise (n={ready.count}). The "
        f"cases differ, so not all of the gap is due to that.",
    )


def _loans(report: DeskReport) -> list[Item]:
    say, loans = report.say, report.day.loans
    if not loans:
        return [Paragraph(text=say("沒有借出任何東西。", "Nothing was lent."))]
    out = [loan for loan in loans if loan.back_ms is None]
    told = say(
        f"借出 {len(loans)} 件，未還 {len(out)} 件。",
        f"{len(loans)} lent, {len(out)} not returned.",
    )
    if not out:
        return [Paragraph(text=told)]
    rows = [
        (word(LOANS, loan.kind, report.language), loan.asset, loan.ticket, loan.unit, at)
        for loan in out
        for at in (report.clock(loan.out_ms),)
    ]
    headers = [say("未還", "Not returned"), say("編號", "Tag"), say("號碼", "Ticket")]
    headers += [say("單位", "Unit"), say("借出", "Out")]
    shares = (32, 25, 22, 70, 20)
    columns = tuple(
        WrappedColumn(header=header, share=part)
        for header, part in zip(headers, shares, strict=True)
    )
    return [Paragraph(text=told), WrappedTable(columns=columns, rows=rows)]


def open_block(report: DeskReport) -> Block:
    """Return block 8: barriers ranked, and the list with who owns each."""
    say, found = report.say, open_issues(report.day)
    title = say("未解決與上報", "Not resolved")
    if not found:
        nothing = say("沒有未解決或上報的問題。", "Nothing stayed unresolved or escalated.")
        return Block(number=8, title=title, items=(Paragraph(text=nothing),))
    barriers = barrier_counts(report.day)
    ranked = [f"{word(BARRIERS, key, report.language)} {count}" for key, count in barriers]
    told = say("障礙（由多到少）：", "Barriers, most frequent first: ")
    none = say("沒有記錄障礙。", "no barrier was recorded.")
    columns = (
        WrappedColumn(header=say("號碼", "Ticket"), share=16),
        WrappedColumn(header=say("單位", "Unit"), share=32),
        WrappedColumn(header=say("主題", "Topic"), share=32),
        WrappedColumn(header=say("結果", "Outcome"), share=22),
        WrappedColumn(header=say("障礙", "Barriers"), share=30),
        WrappedColumn(header=say("下一步", "Next step"), share=40),
        WrappedColumn(header=say("負責", "Owner"), share=22),
    )
    rows = [
        (
            each.ticket,
            each.unit,
            report.topic(each.topic),
            word(OUTCOME_WORDS, each.outcome, report.language),
            say("、", ", ").join(word(BARRIERS, key, report.language) for key in each.barriers),
            each.next_step,
            each.owner or say("未指定", "nobody"),
        )
        for each in found
    ]
    sentence = told + (say("、", ", ").join(ranked) or none)
    items = (Paragraph(text=sentence), WrappedTable(columns=columns, rows=rows))
    return Block(number=8, title=title, items=items)


def follow_ups_block(report: DeskReport) -> Block:
    """Return block 9: vendor follow-ups with age and state."""
    say, found = report.say, report.day.follow_ups
    title = say("廠商追蹤", "Vendor follow-ups")
    if not found:
        nothing = say("沒有需要追蹤的問題。", "No follow-up was opened.")
        return Block(number=9, title=title, items=(Paragraph(text=nothing),))
    headers = (
        (say("廠商／單位", "Vendor"), 30),
        (say("號碼", "Ticket"), 16),
        (say("單位", "Unit"), 30),
        (say("主題", "Topic"), 32),
        (say("編號", "Reference"), 27),
        (say("承諾日", "Due"), 27),
        (say("天數", "Age, days"), 14),
        (say("狀態", "State"), 18),
        (say("負責", "Owner"), 20),
    )
    columns = tuple(WrappedColumn(header=header, share=part) for header, part in headers)
    rows = [_follow_up_row(report, each) for each in found]
    note = say("每個廠商另有一份交辦單。", "Each vendor has a hand-over sheet of its own.")
    return Block(
        number=9,
        title=title,
        items=(WrappedTable(columns=columns, rows=rows), Paragraph(text=note, is_note=True)),
    )


def _follow_up_row(report: DeskReport, each: FollowUpRecord) -> tuple[str, ...]:
    age = max(0, report.day.as_of_ms - each.opened_ms) // DAY_MS
    return (
        each.vendor or report.say("未指定", "not named"),
        each.ticket,
        each.unit,
        report.topic(each.topic),
        each.reference or NONE,
        each.due_on or NONE,
        str(age),
        word(FOLLOW_UPS, each.state, report.language),
        each.owner or NONE,
    )


def problems_block(report: DeskReport) -> Block:
    """Return block 10: known problems, how many schools, answered or not."""
    say, found = report.say, problem_figures(report.day)
    title = say("已知問題", "Known problems")
    if not found:
        nothing = say("沒有求助與已知問題相連。", "No visit was linked to a known problem.")
        return Block(number=10, title=title, items=(Paragraph(text=nothing),))
    columns = (
        WrappedColumn(header=say("問題", "Problem"), share=48),
        WrappedColumn(header=say("學校數", "Schools"), share=16, align="right"),
        WrappedColumn(header=say("件數", "Visits"), share=16, align="right"),
        WrappedColumn(header=say("學校", "Which"), share=50),
        WrappedColumn(header=say("答覆", "Answer"), share=50),
    )
    rows = [
        (
            each.problem.title,
            str(len(each.units)),
            str(each.visits),
            say("、", ", ").join(each.units),
            each.problem.answer or say("尚無答覆", "no answer yet"),
        )
        for each in found
    ]
    return Block(number=10, title=title, items=(WrappedTable(columns=columns, rows=rows),))


def knowledge_block(report: DeskReport) -> Block:
    """Return block 13: answers used again, and what often came without an answer."""
    say = report.say
    used = sorted(report.day.answers, key=lambda each: (-each.uses, each.title))
    counts = tuple((each.title, each.uses) for each in used if each.uses)
    items: list[Item] = []
    if counts:
        items.append(_counted(report, say("再次使用的解法", "Answers used again"), counts[:10]))
    else:
        items.append(
            Paragraph(text=say("沒有再次使用舊解法。", "No earlier answer was used again."))
        )
    unanswered = unanswered_symptoms(report.day)
    if unanswered:
        header = say("常見而沒有用到現成解法的狀況", "Frequent symptoms without a known answer")
        items.append(_counted(report, header, unanswered))
    return Block(number=13, title=say("知識", "Knowledge"), items=tuple(items))
