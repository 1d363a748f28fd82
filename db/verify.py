"""Proof that nothing was lost or altered: chains, contiguity, signatures, read tables = rebuild."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.domain import chain
from app.domain.chain import Origin
from app.domain.facts import Fact, FactKind
from db.engine import Connection
from db.journal import COLUMNS, list_chain, list_facts_by_subject, list_recorded_merges
from db.projection.rows import READ_TABLES, rows_of, tally_of
from db.projection.writing import clear, write_all
from db.same_people import subjects_in
from db.signing import is_signature_good


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was found on one incarnation's chain."""

    device: str
    incarnation: str
    facts: int
    head: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Everything `verify` looked at; sound when there is no fault."""

    chains: tuple[ChainReport, ...]
    signed_heads: int
    faults: tuple[str, ...]
    """Codes such as `read_table_differs:person`; never personal data."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.faults and not any(report.faults for report in self.chains)


def verify(connection: Connection) -> VerifyReport:
    """Check the whole journal against itself and the read tables against the journal."""
    erased = _list_erased(connection)
    chains = tuple(_verify_chain(connection, *name, erased) for name in _list_chains(connection))
    heads, head_faults = _verify_signatures(connection)
    fork_faults = _fork_faults(connection, erased)
    faults = (
        *head_faults,
        *fork_faults,
        *_compare_read_tables(connection),
        *_verify_file(connection),
    )
    return VerifyReport(chains, heads, faults)


def rebuild(connection: Connection) -> None:
    """Drop every read table's rows and fold them again from the journal."""
    clear(connection)
    write_all(connection, _subjects(connection))


def _subjects(connection: Connection) -> Iterator[tuple[str, list[Fact]]]:
    """Yield each subject with its facts; people who are one come at the end, as one."""
    groups = list_recorded_merges(connection)
    together: dict[str, list[Fact]] = defaultdict(list)
    for subject, facts in groupby(list_facts_by_subject(connection), lambda fact: fact.subject):
        subjects = subjects_in(groups, subject)
        if len(subjects) > 1:
            together[subjects[0]] += facts
        else:
            yield subject, list(facts)
    yield from together.items()


def _list_chains(connection: Connection) -> list[tuple[str, str]]:
    return list(
        connection.execute(
            "SELECT DISTINCT device, incarnation FROM fact ORDER BY device, incarnation"
        )
    )


def _list_erased(connection: Connection) -> set[str]:
    """Return the subjects whose private parts somebody erased, and said so."""
    kind = FactKind.PRIVATE_ERASED.value
    rows = connection.execute(
        "SELECT subject FROM fact WHERE kind=? UNION SELECT subject FROM fork_fact WHERE kind=?",
        (kind, kind),
    )
    return {row[0] for row in rows}


def _verify_chain(
    connection: Connection, device: str, incarnation: str, erased: set[str]
) -> ChainReport:
    faults: list[str] = []
    seq, previous = 0, chain.GENESIS
    for row in list_chain(connection, device, incarnation):
        seq += 1
        faults.extend(_link_faults(row, seq, previous, erased))
        seq, previous = row[4], row[20]
    head = connection.execute(
        "SELECT seq, hash FROM chain_head WHERE device=? AND incarnation=?", (device, incarnation)
    ).fetchone()
    if head != (seq, previous):
        faults.append(f"head_differs:{seq}")
    return ChainReport(device, incarnation, seq, previous, tuple(faults))


def _link_faults(row: tuple[Any, ...], seq: int, previous: str, erased: set[str]) -> Iterator[str]:
    if row[4] != seq:
        yield f"gap:{seq}"
    if row[19] != previous:
        yield f"chain_broken:{row[0]}"
    if row[9] is None and row[10] is None:
        if row[11] != chain.NO_PRIVATE and row[6] not in erased:
            yield f"private_missing:{row[0]}"
    elif not _is_private_good(row[9], row[10], row[11]):
        yield f"private_altered:{row[0]}"
    if fact_hash_of(row) != row[20]:
        yield f"fact_altered:{row[0]}"


