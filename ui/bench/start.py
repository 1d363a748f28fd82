"""`bench start`: process start to a painted window that captures scans, and to a first verdict.

Both are whole processes started from here; the floor is a bare PySide6 window in a process too.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from app.bench.crowd import SESSION, crowded_desk
from app.bench.figures import Report, machine, percentile, tell

RUNS = 7
BARE = """
import time
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 768)
window.show()
app.processEvents()
print(time.monotonic_ns())
"""


def measure(size: int) -> Report:
    """Start the window on an event of `size` registrations, several times, beside a bare one."""
    with crowded_desk(size) as (desk, codes, folder):
        desk.context.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        painted: list[float] = []
        verdict: list[float] = []
        bare: list[float] = []
        for run in range(RUNS + 1):
            tell(f"start {run} of {RUNS} …")
            times = start_window(folder, codes[run % len(codes)])
            floor = start_bare()
            if run:  # the first run fills the caches of disk and bytecode
                painted.append(times["painted"])
                verdict.append(times["verdict"])
                bare.append(floor)
    return {
        "bench": "start",
        "size": size,
        "n": RUNS,
        "painted_p50_ms": _median_ms(painted),
        "first_verdict_p50_ms": _median_ms(verdict),
        "floor": {
            "bare_window_p50_ms": _median_ms(bare),
            "ratio_painted": round(percentile(painted, 0.5) / percentile(bare, 0.5), 2),
            "ratio_first_verdict": round(percentile(verdict, 0.5) / percentile(bare, 0.5), 2),
        },
        "machine": machine(),
    }


def _median_ms(values: list[float]) -> float:
    return round(percentile(values, 0.5) * 1000, 1)


def start_window(folder: Path, code: str) -> dict[str, float]:
    """Start the real window, scan as soon as it is painted; return seconds from the start."""
    command = [sys.executable, "-m", "ui.bench.start_child", str(folder), code, SESSION]
    started = time.monotonic_ns()
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
    marks = json.loads(done.stdout.splitlines()[-1])
    return {name: (moment - started) / 1e9 for name, moment in marks.items()}


def start_bare() -> float:
    """Start a bare PySide6 window; return seconds from the start to its first paint."""
    started = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", BARE], capture_output=True, text=True, check=True, env=_environment()
    )
    return (int(done.stdout.splitlines()[-1]) - started) / 1e9


def _environment() -> dict[str, str]:
    """Return the environment of both processes; like an installed program they keep bytecode."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
