"""Search terms of free text in Chinese and English: pairs of characters, and whole words.

An index of pairs finds candidates; whether a candidate really contains what was typed is decided on
its folded text, because pairs of one text may stand far apart.
"""

import re
from collections.abc import Iterable

from app.domain.text import fold_text, query_grams, search_grams
from app.domain.unit_names import unit_key

_WORD = re.compile(r"[a-z0-9]+")
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_MOST_PAIRS = 12
"""Pairs of a long run that are asked of the index; the folded text proves the rest."""
_MOST_PIECES = 32
PIECE = 3
"""Characters in a row that two texts share when they speak of the same thing."""


def text_terms(text: str) -> tuple[str, ...]:
    """Return the index terms of a text, each once: ASCII words, and single and double others."""
    folded = fold_text(text)
    words = _WORD.findall(folded)
    runs = (run for run in _WORD.split(folded) if run)
    grams = (gram for run in runs for gram in search_grams(run) if gram.isalnum())
    return tuple(dict.fromkeys((*words, *grams)))


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
        marks.append("unitid" + "".join(_WORD.findall(unit_id.lower())))
    if unit_text:
        marks.append("unitkey" + unit_key(unit_text).encode().hex())
    return tuple(marks)


def topic_mark(code: str) -> str:
    """Return the index mark of a topic's code; codes are people's text, marks are one word."""
    return "topic" + code.encode().hex()


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
    """Return the full-text expression of texts that may contain some of the pieces."""
    return " OR ".join(f"({_may_contain(piece)})" for piece in pieces)


def _pieces_of(run: str) -> list[str]:
    if run.isascii():
        return [run] if len(run) > 1 else []
    windows = range(max(1, len(run) - PIECE + 1))
    return [run[at : at + PIECE] for at in windows] if len(run) > 1 else []


def _may_contain(run: str) -> str:
    if run.isascii():
        # While typing, a word is still without its end; one letter alone begins too many.
        return f'"{run}"*' if len(run) > 1 else f'"{run}"'
    pairs = query_grams(run)
    step = -(-len(pairs) // _MOST_PAIRS)
    return " AND ".join(f'"{pair}"' for pair in pairs[::step])
