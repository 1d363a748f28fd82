"""Which topics stand on the nine digit keys, and what a digit then means; pure.

First page: the quick topics; the pages after it: every other group, nine to a page. A group that
is chosen shows its second level, which may be left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

PER_PAGE = 9
"""Digits 1 to 9; 0 turns the page."""


class KeyedTopic(Protocol):
    """What the keys need to know of a topic."""

    @property
    def code(self) -> str:
        """Code; a subtopic's begins with its group's."""
        ...

    @property
    def parent(self) -> str:
        """The group's code, "" for a group."""
        ...

    @property
    def title(self) -> str:
        """Chinese title."""
        ...

    @property
    def title_en(self) -> str:
        """English title."""
        ...


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """What is on the keys now and what was chosen so far."""

    topics: tuple[KeyedTopic, ...] = ()
    quick: tuple[KeyedTopic, ...] = ()
    topic: str = ""
    """The code chosen so far: a group's or a subtopic's."""
    group: str = ""
    """The group whose second level is on the keys, "" for the first level."""
    page: int = 0

    @property
    def shown(self) -> tuple[KeyedTopic, ...]:
        """The topics on the digits 1 to 9 now."""
        pages = self._pages
        return pages[self.page % len(pages)] if pages else ()

    @property
    def page_count(self) -> int:
        """How many pages 0 turns through."""
        return len(self._pages)

    @property
    def chosen(self) -> tuple[KeyedTopic, ...]:
        """The group and perhaps the subtopic chosen so far."""
        found = self.find(self.topic)
        above = self.find(found.parent) if found is not None else None
        return tuple(one for one in (above, found) if one is not None)

    def find(self, code: str) -> KeyedTopic | None:
        """Return the topic of a code, None where there is none."""
        known = (*self.topics, *self.quick)
        return next((one for one in known if code and one.code == code), None)

    def press(self, digit: int) -> "TopicChoice":
        """Choose the topic on a digit; its second level comes up if it has one. 0 turns on."""
        if digit == 0:
            return self.turned()
        if not 0 < digit <= len(self.shown):
            return self
        pressed = self.shown[digit - 1]
        if self.group or not self._children(pressed.code):
            return replace(self, topic=pressed.code)
        return replace(self, topic=pressed.code, group=pressed.code, page=0)

    def turned(self) -> "TopicChoice":
        """Show the next page of this level."""
        return replace(self, page=(self.page + 1) % max(1, self.page_count))

    def back(self) -> "TopicChoice":
        """Show the first level again and choose nothing."""
        return replace(self, topic="", group="", page=0)

    def cleared(self) -> "TopicChoice":
        """Be ready for the next visitor."""
        return self.back()

    def over(self, topics: Sequence[KeyedTopic], quick: Sequence[KeyedTopic]) -> "TopicChoice":
        """Take up topics that changed; what is being chosen stays."""
        return replace(self, topics=tuple(topics), quick=tuple(quick))

    @property
    def _pages(self) -> tuple[tuple[KeyedTopic, ...], ...]:
        if self.group:
            return _paged(self._children(self.group))
        quick = {one.code for one in self.quick}
        others = [one for one in self.topics if not one.parent and one.code not in quick]
        first = (self.quick[:PER_PAGE],) if self.quick else ()
        return (*first, *_paged(others))

    def _children(self, code: str) -> list[KeyedTopic]:
        return [one for one in self.topics if one.parent == code]


def _paged(topics: Sequence[KeyedTopic]) -> tuple[tuple[KeyedTopic, ...], ...]:
    starts = range(0, len(topics), PER_PAGE)
    return tuple(tuple(topics[start : start + PER_PAGE]) for start in starts)
