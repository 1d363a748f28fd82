"""A laptop of the simulation: a real encrypted event file, real services, a clock that may lie."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from factories import KEY, new_event, open_room, station
from history_export import Branched, list_station_heads, list_station_rows
from simulation_chance import SkewedClock, WorldTime, seeded
from simulation_hubs import NAMES, make_hub_file

from app.domain.chain import Origin
from app.domain.errors import VenueDeskError
from app.domain.facts import Draft, FactKind
from app.services.care import begin_incarnation
from app.services.checkin import CheckinService, WalkIn
from app.services.context import EventContext
from app.services.opening import (
    enrolment,
    local_state,
    machine_fingerprint,
    set_local_state,
    sign_own_head,
)
from db import verify as proof
from db.backup import write_backup
from db.engine import Database
from db.exchange import StationStore
from db.hub.engine import open_hub_file
from db.journal import COLUMNS, Journal, erase_private

MOST_STATIONS = 5
PEOPLE = 4
_OWN_ROWS = f"SELECT {COLUMNS} FROM fact WHERE device=? AND incarnation=? AND seq>? ORDER BY seq"  # noqa: S608 - constants


class PowerCut(BaseException):
    """The machine stops inside a transaction; nothing of the program may catch it."""


class Template:
    """Files of laptops that are ready for the day: same event, same roster, each its device."""

    def __init__(self, folder: Path) -> None:
        """Make the files; the same bytes of facts on every machine and in every run."""
        self.folder = folder
        self.hub_databases = [open_hub_file(folder / f"{name}-serving.db", KEY) for name in NAMES]
        with seeded(Random("template")):
            profile = new_event(folder / "profile")
            room = open_room(profile)
            room.import_people(range(PEOPLE))
            self.codes = [room.office.badges.badges_for("b1d1")[at].code for at in range(PEOPLE)]
            self.people = [str(room.person(at)) for at in range(PEOPLE)]
            sign_own_head(room.desk.context)
            self.context: EventContext = room.desk.context
            room.close()
            source = profile.event_path(self.context.event_id)
            for name in NAMES:
                make_hub_file(self.hub_path(name))
            for slot in range(MOST_STATIONS):
                shutil.copyfile(source, self.path(slot))
                if slot:
                    _give_device(self.path(slot), slot, self.context.event_id)

    def hub_path(self, name: str) -> Path:
        """Return the file of a hub that knows nothing yet."""
        return self.folder / f"{name}-hub.db"

    def path(self, slot: int) -> Path:
        """Return the file of one laptop as it is when the day begins."""
        return self.folder / f"station-{slot}.db"


def _give_device(path: Path, slot: int, event_id: str) -> None:
    """Make a copy of the first laptop's file another laptop's, as joining would."""
    database = Database(path, KEY)
    random = Random(f"device {slot}")
    key = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
    state = {
        "device": f"station-{slot}",
        "incarnation": f"first-{slot}",
        "private_key": key.private_bytes_raw().hex(),
        "public_key": key.public_key().public_bytes_raw().hex(),
        "machine": machine_fingerprint(),
    }
    with database.write() as connection:
        for name, value in state.items():
            set_local_state(connection, name, value)
        origin = Origin(event_id, state["device"], state["incarnation"])
        journal = Journal(origin, SkewedClock(WorldTime()))
        journal.append(connection, [enrolment(connection, origin)])
    database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.close()


class SimulatedStation:
    """One laptop. After a restart only its file tells it anything."""

    def __init__(self, name: str, path: Path, template: Template, clock: SkewedClock) -> None:
        self.name = name
        self.path = path
        self.clock = clock
        self._template = template
        self.letter = "ABCDEFGHIJ"[int(name[-1]) % 10]
        self.open()

    def open(self) -> None:
        """Open the file, as when the program starts."""
        # The simulation kills no power: whether commits survive that is proven elsewhere.
        self.database = Database(self.path, KEY, synchronous="OFF")
        state = local_state(self.database.connection())
        event_id = self._template.context.event_id
        origin = Origin(event_id, state["device"], state["incarnation"])
        self.context = replace(
            self._template.context,
            database=self.database,
            journal=Journal(origin, self.clock),
            clock=self.clock,
        )
        self.checkin = CheckinService(self.context)
        self.store = StationStore(self.database, self.context.journal, self.clock)

    @property
    def origin(self) -> Origin:
        """Return whose chain this laptop writes now."""
        return self.context.journal.origin

    def close(self) -> None:
        """Close the file; nothing stays in memory."""
        self.database.close()

    def restart(self, random: Random) -> None:
        """Stop and start the machine."""
        self.close()
        self.clock.restart(random)
        self.open()

    def act(self, random: Random) -> list[tuple[Any, ...]]:
        """Do one thing a person does at a desk; return the stored facts, as acknowledged."""
        before = self._last_seq()
        random.choice(_ACTS)(self, random)
        return self.own_rows(above=before)

    def cut_power_while_acting(self, random: Random) -> list[tuple[Any, ...]]:
        """Stop the machine right before a commit; return what would have been stored."""
        before = self._last_seq()
        rows: list[tuple[Any, ...]] = []
        try:
            with self.database.write() as connection:
                self.context.journal.append(connection, [_note(random)])
                rows = self.own_rows(above=before)
                raise PowerCut
        except PowerCut:
            self.restart(random)
        return rows

    def own_rows(self, above: int) -> list[tuple[Any, ...]]:
        """Return the facts of the chain this laptop writes, after a sequence."""
        return self.database.connection().execute(
            _OWN_ROWS,
            (self.origin.device, self.origin.incarnation, above),
        ).fetchall()  # fmt: skip

    def _last_seq(self) -> int:
        row = self.database.connection().execute(
            "SELECT seq FROM chain_head WHERE device=? AND incarnation=?",
            (self.origin.device, self.origin.incarnation),
        ).fetchone()  # fmt: skip
        return int(row[0]) if row else 0

    def back_up(self, target: Path) -> None:
        """Write a backup as the program does."""
        target.unlink(missing_ok=True)
        write_backup(self.database.connection(), target)

    def restore(self, backup: Path) -> None:
        """Bring a backup back as the program does."""
        self.put_back(backup)
        begin_incarnation(self.path, KEY, self.context.event_id, self.clock)
        self.open()

    def put_back(self, backup: Path) -> None:
        """Put an old file in the place of the present one and do nothing more."""
        self.close()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(backup, self.path)

    def copy_file(self, target: Path) -> None:
        """Copy the closed file, as when a disk is cloned."""
        self.close()
        shutil.copyfile(self.path, target)
        self.open()

    def list_rows(self) -> Iterator[Branched]:
        """Yield every fact here with its branch."""
        return list_station_rows(self.database.connection())

    def list_heads(self) -> list[tuple[Any, ...]]:
        """Return the signed heads here."""
        return list_station_heads(self.database.connection())

    def faults(self, thorough: bool) -> list[str]:
        """Return what the program's own verification finds; of the read tables only, or of all."""
        connection = self.database.connection()
        if not thorough:
            return proof._compare_read_tables(connection)
        report = proof.verify(connection)
        chains = [f"{chain.device}: {fault}" for chain in report.chains for fault in chain.faults]
        return [*report.faults, *chains]


