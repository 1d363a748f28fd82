"""The few ways an act can fail, each with words and a remedy for a person.

No message may carry a name, an ID number, a phone number or free text of a person.
"""

from app.domain.words import Language, Words

NO_REMEDY = Words(zh="", en="")


class VenueDeskError(Exception):
    """An act was refused or failed; says what happened and what to do next."""

    def __init__(self, message: Words, *, remedy: Words = NO_REMEDY) -> None:
        super().__init__(message.en)
        self.message = message
        self.remedy = remedy

    def sentence(self, language: Language) -> str:
        """Return what happened and what to do, as one text."""
        parts = (self.message.in_language(language), self.remedy.in_language(language))
        return ("" if language == "zh" else " ").join(part for part in parts if part)


class InvalidInput(VenueDeskError):
    """Something given cannot be used; `field` names it (a form field or a file path)."""

    def __init__(self, message: Words, *, remedy: Words = NO_REMEDY, field: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.field = field


class NotFound(VenueDeskError):
    """What was asked for does not exist here."""


class NotAllowed(VenueDeskError):
    """A rule forbids the act, whoever asks."""


class Conflict(VenueDeskError):
    """Somebody else changed the same thing first, or holds it now."""


class Cancelled(VenueDeskError):
    """The person stopped long work; nothing was applied."""

    def __init__(self) -> None:
        super().__init__(Words(zh="已取消，沒有任何變更。", en="Cancelled; nothing was changed."))


class StorageFailed(VenueDeskError):
    """The disk or the database file let us down."""


class FileDamaged(StorageFailed):
    """The event's file cannot be trusted any more (or its key is another one)."""


class DiskFull(StorageFailed):
    """There was no room for what should have been stored; it was not."""


class HubUnreachable(VenueDeskError):
    """The hub did not answer, or what answered was not the hub; everything goes on offline."""


class HubRefused(VenueDeskError):
    """The hub answered and said no; `code` is one of `app.wire.messages.RefusalCode`."""

    def __init__(self, message: Words, *, remedy: Words = NO_REMEDY, code: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.code = code
