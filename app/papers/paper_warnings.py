"""What a finished paper could not show as asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class PaperWarningKind(StrEnum):
    """The kinds of warning."""

    MISSING_CHARACTERS = "missing_characters"
    NO_BARCODE = "no_barcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWarning:
    """One kind of warning with the entries it concerns, never their names."""

    kind: PaperWarningKind
    positions: tuple[int, ...]
    """1-based places in the list the paper was made from."""
    message: Words


def missing_characters(positions: Sequence[int]) -> tuple[PaperWarning, ...]:
    """Warn of entries with a character no font on this machine has."""
    zh = f"有 {len(positions)} 筆含有本機字型沒有的字，以方框代替。"
    en = f"{len(positions)} entries have a character no font here can draw; boxes stand for it."
    return _warning(PaperWarningKind.MISSING_CHARACTERS, positions, Words(zh=zh, en=en))


def no_barcode(positions: Sequence[int]) -> tuple[PaperWarning, ...]:
    """Warn of badges whose code is too long for a bar code on this label."""
    zh = f"有 {len(positions)} 張名牌的代碼太長，標籤放不下一維條碼，只印 QR。"
    en = f"{len(positions)} badges carry QR only: their code is too long for a bar code here."
    return _warning(PaperWarningKind.NO_BARCODE, positions, Words(zh=zh, en=en))


def _warning(
    kind: PaperWarningKind, positions: Sequence[int], message: Words
) -> tuple[PaperWarning, ...]:
    if not positions:
        return ()
    return (PaperWarning(kind=kind, positions=tuple(positions), message=message),)
