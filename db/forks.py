"""Branches of chains: where they end, what they share, how a copied laptop's branch hangs on.

The trunk is the branch that came first here and lies in `fact`; what came second lies in
`fork_fact`. Which of two is the trunk may differ between machines; their tips do not.
"""

from collections.abc import Iterator
from typing import Any

from app.domain import chain
from app.domain.exchange import Tip
from db.engine import Connection
from db.journal import COLUMNS

Node = tuple[int, str]
"""Sequence and hash of a fact."""
ROOT: Node = (0, chain.GENESIS)
_BRANCH_ENDS = (
    "SELECT device, incarnation, seq, hash FROM fork_fact AS last WHERE NOT EXISTS"
    " (SELECT 1 FROM fork_fact AS next WHERE next.device=last.device"
    " AND next.incarnation=last.incarnation AND next.seq=last.seq+1 AND next.prev_hash=last.hash)"
)
_STRETCH = (
    f"SELECT {COLUMNS} FROM fact"  # noqa: S608 - constants
    " WHERE device=? AND incarnation=? AND seq BETWEEN ? AND ? ORDER BY seq"
)
_FORKED = (
    f"SELECT {COLUMNS} FROM fork_fact"  # noqa: S608 - constants
    " WHERE device=? AND incarnation=? AND seq=? AND hash=?"
)


def list_tips(connection: Connection) -> list[Tip]:
    """Return the end of every branch of every chain, in order."""
    trunks = connection.execute("SELECT device, incarnation, seq, hash FROM chain_head").fetchall()
    forks = connection.execute(_BRANCH_ENDS).fetchall()
    return sorted(Tip(*row) for row in (*trunks, *forks))


class ChainMap:
    """One chain with its branches, as far as it is here."""

    def __init__(self, connection: Connection, device: str, incarnation: str) -> None:
        self._connection = connection
        self._key = (device, incarnation)
        row = connection.execute(
            "SELECT seq, hash FROM chain_head WHERE device=? AND incarnation=?", self._key
        ).fetchone()
        self.end: Node = (row[0], row[1]) if row else ROOT
        self._forks: dict[Node, Node] = {
            (seq, digest): (seq - 1, before)
            for seq, digest, before in connection.execute(
                "SELECT seq, hash, prev_hash FROM fork_fact WHERE device=? AND incarnation=?",
                self._key,
            )
        }

    def is_on_trunk(self, node: Node) -> bool:
        """Tell whether the trunk holds a fact."""
        if node in (self.end, ROOT):
            return True
        return 0 < node[0] < self.end[0] and self.hash_at(node[0]) == node[1]

    def holds(self, node: Node) -> bool:
        """Tell whether any branch holds a fact."""
        return node in self._forks or self.is_on_trunk(node)

    def hash_at(self, seq: int) -> str:
        """Return the hash of the trunk's fact at a sequence, empty where there is none."""
        row = self._connection.execute(
            "SELECT hash FROM fact WHERE device=? AND incarnation=? AND seq=?", (*self._key, seq)
        ).fetchone()
        return str(row[0]) if row else ""

    def shared(self, one: Node, other: Node) -> int:
        """Return the last sequence that the paths to two facts held here have in common."""
        own, own_root = self._path(one)
        foreign, foreign_root = self._path(other)
        both = set(own) & set(foreign)
        return max(seq for seq, _ in both) if both else min(own_root, foreign_root)

    def rows(self, tip: Node, after: int, most: int) -> list[tuple[Any, ...]]:
        """Return stored facts on the path to a tip, from behind a sequence on, at most `most`."""
        last = min(after + most, tip[0])
        forked, root = self._path(tip)
        rows = self._connection.execute(
            _STRETCH, (*self._key, after + 1, min(root, last))
        ).fetchall()
        for node in reversed(forked):
            if after < node[0] <= last:
                rows += self._connection.execute(_FORKED, (*self._key, *node)).fetchall()
        return rows

    def _path(self, node: Node) -> tuple[list[Node], int]:
        """Return a path's facts off the trunk, from the end on, and where it leaves the trunk."""
        forked = list(self._walk(node))
        return forked, self._forks[forked[-1]][0] if forked else node[0]

    def _walk(self, node: Node) -> Iterator[Node]:
        while node in self._forks:
            yield node
            node = self._forks[node]
