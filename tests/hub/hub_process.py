"""Starting real hubs in tests: in a thread of this process, or as a process of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.hub.hub import Hub, HubPlace
from app.hub.limits import HubLimits
from app.hub.running import HubOptions, Serving, open_hub_database, run_hub
from app.services.profile import Profile, open_profile
from app.system_clock import SystemClock

STARTS_WITHIN = 30.0
STOPS_WITHIN = 20.0


@dataclass(frozen=True, kw_only=True)
class RunningHub:
    """A hub that serves, and its profile."""

    profile: Profile
    serving: Serving

    @property
    def plain_url(self) -> str:
        """Where this machine reaches it without TLS."""
        return f"http://127.0.0.1:{self.serving.port}"

    @property
    def secure_url(self) -> str:
        """Where this machine reaches it over TLS."""
        return f"https://127.0.0.1:{self.serving.port}"

    @contextmanager
    def storage(self) -> Iterator[Hub]:
        """Open its database beside it, as the command line does."""
        database = open_hub_database(self.profile)
        try:
            yield Hub(database, SystemClock(), place=HubPlace(url=self.plain_url))
        finally:
            database.close()


@contextmanager
def hub_in_thread(
    folder: Path, *, limits: HubLimits | None = None, **options: Any
) -> Iterator[RunningHub]:
    """Run a hub in a thread of this process."""
    profile = open_profile(folder)
    chosen = HubOptions(**{"host": "127.0.0.1", "port": 0, "is_announced": False, **options})
    ready = threading.Event()
    found: list[Serving] = []
    failed: list[BaseException] = []

    def on_serving(serving: Serving) -> None:
        found.append(serving)
        ready.set()

    def serve() -> None:
        try:
            run_hub(profile, chosen, SystemClock(), on_serving, limits=limits)
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failed.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=serve, name="hub-server")
    thread.start()
    assert ready.wait(STARTS_WITHIN), "the hub did not start"
    try:
        if failed:
            raise failed[0]
        yield RunningHub(profile=profile, serving=found[0])
    finally:
        if found:
            found[0].stop()
        thread.join(STOPS_WITHIN)
        assert not thread.is_alive(), "the hub did not stop"
    if failed:
        raise failed[0]


@dataclass(kw_only=True)
class HubProcess:
    """A hub as people start it: `venuedesk hub --json`."""

    profile: Path
    arguments: tuple[str, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    def start(self) -> "HubProcess":
        """Start, and wait until it says that it serves."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", "hub", "--profile", str(self.profile), "--json",
             "--host", "127.0.0.1", "--no-announce", *self.arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "VENUEDESK_LANG": "en"},
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the hub did not start: {self.stop()}")
        self.told = json.loads(line)
        return self

    @property
    def plain_url(self) -> str:
        """Where this machine reaches it without TLS."""
        return f"http://127.0.0.1:{self.told['port']}"

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate(timeout=STOPS_WITHIN)

    def stop(self) -> str:
        """Stop it as people do; return what it wrote to its error output."""
        assert self.process is not None
        self.process.terminate()
        return str(self.process.communicate(timeout=STOPS_WITHIN)[1])


@contextmanager
def hub_process(folder: Path, *arguments: str) -> Iterator[HubProcess]:
    """Run a hub as a process of its own."""
    running = HubProcess(profile=folder, arguments=arguments).start()
    try:
        yield running
    finally:
        if running.process is not None and running.process.poll() is None:
            running.stop()
