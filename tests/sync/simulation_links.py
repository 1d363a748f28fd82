"""The ways between nodes, and what goes wrong on them."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from app.domain.errors import HubUnreachable
from app.domain.exchange import MOST_FACTS, Batch, FactStore, Peer, Run, RunResult, Tip
from app.domain.words import Words
from app.wire.facts import run_object, run_of
from app.wire.messages import RunMessage


class StorePeer:
    """A node asked directly."""

    def __init__(self, store: FactStore) -> None:
        self._store = store

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return self._store.take(runs)

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        return self._store.list_lacking(tips, most_facts=most_facts)

    def list_tips(self) -> Sequence[Tip]:
        return self._store.list_tips()


class Telephone:
    """A peer that is reached another way each time."""

    def __init__(self) -> None:
        self.peer: Peer

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return self.peer.push(runs)

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        return self.peer.pull(tips, most_facts=most_facts)

    def list_tips(self) -> Sequence[Tip]:
        return self.peer.list_tips()


def spelled(runs: Sequence[Run], event_id: str) -> list[Run]:
    """Return runs as they come out of the messages they travel in."""
    texts = [json.dumps(run_object(run)) for run in runs]
    return [run_of(RunMessage.model_validate_json(text), event_id) for text in texts]


@dataclass(slots=True)
class Weather:
    """What a way does to requests; the chances are of one request each."""

    random: Random
    counts: Counter[str]
    delivered: list[tuple[str, tuple[Run, ...]]]
    """Pushes that were under way once, by the node they went to: they may come again, late."""
    bad: float = 0.0
    event_id: str = ""
    is_spelled: bool = False
    most_facts: int = MOST_FACTS

    def happens(self, name: str, share: float = 1.0) -> bool:
        """Decide whether a harm happens, and count it."""
        if self.random.random() >= self.bad * share:
            return False
        self.counts[name] += 1
        return True


class HarmedPeer:
    """A peer behind a way with weather."""

    def __init__(
        self,
        peer: Peer,
        weather: Weather,
        goes_to: str,
        on_confirmed: Callable[[Sequence[Run], Sequence[RunResult]], None],
    ) -> None:
        self._peer = peer
        self._weather = weather
        self._goes_to = goes_to
        self._on_confirmed = on_confirmed

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        weather = self._weather
        self._lose("request")
        sent = list(runs)
        weather.delivered.append((self._goes_to, tuple(sent)))
        if weather.is_spelled:
            sent = spelled(sent, weather.event_id)
        harmed = self._mangled(sent)
        if weather.happens("duplicate"):
            self._peer.push(harmed)
        results = self._peer.push(harmed)
        if harmed is sent:
            self._on_confirmed(sent, results)
        self._lose("answer")
        if len(results) == len(runs) and harmed is sent:
            return results
        # A middleman who harms requests cannot make the hub sign an answer to another one.
        raise lost()

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        weather = self._weather
        self._lose("request")
        if weather.happens("duplicate"):
            self._peer.pull(tips, most_facts=most_facts)
        batch = self._peer.pull(tips, most_facts=min(most_facts, weather.most_facts))
        self._lose("answer")
        runs = list(batch.runs)
        if weather.is_spelled:
            runs = spelled(runs, weather.event_id)
        return Batch(self._mangled(runs), batch.has_more)

    def list_tips(self) -> Sequence[Tip]:
        self._lose("request")
        tips = self._peer.list_tips()
        self._lose("answer")
        return tips

    def _lose(self, what: str) -> None:
        if self._weather.happens(f"lost_{what}"):
            raise lost()

    def _mangled(self, runs: list[Run]) -> list[Run]:
        """Reorder, leave out, alter: the same list where nothing happens."""
        weather, random = self._weather, self._weather.random
        if len(runs) > 1 and weather.happens("reordered", 2):
            runs = random.sample(runs, len(runs))
        if len(runs) > 1 and weather.happens("truncated", 2):
            runs = runs[: random.randrange(1, len(runs))]
        if runs and weather.happens("altered", 0.5):
            at = random.randrange(len(runs))
            runs = [*runs[:at], _altered(runs[at], random), *runs[at + 1 :]]
        return runs


def _altered(run: Run, random: Random) -> Run:
    """Return a run with one thing wrong, as a broken disk or a stranger might have it."""
    what = random.choice(("body", "time", "signature", "middle"))
    rows = [tuple(row) for row in run.rows]
    at = random.randrange(len(rows))
    row = list(rows[at])
    if what == "signature":
        return replace(run, head=replace(run.head, signature="0" * 128))
    if what == "middle" and len(rows) > 1:
        del rows[at]
    elif what == "body":
        row[8] = '{"changed":true}'
        rows[at] = tuple(row)
    else:
        row[12] += 1
        rows[at] = tuple(row)
    return Run(rows, run.head)


def lost() -> HubUnreachable:
    """Return what a client hears of a lost request or answer."""
    return HubUnreachable(Words(zh="連不到主機。", en="The hub cannot be reached."))
