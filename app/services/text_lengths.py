"""How long a text may be: what is longer fits no paper, no cell and no screen."""

from collections.abc import Mapping

from app.domain.errors import InvalidInput
from app.domain.words import Words

LONGEST_LINE = 200
"""Of a name, a unit, a title, a phone, a reference: whatever is one line of a form."""
LONGEST_TEXT = 4_000
"""Of a note, a symptom, an answer: a spreadsheet cell takes 32,767 characters, an A4 page 2,000."""
_TEXTS = frozenset(
    ("note", "symptom", "steps", "resolution", "next_step", "answer", "body", "priority_reason")
)


def check_lengths(texts: Mapping[str, str]) -> None:
    """Refuse a text that is too long, by its field. Raises InvalidInput."""
    for field, text in texts.items():
        longest = LONGEST_TEXT if field in _TEXTS else LONGEST_LINE
        if len(text) > longest:
            raise InvalidInput(
                Words(
                    zh=f"這段文字太長（{len(text)} 字）。",
                    en=f"This text is too long ({len(text)} characters).",
                ),
                remedy=Words(
                    zh=f"最多 {longest} 字，請縮短。", en=f"Shorten it to {longest} at most."
                ),
                field=field,
            )
