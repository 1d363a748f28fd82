"""Hubs as processes of their own: killed, doubled, started from the command line."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from asking import DEVICES, EVENT, HEADS, Asker, asker_of, code_of
from factories import new_event, new_profile
from hub_process import HubProcess, RunningHub, hub_process
from invented_chains import Device

from app.domain.devices import DeviceRole
from app.hub.hub import Hub
from app.hub.running import Serving
from app.services.profile import Profile
from app.system_clock import SystemClock
from db.hub.engine import open_hub_server


def _running(process: HubProcess, profile: Profile) -> RunningHub:
    told = process.told
    return RunningHub(
        profile=profile,
        serving=Serving(
            url=told["url"], port=told["port"], hub_key=told["hub"], events=told["events"],
            database=told["database"], stop=lambda: None,
        ),
    )  # fmt: skip


def _command(profile: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "app", "hub", *arguments, "--profile", str(profile), "--json"],
        capture_output=True, text=True, check=False, env={**os.environ, "VENUEDESK_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_hub_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    new_profile(tmp_path)
    window = HubProcess(profile=tmp_path, arguments=("--port", "0", "--while-stdin")).start()
    assert window.process is not None
    assert window.process.poll() is None
    assert httpx.get(f"{window.plain_url}/health").status_code == 200
    _out, errors = window.process.communicate(timeout=20)  # closes its standard input
    assert window.process.returncode == 0
    assert "Traceback" not in errors


def test_a_killed_hub_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    profile = new_profile(tmp_path)
    acknowledged: dict[str, int] = {}
    device = Device("pusher")
    key = ""
    for _round in range(3):
        process = HubProcess(profile=tmp_path, arguments=("--port", "0")).start()
        running = _running(process, profile)
        assert key in ("", running.serving.hub_key)
        key = running.serving.hub_key
        with asker_of(running, DeviceRole.ORGANIZER, device.name) as fresh:
            device.key = fresh.device.key
            one = Asker(running.plain_url, key, device)
            # Each round is another incarnation, since the key is another one.
            device.incarnation, device.rows = f"round-{_round}", []
            killer = threading.Timer(0.7, process.kill)
            killer.start()
            with contextlib.suppress(httpx.HTTPError):
                while True:
                    run = device.write(5)
                    (result,) = one.push([run]).json()["results"]
                    assert result["fate"] == "stored"
                    acknowledged[device.incarnation] = run.head.seq
            killer.join()
            one.client.close()
    with hub_process(tmp_path, "--port", "0") as again:
        running = _running(again, profile)
        with asker_of(running) as looking:
            tips = looking.ask("GET", HEADS).json()["tips"]
    here = {tip["incarnation"]: tip["seq"] for tip in tips if tip["device"] == device.name}
    assert len(acknowledged) == 3
    for incarnation, seq in acknowledged.items():
        assert here[incarnation] >= seq


def test_a_laptop_invites_from_the_command_line(tmp_path: Path) -> None:
    profile = new_event(tmp_path)
    event = profile.find_current()
    code = _command(tmp_path, "invite")  # the hub has never run
    assert code["event"] == event
    assert code["confirm"] is False
    with hub_process(tmp_path, "--port", "0") as process:
        assert process.told["events"] == 1
        assert process.told["url"] == process.plain_url
        device = Device("laptop")
        with Asker(process.plain_url, process.told["hub"], device) as one:
            body = {"code": code["code"], "device": "laptop", "public_key": device.public_key}
            assert one.ask("POST", "/v1/enrol", body).json()["status"] == "admitted"
            second = _command(tmp_path, "invite", "--confirm")
            waiting = Device("second")
            with Asker(process.plain_url, process.told["hub"], waiting) as two:
                body = {"code": second["code"], "device": "second",
                        "public_key": waiting.public_key}  # fmt: skip
                assert two.ask("POST", "/v1/enrol", body).json()["status"] == "waiting"
                assert _command(tmp_path, "approve", "second")["status"] == "admitted"
                heads = f"/v1/events/{event}/heads"
                assert two.ask("GET", heads).status_code == 200
            roles = {d["device"]: d["role"] for d in _command(tmp_path, "devices")["devices"]}
            assert sorted(roles.values()) == ["organizer", "station", "station"]
            assert _command(tmp_path, "revoke", "lap", "--reason", "lost")["status"] == "revoked"
            assert code_of(one.ask("GET", f"/v1/events/{event}/heads")) == "revoked"


def test_stopped_by_a_signal_it_says_nothing_more(tmp_path: Path) -> None:
    new_profile(tmp_path)
    process = HubProcess(profile=tmp_path, arguments=("--port", "0")).start()
    assert process.stop() == ""
    assert process.process is not None
    assert process.process.returncode == 0


def test_two_processes_on_one_database_ring_each_other(tmp_path: Path, postgres_url: str) -> None:
    profiles = [new_profile(tmp_path / name) for name in ("one", "two")]
    with (
        hub_process(profiles[0].folder, "--port", "0", "--database", postgres_url) as first,
        hub_process(profiles[1].folder, "--port", "0", "--database", postgres_url) as second,
    ):
        assert first.told["hub"] == second.told["hub"]
        database = open_hub_server(postgres_url)
        devices = [Device("one"), Device("two")]
        try:
            hub = Hub(database, SystemClock())
            hub.events.open_event(EVENT, name="Test event")
            for device in devices:
                hub.devices.admit(
                    EVENT, device=device.name, public_key=device.public_key,
                    role=DeviceRole.ORGANIZER,
                )  # fmt: skip
        finally:
            database.close()
        with (
            Asker(first.plain_url, first.told["hub"], devices[0]) as writer,
            Asker(second.plain_url, second.told["hub"], devices[1]) as listener,
        ):
            assert _rings_after(listener, lambda: writer.push([devices[0].write(3)]))
            # A nonce of one process serves at the other, once in all.
            nonce = writer.nonce()
            listener.device = devices[0]
            path = f"/v1/events/{EVENT}/invitations"
            assert writer.ask("POST", path, {}, nonce=nonce).status_code == 200
            assert code_of(listener.ask("POST", path, {}, nonce=nonce)) == "nonce"
            assert listener.ask("GET", DEVICES).status_code == 200


def _rings_after(listener: Asker, act: Any) -> bool:
    """Listen, act once the bell hangs, and tell whether it rang after that."""
    path = f"/v1/events/{EVENT}/bell"
    headers = listener.headers("GET", path, b"")
    totals: list[int] = []
    with listener.client.stream("GET", path, headers=headers) as response:
        for line in response.iter_lines():
            if line.startswith("data:"):
                totals.append(json.loads(line[5:])["facts"])
                if len(totals) == 1:
                    act()
                else:
                    return totals[1] > totals[0]
    return False


@pytest.mark.parametrize("wrong", ["mysql://x/y", "postgresql+psycopg://127.0.0.1:1/none"])
def test_a_database_that_is_not_there_is_told_in_words(tmp_path: Path, wrong: str) -> None:
    new_profile(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "app", "hub", "--profile", str(tmp_path), "--database", wrong,
         "--port", "0"],
        capture_output=True, text=True, check=False, env={**os.environ, "VENUEDESK_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "atabase" in done.stderr
    assert "Traceback" not in done.stderr
