"""A laptop's folder was copied and both go on: nothing is lost, and each writes its own chain."""

import shutil
from pathlib import Path

from exchange_places import Stations
from factories import open_room

from app.services.profile import open_profile
from app.sync.once import sync_once
from db.exchange import StationStore
from db.verify import verify


def test_both_copies_go_on_and_become_equal(stations: Stations, tmp_path: Path) -> None:
    second = stations.rooms[1]
    stations.sync(1)
    second.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    folder = tmp_path / "copy"
    shutil.copytree(second.profile.folder, folder)
    copy = open_room(open_profile(folder))
    stations.rooms.append(copy)
    for room, count in ((second, 2), (copy, 3)):
        for _number in range(count):
            room.clock.pass_ms(1_000)
            room.scan("no badge of ours")
    was = {room.desk.context.journal.origin.incarnation for room in (second, copy)}
    assert len(was) == 1
    for _time in range(2):
        for room in (second, copy):
            sync_once(room.profile, room.desk.context)
            room.clock.pass_ms(1_000)
            room.scan("no badge of ours")
    for room in (second, copy, second, copy):
        report = sync_once(room.profile, room.desk.context)
    assert report.is_equal
    assert report.forks == 1
    chains = {room.desk.context.journal.origin.incarnation for room in (second, copy)}
    assert len(chains) == 2
    contexts = [room.desk.context for room in (second, copy)]
    tips = [StationStore(c.database, c.journal, c.clock).list_tips() for c in contexts]
    assert tips[0] == tips[1]
    read = "SELECT count(*) FROM (SELECT id FROM fact UNION SELECT id FROM fork_fact) f"
    counts = [room.connection.execute(read).fetchone()[0] for room in (second, copy)]
    assert counts[0] == counts[1]
    assert all(verify(room.connection).is_sound for room in (second, copy))
