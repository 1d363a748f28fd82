"""Topics as the editor lists them, with the keys that choose them at the door and the desk; pure.

Eighteen groups do not fit nine digits. The first page of keys holds nine: the starred groups, then
those asked for most today; 0 turns to the others. So a day's nine stay on fixed keys, and no group
is out of reach. Subtopics stand on the digits in their own order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.services.visit_views import HelpTopic

PER_PAGE: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A topic in a list; `keys` is what to press, such as `3` or `0 2`, empty while put away."""

    topic: HelpTopic
    keys: str = ""
    children: int = 0
    """How many active subtopics a group has."""


def group_lines(topics: Sequence[HelpTopic], quick: Sequence[HelpTopic]) -> tuple[TopicLine, ...]:
    """Return the groups in their order; `quick` are those on the first page of keys."""
    first = [one.code for one in quick[:PER_PAGE]]
    groups = [one for one in topics if not one.parent]
    others = [one.code for one in groups if one.active and one.code not in first]
    keys = _keys(first) | _keys(others, page=1 if first else 0)
    return tuple(
        TopicLine(
            topic=one,
            keys=keys.get(one.code, "") if one.active else "",
            children=sum(1 for sub in topics if sub.parent == one.code and sub.active),
        )
        for one in groups
    )


def subtopic_lines(topics: Sequence[HelpTopic], group: str) -> tuple[TopicLine, ...]:
    """Return the subtopics of a group in their order."""
    level = [one for one in topics if group and one.parent == group]
    keys = _keys([one.code for one in level if one.active])
    return tuple(TopicLine(topic=one, keys=keys.get(one.code, "")) for one in level)


def moved(lines: Sequence[TopicLine], code: str, by: int) -> tuple[tuple[str, int], ...]:
    """Return (code, position) of every topic that needs a place for one to move up or down.

    Positions count from 1. Those behind the two that change places keep what they have.
    """
    codes = [line.topic.code for line in lines]
    here = codes.index(code)
    there = here + by
    if not 0 <= there < len(codes):
        return ()
    codes[here], codes[there] = codes[there], codes[here]
    return tuple((one, place) for place, one in enumerate(codes[: max(here, there) + 1], start=1))


def _keys(codes: Sequence[str], *, page: int = 0) -> dict[str, str]:
    """Return what to press for each: a 0 for every page to turn, then the digit."""
    return {
        code: "0 " * (page + place // PER_PAGE) + str(place % PER_PAGE + 1)
        for place, code in enumerate(codes)
    }
