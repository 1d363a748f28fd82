"""Which rows of a sheet speak of a person: no totals, repeated column names or blank forms."""

import re
from collections.abc import Iterable

from app.roster.problems import ProblemKind
from app.roster.sheet import Cell, cell_text

_TOTAL = re.compile(
    r"(?:(?:合|總|小|共|累)\s*計|總\s*數|總人數|(?:grand |sub)?total)"
    r"\s*(?:人數)?\s*[:：]?\s*\d*\s*[人名位筆]?"
    r"|(?:以上|合計|總計)?\s*共\s*計?\s*\d+\s*[人名位筆員]*",
    re.IGNORECASE,
)
_TOTAL_STARTS = frozenset("合總小共累以GgTtSs")
_NOTE = re.compile(r"[:：。，；]|^(?:備註|附註|說明|製表|承辦|以下空白|以上)")
_LONGEST_NAME = 60
_CANCELLED = re.compile(r"取消|退選|退訓|退出|放棄|撤銷|撤回|註銷|cancel|withdr", re.IGNORECASE)
_WAITING = re.compile(
    r"備取|備選|候補|未錄取|不錄取|未通過|不通過|落選|額滿|駁回|退件|wait|reject|declin",
    re.IGNORECASE,
)


def is_total(texts: Iterable[Cell]) -> bool:
    """Say whether a row is a total: 合計, 總計, 共 81 人 …"""
    for cell in texts:
        text = cell_text(cell)
        if text[:1] in _TOTAL_STARTS and len(text) < 30 and _TOTAL.fullmatch(text):
            return True
    return False


def is_note(name: str) -> bool:
    """Say whether a text alone in its row is a foot note or a line to sign, not a name."""
    return len(name) > _LONGEST_NAME or _NOTE.search(name) is not None


def status_problem(status: str) -> ProblemKind | None:
    """Return why a registration in this status is left out, or None if it counts."""
    if _CANCELLED.search(status):
        return ProblemKind.CANCELLED
    return ProblemKind.WAITLISTED if _WAITING.search(status) else None
