"""The green sheet: what was looked at before the doors opened, to be signed."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.dates import roc_date
from app.domain.preflight import LIGHT_WORDS, Finding, Light, worst
from app.papers.dates import roc_moment
from app.papers.files import save_paper
from app.papers.flow import MARGIN, WIDTH, Flow, FlowColumn, FlowTable, Heading, compose
from app.papers.fonts import FontBook
from app.papers.pages import mm

SIGNERS = ("檢查人", "承辦人")
COLUMNS = (
    FlowColumn(header="項目", share=28),
    FlowColumn(header="結果", share=18, align="center"),
    FlowColumn(header="情形", share=70),
    FlowColumn(header="怎麼辦", share=58),
    FlowColumn(header="打勾", share=12, align="center"),
)
_WHOLE = {
    Light.GREEN: "全部就緒，可以開門。",
    Light.AMBER: "可以開門；請留意下列標示「留意」的項目。",
    Light.RED: "請先處理標示「先處理」的項目再開門。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GreenSheet:
    """A desk as it was found. `looked_at` is local."""

    event_title: str
    session_title: str
    held_on: date
    organiser: str
    looked_at: datetime
    machine: str
    findings: tuple[Finding, ...]


def write_green_sheet(out: Path, sheet: GreenSheet, *, fonts: FontBook | None = None) -> None:
    """Write the sheet as PDF."""
    rows = [
        (
            finding.title.zh,
            LIGHT_WORDS[finding.light].zh,
            finding.told.zh,
            finding.remedy.zh if finding.remedy else "",
            "□",
        )
        for finding in sheet.findings
    ]

    def draw(flow: Flow) -> None:
        flow.line(_WHOLE[worst(sheet.findings)], size=13)
        flow.y -= mm(3)
        flow.table(FlowTable(columns=COLUMNS, rows=rows, row_mm=12, text_pt=10.5))
        _signatures(flow)

    save_paper(out, compose(_heading(sheet), draw, fonts=fonts))


def _heading(sheet: GreenSheet) -> Heading:
    held = f"{sheet.session_title}　{roc_date(sheet.held_on)}"
    looked = f"檢查：{roc_moment(sheet.looked_at)}　電腦：{sheet.machine}"
    organiser = f"主辦單位：{sheet.organiser}" if sheet.organiser else ""
    return Heading(
        title=f"{sheet.event_title} 開場前檢查單", lines=(held, looked), organiser=organiser
    )


def _signatures(flow: Flow) -> None:
    flow.make_room(mm(30))
    flow.y -= mm(24)
    each = WIDTH / len(SIGNERS)
    for index, signer in enumerate(SIGNERS):
        x = MARGIN + each * index
        flow.pages.text((x + mm(18), flow.y), f"{signer}：", 11, align="right")
        flow.pages.line((x + mm(18), flow.y - 2), (x + each - mm(8), flow.y - 2), 0.6)
