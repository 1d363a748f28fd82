"""Words given to `visit`: states, reasons, outcomes, readiness; a wrong one is told the right."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from app.cli.output import bad_option, plain
from app.domain.errors import InvalidInput
from app.domain.visits import Barrier, Outcome, ReadinessItem, Ready
from app.domain.words import Words
from app.services.visit_views import IssueForm

Word = TypeVar("Word", bound=StrEnum)


def read_word(kind: type[Word], text: str, option: str) -> Word:
    """Return the word meant; `-` and `_` are the same. Raises InvalidInput with those there are."""
    wanted = plain(text).lower().replace("-", "_")
    for word in kind:
        if word.value == wanted:
            return word
    raise _unknown(option, [word.value for word in kind])


def _unknown(option: str, allowed: Iterable[str]) -> InvalidInput:
    words = ", ".join(allowed)
    return bad_option(
        option,
        Words(zh=f"{option} 不能這樣寫。", en=f"{option} does not know this word."),
        Words(zh=f"可用：{words}", en=f"Words there are: {words}"),
    )


def read_readiness(pairs: Iterable[str]) -> dict[str, str]:
    """Return `card=ok reader=missing` as readiness; an item alone is ok."""
    told: dict[str, str] = {}
    for pair in (part for text in pairs for part in text.replace(",", " ").split()):
        item, _, value = pair.partition("=")
        told[read_word(ReadinessItem, item, "--ready").value] = read_word(
            Ready, value or "ok", "--ready"
        ).value
    return told


def read_issue(
    *,
    outcome: str | None,
    topic: str,
    barrier: Iterable[str],
    texts: dict[str, str],
) -> IssueForm:
    """Return an issue from the options of `finish` and `issue`."""
    return IssueForm(
        topic=plain(topic),
        outcome=read_word(Outcome, outcome, "--outcome") if outcome else None,
        barriers=tuple(read_word(Barrier, item, "--barrier") for item in barrier),
        **{name: plain(text) for name, text in texts.items()},  # type: ignore[arg-type] # all texts
    )
