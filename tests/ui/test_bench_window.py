"""The window's two benches at tiny sizes: they run, and their JSON has the promised shape."""

import json
import os
import subprocess
import sys

import pytest

from ui.bench import start

MACHINE = {"cpu", "cores", "system", "python"}


@pytest.fixture
def own_profile(tmp_path, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("VENUEDESK_KEY_FILE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def test_bench_scan(own_profile):
    # In a process of its own: a bench puts filters and colours on its application for good.
    done = subprocess.run(
        [sys.executable, "-m", "app", "bench", "scan", "--size", "6", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    (line,) = done.stdout.splitlines()
    report = json.loads(line)
    assert report["bench"] == "scan"
    assert report["size"] == report["n"] == 6
    assert 0 < report["p50_ms"] <= report["p99_ms"] <= report["max_ms"]
    floor = report["floor"]
    assert 0 < floor["commit_p50_ms"] <= floor["commit_p99_ms"] <= floor["commit_max_ms"]
    assert floor["above_p50_ms"] == pytest.approx(
        report["p50_ms"] - floor["commit_p50_ms"], abs=0.01
    )
    assert {"ratio_p50", "above_p99_ms", "frame_ms"} <= floor.keys()
    assert report["machine"].keys() == MACHINE


def test_bench_start(own_profile, monkeypatch):
    monkeypatch.setattr(start, "RUNS", 1)
    report = start.measure(3)
    assert report["bench"] == "start"
    assert (report["size"], report["n"]) == (3, 1)
    assert 0 < report["painted_p50_ms"] < report["first_verdict_p50_ms"]
    floor = report["floor"]
    assert floor["bare_window_p50_ms"] > 0
    assert {"ratio_painted", "ratio_first_verdict"} <= floor.keys()
    assert report["machine"].keys() == MACHINE
    json.dumps(report)
