"""Live figures of events, computed from facts beside the exchange and without touching it.

A follower remembers how far it has counted, and counts the subjects again that newer facts touch.
Nothing of it is stored: after a restart it counts from the beginning, a slice with each look.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain.errors import InvalidInput
from app.domain.facts import Fact
from app.hub.live_counts import LiveCounts
from app.hub.live_figures import LiveFigures, figures_of
from app.hub.live_merged import Together
from app.hub.live_parts import NOUNS, Part, parts_of
from app.hub.live_source import LiveSource, Reach

SUBJECTS_AT_ONCE = 250
SLICE_SECONDS = 0.8
FRESH_SECONDS = 1.0
"""Figures this young are shown again: many viewers cost as much as one."""
MOST_EVENTS = 32
_NOTHING = Reach({}, 0)
_RANK = {noun: rank for rank, noun in enumerate(NOUNS)}
_NOT_UNDERSTOOD = (InvalidInput, KeyError, TypeError, ValueError)
_log = logging.getLogger("app.hub")


class EventFollower:
    """Counts one event's facts as they come. Not for several threads at once."""

    def __init__(self, source: LiveSource, event_id: str) -> None:
        self.counts = LiveCounts()
        self.reach = _NOTHING
        self.unread: set[str] = set()
        """Subjects whose facts could not be understood; a newer program may have written them."""
        self._source = source
        self._event_id = event_id
        self._waiting: dict[str, None] = {}
        self._together = Together()
        self._known = 0

    @property
    def progress(self) -> tuple[int, int]:
        """Subjects counted, and all there are."""
        return self._known - len(self._waiting), self._known

    @property
    def is_complete(self) -> bool:
        """Whether everything that was there at the last look is counted."""
        return not self._waiting

    def advance(self, seconds: float = SLICE_SECONDS) -> None:
        """Look for newer facts and count, for about this long at most. Raises StorageFailed."""
        ends_at = time.monotonic() + seconds
        self._look()
        while self._waiting:
            block = list(islice(self._waiting, SUBJECTS_AT_ONCE))
            found = self._source.facts_of(self._event_id, block)
            for subject in block:
                self._count(subject, found.get(subject, ()))
                del self._waiting[subject]
            if time.monotonic() > ends_at:
                break

    def _count(self, subject: str, facts: Sequence[Fact]) -> None:
        """Count a subject, and with it everybody who is or was one person with it."""
        try:
            together = self._together.learn(subject, facts)
        except _NOT_UNDERSTOOD:
            together = (subject,)
        if len(together) == 1:
            self.counts.replace(subject, self._parts(subject, facts))
            return
        found = self._source.facts_of(self._event_id, together)
        for group in dict.fromkeys(self._together.group_of(each) for each in together):
            union = [fact for each in group for fact in found.get(each, ())]
            for each in group[1:]:
                self.counts.replace(each, ())
            self.counts.replace(group[0], self._parts(group[0], union))

    def _look(self) -> None:
        now = self._source.reach(self._event_id)
        if now == self.reach:
            return
        if not now.continues(self.reach):  # the database was restored: facts are gone
            self._start_again()
        touched = self._source.touched(self._event_id, self.reach, now)
        known = [subject for subject in touched if subject.partition(":")[0] in _RANK]
        known.sort(key=lambda subject: _RANK[subject.partition(":")[0]])
        self._waiting |= dict.fromkeys(known)
        if self.reach is _NOTHING:
            self._known = len(self._waiting)
        self.reach = now

    def _start_again(self) -> None:
        self.counts, self.reach, self._together = LiveCounts(), _NOTHING, Together()
        self.unread.clear()
        self._waiting.clear()

    def _parts(self, subject: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
        try:
            parts = parts_of(subject, facts)
        except _NOT_UNDERSTOOD as error:
            # A signed fact of a shape we do not know must not stop the whole page.
            _log.warning("live page: a subject was not understood (%s)", type(error).__name__)
            self.unread.add(subject)
            return ()
        self.unread.discard(subject)
        return parts


@dataclass(slots=True)
class _Watched:
    """One event with viewers."""

    follower: EventFollower
    lock: threading.Lock
    figures: LiveFigures | None = None
    read_at: float = 0.0


class LiveEvents:
    """The live figures of all events somebody looks at, shared by all viewers of this process."""

    def __init__(
        self, source: LiveSource, wall_ms: Callable[[], int], *, fresh: float = FRESH_SECONDS
    ) -> None:
        self._source = source
        self._wall_ms = wall_ms
        self._fresh = fresh
        self._watched: OrderedDict[str, _Watched] = OrderedDict()
        self._lock = threading.Lock()

    def figures(self, event_id: str) -> LiveFigures:
        """Return an event's figures, at most about a second old. Raises StorageFailed."""
        watched = self._watch(event_id)
        with watched.lock:
            figures = watched.figures
            if figures is None or time.monotonic() - watched.read_at >= self._fresh:
                figures = watched.figures = self._read(watched.follower, event_id)
                watched.read_at = time.monotonic()
            return figures

    def _watch(self, event_id: str) -> _Watched:
        with self._lock:
            watched = self._watched.pop(event_id, None)
            if watched is None:
                watched = _Watched(EventFollower(self._source, event_id), threading.Lock())
            self._watched[event_id] = watched
            while len(self._watched) > MOST_EVENTS:
                self._watched.popitem(last=False)
            return watched

    def _read(self, follower: EventFollower, event_id: str) -> LiveFigures:
        follower.advance()
        return figures_of(
            event_id,
            follower,
            self._source.contacts(event_id),
            self._source.chain_ends(event_id),
            self._wall_ms(),
        )
