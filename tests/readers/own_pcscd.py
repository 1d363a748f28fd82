"""Runs a pcscd of our own: own socket, own readers, nothing of the machine's service touched."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from virtual_reader import InsertedCard

from app.readers.pcsc import open_context
from app.readers.pcsc_codes import STATE_PRESENT

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")
# pcscd takes a listening socket from whoever starts it (as systemd does: descriptor 3), and only
# so can its name be chosen. Its other files go to a folder nobody else sees, where that is allowed.
LAUNCHER = """
import os, socket, sys
path, folder = sys.argv[1:]
door = socket.socket(socket.AF_UNIX)
door.bind(path)
door.listen(16)
if door.fileno() != 3:
    os.dup2(door.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
inside = "mkdir -p /run/pcscd; mount -t tmpfs none /run/pcscd; exec pcscd -f -C -c " + folder
os.execvp("unshare", ["unshare", "--mount", "sh", "-c", inside])
"""


def why_not_here() -> str:
    """Say why no virtual reader can run here; empty if one can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a pcscd of our own needs root on Linux"
    if not shutil.which("pcscd") or not shutil.which("unshare") or not DRIVER.exists():
        return "needs pcscd and vsmartcard-vpcd"
    try:
        ctypes.CDLL("libpcsclite.so.1")
    except OSError:
        return "needs libpcsclite1"
    return ""


class OwnPcscd:
    """The service and the cards in its two readers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = _free_port_pair()
        self.cards: dict[int, InsertedCard] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the service with both readers empty."""
        folder = self.path.parent / "readers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "virtual").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{self.port:#x}\n'
            f"LIBPATH {DRIVER}\nCHANNELID {self.port:#x}\n"
        )
        self.path.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, str(self.path), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._is_ready)

    def _is_ready(self) -> bool:
        if not self.path.exists():
            return False
        with open_context() as context:
            return context.list_readers() == READERS

    def stop(self) -> None:
        """Stop the service as a crash would; cards fall out."""
        self.forget_cards()
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._process = None

    def tidy(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def insert(self, card: object, *, slot: int = 0, wait: bool = True) -> InsertedCard:
        """Put a card into a reader; returns when the service sees it."""
        inserted = InsertedCard(card, self.port + slot)
        self.cards[slot] = inserted
        if wait:
            until(lambda: self._has_card(slot))
        return inserted

    def eject(self, slot: int = 0) -> None:
        """Take a card out; returns when the service sees it gone."""
        self.cards.pop(slot).close()
        until(lambda: not self._has_card(slot))

    def eject_all(self) -> None:
        """Leave both readers empty."""
        for slot in list(self.cards):
            self.eject(slot)

    def forget_cards(self) -> None:
        """Let go of cards whose service is gone."""
        for card in self.cards.values():
            card.close()
        self.cards.clear()

    def _has_card(self, slot: int) -> bool:
        with open_context() as context:
            return bool(context.list_states()[slot].bits & STATE_PRESENT)


def until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Ask again and again until it is so."""
    ends = monotonic() + seconds
    while not condition():
        assert monotonic() < ends, "it never came true"
        sleep(0.02)


def _free_port_pair() -> int:
    """Return a port that is free together with the next one (a reader's slots count up)."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
