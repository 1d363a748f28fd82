"""Search terms of free text in Chinese and English: pairs of characters, and whole words."""

import re

from app.domain.text import fold_text, search_grams

_WORD = re.compile(r"[a-z0-9]+")


def text_terms(text: str) -> tuple[str, ...]:
    """Return the index terms of a text, each once: ASCII words, and single and double others."""
    folded = fold_text(text)
    words = _WORD.findall(folded)
    runs = (run for run in _WORD.split(folded) if run)
    grams = (gram for run in runs for gram in search_grams(run) if gram.isalnum())
    return tuple(dict.fromkeys((*words, *grams)))
