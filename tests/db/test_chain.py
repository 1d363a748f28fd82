"""The chain: canonical JSON as others write it, and every alteration found and named."""

# ruff: noqa: S608 - columns and tables of our own

import json
import os
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from factories import Room
from hypothesis import given
from hypothesis import strategies as st

from app.domain import chain
from app.domain.chain import Envelope, Origin, canonical, fact_hash
from app.domain.facts import Draft, FactKind
from db.journal import erase_private, fact_of, list_chain
from db.signing import new_device_key, sign_head
from db.verify import VerifyReport, verify

VECTORS = json.loads((Path(__file__).parent / "canonical_vectors.json").read_text("utf-8"))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
INTEGERS = st.integers(-chain.MAX_INTEGER, chain.MAX_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
GUARDS = ("fact_is_never_changed", "fact_is_never_deleted")


@given(VALUES)
def test_canonical_is_what_the_library_of_the_standard_writes(value: Any) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_canonical_vectors(vector: dict[str, Any]) -> None:
    assert canonical(vector["value"]) == vector["canonical"]
    assert rfc8785.dumps(vector["value"]).decode() == vector["canonical"]


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        {"a": float("inf")},
        2**53,
        -(2**53),
        [2**60],
        "\ud800",
        {"a": ["\udfff"]},
        {"姓名": 1},
        {1: "a"},
        {None: "a"},
        b"bytes",
        {"a": {1, 2}},
        pytest.param({"a": object()}, id="an object"),
    ],
    ids=repr,
)
def test_canonical_refuses_what_json_cannot_carry_the_same_everywhere(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(value)


CLOCKS = st.fixed_dictionaries(
    {
        "at": INTEGERS,
        "boot": TEXT,
        "hlc": st.integers(0, 2**62),
        "mono": INTEGERS,
        "offset_ms": INTEGERS,
        "offset_quality": st.sampled_from(["unknown", "measured", "doubtful"]),
        "tz": st.integers(-720, 840),
    }
)
ENVELOPES = st.builds(
    Envelope,
    origin=st.builds(Origin, st.uuids().map(str), st.uuids().map(str), st.uuids().map(str)),
    seq=st.integers(1, 2**40),
    id=st.uuids().map(str),
    kind=st.sampled_from(list(FactKind)).map(str),
    subject=TEXT,
    actor=TEXT,
    body=st.dictionaries(KEYS, VALUES, max_size=4).map(canonical),
    private_hash=st.just("") | st.binary(min_size=32, max_size=32).map(bytes.hex),
    clocks=CLOCKS,
    prev_hash=st.binary(min_size=32, max_size=32).map(bytes.hex),
)


@given(ENVELOPES)
def test_fact_hash_is_the_digest_of_the_whole_canonical_envelope(envelope: Envelope) -> None:
    assert fact_hash(envelope) == general_hash(envelope)


@pytest.mark.parametrize("vector", VECTORS["facts"], ids=lambda vector: vector["name"])
def test_fact_vectors(vector: dict[str, Any]) -> None:
    given = dict(vector["envelope"])
    origin = Origin(given.pop("event_id"), given.pop("device"), given.pop("incarnation"))
    envelope = Envelope(origin=origin, **given)
    assert fact_hash(envelope) == vector["hash"] == general_hash(envelope)


def general_hash(envelope: Envelope) -> str:
    """Return the digest as another program would make it, with the standard's library."""
    import hashlib

    document = {
        "event_id": envelope.origin.event_id,
        "device": envelope.origin.device,
        "incarnation": envelope.origin.incarnation,
        "seq": envelope.seq,
        "id": envelope.id,
        "kind": envelope.kind,
        "subject": envelope.subject,
        "actor": envelope.actor,
        "body": json.loads(envelope.body),
        "private_hash": envelope.private_hash,
        "prev_hash": envelope.prev_hash,
        **envelope.clocks,
        "hlc": str(envelope.clocks["hlc"]),  # wider than 53 bits, so it travels as text
    }
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def unguarded(room: Room) -> None:
    """Take the guards away, as somebody with the key and bad intentions would."""
    for guard in GUARDS:
        room.connection.execute(f"DROP TRIGGER {guard}")


def report(room: Room) -> VerifyReport:
    return verify(room.connection)


def named(found: VerifyReport) -> set[str]:
    """Return the ids of the facts that the report names."""
    faults = [fault for chain_report in found.chains for fault in chain_report.faults]
    return {fault.partition(":")[2] for fault in faults}


ALTERATIONS: dict[str, list[Any]] = {
    "id": ["01890000-0000-7000-8000-000000000000"],
    "event_id": ["another"],
    "device": ["another"],
    "incarnation": ["another"],
    "seq": [999, -1],
    "kind": ["badge.revoked", "no.such.kind", ""],
    "subject": ["person:another", "nothing", ""],
    "actor": ["somebody else"],
    "body": ["{}", "no json", '{"session": "b2d1"}', "[]", "null", "12", "NaN", '{"a":1.5}', ""],
    "private": ['{"name":"別人"}', "no json", None, "{}"],
    "salt": ["00", None, ""],
    "private_hash": ["", "00"],
    "at": [0, 10**15],
    "tz": [0],
    "mono": [0],
    "boot": ["another"],
    "offset_ms": [60_000],
    "offset_quality": ["measured"],
    "hlc": [1, 2**62],
    "prev_hash": ["00" * 32],
    "hash": ["00" * 32],
}
CASES = [(column, value) for column, values in ALTERATIONS.items() for value in values]


def test_every_column_of_a_fact_is_altered_below(room: Room) -> None:
    columns = {row[1] for row in room.connection.execute("PRAGMA table_info(fact)")}
    assert columns - {"row"} == set(ALTERATIONS)


@pytest.mark.parametrize(("column", "value"), CASES, ids=repr)
def test_an_altered_column_is_found_and_its_fact_named(
    room: Room, column: str, value: object
) -> None:
    unguarded(room)
    rows = "SELECT id, row FROM fact WHERE kind='registration.added' ORDER BY row"
    fact_id, row = room.connection.execute(rows).fetchall()[5]
    room.connection.execute(f"UPDATE fact SET {column}=? WHERE row=?", (value, row))
    found = report(room)
    assert not found.is_sound
    new_id = value if column == "id" else fact_id
    assert new_id in named(found)
    others = named(found) - {new_id}
    # Broken links are seen at the neighbours too, but nobody else is suspected.
    assert len({other for other in others if len(other) == 36}) <= 2


def test_a_body_written_otherwise_is_altered_even_if_it_says_the_same(room: Room) -> None:
    unguarded(room)
    fact_id, body = room.connection.execute(
        "SELECT id, body FROM fact WHERE kind='registration.added' LIMIT 1"
    ).fetchone()
    for other in (body.replace(":", ": ", 1), '{"origin":"x",' + body[1:], body + " "):
        room.connection.execute("UPDATE fact SET body=? WHERE id=?", (other, fact_id))
        assert fact_id in named(report(room))


def test_a_private_part_slipped_into_a_fact_without_one_is_found(room: Room) -> None:
    unguarded(room)
    where = "WHERE kind='badge.issued'"
    room.connection.execute(f"UPDATE fact SET private='{{}}', salt='00' {where}")
    assert not report(room).is_sound
    room.connection.execute(f"UPDATE fact SET private=NULL, salt='00' {where}")
    assert not report(room).is_sound


def test_an_untouched_journal_is_sound(room: Room) -> None:
    found = report(room)
    assert found.is_sound
    assert [item.facts for item in found.chains] == [room.fact_count()]


@pytest.mark.parametrize("cut", [1, 5])
def test_a_truncated_chain_is_found_by_its_signed_head(room: Room, cut: int) -> None:
    opened = room.desk.opened
    sign(room)
    unguarded(room)
    top = room.fact_count()
    room.connection.execute("DELETE FROM fact WHERE seq>?", (top - cut,))
    last = room.connection.execute("SELECT seq, hash FROM fact ORDER BY seq DESC").fetchone()
    room.connection.execute("UPDATE chain_head SET seq=?, hash=?", last)
    rebuild_tables(room)
    device = opened.context.journal.origin.device
    assert f"signed_fact_missing:{device}/{top}" in report(room).faults


def rebuild_tables(room: Room) -> None:
    from db.verify import rebuild

    with room.desk.context.database.write() as connection:
        rebuild(connection)


def sign(room: Room) -> None:
    from app.services.opening import sign_own_head

    sign_own_head(room.desk.context)


def test_a_head_signed_with_another_key_is_found(room: Room) -> None:
    sign(room)
    room.connection.execute("DELETE FROM signed_head")
    private, _ = new_device_key()
    sign_head(room.connection, room.desk.context.journal.origin, private)
    found = report(room)
    assert found.signed_heads == 1
    assert not found.is_sound


@pytest.mark.parametrize("column", ["signature", "public_key", "hash", "seq", "incarnation"])
def test_an_altered_signed_head_is_found(room: Room, column: str) -> None:
    sign(room)
    values = {"seq": 1, "incarnation": "another", "public_key": new_device_key()[1]}
    value = values.get(column, "00" * 32)
    top = "(SELECT max(seq) FROM signed_head)"
    room.connection.execute(f"UPDATE signed_head SET {column}=? WHERE seq={top}", (value,))
    assert not report(room).is_sound


def test_a_rewritten_chain_does_not_fit_its_signed_head(room: Room) -> None:
    """Somebody with the key of the file alters a fact and recomputes every hash after it."""
    sign(room)
    unguarded(room)
    rewrite(room, at_seq=4)
    rebuild_tables(room)
    found = report(room)
    assert not any(item.faults for item in found.chains)  # the chain itself looks right
    assert any(fault.startswith("signed_fact_missing") for fault in found.faults)


def rewrite(room: Room, *, at_seq: int) -> None:
    origin = room.desk.context.journal.origin
    previous = chain.GENESIS
    for row in list(list_chain(room.connection, origin.device, origin.incarnation)):
        fact = fact_of(row)
        actor = "forged" if fact.seq == at_seq else fact.actor
        clocks = {
            name: getattr(fact, name)
            for name in ("at", "tz", "mono", "boot", "offset_ms", "offset_quality", "hlc")
        }
        digest = fact_hash(
            Envelope(
                origin, fact.seq, fact.id, fact.kind.value, fact.subject, actor,
                canonical(fact.body), fact.private_hash, clocks, previous,
            )
        )  # fmt: skip
        room.connection.execute(
            "UPDATE fact SET actor=?, prev_hash=?, hash=? WHERE id=?",
            (actor, previous, digest, fact.id),
        )
        previous = digest
    room.connection.execute("UPDATE chain_head SET hash=?", (previous,))


def test_erasing_private_parts_keeps_the_chain_and_empties_the_tables(room: Room) -> None:
    room.scan("什麼都不是")
    sign(room)
    wanted = [f"person:{room.person(number)}" for number in (2, 3)]
    names = room.connection.execute(
        "SELECT name, phone FROM person WHERE id IN (?,?)", [item[7:] for item in wanted]
    ).fetchall()
    context = room.desk.context
    with context.database.write() as connection:
        assert erase_private(connection, context.journal, wanted, "tester") == 2
    assert report(room).is_sound
    left = room.connection.execute(
        "SELECT name, phone, id_number, email, grams FROM person WHERE id IN (?,?)",
        [item[7:] for item in wanted],
    ).fetchall()
    assert left == [("", "", "", "", "")] * 2
    everything = "\n".join(
        str(row)
        for table in ("fact", "person", "person_search", "registration", "scan")
        for row in room.connection.execute(f"SELECT * FROM {table}")
    )
    assert not [value for pair in names for value in pair if value in everything]


def test_what_was_erased_cannot_be_put_back_otherwise(room: Room) -> None:
    subject = f"person:{room.person(2)}"
    context = room.desk.context
    with context.database.write() as connection:
        erase_private(connection, context.journal, [subject], "tester")
    unguarded(room)
    room.connection.execute(
        "UPDATE fact SET private='{\"name\":\"別人\"}', salt='00'"
        " WHERE subject=? AND private_hash<>''",
        (subject,),
    )
    assert not report(room).is_sound


def test_a_private_part_that_went_without_a_fact_is_found(room: Room) -> None:
    subject = f"person:{room.person(2)}"
    room.connection.execute("UPDATE fact SET private=NULL, salt=NULL WHERE subject=?", (subject,))
    rebuild_tables(room)
    assert not report(room).is_sound


def test_two_facts_may_never_share_a_place_on_a_chain(room: Room) -> None:
    from sqlcipher3 import dbapi2

    columns = [row[1] for row in room.connection.execute("PRAGMA table_info(fact)")][2:]
    names = ",".join(columns)
    with pytest.raises(dbapi2.IntegrityError):
        room.connection.execute(
            f"INSERT INTO fact (id, {names}) SELECT 'new', {names} FROM fact WHERE seq=3"
        )


def test_facts_are_numbered_from_one_without_gaps(room: Room) -> None:
    room.append(
        *(
            Draft(kind=FactKind.UNIT_ADDED, subject=f"unit:{at}", body={"name": str(at)})
            for at in range(50)
        )
    )
    seqs = [row[0] for row in room.connection.execute("SELECT seq FROM fact ORDER BY seq")]
    assert seqs == list(range(1, len(seqs) + 1))


def test_hybrid_clocks_of_a_chain_only_grow_even_if_the_wall_clock_goes_back(room: Room) -> None:
    for text in ("09:00", "08:00", "10:00"):
        room.at(text)
        room.append(Draft(kind=FactKind.UNIT_ADDED, subject="unit:u", body={"name": text}))
    clocks = [row[0] for row in room.connection.execute("SELECT hlc FROM fact ORDER BY seq")]
    assert clocks == sorted(set(clocks))


def test_salts_are_never_used_twice(room: Room) -> None:
    salts = [row[0] for row in room.connection.execute("SELECT salt FROM fact WHERE salt NOTNULL")]
    assert len(salts) == len(set(salts)) == 16
    assert all(len(salt) == 32 for salt in salts)
    assert os.urandom(16).hex() not in salts