def _scan(at: SimulatedStation, random: Random) -> None:
    code = random.choice(at._template.codes)
    at.checkin.scan(code, station(letter=at.letter))


def _walk_in(at: SimulatedStation, random: Random) -> None:
    form = WalkIn(
        name=f"林{random.choice('安宇晴承')}{random.choice('恩品妍子')}", unit_text="星光國小"
    )
    at.checkin.walk_in(form, station(letter=at.letter))


def _undo(at: SimulatedStation, random: Random) -> None:
    scans = at.checkin.recent_scans("b1d1", limit=3)
    try:
        if scans:
            at.checkin.undo_scan(random.choice(scans).fact_id, "誤刷")
    except VenueDeskError:
        pass  # undone before: a person would be told


def _erase(at: SimulatedStation, random: Random) -> None:
    subject = f"person:{random.choice(at._template.people)}"
    with at.database.write() as connection:
        erase_private(connection, at.context.journal, [subject], "tester")


def _amend_often(at: SimulatedStation, random: Random) -> None:
    drafts = [_note(random, at._template.people) for _ in range(random.randrange(2, 8))]
    with at.database.write() as connection:
        at.context.journal.append(connection, drafts)


def _note(random: Random, people: list[str] | None = None) -> Draft:
    person = random.choice(people) if people else f"new-{random.getrandbits(32):08x}"
    return Draft(
        kind=FactKind.REGISTRATION_ADDED,
        subject=f"person:{person}",
        body={"session": random.choice(("b1d1", "b1d2")), "origin": "imported"},
        private={"name": f"林{random.choice('安宇晴承')}", "unit": "星光國小"},
        actor="tester",
    )


_ACTS: tuple[Callable[[SimulatedStation, Random], None], ...] = (
    _scan, _scan, _scan, _scan, _walk_in, _undo, _amend_often, _erase,
)  # fmt: skip
