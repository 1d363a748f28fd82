"""Deployment files name what exists: files, options, ports, tables, settings that keep facts."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

import resources
from app.cli.hub import hub_app
from db.hub.tables import HUB_TABLES

ROOT = resources.path("").parent
HUB = ROOT / "packaging" / "hub"
yaml = pytest.importorskip("yaml")


def read(name: str) -> str:
    return (HUB / name).read_text("utf-8")


def test_copied_and_mentioned_files_exist() -> None:
    for source in re.findall(
        r"^COPY (?!--from)(?:--\S+ )?(.+) \S+$", read("Containerfile"), re.MULTILINE
    ):
        for name in source.split():
            assert (ROOT / name).exists(), name
    for name in re.findall(r"`([\w@.-]+)`", read("README.md").partition("## With")[0]):
        assert (HUB / name).exists() or name == "venuedesk", name
    assert "COPY ui ui" not in read("Containerfile"), "no window in the hub's image"
    assert "window" not in re.findall(r"--extra (\w+)", read("Containerfile"))


def test_options_of_the_start_script_are_options_of_the_program() -> None:
    shown = CliRunner().invoke(hub_app, ["--help"], env={"COLUMNS": "200"}).output
    options = set(re.findall(r"--[a-z-]+", read("start-hub") + read("venuedesk-hub@.service")))
    for option in options & {"--host", "--port", "--behind-proxy", "--database", "--no-announce"}:
        assert option in shown, option
    assert {"--port", "--behind-proxy", "--database"} <= options
    assert subprocess.run(["sh", "-n", HUB / "start-hub"], check=False).returncode == 0
    assert (HUB / "start-hub").stat().st_mode & 0o100


def test_compose_waits_for_the_database_and_hides_it() -> None:
    compose = yaml.safe_load(read("compose.yaml"))
    services = compose["services"]
    assert services["database"]["healthcheck"]["test"]
    assert "ports" not in services["database"]
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("hub1", "hub2"):
        hub = services[name]
        assert hub["depends_on"]["database"]["condition"] == "service_healthy"
        assert hub["read_only"]
        assert hub["cap_drop"] == ["ALL"]
        assert "ports" not in hub
        assert set(hub["secrets"]) <= compose["secrets"].keys()
    assert "synchronous_commit=on" in services["database"]["command"]
    assert not re.search(r"fsync=off|synchronous_commit=off", read("compose.yaml"))


def test_failover_is_synchronous() -> None:
    dcs = yaml.safe_load(read("patroni.yml"))["bootstrap"]["dcs"]
    assert dcs["synchronous_mode"] is True
    assert dcs["synchronous_mode_strict"] is True
    assert dcs["postgresql"]["parameters"]["synchronous_commit"] == "on"


def test_every_table_has_its_place_when_events_are_spread() -> None:
    scale = read("SCALE.md")
    for name in HUB_TABLES.tables:
        assert name in scale, name


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("needs systemd-analyze")
    text = read("venuedesk-hub@.service").replace("/opt/venuedesk/packaging/hub", str(HUB))
    unit = tmp_path / "venuedesk-hub@8710.service"
    unit.write_text(text, "utf-8")
    said = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False)
    ours = [line for line in said.stderr.splitlines() if "venuedesk-hub" in line]
    assert ours == []


def test_proxies_replace_the_address_and_let_the_bell_through() -> None:
    nginx, caddy = read("nginx.conf"), read("Caddyfile")
    assert nginx.count("proxy_set_header X-Forwarded-For $remote_addr;") == 2
    assert nginx.count("proxy_set_header Host $host;") == 2
    assert nginx.count("{") == nginx.count("}")
    assert "proxy_buffering off;" in nginx
    assert "X-Forwarded-For {remote_host}" in caddy
    assert "flush_interval -1" in caddy
