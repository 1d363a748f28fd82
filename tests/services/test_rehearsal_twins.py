"""A rehearsal is a twin that can be played with: nothing of it reaches the real event's files."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from factories import ManualClock, Room, moment, new_clock, open_room, person_name, station

from app.domain.errors import Cancelled, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.verdict import Verdict
from app.services.care import back_up, restore, verify_event
from app.services.checkin import WalkIn
from app.services.exports import FORMATS, PAPER_KINDS, TABLE_KINDS
from app.services.rehearsals import MARK, RehearsalService
from app.services.rush import Rush, RushTally, play_rush, require_rehearsal
from app.sync.bundle import export_bundle, import_bundle
from app.sync.joining import join_with_event
from db.exchange import StationStore

WISHES = [
    *((kind, way) for kind in TABLE_KINDS for way in FORMATS),
    *((kind, "pdf") for kind in PAPER_KINDS),
]


@pytest.fixture
def early() -> ManualClock:
    """Long before anybody comes."""
    return new_clock("07:10")


@pytest.fixture
def real(room: Room, early: ManualClock) -> Iterator[Room]:
    room.close()
    opened = open_room(room.profile, early)
    yield opened
    opened.desk.context.database.close()


def service(room: Room) -> RehearsalService:
    return RehearsalService(room.profile, room.desk.context, room.clock)


@pytest.fixture
def twin(real: Room) -> Iterator[Room]:
    service(real).begin("b1d1")
    opened = open_room(real.profile, real.clock)
    yield opened
    opened.desk.context.database.close()


def leave_files(room: Room, folder: Path) -> dict[str, bytes]:
    """Return every file the real event would hand out, and how its journal stands."""
    folder.mkdir(exist_ok=True)
    files = {}
    for kind, way in WISHES:
        for session in ("b1d1", "b2d1"):
            out = folder / f"{kind}-{session}.{way}"
            files[out.name] = room.office.exports.export(kind, session, way, out).file.read_bytes()
    heads = room.connection.execute("SELECT device, seq, hash FROM chain_head").fetchall()
    return files | {"heads": repr(sorted(heads)).encode(), "facts": str(room.fact_count()).encode()}


def play(room: Room, *, arrivals: int) -> RushTally:
    context = room.desk.context
    rush = Rush(context, "b1d1", seed=5)
    return play_rush(context, rush, station("b1d1"), per_minute=60, arrivals=arrivals)


def play_everything(room: Room) -> None:
    """A busy rehearsal: rush, walk-in, undo, a new badge, decisions."""
    code = room.code(3)
    play(room, arrivals=30)
    walked = room.desk.checkin.walk_in(
        WalkIn(name="演練用的人", unit_text="不存在國小"), station("b1d1")
    )
    room.desk.checkin.undo_scan(walked.fact_id, "practice")
    room.office.badges.replace_badge(room.person(3), "practice")
    assert room.scan(code).verdict is Verdict.REVOKED
    room.office.closing.approve_clean("b1d1")


def test_a_twin_has_the_people_and_the_badges_and_nothing_else_of_the_event(twin, real) -> None:
    context = twin.desk.context
    assert context.twin_of == real.desk.context.event_id != context.event_id
    assert context.rehearsal
    assert context.plan.title.startswith(f"【{MARK}】")
    names = {row.person.name for row in twin.office.registrations.list_roster("b1d1")}
    assert names == {person_name(number) for number in range(12)}
    assert twin.code(3) == real.code(3)
    assert twin.person(3) != real.person(3)
    assert twin.connection.execute("SELECT count(*) FROM scan").fetchone() == (0,)
    assert verify_event(context).is_sound
    assert real.connection.execute("SELECT count(*) FROM staff").fetchone() == (0,)


def test_its_clock_stands_just_before_sign_in_and_real_badges_work(twin, early) -> None:
    assert twin.desk.context.now() == moment("08:28")
    assert twin.scan(twin.code(3)).verdict is Verdict.NOT_OPEN
    early.pass_ms(5 * 60_000)
    outcome = twin.scan(twin.code(4))
    assert (outcome.verdict, outcome.at) == (Verdict.CHECKED_IN, moment("08:33"))


def test_what_was_cancelled_or_replaced_is_so_in_the_rehearsal_too(real: Room) -> None:
    old = real.code(1)
    real.office.badges.replace_badge(real.person(1), "lost")
    real.office.registrations.cancel_registration(real.person(2), "b1d1", "ill")
    real.import_people([1], "b2d1")
    service(real).begin("b1d1")
    twin = open_room(real.profile, real.clock)
    real.clock.pass_ms(5 * 60_000)
    assert twin.scan(old).verdict is Verdict.REVOKED
    assert twin.scan(real.code(1)).verdict is Verdict.CHECKED_IN
    assert twin.scan(real.code(2)).verdict is Verdict.CANCELLED
    assert len(twin.office.registrations.list_roster("b2d1")) == 5
    twin.close()


@pytest.mark.parametrize(("kind", "way"), WISHES)
def test_it_writes_no_file(twin: Room, tmp_path: Path, kind: str, way: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(NotAllowed):
        twin.office.exports.export(kind, "b1d1", way, out / f"a.{way}")
    assert list(out.iterdir()) == []


def test_it_is_neither_sealed_nor_reported_nor_synced(twin: Room, tmp_path: Path) -> None:
    context = twin.desk.context
    with pytest.raises(NotAllowed):
        twin.office.closing.close_session("b1d1")
    with pytest.raises(NotAllowed):
        export_bundle(context, tmp_path / "a.vdbundle")
    with pytest.raises(NotAllowed):
        join_with_event(context, "https://127.0.0.1:1", "code", None)  # type: ignore[arg-type]
    exports = twin.office.exports
    for kind in ("report", "vendors", "slips", "proofs"):
        with pytest.raises(NotAllowed):
            exports.export(kind, "help", "pdf", tmp_path / "a.pdf")
    assert not list(tmp_path.glob("*.pdf"))


def test_nothing_of_it_reaches_the_real_events_files(
    real: Room, twin: Room, tmp_path: Path
) -> None:
    before = leave_files(real, tmp_path / "before")
    play_everything(twin)
    take_every_road(real, twin, tmp_path)
    assert leave_files(real, tmp_path / "after") == before
    assert verify_event(real.desk.context).is_sound


def take_every_road(real: Room, twin: Room, folder: Path) -> None:
    """Try to bring the twin's facts into the real event by each door there is."""
    with pytest.raises(NotAllowed):
        export_bundle(twin.desk.context, folder / "twin.vdbundle")
    export_bundle(real.desk.context, folder / "real.vdbundle")
    with pytest.raises(NotAllowed):
        import_bundle(twin.desk.context, folder / "real.vdbundle")
    there = StationStore(twin.desk.context.database, twin.desk.context.journal, twin.clock)
    here = StationStore(real.desk.context.database, real.desk.context.journal, real.clock)
    runs = there.list_lacking(()).runs
    assert sum(len(run.rows) for run in runs) > 40
    results = here.take(runs)  # as a hub that mixes events up would
    assert sum(result.stored for result in results) == 0


