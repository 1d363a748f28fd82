"""The contract's commands with real processes: two laptops, one hub, a scan seen at the other."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hub_process import RunningHub

from app.domain.devices import DeviceRole

ENVIRONMENT = {**os.environ, "VENUEDESK_LANG": "en"}


def begin(profile: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments, "--profile", str(profile), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )


def finish(process: subprocess.Popen[str], status: int = 0) -> Any:
    said, complained = process.communicate(timeout=60)
    assert process.returncode == status, complained
    assert "Traceback" not in complained
    return json.loads(said) if status == 0 else complained


def told(profile: Path, *arguments: str) -> Any:
    return finish(begin(profile, *arguments))


def invite(hub: RunningHub, role: DeviceRole, event: str = "") -> str:
    with hub.storage() as storage:
        return storage.devices.invite(event, role, confirm=False).code


def test_two_laptops_and_a_hub(hub: RunningHub, tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    event = told(first, "new", "pingtung-112")["event"]
    joined = told(first, "join", hub.secure_url, invite(hub, DeviceRole.ORGANIZER))
    assert (joined["event"], joined["letter"], joined["status"]) == (event, "A", "admitted")
    assert len(joined["words"]) == 6
    both = [
        begin(place, "join", hub.plain_url, invite(hub, DeviceRole.STATION, event))
        for place in (second, third)
    ]
    others = [finish(process) for process in both]
    assert {other["event"] for other in others} == {event}
    assert sorted(other["letter"] for other in others) == ["B", "C"]

    walk_in = ("walkin", "--session", "b1d1", "--name", "王小明", "--unit", "海豐國小")
    person = told(first, *walk_in)["person"]
    sent = told(first, "sync")
    assert (sent["equal"], sent["queue"], sent["state"]) == (True, 0, "synced")
    assert sent["sent"] >= 2
    assert told(second, "sync")["received"] >= 2
    assert told(second, "people", "find", "王小明")["people"][0]["id"] == person["id"]

    bundle = str(tmp_path / "stick.vdbundle")
    assert told(second, "bundle", "export", bundle)["facts"] > 2
    brought = told(third, "bundle", "import", bundle)
    assert brought["stored"] >= 2
    assert brought["quarantined"] == 0
    assert told(third, "people", "find", "王小明")["people"][0]["id"] == person["id"]
    assert told(third, "verify")["sound"]


def test_what_goes_wrong_is_said_in_a_sentence(hub: RunningHub, tmp_path: Path) -> None:
    profile = tmp_path / "first"
    code = invite(hub, DeviceRole.ORGANIZER)
    told(profile, "new", "pingtung-112")
    assert "joined no hub" in finish(begin(profile, "sync"), 1)
    assert "mistyped" in finish(begin(profile, "join", hub.plain_url, "ABC"), 1)
    assert "Nothing listens" in finish(begin(profile, "join", "https://127.0.0.1:1", code), 1)
    assert "address" in finish(begin(profile, "join", "ftp://x", code), 1)
    told(profile, "join", hub.plain_url, code)
    assert "used already" in finish(begin(tmp_path / "x", "join", hub.plain_url, code), 1)


@pytest.mark.parametrize("stops", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_says_that_it_works_and_ends_gently(
    hub: RunningHub, tmp_path: Path, stops: signal.Signals
) -> None:
    profile = tmp_path / "first"
    told(profile, "new", "pingtung-112")
    told(profile, "join", hub.plain_url, invite(hub, DeviceRole.ORGANIZER))
    watch = subprocess.Popen(
        [sys.executable, "-m", "app", "sync", "--watch", "--profile", str(profile)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT, bufsize=1,
    )  # fmt: skip
    assert watch.stdout is not None
    lines = iter(watch.stdout.readline, "")
    try:
        assert any("In sync" in line for line in lines)  # before it, where the key lies
    finally:
        watch.send_signal(stops)
        rest, _ = watch.communicate(timeout=60)
    assert watch.returncode == 0
    assert not rest
