"""Which tag to offer for the next loan; pure."""

from collections.abc import Sequence

from app.domain.help_desk import Loan, LoanKind
from ui.screens.help_desk.door_wording import LOAN_LETTERS


def free_tag(kind: LoanKind, loans: Sequence[Loan]) -> str:
    """Return a tag of this kind that is in the house: one that came back, else a new number."""
    out = {loan.tag for loan in loans if loan.back_ms is None}
    known = [loan.tag for loan in loans if loan.kind is kind and loan.tag not in out]
    if known:
        return min(known, key=_natural)
    letter = LOAN_LETTERS[kind]
    return next(tag for n in range(1, len(out) + 2) if (tag := f"{letter}{n}") not in out)


def find_out(tag: str, loans: Sequence[Loan]) -> Loan | None:
    """Return the loan that is out under a tag, however it was read."""
    wanted = tag.strip().casefold()
    out = (loan for loan in loans if loan.back_ms is None)
    return next((loan for loan in out if wanted and loan.tag.casefold() == wanted), None)


def _natural(tag: str) -> tuple[int, str]:
    return (len(tag), tag)
