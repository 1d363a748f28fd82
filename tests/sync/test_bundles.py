"""Bundles: facts on a stick, whole or not taken; twice and in any order is harmless."""

from pathlib import Path

import pytest
from exchange_places import Stations
from factories import Room, copied, open_room

from app.domain.errors import Cancelled, InvalidInput, VenueDeskError
from app.services.opening import set_local_state
from app.services.profile import Profile
from app.sync.bundle import export_bundle, import_bundle
from app.sync.joining import leave
from db.exchange import StationStore


def store_of(room: Room) -> StationStore:
    context = room.desk.context
    return StationStore(context.database, context.journal, context.clock)


def note(room: Room, count: int = 1) -> None:
    for _number in range(count):
        room.clock.pass_ms(1_000)
        room.scan("no badge of ours")


def test_two_laptops_become_equal_by_stick_alone(stations: Stations, tmp_path: Path) -> None:
    first, second = stations.rooms
    stations.sync(0)
    for room in stations.rooms:
        leave(room.desk.context)
    note(first, 3)
    note(second, 2)
    there, back = tmp_path / "there.vdbundle", tmp_path / "back.vdbundle"
    export_bundle(first.desk.context, there)
    assert import_bundle(second.desk.context, there).stored == 3
    export_bundle(second.desk.context, back)
    brought = import_bundle(first.desk.context, back)
    assert (brought.stored, brought.quarantined) == (2, 0)
    assert store_of(first).list_tips() == store_of(second).list_tips()
    again = import_bundle(first.desk.context, back)
    assert (again.stored, again.known) == (0, first.fact_count())


def test_bundles_in_the_wrong_order_wait_for_each_other(stations: Stations, tmp_path: Path) -> None:
    first, second = stations.rooms
    stations.sync(0)
    tips = store_of(second).list_tips()
    note(first, 2)
    early, late = tmp_path / "early.vdbundle", tmp_path / "late.vdbundle"
    export_bundle(first.desk.context, early, tips=tips)
    between = store_of(first).list_tips()
    note(first, 2)
    assert export_bundle(first.desk.context, late, tips=between) == 2
    assert import_bundle(second.desk.context, late).waiting == 2
    assert import_bundle(second.desk.context, early).stored == 2
    assert import_bundle(second.desk.context, late).stored == 2
    assert import_bundle(second.desk.context, early).stored == 0
    assert store_of(first).list_tips() == store_of(second).list_tips()


def test_nothing_readable_lies_in_a_bundle(stations: Stations, tmp_path: Path) -> None:
    file = tmp_path / "x.vdbundle"
    export_bundle(stations.rooms[0].desk.context, file)
    content = file.read_bytes()
    names = stations.rooms[0].connection.execute("SELECT name FROM person").fetchall()
    assert names
    assert not any(name.encode() in content for (name,) in names)


def test_a_bundle_cut_or_changed_anywhere_is_not_taken(stations: Stations, tmp_path: Path) -> None:
    first, second = stations.rooms
    file, bad = tmp_path / "x.vdbundle", tmp_path / "bad.vdbundle"
    note(first)
    export_bundle(first.desk.context, file)
    content = file.read_bytes()
    before = second.fact_count()
    step = len(content) // 40
    for place in range(0, len(content), step):
        changed = bytearray(content)
        changed[place] ^= 0x20
        for wrong in (content[:place], bytes(changed), content + b"x"):
            bad.write_bytes(wrong)
            with pytest.raises(VenueDeskError) as caught:
                import_bundle(second.desk.context, bad)
            assert caught.value.remedy.zh
    assert second.fact_count() == before


def test_other_events_and_other_keys_are_told(
    stations: Stations, empty_template: Profile, tmp_path: Path
) -> None:
    first, second = stations.rooms
    file = tmp_path / "x.vdbundle"
    export_bundle(first.desk.context, file)
    elsewhere = open_room(copied(empty_template, tmp_path / "elsewhere"))
    with pytest.raises(InvalidInput, match="another event"):
        import_bundle(elsewhere.desk.context, file)
    elsewhere.desk.context.database.close()
    with second.desk.context.database.write() as connection:
        set_local_state(connection, "bundle_key", "ab" * 32)
    with pytest.raises(InvalidInput, match="key this machine does not have"):
        import_bundle(second.desk.context, file)
    with second.desk.context.database.write() as connection:
        set_local_state(connection, "bundle_keys_before", _key_of(first))
    assert import_bundle(second.desk.context, file).known


def _key_of(room: Room) -> str:
    row = room.connection.execute("SELECT value FROM local_state WHERE key='bundle_key'")
    return str(row.fetchone()[0])


def test_a_stopped_export_leaves_no_file(stations: Stations, tmp_path: Path) -> None:
    def stop(_facts: int) -> None:
        raise Cancelled

    file = tmp_path / "x.vdbundle"
    with pytest.raises(Cancelled):
        export_bundle(stations.rooms[0].desk.context, file, progress=stop)
    assert not [path for path in tmp_path.iterdir() if "vdbundle" in path.name]


def test_what_is_no_bundle_is_told(stations: Stations, tmp_path: Path) -> None:
    context = stations.rooms[0].desk.context
    for content in (b"", b"PK\x03\x04 a zip", b"VDBUNDLE1\n"):
        file = tmp_path / "x"
        file.write_bytes(content)
        with pytest.raises(VenueDeskError):
            import_bundle(context, file)
    with pytest.raises(InvalidInput):
        import_bundle(context, tmp_path / "not here")
    with pytest.raises(InvalidInput):
        export_bundle(context, tmp_path / "no folder" / "x")
