"""What this machine runs on: the mains or a battery, asked of the operating system."""

import ctypes
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_UNKNOWN_PERCENT = 255
_SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True, slots=True)
class Power:
    """`percent` None: there is no battery, or nobody can tell."""

    on_mains: bool
    percent: int | None = None


def read_power(supplies: Path = _SUPPLIES) -> Power | None:
    """Return what the machine runs on; None where the system does not tell."""
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _mac()
        return _linux(supplies)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _linux(supplies: Path) -> Power | None:
    mains, batteries = None, []
    for supply in sorted(supplies.iterdir()):
        kind = (supply / "type").read_text().strip()
        if kind in ("Mains", "USB") and (supply / "online").exists():
            mains = mains or (supply / "online").read_text().strip() == "1"
        elif kind == "Battery" and (supply / "capacity").exists():
            if (supply / "scope").exists():  # of a mouse or a headset
                continue
            batteries.append(int((supply / "capacity").read_text()))
    if not batteries:
        return Power(on_mains=True) if mains is None or mains else None
    return Power(on_mains=bool(mains), percent=min(batteries))


def _mac() -> Power | None:
    told = subprocess.run(
        ["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=5, check=True
    ).stdout
    percent = next((word.rstrip("%;") for word in told.split() if "%" in word), None)
    return Power(on_mains="AC Power" in told, percent=int(percent) if percent else None)


class _Status(ctypes.Structure):
    """SYSTEM_POWER_STATUS."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_ulong),
        ("full_seconds", ctypes.c_ulong),
    )


def _windows() -> Power | None:
    status = _Status()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):  # type: ignore[attr-defined,unused-ignore]
        return None
    percent = None if status.percent == _UNKNOWN_PERCENT else int(status.percent)
    return Power(on_mains=status.line == 1, percent=percent)
