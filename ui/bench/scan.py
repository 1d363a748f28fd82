"""`bench scan`: from the reader's terminating key to the painted, committed verdict."""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bench.crowd import SESSION, crowded_desk
from app.bench.figures import Report, machine, milliseconds, percentile, tell
from app.bootstrap import Desk, build_events
from app.domain.clock import uuid7
from app.domain.scans import StationDirection
from app.services.outcomes import ScanOutcome
from app.services.profile import Profile
from db import migrations
from db.engine import Database
from ui.background import ThreadTaskRunner
from ui.bench.reader import press_enter, release_enter, type_code
from ui.main import HAND_OVER_SECONDS
from ui.main_window import MainWindow
from ui.preferences import WindowPreferences
from ui.scan_filter import ScanFilter
from ui.sounds import Sounds
from ui.window_services import OpenPlan, ProfileBackups, WindowServices

SCANS = 2000
FRAME_MS = 1000 / 60
WARM_UP = 50
PATIENCE_MS = 10_000
BETWEEN_PEOPLE_SECONDS = 0.04


def measure(size: int) -> Report:
    """Scan badges among `size` registrations, each beside a bare commit of the same rows."""
    app = QApplication.instance() or QApplication(["bench"])
    if not isinstance(app, QApplication):
        raise TypeError("a bench needs a widget application")
    with crowded_desk(size) as (desk, codes, folder):
        count = min(SCANS, max(1, len(codes) - WARM_UP))
        chance = random.Random(1)  # noqa: S311 - which badges come
        chosen = chance.sample(codes, min(len(codes), count + WARM_UP))
        floor = BareCommits(folder / "floor.db")
        bench = ScanBench(app, desk, folder)
        tell(f"scanning {len(chosen)} of {size:,} …")
        total: list[float] = []
        bare: list[float] = []
        for code in chosen:
            total.append(bench.scan(code))
            bare.append(floor.commit())
        bench.close()
        floor.close()
    return _report(size, total[WARM_UP:] or total, bare[WARM_UP:] or bare)


def _report(size: int, total: list[float], bare: list[float]) -> Report:
    commit = milliseconds(bare)
    scan = milliseconds(total)
    return {
        "bench": "scan",
        "size": size,
        "n": len(total),
        **scan,
        "floor": {
            **{f"commit_{name}": value for name, value in commit.items()},
            "ratio_p50": round(percentile(total, 0.5) / percentile(bare, 0.5), 2),
            "above_p50_ms": round(scan["p50_ms"] - commit["p50_ms"], 3),
            "above_p99_ms": round(scan["p99_ms"] - commit["p99_ms"], 3),
            "frame_ms": round(FRAME_MS, 1),
        },
        "machine": machine(),
    }


