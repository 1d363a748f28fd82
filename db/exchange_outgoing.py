"""What somebody with certain tips lacks, cut into signed runs.

Foreign chains are cut where their device signed; our own are signed wherever they are cut.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain import chain
from app.domain.chain import Origin
from app.domain.exchange import MOST_FACTS, Batch, Run, SignedHead, Tip
from db.engine import Connection
from db.forks import ChainMap, Node, list_tips

_ENVELOPE_BYTES = 700
"""About what a fact takes beside its texts."""
ChainKey = tuple[str, str]
_HEADS = (
    "SELECT seq, hash, public_key, signature FROM signed_head"
    " WHERE device=? AND incarnation=? AND seq BETWEEN ? AND ? ORDER BY seq"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a peer lacks of one branch."""

    chain: ChainMap
    tip: Tip
    after: int


def list_stretches(connection: Connection, tips: Sequence[Tip]) -> Iterator[Stretch]:
    """Yield what a peer with these tips lacks; a later one supposes that earlier ones are sent."""
    theirs: dict[ChainKey, set[Node]] = defaultdict(set)
    for tip in tips:
        theirs[tip.device, tip.incarnation].add((tip.seq, tip.hash))
    chains: dict[ChainKey, list[Tip]] = defaultdict(list)
    for tip in list_tips(connection):
        chains[tip.device, tip.incarnation].append(tip)
    for key, own in chains.items():
        there = theirs.get(key, set())
        missing = [tip for tip in own if (tip.seq, tip.hash) not in there]
        if missing:
            yield from _of_chain(ChainMap(connection, *key), missing, there)


def _of_chain(chain_map: ChainMap, missing: list[Tip], there: set[Node]) -> Iterator[Stretch]:
    known = [node for node in there if chain_map.holds(node)]
    strange = [node for node in there if not chain_map.holds(node)]
    for tip in missing:
        node = (tip.seq, tip.hash)
        # A peer that is ahead may well have all of ours; what it has tells, once it is here. One
        # that is elsewhere gets the branch from where it provably knows it, else from the start.
        if any(seq > tip.seq for seq, _ in strange):
            continue
        after = max((chain_map.shared(node, other) for other in known), default=0)
        known.append(node)
        if after < tip.seq:
            yield Stretch(chain_map, tip, after)


class Cutter:
    """Cuts stretches into runs until a batch is full."""

    def __init__(self, connection: Connection, keys: "OwnKeys", limits: tuple[int, int]) -> None:
        self._connection = connection
        self._keys = keys
        self._facts, self._bytes = limits
        self._runs: list[Run] = []

    def cut(self, tips: Sequence[Tip]) -> Batch:
        """Return runs of what a peer lacks; at least one where there is any."""
        for stretch in list_stretches(self._connection, tips):
            if not self._cut_stretch(stretch):
                return Batch(tuple(self._runs), has_more=True)
        return Batch(tuple(self._runs))

    def _cut_stretch(self, stretch: Stretch) -> bool:
        """Add a stretch's runs; False once the batch is full before its end."""
        after, tip = stretch.after, stretch.tip
        is_own = self._keys.signs(self._connection, tip)
        while after < tip.seq:
            if self._facts <= 0 or self._bytes <= 0:
                return False
            heads = [] if is_own else self._heads(stretch, after)
            if not is_own and not heads:
                return True  # nobody signed its end: it cannot travel
            most = MOST_FACTS if not self._runs else self._facts
            rows = stretch.chain.rows((tip.seq, tip.hash), after, most)
            run = self._run(rows, heads, is_own=is_own)
            if run is None:
                return not self._runs
            self._runs.append(run)
            self._facts -= len(run.rows)
            self._bytes -= sum(map(_size_of, run.rows))
            after = run.head.seq
        return True

    def _run(
        self, rows: list[tuple[Any, ...]], heads: list[SignedHead], *, is_own: bool
    ) -> Run | None:
        """Return the longest run that fits; the first of a batch goes however long it is."""
        fits = self._count_fitting(rows)
        if is_own:
            count = max(fits, 0 if self._runs else 1)
            return Run(tuple(rows[:count]), self._keys.sign(rows[count - 1])) if count else None
        places = {(row[4], row[20]): count for count, row in enumerate(rows, start=1)}
        ends = [(places[node], head) for head in heads if (node := (head.seq, head.hash)) in places]
        fitting = [end for end in ends if end[0] <= fits] or ([] if self._runs else ends[:1])
        return Run(tuple(rows[: fitting[-1][0]]), fitting[-1][1]) if fitting else None

    def _count_fitting(self, rows: list[tuple[Any, ...]]) -> int:
        room = self._bytes
        for count, row in enumerate(rows[: self._facts]):
            room -= _size_of(row)
            if room < 0:
                return count
        return min(len(rows), self._facts)

    def _heads(self, stretch: Stretch, after: int) -> list[SignedHead]:
        tip = stretch.tip
        rows = self._connection.execute(
            _HEADS, (tip.device, tip.incarnation, after + 1, after + MOST_FACTS)
        )
        return [SignedHead(tip.device, tip.incarnation, *row) for row in rows]


def _size_of(row: Sequence[Any]) -> int:
    """Return about how many bytes a fact takes on its way: a Chinese character takes three."""
    private = row[9]
    return _ENVELOPE_BYTES + 2 * len(row[8]) + (3 * len(private) if private else 0)


class OwnKeys:
    """This device's key, and the chains it signs."""

    def __init__(self, event_id: str, private_key: str) -> None:
        self._event_id = event_id
        self._key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
        self.public_key = self._key.public_key().public_bytes_raw().hex()
        self._signs: dict[ChainKey, bool] = {}

    def signs(self, connection: Connection, tip: Tip) -> bool:
        """Tell whether a chain is signed with this key: its first fact says so."""
        key = (tip.device, tip.incarnation)
        if key not in self._signs:
            self._signs[key] = find_chain_key(connection, key) == self.public_key
        return self._signs[key]

    def sign(self, row: Sequence[Any]) -> SignedHead:
        """Return a stored fact's place with our signature."""
        device, incarnation, seq, digest = row[2], row[3], row[4], row[20]
        message = chain.signed_head_bytes(Origin(self._event_id, device, incarnation), seq, digest)
        signature = self._key.sign(message).hex()
        return SignedHead(device, incarnation, seq, digest, self.public_key, signature)


def find_chain_key(connection: Connection, key: ChainKey) -> str:
    """Return the public key that a stored chain's first fact names, empty where there is none."""
    row = connection.execute(
        "SELECT json_extract(body, '$.public_key') FROM fact"
        " WHERE device=? AND incarnation=? AND seq=1 AND kind='device.enrolled'",
        key,
    ).fetchone()
    return str(row[0]) if row and row[0] else ""