def _fork_faults(connection: Connection, erased: set[str]) -> Iterator[str]:
    """Check the facts of other branches: each follows one that is here, in either table."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM fork_fact ORDER BY device, incarnation, seq"  # noqa: S608
    ).fetchall()
    branches = {row[20] for row in rows}
    for row in rows:
        yield from _link_faults(row, row[4], row[19], erased)
        on_trunk = connection.execute(
            "SELECT hash FROM fact WHERE device=? AND incarnation=? AND seq=?",
            (row[2], row[3], row[4] - 1),
        ).fetchone()
        trunk = on_trunk[0] if on_trunk else chain.GENESIS if row[4] == 1 else ""
        if row[19] != trunk and row[19] not in branches:
            yield f"fork_broken:{row[0]}"


def _is_private_good(private: str | None, salt: str | None, digest: str) -> bool:
    """Tell whether both are there and have the digest that the chain covers."""
    if private is None or salt is None:
        return False
    return chain.private_digest(salt, private) == digest


def fact_hash_of(row: tuple[Any, ...]) -> str:
    """Return the hash a stored row should have, from its own columns."""
    body = row[8]
    try:
        is_canonical = chain.canonical(json.loads(body)) == body
    except ValueError:
        is_canonical = False
    if not is_canonical:
        return "not canonical"
    return envelope_hash_of(row)


def envelope_hash_of(row: tuple[Any, ...]) -> str:
    """Return the hash a stored row should have if its body is canonical."""
    quoted = chain.quoted
    return chain.digest_of(
        f'{{"actor":{quoted(row[7])},"at":{row[12]},"body":{row[8]},"boot":{quoted(row[15])},'
        f'"device":{quoted(row[2])},"event_id":{quoted(row[1])},"hlc":"{row[18]}","id":"{row[0]}",'
        f'"incarnation":{quoted(row[3])},"kind":"{row[5]}","mono":{row[14]},'
        f'"offset_ms":{row[16]},"offset_quality":{quoted(row[17])},"prev_hash":"{row[19]}",'
        f'"private_hash":"{row[11]}","seq":{row[4]},"subject":{quoted(row[6])},"tz":{row[13]}}}'
    )


def _verify_signatures(connection: Connection) -> tuple[int, list[str]]:
    """Check each signed head: the chain still holds it, and the device's own key signed it."""
    faults = []
    own_keys = set(
        connection.execute(
            "SELECT subject, json_extract(body, '$.public_key') FROM fact"
            " WHERE kind=? AND json_valid(body)",
            (FactKind.DEVICE_ENROLLED.value,),
        )
    )
    heads = connection.execute(
        "SELECT s.device, s.incarnation, s.seq, s.hash, s.public_key, s.signature,"
        " COALESCE(f.event_id, b.event_id), COALESCE(f.hash, b.hash) FROM signed_head s"
        " LEFT JOIN fact f ON f.device=s.device AND f.incarnation=s.incarnation"
        " AND f.seq=s.seq AND f.hash=s.hash"
        " LEFT JOIN fork_fact b ON b.device=s.device AND b.incarnation=s.incarnation"
        " AND b.seq=s.seq AND b.hash=s.hash"
    ).fetchall()
    for device, incarnation, seq, digest, public_key, signature, event_id, stored in heads:
        if stored != digest:
            faults.append(f"signed_fact_missing:{device}/{seq}")
            continue
        if (f"device:{device}", public_key) not in own_keys:
            faults.append(f"signed_by_stranger:{device}/{seq}")
            continue
        message = chain.signed_head_bytes(Origin(event_id, device, incarnation), seq, digest)
        if not is_signature_good(public_key, signature, message):
            faults.append(f"signature_bad:{device}/{seq}")
    return len(heads), faults


def _compare_read_tables(connection: Connection) -> list[str]:
    try:
        return _verify_read_tables(connection)
    except (ValueError, TypeError, LookupError, AttributeError):
        # A fact that was altered beyond reading cannot be folded; its chain's report names it.
        return ["read_tables_not_comparable"]


def _verify_read_tables(connection: Connection) -> list[str]:
    """Compare every read table with a fold of the whole journal."""
    expected: dict[str, set[tuple[Any, ...]]] = {name: set() for name in READ_TABLES}
    tally: dict[str, tuple[int, int, int]] = {}
    for subject, facts in _subjects(connection):
        rows = rows_of(subject, facts)
        for key, row in rows.items():
            expected[key[0]].add(row)
        for session, more in tally_of(rows).items():
            old = tally.get(session, (0, 0, 0))
            tally[session] = (old[0] + more[0], old[1] + more[1], old[2] + more[2])
    faults = [
        f"read_table_differs:{name}"
        for name, rows in expected.items()
        if _stored_rows(connection, name) != rows
    ]
    stored_tally = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT session, expected, arrived, present FROM session_tally"
            " WHERE expected<>0 OR arrived<>0 OR present<>0"
        )
    }
    return faults if stored_tally == tally else [*faults, "read_table_differs:session_tally"]


def _stored_rows(connection: Connection, name: str) -> set[tuple[Any, ...]]:
    columns = ",".join(READ_TABLES[name].columns)
    return set(connection.execute(f"SELECT {columns} FROM {name}"))  # noqa: S608 - constants


def _verify_file(connection: Connection) -> list[str]:
    """Ask the engine about the file: page checksums, structure, search index."""
    faults = []
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        faults.append("page_altered")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        faults.append("file_damaged")
    return faults
