"""A door that is going to be killed: scans badges and acknowledges each fact after its commit.

Runs as a nursery: one process imports everything once, then forks a child per line of its input
(`profile<TAB>acknowledgements<TAB>mode`) and says the child's process id. A child writes each
acknowledged fact id as a line into a pipe (`mkfifo`), so its end is heard when it is killed.

Modes: `honest` acknowledges after the commit, as the program does; `hasty` before it (the
control that must lose facts); `small` may not make files larger than now (a full disk).
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from app.bootstrap import build_events, open_desk
from app.domain.badge import read_code
from app.domain.errors import StorageFailed
from app.services.checkin import ScanOutcome, Station
from app.services.recording import ScanRecorder

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def main() -> None:
    """Fork a child for each line until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for line in sys.stdin:
        folder, pipe, mode = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            live(Path(folder), pipe, mode)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def live(folder: Path, pipe: str, mode: str) -> None:
    """Scan without end; each round another station, so that nothing is a repeated reading."""
    answers = os.open(pipe, os.O_WRONLY)
    _, events = build_events(folder, actor="child")
    desk = open_desk(events)
    codes = [row[0] for row in desk.context.database.connection().execute("SELECT code FROM badge")]
    if mode == "small":
        limit_file_size(desk.context.database.path)
    for round_number in count():
        station = Station(session="b1d1", letter=LETTERS[round_number % len(LETTERS)])
        for code in codes:
            if mode == "hasty":
                scan_hastily(desk.context, code, station, answers)
                continue
            try:
                outcome = desk.checkin.scan(code, station)
            except StorageFailed as error:
                os.write(answers, f"failed {error.message.zh}\n".encode())
                return
            acknowledge(answers, outcome)


def acknowledge(answers: int, outcome: ScanOutcome) -> None:
    """Tell the world that a scan is stored."""
    os.write(answers, f"{outcome.fact_id}\n".encode())


def scan_hastily(context, code: str, station: Station, answers: int) -> None:
    """Acknowledge before the commit: what no program should do."""
    recorder = ScanRecorder(context)
    reading = read_code(code, context.tag)
    with context.database.write() as connection:
        holder = recorder.find_holder(connection, reading)
        outcome = recorder.record(connection, reading, holder, station, at=None, reader="child")
        acknowledge(answers, outcome)


def limit_file_size(database: Path) -> None:
    """Let no file grow beyond a little more than the database now is."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = database.stat().st_size + 300_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    main()
