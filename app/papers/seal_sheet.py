"""The seal sheet: what was true when a session was closed, to be signed and kept on paper."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.codes import draw_qr
from app.papers.dates import roc_moment
from app.papers.files import save_paper
from app.papers.flow import MARGIN, WIDTH, Flow, FlowColumn, FlowTable, Heading, compose
from app.papers.fonts import FontBook
from app.papers.pages import mm

QR_PREFIX = "VDSEAL1:"
QR_SIDE = mm(38)
SIGNERS = ("承辦人", "主管", "會辦")
HEAD_COLUMNS = (
    FlowColumn(header="裝置", share=30),
    FlowColumn(header="代", share=22),
    FlowColumn(header="末號", share=16, align="right"),
    FlowColumn(header="鏈首雜湊（SHA-256）", share=112),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """The last fact of one device's chain."""

    device: str
    incarnation: str
    seq: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSheet:
    """A sealed session. `counts`: (words, number) in the order shown; `sealed_at` is local."""

    event_title: str
    session_title: str
    held_on: date
    organiser: str
    sealed_at: datetime
    sealed_by: str
    first_seq: int
    last_seq: int
    counts: tuple[tuple[str, int], ...]
    heads: tuple[ChainHead, ...]


def heads_digest(heads: Sequence[ChainHead]) -> str:
    """Return SHA-256 (hex) over the heads, one line `device|incarnation|seq|hash` each, sorted."""
    lines = sorted(f"{head.device}|{head.incarnation}|{head.seq}|{head.digest}\n" for head in heads)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def write_seal_sheet(out: Path, seal: SealSheet, *, fonts: FontBook | None = None) -> str:
    """Write the seal sheet as PDF; return the digest its QR carries."""
    digest = heads_digest(seal.heads)

    def draw(flow: Flow) -> None:
        _counts(flow, seal)
        flow.section("各裝置日誌鏈首")
        flow.table(FlowTable(columns=HEAD_COLUMNS, rows=_head_rows(seal), row_mm=7, text_pt=8))
        _qr(flow, digest)
        _signatures(flow)

    save_paper(out, compose(_heading(seal), draw, fonts=fonts))
    return digest


def _heading(seal: SealSheet) -> Heading:
    held = f"{seal.session_title}　{roc_date(seal.held_on)}"
    sealed = f"封存：{roc_moment(seal.sealed_at)}　經手：{seal.sealed_by}"
    organiser = f"主辦單位：{seal.organiser}" if seal.organiser else ""
    return Heading(title=f"{seal.event_title} 封存單", lines=(held, sealed), organiser=organiser)


def _counts(flow: Flow, seal: SealSheet) -> None:
    numbers = (*seal.counts, ("日誌首號", seal.first_seq), ("日誌末號", seal.last_seq))
    columns = tuple(FlowColumn(header=words, share=1, align="center") for words, _ in numbers)
    row = tuple(f"{number:,}" for _, number in numbers)
    flow.section("數量")
    flow.table(FlowTable(columns=columns, rows=[row], row_mm=11, text_pt=14))


def _head_rows(seal: SealSheet) -> list[tuple[str, ...]]:
    heads = sorted(seal.heads, key=lambda head: (head.device, head.incarnation, head.seq))
    return [(head.device, head.incarnation, str(head.seq), head.digest) for head in heads]


def _qr(flow: Flow, digest: str) -> None:
    flow.make_room(QR_SIDE + mm(8))
    flow.y -= QR_SIDE + mm(6)
    # Upper case keeps the symbol small: QR packs capitals and digits tighter.
    draw_qr(flow.pages, (MARGIN, flow.y), QR_SIDE, f"{QR_PREFIX}{digest.upper()}")
    x, y = MARGIN + QR_SIDE + mm(5), flow.y + QR_SIDE
    lines = ("全部鏈首的摘要（SHA-256）：", digest[:32], digest[32:])
    notes = ("日後以程式「驗證」比對，", "任何一筆紀錄若有增刪改，摘要即不相同。")
    for index, line in enumerate((*lines, *notes)):
        flow.pages.text((x, y - mm(9 + 6 * index)), line, 10)


def _signatures(flow: Flow) -> None:
    flow.make_room(mm(30))
    flow.y -= mm(26)
    each = WIDTH / len(SIGNERS)
    for index, signer in enumerate(SIGNERS):
        x = MARGIN + each * index
        flow.pages.text((x + mm(16), flow.y), f"{signer}：", 11, align="right")
        flow.pages.line((x + mm(16), flow.y - 2), (x + each - mm(6), flow.y - 2), 0.6)
