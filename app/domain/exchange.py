"""What two journals tell each other: how far chains reach, and runs of facts that continue them.

A run is a contiguous piece of one chain that ends in its device's signature over the last hash
and sequence. Nothing of a run is taken without that signature, so nobody on the way can alter,
reorder, cut or invent facts of a device (design: sync page, sections 1 and 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

MOST_FACTS = 1_000
"""Facts in one request or answer."""
MOST_BYTES = 2 * 2**20
"""Bytes of facts in one request or answer, unpacked. A single larger fact travels alone."""

StoredRow = Sequence[Any]
"""A fact as it is stored: the 21 columns of `db.journal.COLUMNS`."""


@dataclass(frozen=True, slots=True, order=True)
class Tip:
    """The end of one branch of a chain. A chain has one, unless a copied laptop forked it."""

    device: str
    incarnation: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A tip with its device's Ed25519 signature (over `chain.signed_head_bytes`)."""

    device: str
    incarnation: str
    seq: int
    hash: str
    public_key: str
    signature: str

    @property
    def tip(self) -> Tip:
        """What is signed."""
        return Tip(self.device, self.incarnation, self.seq, self.hash)


@dataclass(frozen=True, slots=True)
class Run:
    """Facts of one chain in sequence, and the signed head that is their last one."""

    rows: Sequence[StoredRow]
    head: SignedHead

    @property
    def first_seq(self) -> int:
        """Where the run begins."""
        return int(self.rows[0][4])


class RunFate(StrEnum):
    """What became of a run."""

    STORED = "stored"
    KNOWN = "known"
    """Every fact was here before."""
    GAP = "gap"
    """It begins after our end; `have` says where that is."""
    FORK = "fork"
    """Stored beside another fact of the same place: two machines wrote one chain."""
    QUARANTINED = "quarantined"
    """Kept aside and shown to an organizer; `why` says what was wrong with it."""


class Fault(StrEnum):
    """Why a run was quarantined."""

    ALTERED = "altered"
    """A fact does not have the hash it claims."""
    BROKEN = "broken"
    """It does not follow what it claims to follow."""
    SIGNATURE = "signature"
    """The signature is not that device's over the last fact."""
    OTHER_EVENT = "other_event"
    UNKNOWN_KIND = "unknown_kind"
    """Written by a newer program."""
    ID_TAKEN = "id_taken"
    """A fact of that id is here with other bytes."""
    MALFORMED = "malformed"
    """Beyond a limit, or not what facts are made of."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What came of one run."""

    device: str
    incarnation: str
    fate: RunFate
    stored: int = 0
    have: int = 0
    """The contiguous sequence there is now of this chain."""
    why: Fault | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Runs for a peer, in the order to send them, and whether there is more."""

    runs: Sequence[Run] = field(default_factory=tuple)
    has_more: bool = False

    @property
    def count(self) -> int:
        """How many facts."""
        return sum(len(run.rows) for run in self.runs)


class FactStore(Protocol):
    """One event's facts on one machine, as exchange sees them: a laptop's file or a hub's tables.

    `take` stores each run wholly or not at all and commits before it returns; storing the same
    run twice is harmless. A run that cannot be taken never stops the others.
    """

    def list_tips(self) -> Sequence[Tip]:
        """Return the end of every branch of every chain here, in order."""

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        """Return what somebody with these tips lacks, per chain in sequence, within limits."""

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Store runs; return what became of each, in the order given."""


class Peer(Protocol):
    """The other side of an exchange, near or far. Calls raise HubUnreachable or HubRefused."""

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Offer runs; the answer comes after they are committed there."""

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        """Ask for what we lack."""

    def list_tips(self) -> Sequence[Tip]:
        """Ask how far every chain reaches there."""
