"""Percentiles, and the machine a figure was measured on."""

import os
import platform
import sys
from collections.abc import Sequence
from typing import Any

Report = dict[str, Any]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(values: Sequence[float]) -> dict[str, float]:
    """Return median, 99th percentile and worst of times given in seconds, as milliseconds."""
    return {
        "p50_ms": round(percentile(values, 0.5) * 1000, 3),
        "p99_ms": round(percentile(values, 0.99) * 1000, 3),
        "max_ms": round(max(values) * 1000, 3),
    }


def machine() -> dict[str, object]:
    """Return what a figure depends on: processor, cores, system, Python."""
    return {
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            names = (line.partition(":")[2].strip() for line in file if "model name" in line)
            return next(names, platform.machine())
    except OSError:
        return platform.processor() or platform.machine()


def tell(text: str) -> None:
    """Say on stderr how far a long measurement is."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
