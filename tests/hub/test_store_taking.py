"""What a hub takes, what it keeps aside, what it hands out: the same on SQLite and PostgreSQL."""

from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hub_places import open_place
from invented_chains import EVENT, NOON, Device, TestClock, altered
from sqlalchemy import text

from app.domain import chain
from app.domain.exchange import FactStore, Fault, Run, RunFate, RunResult
from app.domain.facts import Draft, FactKind
from db.hub.engine import HubDatabase
from db.hub.quarantine import MOST_OF_DEVICE
from db.hub.store import HubStore
from db.verify import fact_hash_of

STORED, KNOWN, GAP = RunFate.STORED, RunFate.KNOWN, RunFate.GAP


def take_one(store: HubStore, run: Run) -> RunResult:
    (result,) = store.take([run])
    return result


def catch_up(source: FactStore, target: FactStore, **limits: int) -> list[RunResult]:
    results: list[RunResult] = []
    for _round in range(50):
        batch = source.list_lacking(target.list_tips(), **limits)
        results += target.take(batch.runs)
        if not batch.has_more:
            return results
    raise AssertionError("no end of it")


@pytest.fixture
def other(hub_database: HubDatabase, test_clock: TestClock) -> HubStore:
    """Another event on the same database serves as another machine for facts of that event."""
    return HubStore(hub_database, "0190f1c2-0000-4000-8000-000000000002", test_clock)


def test_a_chain_is_continued_in_sequence_and_only_so(store: HubStore) -> None:
    device = Device()
    first, second, third = device.write(3), device.write(2), device.write(4)
    assert take_one(store, first) == RunResult("device-1", "first", STORED, 3, 3)
    assert take_one(store, third) == RunResult("device-1", "first", GAP, 0, 3)
    assert take_one(store, second).have == 5
    assert take_one(store, third).have == 9
    assert [tip.seq for tip in store.list_tips()] == [9]
    assert store.total_facts() == 9
    assert store.count_by_device() == {"device-1": 9}


def test_taking_again_or_overlapping_changes_nothing(store: HubStore) -> None:
    device = Device()
    first = device.write(3)
    device.write(2)
    whole = device.run(1)
    assert [result.fate for result in store.take([first, first])] == [STORED, KNOWN]
    assert take_one(store, whole) == RunResult("device-1", "first", STORED, 2, 5)
    assert take_one(store, whole).fate is KNOWN
    assert take_one(store, device.run(2, 4)).fate is KNOWN


def test_what_arrives_is_what_was_written(store: HubStore) -> None:
    device = Device()
    run = device.write(6, private={"name": "王小明", "phone": "0900000000"})
    store.take([run])
    batch = store.list_lacking([])
    assert [list(map(tuple, got.rows)) for got in batch.runs] == [list(run.rows)]
    assert [got.head for got in batch.runs] == [run.head]
    assert all(fact_hash_of(tuple(row)) == row[20] for row in batch.runs[0].rows)
    assert store.list_lacking(store.list_tips()).runs == []


