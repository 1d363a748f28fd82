"""What a peer lacks: for each chain what follows the ends it knows, cut where a device signed.

All facts of a chain are a tree, nearly always without branches: the trunk in `hub_fact`, what was
written beside it in `hub_fork_fact`. A tip that is not in the tree at or below our end is of a
branch we never saw; then nothing is proven known and the whole chain is offered.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.domain.exchange import Batch, Run, SignedHead, StoredRow, Tip
from db.hub.intake import COLUMNS
from db.hub.rows import Table

Chain = tuple[str, str]
_CHAIN = "event_id=:event AND device=:device AND incarnation=:incarnation"
_SENT = ", ".join(COLUMNS[:21])
_FORK_ENDS = (
    "SELECT f.device, f.incarnation, f.seq, f.hash FROM hub_fork_fact f WHERE f.event_id=:event"
    " AND NOT EXISTS (SELECT 1 FROM hub_fork_fact n WHERE n.event_id=f.event_id"
    " AND n.device=f.device AND n.incarnation=f.incarnation AND n.seq=f.seq+1"
    " AND n.prev_hash=f.hash)"
)


def list_trunk_ends(connection: Connection, event_id: str) -> list[Tip]:
    """Return the end of every chain, in order."""
    rows = connection.execute(
        text(
            "SELECT device, incarnation, seq, hash FROM hub_chain"
            " WHERE event_id=:event AND seq>0 ORDER BY device, incarnation"
        ),
        {"event": event_id},
    )
    return [Tip(*row) for row in rows]


def list_fork_ends(connection: Connection, event_id: str) -> list[Tip]:
    """Return the end of every branch that was written beside a chain."""
    rows = connection.execute(text(_FORK_ENDS), {"event": event_id})
    return sorted(Tip(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of one branch that a peer lacks: facts after `after`, up to `last`."""

    chain: Chain
    table: Table
    after: int
    last: int
    hashes: frozenset[str] | None = None
    """Of a fork's facts, since two branches may have facts of one sequence."""

    @property
    def count(self) -> int:
        """How many facts."""
        return self.last - self.after


@dataclass(slots=True)
class _Room:
    """What may still be put into a batch."""

    facts: int
    characters: int


