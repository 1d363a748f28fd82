"""The take-home slip (A6): what was done, what comes next, whom to ask; brings you back in line.

It names the school and the ticket, never a person, so it may lie about. Its QR is the ticket.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.dates import roc_date
from app.domain.words import Language, Words
from app.papers.codes import draw_qr
from app.papers.desk_words import OUTCOMES, word
from app.papers.files import save_paper
from app.papers.fonts import FontBook
from app.papers.ink import DARK, HAIRLINE, INK, MUTED, painted
from app.papers.pages import POINTS_IN_MM, Pages, mm
from app.papers.wrapping import wrap

A6_PT = (105 * POINTS_IN_MM, 148 * POINTS_IN_MM)
MARGIN = mm(8)
WIDTH = A6_PT[0] - 2 * MARGIN
FOOT = mm(19)
QR_SIDE = mm(27)
NEXT = Words(zh="下一步", en="Next step")
ASK = Words(zh="還有問題請找", en="Questions? Ask")
DONE = Words(zh="這次處理的事", en="What was done")
BACK = Words(
    zh="再來時請帶這張：掃描條碼或報號碼，就能接著處理。",
    en="Coming back? Bring this slip: scan the code or say the number, and we go on from here.",
)
NOTHING = Words(zh="這次沒有記錄問題。", en="No issue was recorded this time.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIssue:
    """One issue on the slip."""

    topic: str
    outcome: str
    resolution: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHomeSlip:
    """One visit's slip. `contact`: where to ask, e.g. an office and its phone."""

    event_title: str
    session_title: str
    held_on: date
    ticket: str
    unit: str
    issues: tuple[SlipIssue, ...]
    contact: str = ""
    organiser: str = ""
    language: Language = "zh"


def write_take_home_slip(
    out: Path, slips: Sequence[TakeHomeSlip], *, fonts: FontBook | None = None
) -> None:
    """Write slips as PDF, each on A6 pages of its own."""
    first = slips[0]
    pages = Pages(first.ticket, fonts=fonts or FontBook(), author=first.organiser, size_pt=A6_PT)
    for index, slip in enumerate(slips):
        if index:
            pages.next_page()
        _SlipPage(pages, slip).draw()
    save_paper(out, pages.finish())


class _SlipPage:
    """A slip being drawn from top to bottom, over more pages where it is long."""

    def __init__(self, pages: Pages, slip: TakeHomeSlip) -> None:
        self._pages = pages
        self._slip = slip
        self._y = A6_PT[1] - MARGIN

    def draw(self) -> None:
        """Draw the whole slip."""
        self._head()
        slip = self._slip
        if not slip.issues:
            self._paragraph(NOTHING.in_language(slip.language), 11)
        for issue in slip.issues:
            self._issue(issue)
        if slip.contact:
            self._label(ASK)
            self._paragraph(slip.contact, 11)
        self._foot()

    def _head(self) -> None:
        slip, pages = self._slip, self._pages
        top, room = self._y, WIDTH - QR_SIDE - mm(2)
        draw_qr(
            pages, (MARGIN + WIDTH - QR_SIDE + mm(2), top - QR_SIDE + mm(2)), QR_SIDE, slip.ticket
        )
        with painted(pages, MUTED):
            pages.fitted((MARGIN, top - mm(4)), slip.event_title, room, size=8.5)
            on = roc_date(slip.held_on) if slip.language == "zh" else slip.held_on.isoformat()
            pages.fitted((MARGIN, top - mm(8.5)), f"{slip.session_title}　{on}", room, size=8.5)
        with painted(pages, DARK):
            pages.fitted((MARGIN, top - mm(20)), slip.ticket, room, size=32, bold=True)
        with painted(pages, INK):
            pages.fitted((MARGIN, top - mm(27)), slip.unit, room, size=12)
        self._y = top - QR_SIDE - mm(3)
        with painted(pages, HAIRLINE):
            pages.line((MARGIN, self._y), (MARGIN + WIDTH, self._y), 0.8)
        self._label(DONE)

    def _issue(self, issue: SlipIssue) -> None:
        language = self._slip.language
        colon = "：" if language == "zh" else ": "
        outcome = word(OUTCOMES, issue.outcome, language)
        self._paragraph(f"{issue.topic}{colon}{outcome}", 11.5, bold=True)
        self._paragraph(issue.resolution, 10)
        if issue.next_step:
            step = f"→ {NEXT.in_language(language)}{colon}{issue.next_step}"
            self._paragraph(step, 10.5)
        self._y -= mm(1.5)

    def _label(self, words: Words) -> None:
        self._room(mm(12))
        self._y -= mm(6)
        with painted(self._pages, MUTED):
            self._pages.text((MARGIN, self._y), words.in_language(self._slip.language), 9)
        self._y -= mm(0.5)

    def _paragraph(self, text: str, size: float, *, bold: bool = False) -> None:
        if not text:
            return
        for line in wrap(self._pages.fonts, text, WIDTH, size):
            self._room(size * 1.4)
            self._y -= size * 1.4
            with painted(self._pages, INK):
                self._pages.text((MARGIN, self._y), line, size, bold=bold)

    def _room(self, height: float) -> None:
        if self._y - height < FOOT:
            self._foot()
            self._pages.next_page()
            self._y = A6_PT[1] - MARGIN

    def _foot(self) -> None:
        pages, y = self._pages, FOOT - mm(3)
        with painted(pages, HAIRLINE):
            pages.line((MARGIN, y), (MARGIN + WIDTH, y), 0.8)
        with painted(pages, MUTED):
            for line in wrap(pages.fonts, BACK.in_language(self._slip.language), WIDTH, 8.5):
                y -= 8.5 * 1.35
                pages.text((MARGIN, y), line, 8.5)
            pages.fitted((MARGIN, mm(5)), self._slip.organiser, WIDTH, size=8)
