"""Attendance proofs for official leave (公差假): when somebody came and went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.dates import roc_date
from app.papers.dates import clock
from app.papers.fonts import FontBook
from app.papers.paper_warnings import PaperWarning
from app.papers.proof_halves import ProofText, write_proof_halves

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
    return write_proof_halves(out, [attendance_text(proof) for proof in proofs], fonts=fonts)


def attendance_text(proof: AttendanceProof) -> ProofText:
    """Return what an attendance proof says."""
    who = " ".join(part for part in (proof.unit, proof.title, proof.name) if part)
    return ProofText(
        title="出席證明",
        who=f"茲證明　{who}　君",
        purpose="出席下列活動，作為公（差）假登記之用：",
        lines=tuple(_lines(proof)),
        organiser=proof.organiser,
        issued_on=proof.issued_on,
    )


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
