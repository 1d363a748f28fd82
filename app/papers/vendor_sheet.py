"""The hand-over sheet: what a vendor needs to take over, one vendor a page or more."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.utils import ImageReader

from app.domain.dates import roc_date
from app.domain.words import Language
from app.papers.desk_words import FOLLOW_UPS, word
from app.papers.files import save_paper
from app.papers.flow import MARGIN, Flow, Heading, compose
from app.papers.fonts import FontBook
from app.papers.ink import DARK, HAIRLINE, INK, LIGHT, MUTED, Fill, fill_box, painted
from app.papers.pages import mm
from app.papers.report_blocks import Pairs, Paragraph, draw_item

TITLE_ROW = mm(8)
PICTURE_HEIGHT = mm(75)
POINTS_IN_PIXEL = 0.5
"""A screenshot is printed at 144 pixels an inch, smaller where it would not fit."""
CASE = mm(84)
"""A case of ordinary length with the lines for its answer; pictures may go over."""
ANSWER_ROWS = 3
ANSWER_ROW = mm(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorCase:
    """One follow-up as the vendor should see it. `contact`: whom to call back."""

    ticket: str
    unit: str
    topic: str
    symptom: str = ""
    steps: str = ""
    note: str = ""
    contact: str = ""
    owner: str = ""
    reference: str = ""
    opened_on: date
    due_on: str = ""
    state: str = "open"
    answer: str = ""
    pictures: tuple[bytes, ...] = ()
    """Screenshots as PNG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorSheet:
    """All cases of one vendor; an empty name collects those of nobody yet."""

    vendor: str
    cases: tuple[VendorCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The vendors' sheets of one event, as of a day."""

    event_title: str
    organiser: str
    as_of_on: date
    sheets: tuple[VendorSheet, ...]
    language: Language = "zh"

    def say(self, zh: str, en: str) -> str:
        """Return one of two texts, by the sheet's language."""
        return zh if self.language == "zh" else en


def write_vendor_sheets(out: Path, hand_over: HandOver, *, fonts: FontBook | None = None) -> None:
    """Write hand-over sheets as PDF; every vendor begins a page."""

    def draw(flow: Flow) -> None:
        if not hand_over.sheets:
            nothing = hand_over.say("沒有要交給廠商的問題。", "There is nothing to hand over.")
            draw_item(flow, Paragraph(text=nothing))
        for index, sheet in enumerate(hand_over.sheets):
            if index:
                flow.next_page()
            _draw_sheet(flow, hand_over, sheet)

    save_paper(out, compose(_heading(hand_over), draw, fonts=fonts))


def _heading(hand_over: HandOver) -> Heading:
    on = hand_over.as_of_on
    day = hand_over.say(roc_date(on), on.isoformat())
    return Heading(
        title=hand_over.say("廠商交辦單", "Hand-over to vendors"),
        lines=(hand_over.event_title, day),
        organiser=hand_over.organiser,
        language=hand_over.language,
    )


def _draw_sheet(flow: Flow, hand_over: HandOver, sheet: VendorSheet) -> None:
    say = hand_over.say
    flow.y -= mm(8)
    name = sheet.vendor or say("（未指定廠商）", "(no vendor named)")
    with painted(flow.pages, DARK):
        at = (MARGIN, flow.y)
        flow.pages.fitted(at, name, flow.width * 0.75, size=16, bold=True)
    with painted(flow.pages, MUTED):
        count = say(f"共 {len(sheet.cases)} 件", f"cases: {len(sheet.cases)}")
        flow.pages.text((MARGIN + flow.width, flow.y), count, 11, align="right")
    flow.y -= mm(3)
    for number, case in enumerate(sheet.cases, 1):
        _draw_case(flow, hand_over, number, case)


def _draw_case(flow: Flow, hand_over: HandOver, number: int, case: VendorCase) -> None:
    say = hand_over.say
    flow.make_room(CASE)
    flow.y -= mm(3)
    _draw_title(flow, hand_over, f"{number}　{case.ticket}　{case.unit}　{case.topic}", case)
    none = say("（未填）", "(not given)")
    pairs = (
        (say("狀況", "Symptom"), case.symptom or none),
        (say("已試過", "Steps tried"), case.steps or none),
        (say("補充", "Note"), case.note),
        (say("請回電", "Call back"), case.contact or none),
        (say("經辦", "Handled by"), case.owner or none),
        (say("廠商案號", "Reference"), case.reference or "＿＿＿＿＿＿＿＿"),
        (say("承諾日期", "Promised for"), case.due_on or "＿＿＿＿＿＿＿＿"),
        (say("提出日期", "Opened"), say(roc_date(case.opened_on), case.opened_on.isoformat())),
    )
    draw_item(flow, Pairs(pairs=tuple(pair for pair in pairs if pair[1])))
    for picture in case.pictures:
        _draw_picture(flow, hand_over, picture)
    _draw_answer(flow, hand_over, case)


def _draw_title(flow: Flow, hand_over: HandOver, title: str, case: VendorCase) -> None:
    box = (MARGIN, flow.y - TITLE_ROW, flow.width, TITLE_ROW)
    fill_box(flow.pages, box, Fill(colour=LIGHT))
    baseline = flow.y - TITLE_ROW + mm(2.5)
    state = word(FOLLOW_UPS, case.state, hand_over.language)
    with painted(flow.pages, INK):
        flow.pages.fitted((MARGIN + mm(2), baseline), title, flow.width * 0.8, size=12, bold=True)
        flow.pages.text((MARGIN + flow.width - mm(2), baseline), state, 11, align="right")
    flow.y -= TITLE_ROW + mm(1.5)


def _draw_picture(flow: Flow, hand_over: HandOver, picture: bytes) -> None:
    try:
        reader = ImageReader(io.BytesIO(picture))
        wide, high = reader.getSize()
    except (OSError, ValueError):
        text = hand_over.say("（畫面截圖無法讀取）", "(the screenshot cannot be read)")
        draw_item(flow, Paragraph(text=text, is_note=True))
        return
    scale = min(POINTS_IN_PIXEL, flow.width / wide, PICTURE_HEIGHT / high)
    flow.make_room(high * scale + mm(3))
    flow.y -= high * scale + mm(1)
    flow.pages.canvas.drawImage(reader, MARGIN, flow.y, wide * scale, high * scale)
    with painted(flow.pages, HAIRLINE):
        flow.pages.canvas.setLineWidth(0.6)
        flow.pages.canvas.rect(MARGIN, flow.y, wide * scale, high * scale)
    flow.y -= mm(2)


def _draw_answer(flow: Flow, hand_over: HandOver, case: VendorCase) -> None:
    """Draw the vendor's answer, or lines to write it on."""
    label = hand_over.say("廠商回覆", "Vendor's answer")
    if case.answer:
        draw_item(flow, Pairs(pairs=((label, case.answer),)))
        return
    flow.make_room(ANSWER_ROW * ANSWER_ROWS)
    with painted(flow.pages, MUTED):
        flow.pages.text((MARGIN, flow.y - ANSWER_ROW + 3), label, 10)
    with painted(flow.pages, HAIRLINE):
        for _ in range(ANSWER_ROWS):
            flow.y -= ANSWER_ROW
            flow.pages.line((MARGIN + mm(34), flow.y), (MARGIN + flow.width, flow.y), 0.6)
    flow.y -= mm(2)


def by_vendor(cases: Sequence[tuple[str, VendorCase]]) -> tuple[VendorSheet, ...]:
    """Return (vendor, case) pairs as sheets, vendors by name, those without one last."""
    vendors = sorted({vendor for vendor, _ in cases}, key=lambda name: (not name, name))
    return tuple(
        VendorSheet(vendor=each, cases=tuple(case for vendor, case in cases if vendor == each))
        for each in vendors
    )
