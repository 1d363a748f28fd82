"""The stretch of a text around what was looked for, found folded and shown as typed."""

from collections.abc import Sequence

from app.domain.text import fold_text
from app.services.answers_views import Snippet

AROUND = 22
"""Characters shown on each side of the hit."""


def snippet_of(texts: Sequence[str], runs: Sequence[str]) -> Snippet:
    """Return the first text's stretch that holds one of the runs, else the first text's head."""
    for text in texts:
        if text:
            found = _find(text, runs)
            if found is not None:
                return _cut(text, *found)
    first = next((text for text in texts if text), "")
    return _cut(first, 0, 0)


def _find(text: str, runs: Sequence[str]) -> tuple[int, int] | None:
    """Return where the first run found begins and ends in the text as typed."""
    folded, places = _folded_with_places(text)
    for run in runs:
        at = folded.find(run)
        if at >= 0:
            return places[at], places[at + len(run) - 1] + 1
    return None


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the text folded sign by sign, and where each folded sign stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for folded in fold_text(sign):
            signs.append(folded)
            places.append(place)
    return "".join(signs), places


def _cut(text: str, start: int, end: int) -> Snippet:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND + (AROUND if not end else 0))
    before = ("…" if first else "") + _one_line(text[first:start])
    after = _one_line(text[end:last]) + ("…" if last < len(text) else "")
    return Snippet(before=before, hit=_one_line(text[start:end]), after=after)


def _one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", " ")
