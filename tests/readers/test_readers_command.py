"""`readers list|test|sheet` on the command line, with a virtual port."""

import json
import os
import sys
from threading import Event, Thread

import pytest
from typer.testing import CliRunner

from app.cli.main import program
from app.readers.calibration import BADGE, BARS, SIGNS


@pytest.fixture
def call(monkeypatch):
    monkeypatch.setenv("VENUEDESK_LANG", "en")
    runner = CliRunner()
    return lambda *words, typed=None: runner.invoke(program, ["readers", *words], input=typed)


def test_a_sheet_is_written(call, tmp_path):
    result = call("sheet", str(tmp_path / "sheet.pdf"))
    assert result.exit_code == 0
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_lists_name_the_keyboard(call):
    assert "keyboard" in call("list").stdout
    assert "serial" in json.loads(call("list", "--json").stdout)


def test_the_keyboard_is_tested_by_lines(call):
    right = call("test", typed=f"{BARS.text}\n{BADGE.text}\n{SIGNS.text}\n")
    assert right.exit_code == 0
    assert right.stdout.count("set right") == 3
    wrong = call("test", "--json", "--count", "1", typed=f"{SIGNS.text.swapcase()}\n")
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["faults"] == ["caps"]


def test_a_badge_is_masked_and_nothing_read_is_told(call):
    told = call("test", "--count", "1", typed="BCDEFGHJKLNPRSTVXBCDEFGHJ\n")
    assert "BCDEFGHJK" not in told.output
    assert call("test", typed="").exit_code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no ptys here")
def test_a_port_is_tested(call):

    ours, theirs = os.openpty()
    done = Event()

    def scan_again_and_again():  # a port forgets what came before it was opened
        while not done.wait(0.2):
            os.write(ours, f"{BARS.text}\r".encode())

    reader = Thread(target=scan_again_and_again)
    reader.start()
    try:
        result = call(
            "test", "--json", "--port", os.ttyname(theirs), "--count", "1", "--seconds", "20"
        )
    finally:
        done.set()
        reader.join()
        os.close(ours)
        os.close(theirs)
    assert json.loads(result.stdout)["code"] == "bars"
