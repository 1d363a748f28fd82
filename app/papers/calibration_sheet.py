"""One printed page that shows whether a reader and this laptop's keyboard are set right."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from app.domain.words import Language, Words
from app.papers.codes import draw_code128, draw_qr
from app.papers.files import save_paper
from app.papers.flow import MARGIN, Flow, FlowColumn, FlowTable, Heading, compose
from app.papers.fonts import FontBook
from app.papers.pages import mm

TITLE = Words("讀取器校正表", "Reader calibration sheet")
HOW = Words(
    "打開「活動」的「讀取器」，把下面三個條碼各掃一次；畫面會說哪裡不對、怎麼設定。",
    "Open Readers in the Event place and scan each code: it says what is wrong and what to do.",
)
NO_EVENT = Words(
    "這些條碼不是名牌，掃了不會留下紀錄。",
    "These codes are no badges; scanning them records nothing.",
)
TABLE = Words("可能看到的訊息", "What you may be told")
SAID, REMEDY = Words("訊息", "Message"), Words("怎麼辦", "What to do")
_BLOCK_MM, _CODE_MM, _QR_MM, _BAR_MM = 36, 80, 30, 18


class SheetCode(Protocol):
    """A code as the sheet prints it."""

    @property
    def text(self) -> str:
        """What a reader has to send."""

    @property
    def is_qr(self) -> bool:
        """Whether it is QR; else Code 128."""

    @property
    def title(self) -> Words:
        """Its name."""

    @property
    def shows(self) -> Words:
        """What scanning it shows."""


class SheetAdvice(Protocol):
    """What the program may say of a reading."""

    @property
    def said(self) -> Words:
        """What is wrong."""

    @property
    def remedy(self) -> Words:
        """What to do."""


def write_calibration_sheet(
    out: Path,
    codes: Iterable[SheetCode],
    advice: Iterable[SheetAdvice],
    *,
    language: Language = "zh",
    fonts: FontBook | None = None,
) -> None:
    """Write the sheet as PDF: the codes, and below them what scanning them may tell."""
    heading = Heading(
        title=TITLE.in_language(language),
        lines=(HOW.in_language(language), NO_EVENT.in_language(language)),
        language=language,
    )

    def draw(flow: Flow) -> None:
        for code in codes:
            _draw_code(flow, code, language)
        flow.section(TABLE.in_language(language))
        flow.table(_advice(advice, language))

    save_paper(out, compose(heading, draw, fonts=fonts))


def _draw_code(flow: Flow, code: SheetCode, language: Language) -> None:
    flow.make_room(mm(_BLOCK_MM))
    bottom = flow.y - mm(_BLOCK_MM)
    if code.is_qr:
        middle = MARGIN + mm(_CODE_MM) / 2
        draw_qr(flow.pages, (middle - mm(_QR_MM) / 2, bottom + mm(3)), mm(_QR_MM), code.text)
    else:
        at = (MARGIN + mm(_CODE_MM) / 2, bottom + mm((_BLOCK_MM - _BAR_MM) / 2))
        draw_code128(flow.pages, at, height=mm(_BAR_MM), available_mm=_CODE_MM, text=code.text)
    left, width = MARGIN + mm(_CODE_MM + 4), flow.width - mm(_CODE_MM + 4)
    for text, drop, size in (
        (code.title.in_language(language), 13, 13.0),
        (code.shows.in_language(language), 20, 10.0),
        (code.text, 26, 8.0),
    ):
        flow.pages.fitted((left, flow.y - mm(drop)), text, width, size=size, bold=size > 12)
    flow.y = bottom


def _advice(advice: Iterable[SheetAdvice], language: Language) -> FlowTable:
    return FlowTable(
        columns=(
            FlowColumn(header=SAID.in_language(language), share=70),
            FlowColumn(header=REMEDY.in_language(language), share=110),
        ),
        rows=[
            (each.said.in_language(language), each.remedy.in_language(language)) for each in advice
        ],
        row_mm=8.5,
        text_pt=9,
    )
