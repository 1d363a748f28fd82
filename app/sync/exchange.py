"""One round between a journal and a peer: push what it lacks, pull what we lack, compare.

Neither side keeps a cursor: both say how far their chains reach, each time anew. What we believe
of the peer between two requests is learned from its answers only, so a request whose answer never
came is asked again, and storing twice is harmless.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.exchange import Batch, FactStore, Peer, Run, RunFate, RunResult, Tip

TAKEN = frozenset({RunFate.STORED, RunFate.KNOWN, RunFate.FORK})
MOST_ROUNDS = 50
"""Of one `run`: two journals that both grow all the time are never equal, and that is no fault."""

Chain = tuple[str, str]
"""Device and incarnation."""


@dataclass(slots=True)
class Moved:
    """What an exchange moved so far."""

    sent: int = 0
    received: int = 0
    refused_there: list[RunResult] = field(default_factory=list)
    """Runs of ours the peer put into quarantine."""
    refused_here: list[RunResult] = field(default_factory=list)
    forks: list[RunResult] = field(default_factory=list)
    is_equal: bool = False
    """Both ends of every chain were the same when last compared."""
    is_stopped: bool = False


class PeerView:
    """What one side is taken to have: its tips, and what it showed since it told them."""

    def __init__(self) -> None:
        self._tips: set[Tip] = set()

    def learn(self, tips: Iterable[Tip]) -> None:
        """Believe what a side says of itself, and nothing from before."""
        self._tips = set(tips)

    def add_run(self, run: Run) -> None:
        """This side has these facts."""
        before = str(run.rows[0][19])
        self._tips = {
            tip
            for tip in self._tips
            if (tip.device, tip.incarnation, tip.hash)
            != (run.head.device, run.head.incarnation, before)
        }
        self._tips.add(run.head.tip)

    def add_chain(self, chain: Chain, tips: Iterable[Tip]) -> None:
        """Offer this side nothing more of a chain it does not take, up to these ends."""
        self._tips |= {tip for tip in tips if (tip.device, tip.incarnation) == chain}

    def has(self, tip: Tip) -> bool:
        """Tell whether this end is among them."""
        return tip in self._tips

    def tips(self) -> tuple[Tip, ...]:
        """Return the ends in order."""
        return tuple(sorted(self._tips))


class Exchange:
    """A journal here and a peer; kept over many rounds, so that one push costs one request."""

    def __init__(
        self,
        store: FactStore,
        peer: Peer,
        *,
        list_have: Callable[[], Sequence[Tip]] | None = None,
        on_moved: Callable[[Moved], None] = lambda _moved: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """`on_moved` hears of every batch; `is_stopped` is asked between batches.

        `list_have`: what to say we have when asking, where that is more than the ends of chains.
        """
        self._store = store
        self._peer = peer
        self._list_have = list_have or store.list_tips
        self._on_moved = on_moved
        self._is_stopped = is_stopped
        self._theirs: PeerView | None = None
        self._last_known: tuple[Tip, ...] = ()

    def forget(self) -> None:
        """Believe nothing of the peer any more: it was restored, or an answer never came."""
        if self._theirs is not None:
            self._last_known = self._theirs.tips()
        self._theirs = None

    def last_known_tips(self) -> Sequence[Tip]:
        """Return what the peer is believed to have, or was when it was last heard of."""
        return self._theirs.tips() if self._theirs is not None else self._last_known

    def run(self, moved: Moved | None = None) -> Moved:
        """Push and pull until both are equal or nothing moves any more."""
        moved = moved or Moved()
        for _round in range(MOST_ROUNDS):
            before = (moved.sent, moved.received)
            self.forget()
            self.push(moved)
            self.pull(moved)
            if moved.is_stopped or self.compare(moved):
                break
            if (moved.sent, moved.received) == before:
                break
        return moved

    def compare(self, moved: Moved) -> bool:
        """Ask how far every chain reaches there: equal ends prove equal journals."""
        tips = self._peer.list_tips()
        self._theirs = PeerView()
        self._theirs.learn(tips)
        moved.is_equal = sorted(tips) == sorted(self._store.list_tips())
        return moved.is_equal

    def push(self, moved: Moved) -> None:
        """Send what the peer lacks, batch by batch; an answer comes after its commit."""
        theirs = self._their_view()
        unwanted: set[Tip] = set()
        gaps: set[Tip] = set()
        while not self._stop(moved):
            batch = self._store.list_lacking(theirs.tips())
            if not batch.runs:
                return
            try:
                results = self._peer.push(batch.runs)
            except BaseException:
                self.forget()  # it may have stored some of it
                raise
            unwanted |= self._note_push(theirs, batch.runs, results, moved)
            fresh_gaps = _gaps(batch.runs, results) - gaps
            gaps |= fresh_gaps
            if fresh_gaps:  # it has less than it showed: ask again, once for each place
                theirs.learn({*self._peer.list_tips(), *unwanted})
            self._on_moved(moved)
            if not batch.has_more and not fresh_gaps:
                return

    def _note_push(
        self, theirs: PeerView, runs: Sequence[Run], results: Sequence[RunResult], moved: Moved
    ) -> set[Tip]:
        """Learn from the answer to a push; return ends not to be offered again now."""
        unwanted: set[Tip] = set()
        for run, result in zip(runs, results, strict=True):
            moved.sent += result.stored
            if result.fate in TAKEN:
                theirs.add_run(run)
            else:
                theirs.add_chain(_chain_of(run), self._store.list_tips())
            if result.fate is RunFate.FORK:
                moved.forks.append(result)
            elif result.fate is RunFate.QUARANTINED:
                moved.refused_there.append(result)
                unwanted |= {
                    tip for tip in theirs.tips() if (tip.device, tip.incarnation) == _chain_of(run)
                }
        return unwanted

    def pull(self, moved: Moved) -> None:
        """Take what we lack, batch by batch, each committed before the next is asked for."""
        theirs = self._their_view()
        ours = PeerView()
        while not self._stop(moved):
            known = PeerView()
            known.learn([*self._list_have(), *ours.tips()])
            batch = self._peer.pull(known.tips())
            if not batch.runs:
                return
            is_news = self._take(batch, ours, theirs, moved)
            self._on_moved(moved)
            if not batch.has_more or not is_news:
                return

    def _take(self, batch: Batch, ours: PeerView, theirs: PeerView, moved: Moved) -> bool:
        """Store a batch; False where it brought nothing we had not refused or known before."""
        is_news = False
        for run, result in zip(batch.runs, self._store.take(batch.runs), strict=True):
            moved.received += result.stored
            is_news |= not ours.has(run.head.tip)
            theirs.add_run(run)
            if result.fate is RunFate.STORED:
                continue
            # Known, beside a fork, or refused: asked for again it would come again.
            ours.add_run(run)
            if result.fate is RunFate.FORK:
                moved.forks.append(result)
            elif result.fate is not RunFate.KNOWN:
                if result.fate is RunFate.QUARANTINED:
                    moved.refused_here.append(result)
                ours.add_chain(_chain_of(run), theirs.tips())
        return is_news

    def _their_view(self) -> PeerView:
        if self._theirs is None:
            view = PeerView()
            view.learn(self._peer.list_tips())
            self._theirs = view
        return self._theirs

    def _stop(self, moved: Moved) -> bool:
        moved.is_stopped = moved.is_stopped or self._is_stopped()
        return moved.is_stopped


def _chain_of(run: Run) -> Chain:
    return run.head.device, run.head.incarnation


def _gaps(runs: Sequence[Run], results: Sequence[RunResult]) -> set[Tip]:
    return {
        run.head.tip
        for run, result in zip(runs, results, strict=True)
        if result.fate is RunFate.GAP
    }
