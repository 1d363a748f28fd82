"""Make the checkout's own environment (.venv) from uv.lock. Standard library only.

Done once; a stamp with the lock file's hash makes every later start skip it, also without network.
"""

import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

import system_libraries
from say import CannotGoOnError, say, say_line
from system_libraries import Part, apt_line

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
UV_ENVIRONMENT = ROOT / ".venv-uv"
STAMP = ENVIRONMENT / "venuedesk-setup.txt"
UV_REQUIREMENT = "uv>=0.13.9,<0.14"
OLDEST_UV = (0, 8)
ROOM_MB = 1200
"""Space a first setup takes, downloads and the environment together, rounded up."""

NO_NETWORK = (
    "dns error", "error sending request", "failed to establish a new connection",
    "connection refused", "name resolution", "network is unreachable", "timed out",
    "network connectivity is disabled", "tunnel error", "no matching distribution found for uv",
)  # fmt: skip


def program(environment: Path, name: str) -> Path:
    """Where an environment keeps an executable on this system."""
    if os.name == "nt":
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name


def _fingerprint() -> str:
    # The path belongs to it: an environment that was moved with its checkout no longer starts.
    return f"{hashlib.sha256((ROOT / 'uv.lock').read_bytes()).hexdigest()} {ROOT}"


def is_ready() -> bool:
    """Whether .venv was made from this very lock file and its programs still start."""
    needed = (program(ENVIRONMENT, "venuedesk"), program(ENVIRONMENT, "python"), STAMP)
    if not all(path.exists() for path in needed):
        return False
    return STAMP.read_text(encoding="utf-8") == _fingerprint()


def prepare() -> None:
    """Bring .venv in line with uv.lock; quick when it already is."""
    if is_ready():
        return
    say("準備執行環境（第一次約需幾分鐘）…", "Setting up (the first time takes a few minutes) ...")
    try:
        _require_room()
        _sync(_find_uv() or _make_uv())
        STAMP.write_text(_fingerprint(), encoding="utf-8")
    except OSError as error:
        raise _told(error) from error
    say("準備完成。", "Ready.")


def _require_room() -> None:
    free_mb = shutil.disk_usage(ROOT).free // 2**20
    if not ENVIRONMENT.exists() and free_mb < ROOM_MB:
        raise _no_room(free_mb)


def _no_room(free_mb: int) -> CannotGoOnError:
    return CannotGoOnError(
        f"磁碟空間不足：需要約 {ROOM_MB} MB，目前剩 {free_mb} MB。請清出空間後再執行一次。",
        f"The disk is full: about {ROOM_MB} MB are needed, {free_mb} MB are free. "
        "Make room and run the same command again.",
    )


def _find_uv() -> str | None:
    """A uv that can do the work: the one on the search path, or ours from an earlier setup."""
    candidates = (shutil.which("uv"), str(program(UV_ENVIRONMENT, "uv")))
    return next((path for path in candidates if path and _is_new_enough(path)), None)


def _is_new_enough(uv: str) -> bool:
    try:
        told = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True)
        major, minor = told.stdout.split()[1].split(".")[:2]
        return (int(major), int(minor)) >= OLDEST_UV
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return False


def _make_uv() -> str:
    """Install uv into a small environment of its own, so that .venv holds only what is locked."""
    _require_venv()
    _run([sys.executable, "-m", "venv", "--clear", str(UV_ENVIRONMENT)])
    (UV_ENVIRONMENT / ".gitignore").write_text("*\n", encoding="utf-8")
    python = str(program(UV_ENVIRONMENT, "python"))
    quiet = ["--quiet", "--disable-pip-version-check", "--retries", "2"]
    _run([python, "-m", "pip", "install", *quiet, UV_REQUIREMENT])
    return str(program(UV_ENVIRONMENT, "uv"))


def _require_venv() -> None:
    """Debian and Ubuntu ship python3 without what makes environments."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    say(
        f"這台電腦還缺少 {package}：用來建立執行環境。",
        f"This machine lacks {package}: it makes the environment.",
    )
    if system_libraries.install([package]):
        return
    line = apt_line([package])
    raise CannotGoOnError(
        f"請有管理權限的人執行下面這一行，再執行一次：\n    {line}",
        "Ask someone who may install software to run the line above, then start again.",
    )


def _sync(uv: str) -> None:
    order = [uv, "sync", "--project", str(ROOT), "--frozen", "--all-extras", "--compile-bytecode"]
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    environment.pop("VIRTUAL_ENV", None)  # of the shell we were started from; not ours
    _run([*order, "--python", str(Path(sys.executable).resolve())], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a tool, show what it says (but not ninety package names), raise words if it fails."""
    said: list[str] = []
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    ) as running:  # fmt: skip
        for line in running.stdout or ():
            said.append(line)
            if not line.startswith((" + ", " - ", " ~ ")):
                say_line(f"    {line.rstrip()}")
    if running.returncode != 0:
        raise _why(said)


def _why(said: Iterable[str]) -> CannotGoOnError:
    """The words for a failed download or installation, told from what the tool printed."""
    text = "".join(said).lower()
    if "no space left" in text or "os error 28" in text:
        return _no_room(shutil.disk_usage(ROOT).free // 2**20)
    if "certificate" in text:
        return CannotGoOnError(
            "下載時的安全憑證不被信任（校園網路常會檢查連線）。請設定環境變數後再執行一次：",
            "The download's certificate is not trusted (school networks often inspect "
            "connections). Set this in the environment and run again:\n    UV_SYSTEM_CERTS=1",
        )
    if any(phrase in text for phrase in NO_NETWORK):
        return CannotGoOnError(
            "沒有網路，無法下載所需套件。第一次準備需要網路，之後可以離線使用。"
            "連上網路後再執行一次。",
            "No network, so the packages cannot be downloaded. Only setting up needs it; later "
            "starts do not. Connect and run the same command again.",
        )
    return CannotGoOnError(
        "準備執行環境失敗，原因如上。需要 Debian 12、Ubuntu 22.04 或更新的系統（64 位元）。",
        "Setting up failed; the lines above say why. It takes Debian 12, Ubuntu 22.04 or newer "
        "(64 bit), Windows 10 or macOS 13.",
    )


def _told(error: OSError) -> CannotGoOnError:
    if error.errno == errno.ENOSPC:
        return _no_room(0)
    return CannotGoOnError(
        f"無法寫入 {ROOT}（{error.strerror}）。請把程式放在自己可以寫入的資料夾。",
        f"Cannot write in {ROOT} ({error.strerror}). Keep the checkout in a folder of your own.",
    )


def list_libraries_missing_for_x() -> list[str]:
    """What Qt's X plugin itself still misses, asked of the loader after the environment is made."""
    found = ENVIRONMENT.glob("lib/python*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so")
    return sorted({name for plugin in found for name in system_libraries.list_unresolved(plugin)})


def ensure_libraries(parts: Iterable[Part], needed: Collection[Part]) -> list[Part]:
    """Install missing parts on Linux, give back those still missing; raise if one is needed."""
    if sys.platform != "linux":
        return []
    missing = system_libraries.ensure(parts)
    lacking = [part.package for part in missing if part in needed]
    if lacking:
        raise CannotGoOnError(
            f"缺少上列元件，無法開啟視窗。安裝後再執行一次：\n    {apt_line(lacking)}",
            "Without these no window can open. Install them and run the same command again.",
        )
    return missing