HARM: dict[str, tuple[int, int, Any, Fault]] = {
    "subject": (1, 6, "person:other", Fault.ALTERED),
    "body": (1, 8, '{"number":99,"session":"b1d1"}', Fault.ALTERED),
    "body that is no JSON": (1, 8, "{", Fault.ALTERED),
    "private": (2, 9, '{"name":"別人"}', Fault.ALTERED),
    "salt gone": (2, 10, None, Fault.ALTERED),
    "time": (1, 12, NOON + 1, Fault.ALTERED),
    "sequence": (1, 4, 9, Fault.BROKEN),
    "previous": (1, 19, "0" * 64, Fault.BROKEN),
    "another event": (1, 1, "other", Fault.OTHER_EVENT),
    "another device": (1, 2, "other", Fault.MALFORMED),
    "no text": (1, 6, 5, Fault.MALFORMED),
    "a NUL": (1, 7, "a\0b", Fault.MALFORMED),
    "half a character": (1, 6, "\ud800", Fault.MALFORMED),
    "too large a number": (1, 14, 2**80, Fault.MALFORMED),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_harmed_run_is_kept_aside_and_the_others_go_on(store: HubStore, harm: str) -> None:
    place, column, value, why = HARM[harm]
    bad, good = Device("bad"), Device("good")
    run = altered(bad.write(4, private={"name": "甲"}), place, column, value)
    results = store.take([run, good.write(2)])
    assert results[0] == RunResult("bad", "first", RunFate.QUARANTINED, 0, 0, why)
    assert results[1].fate is STORED
    (kept,) = store.list_quarantined()
    assert (kept.device, kept.why, kept.facts) == ("bad", why, 4)
    store.take([run])
    assert store.count_quarantined() == 1
    assert take_one(store, bad.run(1)).fate is STORED
    assert store.dismiss_quarantined(kept.digest)
    assert store.count_quarantined() == 0


def test_only_the_devices_own_key_signs(store: HubStore) -> None:
    device, stranger = Device(), Device()
    run = device.write(3)
    wrong = replace(run.head, signature="00" * 64)
    forged = Device("device-1", rows=list(device.rows)).sign(device.rows[-1])
    for head in (wrong, forged):
        assert take_one(store, Run(run.rows, head)).why is Fault.SIGNATURE
    store.take([run])
    device.write(1)
    later = Run(device.rows[3:], replace(stranger.sign(device.rows[-1]), device="device-1"))
    assert take_one(store, later).why is Fault.SIGNATURE
    unenrolled = Device("third")
    unenrolled.write(1, kind="scan.recorded", body={"public_key": unenrolled.public_key})
    assert take_one(store, unenrolled.run()).why is Fault.SIGNATURE


def test_an_id_is_taken_once(store: HubStore) -> None:
    one, two = Device("one"), Device("two")
    first = one.write(2)
    two.write(1)
    two.write(1, id=first.rows[1][0])
    assert [r.why for r in store.take([first, two.run(1)])] == [None, Fault.ID_TAKEN]
    assert [r.fate for r in store.take([two.run(1, 1)])] == [STORED]


def test_two_machines_that_write_one_chain_are_both_kept(store: HubStore, other: HubStore) -> None:
    laptop = Device()
    common = laptop.write(4)
    clone = laptop.copy()
    ours, theirs = laptop.write(2), clone.write(3, subject="person:clone")
    more = clone.write(2, subject="person:clone")
    assert take_one(store, common).fate is STORED
    assert take_one(store, ours).have == 6
    assert take_one(store, theirs) == RunResult("device-1", "first", RunFate.FORK, 3, 6)
    assert take_one(store, theirs).fate is KNOWN
    assert take_one(store, more) == RunResult("device-1", "first", RunFate.FORK, 2, 6)
    assert [tip.hash for tip in store.list_tips()] == [ours.head.hash, more.head.hash]
    assert store.total_facts() == 11
    assert [tip.seq for tip in store.list_forks()] == [9]
    lacking = store.list_lacking([ours.head.tip])
    assert [(run.first_seq, run.head.seq) for run in lacking.runs] == [(5, 9)]
    lacking = store.list_lacking([more.head.tip])
    assert [(run.first_seq, run.head.seq) for run in lacking.runs] == [(5, 6)]
    assert store.list_lacking(store.list_tips()).runs == []
    assert len(store.list_subject_facts(["person:clone"])) == 5


@pytest.mark.parametrize("most", [1, 3, 1000])
def test_forks_travel_whatever_branch_came_first(
    hub_place: str, store: HubStore, tmp_path: Any, test_clock: TestClock, most: int
) -> None:
    laptop = Device()
    common = laptop.write(4)
    clone = laptop.copy()
    ours, theirs, more = laptop.write(2), clone.write(3), clone.write(2)
    store.take([common, ours, theirs, more])
    second = open_place(str(tmp_path / "second" / "hub.db"))
    there = HubStore(second, EVENT, test_clock)
    there.take([common, theirs])
    catch_up(store, there, most_facts=most)
    assert there.list_tips() == store.list_tips()
    second.close()


def test_limits_of_a_batch_are_kept_and_every_chain_gets_its_share(store: HubStore) -> None:
    small, large = Device("zz-small"), Device("aa-large")
    for _ in range(30):
        store.take([large.write(20)])
    store.take([small.write(5)])
    batch = store.list_lacking([], most_facts=100)
    assert batch.has_more
    assert batch.count <= 100
    assert {run.head.device for run in batch.runs} == {"aa-large", "zz-small"}
    big = Device("big")
    store.take([big.write(1), big.write(1, body={"text": "x" * 50_000})])
    known = [tip for tip in store.list_tips() if tip.device != "big"]
    assert store.list_lacking(known, most_bytes=10_000).count == 1
    alone = store.list_lacking([*known, replace_tip(big)], most_bytes=10_000)
    assert alone.count == 1


def replace_tip(device: Device) -> Any:
    return device.heads[0].tip


def test_a_pull_of_many_batches_is_in_order_and_whole(
    store: HubStore, tmp_path: Any, test_clock: TestClock
) -> None:
    devices = [Device(f"d{number}") for number in range(5)]
    for turn in range(4):
        store.take([device.write(3 + turn) for device in devices])
    second = open_place(str(tmp_path / "second" / "hub.db"))
    there = HubStore(second, EVENT, test_clock)
    assert {result.fate for result in catch_up(store, there, most_facts=11)} == {STORED}
    assert there.list_tips() == store.list_tips()
    second.close()


def test_an_erasure_reaches_what_came_and_what_comes(
    store: HubStore, hub_database: HubDatabase
) -> None:
    before, late, eraser = Device("before"), Device("late"), Device("eraser")
    secret = {"subject": "person:x", "private": {"name": "王小明"}}
    before.write(1)
    late.write(1)
    eraser.at = NOON + 1_000
    eraser.write(1)
    store.take([_whole(before, 2, secret)])
    erasure = _whole(eraser, 1, {"kind": "private.erased", "subject": "person:x", "body": {}})
    store.take([erasure])
    store.take([_whole(late, 2, secret)])
    facts = store.list_subject_facts(["person:x"])
    assert len(facts) == 5
    assert [row[9] for row in facts] == [None] * 5
    assert all(row[11] != chain.NO_PRIVATE for row in facts if row[5] != "private.erased")
    eraser.at = NOON + 5_000
    store.take([eraser.write(1, **secret)])  # written after the erasure: a new consent
    assert sum(row[9] is not None for row in store.list_subject_facts(["person:x"])) == 1
    assert all(fact_hash_of(tuple(row)) == row[20] for row in facts)


def _whole(device: Device, count: int, more: dict[str, Any]) -> Run:
    device.write(count, **more)
    return device.run(1)


def test_quarantine_is_capped(store: HubStore) -> None:
    device = Device("noisy")
    run = device.write(1)
    bad = [altered(run, 0, 6, f"device:{number}") for number in range(MOST_OF_DEVICE + 5)]
    store.take(bad)
    assert store.count_quarantined() == MOST_OF_DEVICE
    assert take_one(store, run).fate is STORED


def test_the_hubs_own_chain_continues_and_is_signed(store: HubStore, other: HubStore) -> None:
    draft = Draft(kind=FactKind.DEVICE_REVOKED, subject="device:x", body={"reason": "lost"})
    assert [row[5] for row in store.append_own([draft])] == ["device.enrolled", "device.revoked"]
    store.append_own([draft, draft])
    (tip,) = store.list_tips()
    assert tip.seq == 4
    other.append_own([draft])
    assert other.total_facts() == 2
    (run,) = store.list_lacking([]).runs
    assert [row[4] for row in run.rows] == [1, 2, 3, 4]


def test_one_chain_pushed_by_many_threads_is_stored_once(store: HubStore) -> None:
    device = Device()
    runs = [device.write(5) for _ in range(12)]
    results: list[RunResult] = []

    def push() -> None:
        for run in runs:
            results.extend(store.take([run]))

    threads = [Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result.stored for result in results) == 60
    assert {result.fate for result in results} <= {STORED, KNOWN}
    assert store.total_facts() == 60


def test_own_facts_of_many_threads_are_one_chain(store: HubStore) -> None:
    draft = Draft(kind=FactKind.DEVICE_REVOKED, subject="device:x", body={"reason": ""})
    threads = [Thread(target=lambda: store.append_own([draft])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [tip.seq for tip in store.list_tips()] == [9]


def test_no_name_is_found_in_the_file(
    store: HubStore, hub_database: HubDatabase, hub_place: str
) -> None:
    if "://" in hub_place:
        pytest.skip("a server keeps its own files")
    store.take([Device().write(3, private={"name": "王小明"})])
    with hub_database.read() as connection:
        connection.execute(text("SELECT 1"))
    folder = Path(hub_place).parent
    assert not any("王小明".encode() in file.read_bytes() for file in folder.iterdir())
