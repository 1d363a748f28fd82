"""Attendance proofs for official leave (公差假): when somebody came and went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.dates import clock
from app.papers.files import save_paper
from app.papers.fonts import FontBook
from app.papers.pages import A4_PT, Pages, mm
from app.papers.paper_warnings import PaperWarning, missing_characters

HALF = A4_PT[1] / 2
LEFT = mm(24)
WIDTH = A4_PT[0] - 2 * LEFT
LABEL_WIDTH = mm(28)
LINE = mm(8.2)
NOT_RECORDED = "（無紀錄）"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceProof:
    """One person's proof. Times are local; `hours` None (help days) leaves that line out."""

    name: str
    unit: str
    title: str = ""
    event_title: str
    session_title: str
    held_on: date
    venue: str
    organiser: str
    first_in: datetime | None
    last_out: datetime | None
    hours: int | None = None
    issued_on: date


def write_proofs(
    out: Path, proofs: Sequence[AttendanceProof], *, fonts: FontBook | None = None
) -> tuple[PaperWarning, ...]:
    """Write proofs as PDF, two to an A4 page with a line to cut along."""
    book = fonts or FontBook()
    pages = Pages("出席證明", fonts=book, author=proofs[0].organiser if proofs else "")
    for index, proof in enumerate(proofs):
        if index and index % 2 == 0:
            pages.next_page()
        if index % 2 == 0:
            _cut_line(pages)
        _draw(pages, HALF * (2 - index % 2), proof)
    save_paper(out, pages.finish())
    texts = (proof.name + proof.unit + proof.title for proof in proofs)
    return missing_characters([n for n, text in enumerate(texts, 1) if book.has_missing(text)])


def _draw(pages: Pages, top: float, proof: AttendanceProof) -> None:
    middle = A4_PT[0] / 2
    pages.fitted((middle, top - mm(23)), "出席證明", WIDTH, size=24, align="center", bold=True)
    who = " ".join(part for part in (proof.unit, proof.title, proof.name) if part)
    y = top - mm(38)
    pages.fitted((LEFT, y), f"茲證明　{who}　君", WIDTH, size=15, bold=True)
    y -= mm(8)
    pages.text((LEFT, y), "出席下列活動，作為公（差）假登記之用：", 12)
    y -= mm(4)
    for label, text in _lines(proof):
        y -= LINE
        pages.text((LEFT, y), label, 12)
        pages.fitted((LEFT + LABEL_WIDTH, y), text, WIDTH - LABEL_WIDTH, size=12)
    bottom = top - HALF
    pages.fitted((LEFT, bottom + mm(22)), proof.organiser, mm(100), size=14, bold=True)
    pages.text((LEFT, bottom + mm(13)), f"中華民國 {roc_date(proof.issued_on, weekday=False)}", 12)
    _seal_place(pages, bottom)


def _lines(proof: AttendanceProof) -> list[tuple[str, str]]:
    lines = [
        ("活動名稱", proof.event_title),
        ("場　　次", proof.session_title),
        ("日　　期", roc_date(proof.held_on)),
        ("到場時間", clock(proof.first_in) or NOT_RECORDED),
        ("離場時間", clock(proof.last_out) or NOT_RECORDED),
        ("地　　點", proof.venue),
    ]
    if proof.hours is not None:
        lines.append(("研習時數", f"{proof.hours} 小時"))
    return lines


def _seal_place(pages: Pages, bottom: float) -> None:
    side, x = mm(26), A4_PT[0] - LEFT - mm(26)
    pages.canvas.setDash(2, 2)
    pages.canvas.setStrokeGray(0.6)
    pages.canvas.setLineWidth(0.6)
    pages.canvas.rect(x, bottom + mm(10), side, side)
    pages.canvas.setDash()
    pages.canvas.setStrokeGray(0)
    pages.canvas.setFillGray(0.6)
    pages.text((x + side / 2, bottom + mm(22)), "蓋印處", 9, align="center")
    pages.canvas.setFillGray(0)


def _cut_line(pages: Pages) -> None:
    pages.canvas.setDash(3, 3)
    pages.line((mm(8), HALF), (A4_PT[0] - mm(8), HALF), 0.4)
    pages.canvas.setDash()
