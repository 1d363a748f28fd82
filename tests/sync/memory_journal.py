"""A journal in memory with the manners of a real one, for rules of exchange and little servers."""

import hashlib
import json
from collections.abc import Sequence

from app.domain.chain import GENESIS
from app.domain.exchange import (
    MOST_BYTES,
    MOST_FACTS,
    Batch,
    Fault,
    Run,
    RunFate,
    RunResult,
    SignedHead,
    StoredRow,
    Tip,
)

EVENT = "11111111-1111-4111-8111-111111111111"
Chain = tuple[str, str]


def next_row(device: str, incarnation: str, before: StoredRow | None, word: str) -> StoredRow:
    """Return the row that follows another on its chain."""
    seq = (before[4] if before else 0) + 1
    prev = before[20] if before else GENESIS
    digest = hashlib.sha256(f"{prev}|{device}|{seq}|{word}".encode()).hexdigest()
    return (
        f"{digest[:8]}-{seq}", EVENT, device, incarnation, seq, "scan.recorded", "person:x", "t",
        json.dumps({"word": word}), None, None, "", 1_700_000_000_000 + seq, 480, seq, "boot", 0,
        "unknown", seq, prev, digest,
    )  # fmt: skip


class MemoryJournal:
    """Chains without forks: a run that does not continue one is a gap, a fork is quarantined."""

    def __init__(self, refused: frozenset[str] = frozenset()) -> None:
        self.chains: dict[Chain, list[StoredRow]] = {}
        self.refused = refused
        """Hashes of facts this journal quarantines."""
        self.quarantine: set[str] = set()

    def write(self, device: str, count: int, word: str = "") -> None:
        """Append facts to a chain, as its own device does."""
        rows = self.chains.setdefault((device, f"{device}-1"), [])
        for _number in range(count):
            rows.append(next_row(device, f"{device}-1", rows[-1] if rows else None, word))

    def list_tips(self) -> Sequence[Tip]:
        return sorted(Tip(*key, rows[-1][4], rows[-1][20]) for key, rows in self.chains.items())

    def list_lacking(
        self,
        tips: Sequence[Tip],
        *,
        most_facts: int = MOST_FACTS,
        most_bytes: int = MOST_BYTES,  # noqa: ARG002 - the protocol names it
    ) -> Batch:
        runs, left = [], most_facts
        for key, rows in sorted(self.chains.items()):
            known = {row[20]: row[4] for row in rows}
            start = max((known.get(tip.hash, 0) for tip in tips if _key(tip) == key), default=0)
            if start < len(rows):
                if not left:
                    return Batch(runs, has_more=True)
                part = rows[start : start + left]
                left -= len(part)
                runs.append(run_of_rows(part))
                if start + len(part) < len(rows):
                    return Batch(runs, has_more=True)
        return Batch(runs)

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return [self._take(run) for run in runs]

    def _take(self, run: Run) -> RunResult:
        key = (run.head.device, run.head.incarnation)
        rows = self.chains.get(key, [])
        fresh = [row for row in run.rows if row[4] > len(rows)]
        if not fresh:
            return RunResult(*key, RunFate.KNOWN, 0, len(rows))
        if fresh[0][4] != len(rows) + 1:
            return RunResult(*key, RunFate.GAP, 0, len(rows))
        if any(row[20] in self.refused for row in fresh):
            self.quarantine.add(run.head.hash)
            return RunResult(*key, RunFate.QUARANTINED, 0, len(rows), Fault.MALFORMED)
        self.chains.setdefault(key, []).extend(fresh)
        return RunResult(*key, RunFate.STORED, len(fresh), len(rows) + len(fresh))


def run_of_rows(rows: Sequence[StoredRow]) -> Run:
    """Return rows as a run; nobody here looks at its signature."""
    last = rows[-1]
    return Run(rows, SignedHead(last[2], last[3], last[4], last[20], "00" * 32, "00" * 64))


def _key(tip: Tip) -> Chain:
    return tip.device, tip.incarnation
