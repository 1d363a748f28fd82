"""Search terms of free text in Chinese and English: up to three characters in a row, and words.

The index finds candidates; whether a candidate really contains what was typed is decided on its
folded text, because what the index holds of one text may stand far apart.
"""

import re
from collections.abc import Iterable

from app.domain.text import fold_text
from app.domain.unit_names import unit_key

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_MARK = "㐀"
"""Begins what is no word of the text; nothing that is typed in Latin letters begins so."""
_MOST_WINDOWS = 6
"""Parts of a long run that are asked of the index; the folded text proves the rest."""
_MOST_PIECES = 24
PIECE = 3
"""Characters in a row that two texts share when they speak of the same thing."""


def text_terms(text: str) -> tuple[str, ...]:
    """Return the index terms of a text, each once: ASCII words; one to three others in a row."""
    terms: dict[str, None] = {}
    for run in _RUN.findall(fold_text(text)):
        if run.isascii():
            terms[run] = None
        else:
            for length in range(1, PIECE + 1):
                terms |= dict.fromkeys(_windows(run, length))
    return tuple(terms)


def _windows(run: str, length: int) -> list[str]:
    return [run[at : at + length] for at in range(len(run) - length + 1)]


def index_terms(texts: Iterable[str], marks: Iterable[str]) -> str:
    """Return what the index holds of an issue: terms of each text, then marks of where it was."""
    terms = dict.fromkeys(term for text in texts for term in text_terms(text))
    return " ".join((*terms, *marks))


def folded_texts(texts: Iterable[str]) -> str:
    """Return the texts folded, one a line: a match never reaches from one into the next."""
    return "\n".join(fold_text(text) for text in texts)


def unit_marks(unit_id: str, unit_text: str) -> tuple[str, ...]:
    """Return the index marks of a school: by its id, and by its name where no list knows it."""
    marks = []
    if unit_id:
        marks.append(f"{_MARK}i{unit_id.encode().hex()}")
    if unit_text:
        marks.append(f"{_MARK}n{unit_key(unit_text).encode().hex()}")
    return tuple(marks)


def topic_mark(code: str) -> str:
    """Return the index mark of a topic's code; codes are people's text, marks are one word."""
    return f"{_MARK}t{code.encode().hex()}"


def query_runs(text: str) -> tuple[str, ...]:
    """Return the runs of a typed text that all must stand in what is found, folded."""
    runs = (run for part in text.split() for run in _RUN.findall(fold_text(part)))
    return tuple(dict.fromkeys(runs))


def all_runs(runs: Iterable[str]) -> str:
    """Return the full-text expression of texts that may contain every run."""
    return " AND ".join(_may_contain(run) for run in runs)


def query_pieces(runs: Iterable[str]) -> tuple[str, ...]:
    """Return words and three characters in a row, the last ones typed: what similar texts share."""
    pieces = [piece for run in runs for piece in _pieces_of(run)]
    return tuple(dict.fromkeys(pieces))[-_MOST_PIECES:]


def any_piece(pieces: Iterable[str]) -> str:
    """Return the full-text expression of texts that may contain some of the pieces.

    Every second one is asked: who shares four characters in a row shares one of those.
    """
    return " OR ".join(f"({_may_contain(piece)})" for piece in tuple(pieces)[::2])


def _pieces_of(run: str) -> list[str]:
    if len(run) < 2:
        return []
    return [run] if run.isascii() or len(run) < PIECE else _windows(run, PIECE)


def _may_contain(run: str) -> str:
    if run.isascii():
        # While typing, a word is still without its end; one letter alone begins too many.
        return f'"{run}"*' if len(run) > 1 else f'"{run}"'
    windows = _windows(run, min(len(run), PIECE))
    step = -(-len(windows) // _MOST_WINDOWS)
    return " AND ".join(f'"{window}"' for window in windows[::step])
