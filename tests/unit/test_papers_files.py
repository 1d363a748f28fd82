"""Saving: whole or not at all, refusals in words."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput
from app.papers import files
from app.papers.files import save_paper


def test_saves_and_replaces_leaving_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    save_paper(out, b"1")
    save_paper(out, b"2")
    assert out.read_bytes() == b"2"
    assert list(tmp_path.iterdir()) == [out]


def test_missing_folder_and_folder_as_file_are_refused(tmp_path: Path) -> None:
    for out in (tmp_path / "absent" / "a.csv", tmp_path):
        with pytest.raises(InvalidInput) as refused:
            save_paper(out, b"1")
        assert refused.value.field == "out"
        assert refused.value.message.zh


@pytest.mark.skipif(os.name == "nt", reason="file size limits are POSIX")
def test_full_disk_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    save_paper(out, b"old")
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from app.papers.files import save_paper\n"
        "from app.domain.errors import InvalidInput\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: save_paper(Path(sys.argv[1]), bytes(9999))\n"
        "except InvalidInput as error: print(error.message.en)\n"
    )
    command = [sys.executable, "-c", program, out]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "full" in done.stdout
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("number", "word"), [(errno.EACCES, "permission"), (errno.EIO, "could not be written")]
)
def test_other_refusals_have_words(number: int, word: str) -> None:
    assert word in files._refusal(OSError(number, "x")).message.en


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InvalidInput):
        save_paper(tmp_path / "a.csv", b"1")
    tmp_path.chmod(0o700)