def test_the_proof_sees_a_rehearsal_in_the_wrong_file(real: Room, tmp_path: Path) -> None:
    """The control: the same play on the real event itself, and one stray scan, are both seen."""
    before = leave_files(real, tmp_path / "before")
    real.clock.set_to(moment("08:33"))
    play(real, arrivals=1)
    after = leave_files(real, tmp_path / "after")
    assert after != before
    changed = {name for name in before if before[name] != after[name]}
    assert {"scans-b1d1.csv", "attendance-b1d1.csv", "signin-b1d1.pdf", "facts"} <= changed


def test_a_backup_of_it_comes_back_as_a_rehearsal(real: Room, twin: Room, tmp_path: Path) -> None:
    before = leave_files(real, tmp_path / "before")
    back_up(twin.desk.context, tmp_path / "a.vdbackup")
    twin.close()
    event_id = restore(real.profile, tmp_path / "a.vdbackup", real.clock)
    assert event_id == twin.desk.context.event_id
    again = open_room(real.profile, real.clock)
    assert again.desk.context.twin_of == real.desk.context.event_id
    again.close()
    assert leave_files(real, tmp_path / "after") == before


def test_it_is_thrown_away_with_one_act(real: Room, twin: Room) -> None:
    play_everything(twin)
    event_id = twin.desk.context.event_id
    assert service(twin).end() == real.desk.context.event_id
    assert real.profile.find_current() == real.desk.context.event_id
    assert event_id not in real.profile.list_event_ids()
    twin.close()
    left = [path.name for path in real.profile.folder.rglob("*") if event_id in path.name]
    assert left == []
    with pytest.raises(NotAllowed):
        service(real).end()  # a real event is never thrown away
    assert real.file.exists()


