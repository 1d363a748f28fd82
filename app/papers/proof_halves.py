"""Proofs as half pages: a title, who it is about, what for, and the facts of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.files import save_paper
from app.papers.fonts import FontBook
from app.papers.pages import A4_PT, Pages, mm
from app.papers.paper_warnings import PaperWarning, missing_characters

HALF = A4_PT[1] / 2
LEFT = mm(24)
WIDTH = A4_PT[0] - 2 * LEFT
LABEL_WIDTH = mm(28)
LINE = mm(8.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofText:
    """All that stands on one proof; at most seven `lines` of (label, text) have room."""

    title: str
    who: str
    purpose: str
    lines: tuple[tuple[str, str], ...]
    organiser: str
    issued_on: date


def write_proof_halves(
    out: Path, proofs: Sequence[ProofText], *, fonts: FontBook | None = None
) -> tuple[PaperWarning, ...]:
    """Write proofs as PDF, two to an A4 page with a line to cut along."""
    book = fonts or FontBook()
    title = proofs[0].title if proofs else "出席證明"
    pages = Pages(title, fonts=book, author=proofs[0].organiser if proofs else "")
    for index, proof in enumerate(proofs):
        if index and index % 2 == 0:
            pages.next_page()
        if index % 2 == 0:
            _cut_line(pages)
        _draw(pages, HALF * (2 - index % 2), proof)
    save_paper(out, pages.finish())
    return missing_characters(
        [number for number, proof in enumerate(proofs, 1) if book.has_missing(proof.who)]
    )


def _draw(pages: Pages, top: float, proof: ProofText) -> None:
    middle = A4_PT[0] / 2
    pages.fitted((middle, top - mm(23)), proof.title, WIDTH, size=24, align="center", bold=True)
    y = top - mm(38)
    pages.fitted((LEFT, y), proof.who, WIDTH, size=15, bold=True)
    y -= mm(8)
    pages.fitted((LEFT, y), proof.purpose, WIDTH, size=12)
    y -= mm(4)
    for label, text in proof.lines:
        y -= LINE
        pages.text((LEFT, y), label, 12)
        pages.fitted((LEFT + LABEL_WIDTH, y), text, WIDTH - LABEL_WIDTH, size=12)
    bottom = top - HALF
    pages.fitted((LEFT, bottom + mm(22)), proof.organiser, mm(100), size=14, bold=True)
    pages.text((LEFT, bottom + mm(13)), f"中華民國 {roc_date(proof.issued_on, weekday=False)}", 12)
    _seal_place(pages, bottom)


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
