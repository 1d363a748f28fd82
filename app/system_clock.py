"""The machine's real clocks."""

import time
import uuid
from datetime import datetime
from functools import cached_property
from pathlib import Path

_THROUGH_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""A clock that goes on while a laptop sleeps (Linux, macOS; Python's own stands still there).

Or the first fact after a nap would look as if somebody had set the wall clock.
"""


class SystemClock:
    """Wall, monotonic and boot of this machine."""

    def wall_ms(self) -> int:
        """UTC milliseconds of the wall clock."""
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        """Milliseconds since boot."""
        if _THROUGH_SLEEP is None:
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(_THROUGH_SLEEP) // 1_000_000

    def boot_id(self) -> str:
        """The kernel's boot id; elsewhere one made for this run of the program."""
        return self._boot

    @cached_property
    def _boot(self) -> str:
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:
            return str(uuid.uuid4())

    def tz_minutes(self) -> int:
        """Minutes east of UTC."""
        offset = datetime.now().astimezone().utcoffset()
        return int(offset.total_seconds() // 60) if offset else 0