class ScanBench:
    """The real window over a desk, scanned by key events."""

    def __init__(self, app: QApplication, desk: Desk, folder: Path) -> None:
        sounds = Sounds()
        preferences = WindowPreferences(app, sounds, None)
        preferences.apply()
        self._tasks = ThreadTaskRunner()
        self._loop = QEventLoop()
        self._late = QTimer(singleShot=True, interval=PATIENCE_MS)
        sys.setswitchinterval(HAND_OVER_SECONDS)
        self._window = MainWindow(self._tasks)
        self._filter = ScanFilter(app)
        self._filter.scanned.connect(self._window.take_scan)
        self._window.show()
        services = WindowServices(
            desk,
            plan=OpenPlan(desk, build_events(folder)[1]),
            backups=ProfileBackups(desk, Profile(folder)),
            profile=Profile(folder),
            preferences=preferences,
        )
        self._window.station.set_session(SESSION)
        self._window.station.set_direction(StationDirection.IN)
        self._window.attach(services)
        self._wait_until(self._has_sessions)
        door = self._window.door
        if door is None:
            raise RuntimeError("the window has no door")
        self._shown = 0.0
        door.outcome_shown.connect(self._on_shown)

    def _has_sessions(self) -> bool:
        door = self._window.door
        return door is not None and bool(door.sessions)

    def scan(self, code: str) -> float:
        """Return seconds from Enter to the painted verdict."""
        window = self._window.windowHandle()
        self._shown = 0.0
        type_code(window, code)
        start = time.perf_counter()
        press_enter(window)
        self._wait_until(lambda: self._shown > 0)
        taken = self._shown - start
        release_enter(window)
        self._settle()
        return taken

    def _on_shown(self, _outcome: ScanOutcome) -> None:
        # Connected after the view, whose slot paints before it returns.
        self._shown = time.perf_counter()

    def _wait_until(self, is_done: Callable[[], bool]) -> None:
        self._late.start()  # wakes a loop that would wait for ever
        while not is_done():
            if not self._late.isActive():
                raise TimeoutError("the window did not answer")
            self._loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _settle(self) -> None:
        """Let lists and counts catch up, as they do between two people."""
        until = time.perf_counter() + BETWEEN_PEOPLE_SECONDS
        while time.perf_counter() < until:
            QApplication.processEvents()
            time.sleep(0.005)

    def close(self) -> None:
        """End the window and its threads."""
        self._window.close()
        self._tasks.shutdown()


class BareCommits:
    """The floor: the rows of one scan inserted and committed, nothing else."""

    def __init__(self, file: Path) -> None:
        self._database = Database(file, os.urandom(32).hex())
        migrations.upgrade(self._database)
        self._seq = 0

    def commit(self) -> float:
        """Return seconds for one commit of a scan's rows."""
        self._seq += 1
        now = int(time.time() * 1000)
        fact, person = uuid7(now), uuid7(now)
        start = time.perf_counter()
        with self._database.write() as connection:
            connection.execute(_FACT, (fact, self._seq, f"person:{person}", _BODY, now))
            connection.execute(_HEAD, (self._seq, now))
            connection.execute(_SCAN, (fact, person, now, _BODY))
            connection.execute(_ATTENDANCE, (person, now))
            connection.execute(_TALLY)
        return time.perf_counter() - start

    def close(self) -> None:
        """Close the file."""
        self._database.close()


_BODY = (
    '{"code":"BCDEFGHJKLNPRSTVXBCDEFGHJ","counts":true,"detail":{},"direction":"in",'
    '"reader":"keyboard","session":"b1d1","station":"A","verdict":"checked_in"}'
)
_ID = "00000000-0000-7000-8000-000000000000"
_HASH = "0" * 64
_FACT = (
    "INSERT INTO fact (id, seq, subject, body, at, event_id, device, incarnation, kind, actor,"
    " private_hash, tz, mono, boot, offset_ms, offset_quality, hlc, prev_hash, hash) VALUES"
    f" (?,?,?,?,?,'{_ID}','{_ID}','{_ID}','scan.recorded','bench','',480,1,'{_ID}',0,'unknown',1,"
    f"'{_HASH}','{_HASH}')"
)
_HEAD = (
    "INSERT OR REPLACE INTO chain_head (device, incarnation, seq, hash, hlc, wall_ms, mono_ms,"
    f" boot) VALUES ('{_ID}','{_ID}',?,'{_HASH}',1,?,1,'{_ID}')"
)
_SCAN = (
    "INSERT INTO scan (fact_id, person_id, session, station, at_ms, body, counts, admitted,"
    " offset_quality) VALUES (?,?,'b1d1','A',?,?,1,0,'unknown')"
)
_ATTENDANCE = "INSERT INTO attendance VALUES (?,'b1d1',?,NULL,1,0)"
_TALLY = (
    "INSERT INTO session_tally VALUES ('b1d1',0,1,1) ON CONFLICT (session)"
    " DO UPDATE SET arrived=arrived+1, present=present+1"
)
