"""`bench desk` at a tiny size: it runs, and its JSON has the promised shape."""

import json
import os
import subprocess
import sys


def test_bench_desk(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("VENUEDESK_KEY_FILE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    # In a process of its own: a bench puts filters and colours on its application for good.
    done = subprocess.run(
        [sys.executable, "-m", "app", "bench", "desk", "--size", "60", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    (line,) = done.stdout.splitlines()
    report = json.loads(line)
    assert (report["bench"], report["size"], report["desks"]) == ("desk", 60, 8)
    assert report["acts"].keys() == {"call", "start", "finish", "others"}
    assert 0 < report["p50_ms"] <= report["p99_ms"] <= report["max_ms"]
    assert report["floor"]["commit_p50_ms"] > 0
    assert report["promise_ms"] == 50
