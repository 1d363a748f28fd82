"""What an error says on screen, and the details that may be copied: never a person's data."""

import traceback
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import VenueDeskError
from app.domain.words import Words
from ui.language import current_language, latin_quotes, say

UNEXPECTED = Words(
    "程式內部出錯，剛才的動作可能沒有完成。請再試一次；若仍如此，複製細節寄給維護人員。",
    "Something failed inside the program; the last act may not have happened. "
    "Try again; if it persists, copy the details for whoever maintains it.",
)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """A sentence for the person, details for the maintainer."""

    sentence: str
    details: str


def describe_error(error: Exception) -> ErrorText:
    """Return what happened and what to do; details name places in the program, never values."""
    if isinstance(error, VenueDeskError):
        language = current_language()
        sentence = error.sentence(language)
        told = latin_quotes(sentence) if language == "en" else sentence
        return ErrorText(told, _details(error))
    return ErrorText(say(UNEXPECTED), _details(error))


def _details(error: Exception) -> str:
    # The message of a foreign error may quote a name or a number: only its type is told.
    lines = [type(error).__name__]
    if isinstance(error, VenueDeskError):
        lines.append(error.message.en)
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines)
