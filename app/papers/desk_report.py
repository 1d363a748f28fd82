"""The day report of a help day as PDF: sixteen blocks, in Chinese or English."""

from pathlib import Path

from app.domain.desk_figures import help_figures, volume_figures, wait_figures
from app.papers.desk_report_front import (
    header_block,
    helping_block,
    hours_block,
    volume_block,
    waiting_block,
)
from app.papers.desk_report_people import (
    comparison_block,
    consultants_block,
    quality_block,
    ratings_block,
    raw_block,
    units_block,
)
from app.papers.desk_report_texts import DeskReport, minutes, percent
from app.papers.desk_report_topics import (
    follow_ups_block,
    knowledge_block,
    open_block,
    problems_block,
    readiness_block,
    topics_block,
)
from app.papers.files import save_paper
from app.papers.flow import Flow, Heading, compose
from app.papers.fonts import FontBook
from app.papers.report_blocks import Block, Tile, Tiles, draw_block, draw_item

NUMBERED = (
    header_block,
    volume_block,
    waiting_block,
    helping_block,
    hours_block,
    topics_block,
    readiness_block,
    open_block,
    follow_ups_block,
    problems_block,
    units_block,
    consultants_block,
    knowledge_block,
    ratings_block,
    quality_block,
    raw_block,
)


def write_desk_report(out: Path, report: DeskReport, *, fonts: FontBook | None = None) -> None:
    """Write a help day's report as PDF; the same day gives the same bytes."""
    blocks = report_blocks(report)

    def draw(flow: Flow) -> None:
        draw_item(flow, _summary(report))
        for block in blocks:
            draw_block(flow, block)

    save_paper(out, compose(_heading(report), draw, fonts=fonts))


def report_blocks(report: DeskReport) -> tuple[Block, ...]:
    """Return the report's blocks in order; two days are set side by side before the details."""
    blocks = [block_of(report) for block_of in NUMBERED]
    beside = comparison_block(report)
    return (*blocks[:1], beside, *blocks[1:]) if beside else tuple(blocks)


def _heading(report: DeskReport) -> Heading:
    say = report.say
    return Heading(
        title=say("駐點日報告", "Help-desk day report"),
        lines=(
            report.event_title,
            f"{report.title.title}　{report.on(report.title.held_on)}",
        ),
        organiser=report.organiser,
        language=report.language,
    )


def _summary(report: DeskReport) -> Tiles:
    """Return the six figures people ask for first."""
    say, day = report.say, report.day
    volume, wait, helped = volume_figures(day), wait_figures(day), help_figures(day)
    minute = say("分", "min")
    fifteen = dict(wait.within)[15]
    return Tiles(
        tiles=(
            Tile(
                label=say("到達", "Arrivals"),
                value=str(volume.arrivals),
                beside=say(f"{volume.people} 人", f"{volume.people} people"),
            ),
            Tile(label=say("學校", "Schools"), value=str(volume.units)),
            Tile(
                label=say("等候中位數", "Median wait"),
                value=f"{minutes(wait.wait.median_ms)} {minute}",
                beside=f"P90 {minutes(wait.wait.p90_ms)} {minute}",
            ),
            Tile(label=say("15 分內叫到", "Called within 15 min"), value=percent(fifteen)),
            Tile(
                label=say("協助中位數", "Median help"),
                value=f"{minutes(helped.help.median_ms)} {minute}",
                beside=f"P90 {minutes(helped.help.p90_ms)} {minute}",
            ),
            Tile(
                label=say("當場不留待辦", "Nothing left open"),
                value=percent(helped.first_contact_share),
            ),
        )
    )
