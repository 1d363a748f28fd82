"""The program as a process of its own: statuses, streams, locales, and readers that leave."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import REPOSITORY, VenueDesk
from workshop import DAY, Workshop

posix = pytest.mark.skipif(os.name == "nt", reason="a shell's streams")


def shell(desk: VenueDesk, script: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a shell line in which $VD is the program."""
    program = f"'{sys.executable}' -m app"
    line = script.replace("$VD", program).replace("$P", f"--profile '{desk.profile}'")
    return subprocess.run(
        ["sh", "-c", line], cwd=REPOSITORY, capture_output=True, timeout=120, check=False
    )


def test_stdout_is_for_documents_and_stderr_for_people(workshop: Workshop) -> None:
    lines = f"{DAY}T08:41\t{workshop.codes[0]}\nsoon\t{workshop.codes[1]}\n".encode()
    ended = workshop.desk.process("scan", "--session", "am", "--json", "-", input=lines)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["verdict"] == "checked_in"
    assert ended.stderr.decode().startswith("Line 2:")
    assert b"Traceback" not in ended.stderr


def test_wrong_usage_and_refusals_have_their_statuses(workshop: Workshop) -> None:
    assert workshop.desk.process("scan", "--session", "am").returncode == 2
    refused = workshop.desk.process("scan", "--session", "zz", "X")
    assert (refused.returncode, refused.stdout) == (1, b"")


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp950"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=["C", "cp950", "ascii"],
)
def test_output_is_utf_8_in_every_locale(workshop: Workshop, env: dict[str, str]) -> None:
    told = workshop.desk.process("people", "find", "春", "--json", env=env)
    assert (told.returncode, told.stderr) == (0, b"")
    assert len(json.loads(told.stdout.decode("utf-8"))["people"]) == 4
    lines = f"{DAY}T08:41\t{workshop.codes[0]}\n𠮷\n".encode()
    ended = workshop.desk.process("scan", "--session", "am", "--json", "-", env=env, input=lines)
    assert (ended.returncode, ended.stderr) == (0, b"")
    documents = [json.loads(line) for line in ended.stdout.decode("utf-8").splitlines()]
    assert [one["verdict"] for one in documents] == ["checked_in", "unreadable"]
    assert documents[0]["person"]["unit"].isprintable()
    assert not documents[0]["person"]["unit"].isascii()


@posix
def test_bytes_that_are_no_text_do_no_harm(workshop: Workshop) -> None:
    script = (
        "$VD walkin $P --session am --name \"$(printf '\\377\\376x')\" --unit y --json;"
        " $VD people find $P \"$(printf '\\377')\" --json"
    )
    ended = shell(workshop.desk, script)
    assert (ended.returncode, ended.stderr) == (0, b"")
    registered, found = ended.stdout.decode("utf-8").splitlines()
    assert json.loads(registered)["person"]["name"] == "\ufffd\ufffdx"
    assert json.loads(found)["people"]


@posix
@pytest.mark.parametrize(
    ("script", "status", "said"),
    [
        ("$VD scan $P --session am - <&-", 1, b"no standard input"),
        ("$VD scan $P --session am X >&-", 0, b""),
        ("$VD scan $P --session zz X 2>&-", 1, b""),
        ("$VD sessions $P <&- >&- 2>&-", 0, b""),
        ("$VD scan $P --session am - </dev/null", 0, b""),
    ],
    ids=["in", "out", "err", "all", "null"],
)
def test_closed_streams_are_survived(
    workshop: Workshop, script: str, status: int, said: bytes
) -> None:
    ended = shell(workshop.desk, script)
    assert (ended.returncode, said in ended.stderr, ended.stdout) == (status, True, b"")
    assert b"Traceback" not in ended.stderr


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_behind_stdout_is_told(workshop: Workshop) -> None:
    ended = shell(workshop.desk, "$VD scan $P --session am --json X X >/dev/full")
    assert ended.returncode == 1
    assert b"No space left" in ended.stderr
    assert b"Exception ignored" not in ended.stderr


@posix
def test_a_reader_that_leaves_ends_the_program_quietly(workshop: Workshop) -> None:
    script = f"yes {workshop.codes[0]} | head -2000 | $VD scan $P --session am --json - | head -1"
    ended = shell(workshop.desk, script)
    assert len(ended.stdout.splitlines()) == 1
    assert json.loads(ended.stdout)["code"] == workshop.codes[0]
    assert ended.stderr == b""
    assert workshop.desk.json("verify")["sound"]


def test_each_verdict_is_there_before_the_next_code_is_read(workshop: Workshop) -> None:
    words = ["scan", "--session", "am", "--json", "-", "--profile", str(workshop.desk.profile)]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as door:  # fmt: skip
        assert door.stdin is not None
        assert door.stdout is not None
        for code in workshop.codes[:2]:
            door.stdin.write(f"{DAY}T08:50\t{code}\n".encode())
            door.stdin.flush()
            told = json.loads(door.stdout.readline())
            assert (told["code"], told["verdict"]) == (code, "checked_in")
            # Stored before it was said: another process sees it at once.
            hits = workshop.desk.json("credit", "--session", "am")["people"]
            assert told["person"]["id"] in {hit["person"] for hit in hits if hit["intervals"]}
        door.stdin.close()
        assert door.wait(60) == 0


@pytest.fixture
def heard_interrupts() -> Iterator[None]:
    """Let children hear Ctrl+C even where these tests run behind a shell's &, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@posix
@pytest.mark.usefixtures("heard_interrupts")
def test_an_interrupt_ends_in_words_and_loses_nothing(workshop: Workshop) -> None:
    words = ["scan", "--session", "am", "--json", "-", "--profile", str(workshop.desk.profile)]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as door:  # fmt: skip
        assert door.stdin is not None
        assert door.stdout is not None
        assert door.stderr is not None
        door.stdin.write(f"{workshop.codes[0]}\n".encode())
        door.stdin.flush()
        assert door.stdout.readline()
        door.send_signal(signal.SIGINT)
        assert door.wait(60) not in {0, 2}
        said = door.stderr.read()
    assert b"Traceback" not in said
    report = workshop.desk.json("verify")
    assert report["sound"]
