"""Shared libraries and programs the wheels cannot bring: is each there, and which package has it.

Linux only. A library counts as there when the loader can open it, wherever it came from.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from say import say, say_line


class Part(NamedTuple):
    """A shared library (`libX.so.N`), program or file, its Debian package, and what for."""

    name: str
    package: str
    what_for: str


WINDOW = (
    Part("libGL.so.1", "libgl1", "繪圖 drawing"),
    Part("libEGL.so.1", "libegl1", "繪圖 drawing"),
    Part("libxkbcommon.so.0", "libxkbcommon0", "鍵盤 keyboard"),
    Part("libdbus-1.so.3", "libdbus-1-3", "系統匣與金鑰圈 desktop services and keyring"),
    Part("libfontconfig.so.1", "libfontconfig1", "字型 fonts"),
    Part("libglib-2.0.so.0", "libglib2.0-0", "事件迴圈 event loop"),
)
"""Every window needs these, also one that is drawn nowhere (offscreen, in tests)."""

X_WINDOW = (
    Part("libxcb-cursor.so.0", "libxcb-cursor0", "X 視窗：游標 X cursor"),
    Part("libxcb-icccm.so.4", "libxcb-icccm4", "X 視窗：視窗管理 X window manager"),
    Part("libxcb-image.so.0", "libxcb-image0", "X 視窗：影像 X pictures"),
    Part("libxcb-keysyms.so.1", "libxcb-keysyms1", "X 視窗：按鍵 X keys"),
    Part("libxcb-render-util.so.0", "libxcb-render-util0", "X 視窗：繪圖 X drawing"),
    Part("libxcb-shape.so.0", "libxcb-shape0", "X 視窗：形狀 X shapes"),
    Part("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "X 視窗：鍵盤 X keyboard"),
)
"""A window on an X display needs these too. Without them Qt stops and blames only xcb-cursor0."""

TEST_PROGRAMS = (
    Part("pdftotext", "poppler-utils", "測試讀回 PDF tests read our PDF back"),
    Part("Xvfb", "xvfb", "測試用的虛擬螢幕 a screen for the tests of the real window"),
    Part("xdotool", "xdotool", "測試模擬掃描器按鍵 presses keys as a reader does"),
)
"""Tests that miss one of these are skipped."""

CARD_TEST_PROGRAMS = (
    Part("pcscd", "pcscd", "測試用的讀卡服務 a smart-card service for tests"),
    Part(
        "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
        "vsmartcard-vpcd",
        "測試用的虛擬讀卡機 a virtual card reader for tests",
    ),
)
"""Tests of card readers need both and are skipped otherwise; not every Debian or Ubuntu has them.

The program itself needs neither: without a smart-card service it says how to get one.
"""

BROWSER_TEST_PROGRAMS = (
    Part("chromium", "chromium", "測試縣府即時頁面的瀏覽器 a browser for the county page"),
    Part("chromedriver", "chromium-driver", "測試操作瀏覽器 drives that browser"),
)
"""Tests of the county page need both and are skipped otherwise; Ubuntu has them as a snap only."""


def is_there(part: Part) -> bool:
    """Whether the loader finds it, the search path a program; a file just lies in its place."""
    if part.name.startswith("/"):
        return Path(part.name).exists()
    if ".so" not in part.name:
        return shutil.which(part.name) is not None
    try:
        ctypes.CDLL(part.name)
    except OSError:
        return False
    return True


def list_missing(parts: Iterable[Part]) -> list[Part]:
    """The parts this machine lacks."""
    return [part for part in parts if not is_there(part)]


def list_unresolved(library: Path) -> list[str]:
    """Names of libraries that `library` links to and the loader does not find, by ldd."""
    if shutil.which("ldd") is None or not library.exists():
        return []
    listing = subprocess.run(["ldd", str(library)], capture_output=True, text=True, check=False)
    return re.findall(r"^\s*(\S+) => not found", listing.stdout, re.MULTILINE)


def apt_line(packages: Iterable[str]) -> str:
    """The line a person with the right to install can type."""
    return f"sudo apt install {' '.join(packages)}"


def _installer() -> list[str] | None:
    """The start of an apt-get command we may run, or None."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") is None:
        return None
    # Without a terminal nobody can type a password, so sudo must not ask.
    return ["sudo", "apt-get"] if sys.stdin and sys.stdin.isatty() else ["sudo", "-n", "apt-get"]


def _apt(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def install(packages: list[str]) -> bool:
    """Try to install by apt; package lists are fetched only when the first try fails."""
    apt = _installer()
    if apt is None:
        return False
    order = [*apt, "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    say(f"以 apt 安裝：{' '.join(packages)}", f"Installing with apt: {' '.join(packages)}")
    if _apt([*order, *packages]).returncode == 0:
        return True
    _apt([*apt, "update"])
    done = _apt([*order, *packages])
    if done.returncode != 0:
        say_line("\n".join(done.stdout.splitlines()[-8:]))
    return done.returncode == 0


def ensure(parts: Iterable[Part]) -> list[Part]:
    """Say what is missing and why, try to install it; gives back what is still missing."""
    missing = list_missing(parts)
    if not missing:
        return []
    say("這台電腦還缺少：", "This machine lacks:")
    for part in missing:
        say_line(f"    {part.name} ({part.package}): {part.what_for}")
    if install([part.package for part in missing]):
        missing = list_missing(missing)
    if missing:
        say(
            f"請有管理權限的人執行：\n    {apt_line(part.package for part in missing)}",
            "Ask someone who may install software to run the line above"
            " (not Debian or Ubuntu: install the packages that have these files).",
        )
    return missing
