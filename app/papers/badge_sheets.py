"""Badge sheets: names big enough to read across a table, codes for scanner and camera."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Cancelled, InvalidInput
from app.domain.words import Words
from app.papers.badge_label import BadgeFace, BadgeLabel
from app.papers.badge_layouts import LAYOUTS, SheetLayout
from app.papers.files import save_paper
from app.papers.fonts import FontBook
from app.papers.pages import Pages, mm
from app.papers.paper_warnings import PaperWarning, missing_characters, no_barcode

Progress = Callable[[int, int], bool]
"""Told (done, all); answers whether to go on."""
CUT_MARK_MM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeSheetReport:
    """What was written."""

    pages: int
    warnings: tuple[PaperWarning, ...]


def write_badge_sheets(
    out: Path,
    badges: Sequence[BadgeFace],
    *,
    layout: str = "a4-10",
    event_title: str = "",
    progress: Progress | None = None,
    fonts: FontBook | None = None,
) -> BadgeSheetReport:
    """Write badges as A4 PDF, rows first. Raises InvalidInput (layout, out), Cancelled."""
    sheet = get_layout(layout)
    pages = Pages(event_title, fonts=fonts or FontBook(), compress=True)
    without_bars: list[int] = []
    for index, badge in enumerate(badges):
        _begin_page(pages, sheet, index)
        left, bottom = sheet.corner(index % sheet.per_page)
        label = BadgeLabel(pages, sheet, (mm(left), mm(bottom)))
        if not label.draw(badge, event_title):
            without_bars.append(index + 1)
        _tell(progress, index + 1, len(badges))
    save_paper(out, pages.finish())
    warnings = missing_characters(_with_missing(badges, pages.fonts)) + no_barcode(without_bars)
    return BadgeSheetReport(pages=pages.count, warnings=warnings)


def get_layout(name: str) -> SheetLayout:
    """Return a sheet layout. Raises InvalidInput (field `layout`)."""
    if name in LAYOUTS:
        return LAYOUTS[name]
    known = "、".join(LAYOUTS)
    raise InvalidInput(
        Words(zh="沒有這種名牌版面。", en="There is no such badge layout."),
        remedy=Words(zh=f"可用：{known}。", en=f"Use one of: {', '.join(LAYOUTS)}."),
        field="layout",
    )


def _begin_page(pages: Pages, sheet: SheetLayout, index: int) -> None:
    if index and index % sheet.per_page == 0:
        pages.next_page()
    if sheet.cut_marks and index % sheet.per_page == 0:
        _draw_cut_marks(pages, sheet)


def _draw_cut_marks(pages: Pages, sheet: SheetLayout) -> None:
    left, bottom = sheet.corner((sheet.rows - 1) * sheet.columns)
    right = left + sheet.columns * sheet.pitch[0]
    top = bottom + sheet.rows * sheet.pitch[1]
    for column in range(sheet.columns + 1):
        x = left + column * sheet.pitch[0]
        for end, start in (
            (bottom - 2, bottom - 2 - CUT_MARK_MM),
            (top + 2, top + 2 + CUT_MARK_MM),
        ):
            pages.line((mm(x), mm(start)), (mm(x), mm(end)), 0.3)
    for row in range(sheet.rows + 1):
        y = bottom + row * sheet.pitch[1]
        for end, start in (
            (left - 2, left - 2 - CUT_MARK_MM),
            (right + 2, right + 2 + CUT_MARK_MM),
        ):
            pages.line((mm(start), mm(y)), (mm(end), mm(y)), 0.3)


def _with_missing(badges: Sequence[BadgeFace], fonts: FontBook) -> list[int]:
    return [
        index
        for index, badge in enumerate(badges, 1)
        if fonts.has_missing(badge.name + badge.unit + badge.session_line + badge.attention_mark)
    ]


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and not progress(done, total):
        raise Cancelled