class Lacking:
    """One look for what a peer lacks."""

    def __init__(self, connection: Connection, event_id: str, tips: Sequence[Tip]) -> None:
        self._connection = connection
        self._event_id = event_id
        self._theirs: dict[Chain, list[Tip]] = defaultdict(list)
        for tip in tips:
            self._theirs[tip.device, tip.incarnation].append(tip)

    def batch(self, most_facts: int, most_bytes: int) -> Batch:
        """Return runs within limits; a little of every chain rather than all of the first.

        A chain the peer cannot take must not keep the others from it.
        """
        pieces = _small_chains_first(list(self._list_pieces()))
        room = _Room(most_facts, most_bytes)
        runs: list[Run] = []
        unfinished: set[Chain] = set()
        for place, piece in enumerate(pieces):
            if piece.chain in unfinished:
                continue  # a branch is understood only after what it leaves
            share = max(1, room.facts // (len(pieces) - place))
            run = self._cut(piece, share, room, may_exceed=not runs)
            if run is not None:
                runs.append(run)
            if run is None or run.head.seq < piece.last:
                unfinished.add(piece.chain)
        return Batch(runs, bool(unfinished))

    def _list_pieces(self) -> Iterator[_Piece]:
        forks: dict[Chain, list[Tip]] = defaultdict(list)
        for tip in list_fork_ends(self._connection, self._event_id):
            forks[tip.device, tip.incarnation].append(tip)
        for end in list_trunk_ends(self._connection, self._event_id):
            name = (end.device, end.incarnation)
            theirs = self._theirs.get(name, [])
            if forks[name]:
                yield from self._pieces_of_tree(end, forks[name], theirs)
            elif end not in theirs:
                after = self._known_up_to(end, theirs)
                if after < end.seq:
                    yield _Piece(name, "hub_fact", after, end.seq)

    def _known_up_to(self, end: Tip, theirs: Sequence[Tip]) -> int:
        """Return up to where a peer with these ends has our trunk."""
        if any(tip.seq > end.seq for tip in theirs):
            return end.seq  # it is ahead of us
        known = [tip.seq for tip in theirs if self._is_here("hub_fact", tip)]
        return max(known, default=0)

    def _is_here(self, table: Table, tip: Tip) -> bool:
        found = self._connection.execute(
            text(f"SELECT 1 FROM {table} WHERE {_CHAIN} AND seq=:seq AND hash=:hash"),  # noqa: S608 - constants
            self._named((tip.device, tip.incarnation), seq=tip.seq, hash=tip.hash),
        )
        return found.first() is not None

    def _pieces_of_tree(
        self, end: Tip, forks: Sequence[Tip], theirs: Sequence[Tip]
    ) -> Iterator[_Piece]:
        """Yield the lacking parts of a chain with branches, the trunk first."""
        name = (end.device, end.incarnation)
        parents = self._load_forks(name)
        known_hashes: set[str] = set()
        trunk = [tip.seq for tip in theirs if self._is_here("hub_fact", tip)]
        for tip in theirs:
            branch = _branch(parents, tip.hash)
            if branch:
                known_hashes.update(branch)
                trunk.append(parents[branch[-1]][0] - 1)
        if any(tip.seq > end.seq and tip.hash not in parents for tip in theirs):
            trunk.append(end.seq)
        after = max(trunk, default=0)
        if after < end.seq:
            yield _Piece(name, "hub_fact", after, end.seq)
        for fork in forks:
            lacking = [node for node in _branch(parents, fork.hash) if node not in known_hashes]
            if lacking:
                known_hashes.update(lacking)
                after = parents[lacking[-1]][0] - 1
                yield _Piece(name, "hub_fork_fact", after, fork.seq, frozenset(lacking))

    def _load_forks(self, name: Chain) -> dict[str, tuple[int, str]]:
        """Return hash → sequence and previous hash of all facts beside a chain."""
        rows = self._connection.execute(
            text(f"SELECT hash, seq, prev_hash FROM hub_fork_fact WHERE {_CHAIN}"),  # noqa: S608 - constants
            self._named(name),
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def _cut(self, piece: _Piece, share: int, room: _Room, *, may_exceed: bool) -> Run | None:
        """Return the longest run within a share that ends in a signed head, or the shortest."""
        characters, taken = 0, 0
        chosen: SignedHead | None = None
        for seq, size, head in self._list_cuts(piece, max(share, room.facts)):
            characters += size
            is_within = seq - piece.after <= share and characters <= room.characters
            if head is None:
                continue
            if is_within:
                chosen, taken = head, characters
                continue
            fits = seq - piece.after <= room.facts and characters <= room.characters
            if chosen is None and (fits or may_exceed):
                chosen, taken = head, characters
            break
        if chosen is None:
            return None
        room.facts -= chosen.seq - piece.after
        room.characters -= taken
        return Run(self._load_rows(piece, chosen.seq), chosen)

    def _list_cuts(self, piece: _Piece, most: int) -> Iterator[tuple[int, int, SignedHead | None]]:
        """Yield sequence, size and signed head (where there is one) of a piece's facts."""
        rows = self._connection.execute(
            text(
                "SELECT f.seq, f.size, f.hash, h.public_key, h.signature"  # noqa: S608 - constants
                f" FROM {piece.table} f LEFT JOIN hub_signed_head h ON h.event_id=f.event_id"
                " AND h.device=f.device AND h.incarnation=f.incarnation AND h.seq=f.seq"
                " AND h.hash=f.hash WHERE f.event_id=:event AND f.device=:device"
                " AND f.incarnation=:incarnation AND f.seq>:after AND f.seq<=:last ORDER BY f.seq"
            ),
            self._named(piece.chain, after=piece.after, last=self._look_up_to(piece, most)),
        )
        for seq, size, digest, key, signature in rows:
            if piece.hashes is None or digest in piece.hashes:
                head = SignedHead(*piece.chain, seq, digest, key, signature) if key else None
                yield seq, size, head

    def _look_up_to(self, piece: _Piece, most: int) -> int:
        """Return the last sequence worth looking at: the next signed head may lie behind `most`."""
        found = self._connection.execute(
            text(
                f"SELECT h.seq FROM hub_signed_head h JOIN {piece.table} f"  # noqa: S608 - constants
                " ON f.event_id=h.event_id AND f.device=h.device AND f.incarnation=h.incarnation"
                " AND f.seq=h.seq AND f.hash=h.hash WHERE h.event_id=:event AND h.device=:device"
                " AND h.incarnation=:incarnation AND h.seq>=:seq ORDER BY h.seq LIMIT 1"
            ),
            self._named(piece.chain, seq=piece.after + most),
        ).scalar()
        return min(piece.last, found or piece.last)

    def _load_rows(self, piece: _Piece, last: int) -> list[StoredRow]:
        rows = self._connection.execute(
            text(
                f"SELECT {_SENT} FROM {piece.table} WHERE {_CHAIN}"  # noqa: S608 - constants
                " AND seq>:after AND seq<=:last ORDER BY seq"
            ),
            self._named(piece.chain, after=piece.after, last=last),
        )
        return [tuple(row) for row in rows if piece.hashes is None or row[20] in piece.hashes]

    def _named(self, name: Chain, **more: object) -> dict[str, object]:
        return {"event": self._event_id, "device": name[0], "incarnation": name[1], **more}


def _small_chains_first(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return pieces by how much is lacking of their chains; a chain's own in the order given."""
    sizes: dict[Chain, int] = defaultdict(int)
    for piece in pieces:
        sizes[piece.chain] += piece.count
    return sorted(pieces, key=lambda piece: (sizes[piece.chain], piece.chain))


def _branch(parents: dict[str, tuple[int, str]], tip: str) -> list[str]:
    """Return the hashes from a fork's fact back to where it leaves the trunk."""
    branch = []
    while tip in parents:
        branch.append(tip)
        tip = parents[tip][1]
    return branch


def count_forks(connection: Connection, event_id: str) -> int:
    """Return how many branches there are beside chains."""
    return len(list_fork_ends(connection, event_id))