def test_another_rehearsal_takes_the_place_of_the_one_before(real: Room, twin: Room) -> None:
    first = twin.desk.context.event_id
    with pytest.raises(NotAllowed):
        service(twin).begin("b1d1")
    twin.close()
    real.profile.set_current(real.desk.context.event_id)
    second = service(real).begin("b2d1")
    assert set(real.profile.list_event_ids()) == {real.desk.context.event_id, second}
    assert not real.profile.event_path(first).exists()
    again = open_room(real.profile, real.clock)
    assert again.desk.context.rehearsed == "b2d1"
    assert service(again).state().people == 4
    again.close()


def test_help_days_and_strange_sessions_are_refused(real: Room) -> None:
    with pytest.raises(NotAllowed):
        service(real).begin("help")
    with pytest.raises(NotFound):
        service(real).begin("nowhere")
    assert len(real.profile.list_event_ids()) == 1


def test_a_twin_that_fails_half_way_leaves_nothing(
    real: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> list[Draft]:
        raise RuntimeError(FactKind.UNIT_ADDED)

    monkeypatch.setattr("app.services.rehearsal_twin._Copy.units", broken)
    with pytest.raises(RuntimeError):
        service(real).begin("b1d1")
    assert real.profile.list_event_ids() == [real.desk.context.event_id]
    assert real.profile.find_current() == real.desk.context.event_id
    assert list(real.profile.events_folder.glob("*thrown*")) == []


def test_a_rush_is_recorded_like_any_other_arrival(twin: Room, early: ManualClock) -> None:
    early.pass_ms(5 * 60_000)
    require_rehearsal(twin.desk.context)
    tally = play(twin, arrivals=100)
    assert tally.recorded == 12
    assert tally.verdicts == {"checked_in": 12}
    assert twin.desk.checkin.counts("b1d1").arrived == 12
    scans = twin.desk.checkin.recent_scans("b1d1")
    last = moment("08:33") + timedelta(seconds=11)
    assert [scan.at for scan in scans] == [last - timedelta(seconds=n) for n in range(12)]


def test_a_rush_brings_strangers_and_double_readings(twin: Room, early: ManualClock) -> None:
    twin.import_people(range(100, 130))
    early.pass_ms(5 * 60_000)
    tally = play(twin, arrivals=100)
    assert tally.verdicts == {"checked_in": 42, "unreadable": 2, "repeat_read": 2}


def test_a_rush_waits_as_long_as_its_rate_says_and_can_be_stopped(twin: Room) -> None:
    waits: list[float] = []
    context = twin.desk.context
    play_rush(
        context, Rush(context, "b1d1"), station("b1d1"),
        per_minute=120, arrivals=3, wait=waits.append,
    )  # fmt: skip
    assert len(waits) == 3
    assert all(0 < seconds <= 0.5 for seconds in waits)
    with pytest.raises(Cancelled):
        play_rush(
            context, Rush(context, "b1d1"), station("b1d1"),
            per_minute=120, arrivals=9, progress=lambda done, _total: done < 2,
        )  # fmt: skip


def test_no_rush_is_played_into_a_real_event(real: Room) -> None:
    with pytest.raises(NotAllowed):
        require_rehearsal(real.desk.context)
