"""What the live page reads of a hub's database: chains, touched subjects, facts, devices.

Private parts are never selected: they stay in the database.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, text

from app.domain.facts import Fact, FactId, FactKind
from db.hub.engine import HubDatabase
from db.hub.rows import FACT_TABLES, many

Chain = tuple[str, str]
_FACT = (
    "id, event_id, device, incarnation, seq, kind, subject, actor, body, at, tz, mono, boot,"
    " offset_ms, offset_quality, hlc, prev_hash, hash"
)
_KINDS = frozenset(FactKind)


class Reach(NamedTuple):
    """How far an event's facts reach here; equal ones mean that nothing is new."""

    chains: Mapping[Chain, int]
    forks: int
    """Facts on branches."""

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return sum(self.chains.values()) + self.forks

    def continues(self, earlier: "Reach") -> bool:
        """Whether everything that was there is still there."""
        have = self.chains
        return self.forks >= earlier.forks and all(
            have.get(chain, 0) >= seq for chain, seq in earlier.chains.items()
        )


class Contact(NamedTuple):
    """What the hub noted of a device itself."""

    device: str
    role: str
    label: str
    letter: str
    status: str
    last_contact_ms: int | None


class ChainEnd(NamedTuple):
    """The last fact of a chain."""

    device: str
    seq: int
    received_ms: int
    offset_ms: int
    offset_quality: str


class LiveSource(Protocol):
    """Where live figures come from. Every call may raise StorageFailed."""

    def reach(self, event_id: str) -> Reach:
        """Return how far all chains reach now."""

    def touched(self, event_id: str, since: Reach, now: Reach) -> set[str]:
        """Return the subjects of facts above `since`."""

    def facts_of(self, event_id: str, subjects: Sequence[str]) -> Mapping[str, Sequence[Fact]]:
        """Return all facts of some subjects, without private parts."""

    def contacts(self, event_id: str) -> Sequence[Contact]:
        """Return the devices enrolled here."""

    def chain_ends(self, event_id: str) -> Sequence[ChainEnd]:
        """Return the last fact of every chain."""


class HubLiveSource:
    """Live figures' source in a hub's database."""

    def __init__(self, database: HubDatabase) -> None:
        self._database = database

    def reach(self, event_id: str) -> Reach:
        """Return how far all chains reach now."""
        with self._database.read() as connection:
            rows = connection.execute(
                text("SELECT device, incarnation, seq FROM hub_chain WHERE event_id=:event"),
                {"event": event_id},
            ).all()
            forks = connection.execute(
                text("SELECT count(*) FROM hub_fork_fact WHERE event_id=:event"),
                {"event": event_id},
            ).scalar_one()
        return Reach({(row[0], row[1]): row[2] for row in rows}, int(forks))

    def touched(self, event_id: str, since: Reach, now: Reach) -> set[str]:
        """Return the subjects of facts above `since`; forks are few and all taken again."""
        found: set[str] = set()
        with self._database.read() as connection:
            if not since.chains:
                found |= _column(connection, f"{_SUBJECTS} WHERE event_id=:event", event=event_id)
            else:
                for chain, seq in now.chains.items():
                    before = since.chains.get(chain, 0)
                    if seq != before:
                        found |= _subjects_above(connection, event_id, chain, before)
            if now.forks != since.forks:
                found |= _column(connection, _FORKED, event=event_id)
        return found

    def facts_of(self, event_id: str, subjects: Sequence[str]) -> Mapping[str, Sequence[Fact]]:
        """Return all facts of some subjects, without private parts and kinds of newer programs."""
        found: dict[str, list[Fact]] = defaultdict(list)
        with self._database.read() as connection:
            for table in FACT_TABLES:
                rows = connection.execute(
                    many(
                        f"SELECT {_FACT} FROM {table}"  # noqa: S608 - constants
                        " WHERE event_id=:event AND subject IN :subjects",
                        "subjects",
                    ),
                    {"event": event_id, "subjects": list(subjects)},
                )
                for row in rows:
                    if row[5] in _KINDS:
                        found[row[6]].append(_fact_of(row))
        return found

    def contacts(self, event_id: str) -> Sequence[Contact]:
        """Return the devices enrolled here, without viewers."""
        with self._database.read() as connection:
            rows = connection.execute(
                text(
                    "SELECT device, role, label, letter, status, last_contact_ms FROM hub_device"
                    " WHERE event_id=:event AND role<>'viewer' ORDER BY letter, device"
                ),
                {"event": event_id},
            )
            return [Contact(row[0], row[1], row[2], row[3] or "", row[4], row[5]) for row in rows]

    def chain_ends(self, event_id: str) -> Sequence[ChainEnd]:
        """Return the last fact of every chain."""
        with self._database.read() as connection:
            rows = connection.execute(text(_ENDS), {"event": event_id})
            return [ChainEnd(*row) for row in rows]


_SUBJECTS = "SELECT DISTINCT subject FROM hub_fact"
_FORKED = "SELECT DISTINCT subject FROM hub_fork_fact WHERE event_id=:event"
_ENDS = (
    "SELECT c.device, c.seq, f.received_ms, f.offset_ms, f.offset_quality FROM hub_chain c"
    " JOIN hub_fact f ON f.event_id=c.event_id AND f.device=c.device"
    " AND f.incarnation=c.incarnation AND f.seq=c.seq WHERE c.event_id=:event"
)


def _subjects_above(connection: Connection, event_id: str, chain: Chain, seq: int) -> set[str]:
    return _column(
        connection,
        f"{_SUBJECTS} WHERE event_id=:event AND device=:device AND incarnation=:incarnation"
        " AND seq>:seq",
        event=event_id,
        device=chain[0],
        incarnation=chain[1],
        seq=seq,
    )


def _column(connection: Connection, statement: str, **parameters: object) -> set[str]:
    return {row[0] for row in connection.execute(text(statement), parameters)}


def _fact_of(row: Sequence[object]) -> Fact:
    values = dict(zip(_FACT.split(", "), row, strict=True))
    values["kind"] = FactKind(str(values["kind"]))
    values["id"] = FactId(str(values["id"]))
    values["body"] = json.loads(str(values["body"]))
    return Fact(**values, private=None, salt=None, private_hash="")  # type: ignore[arg-type] # as stored
