"""A real clock that shows another time of day: rehearsals and sample days are always in time."""

from app.domain.clock import Clock


class ShiftedClock:
    """A real clock, moved; what it measures between two moments stays true."""

    def __init__(self, clock: Clock, shift_ms: int) -> None:
        self._clock = clock
        self.shift_ms = shift_ms

    def wall_ms(self) -> int:
        """UTC milliseconds, moved."""
        return self._clock.wall_ms() + self.shift_ms

    def mono_ms(self) -> int:
        """Milliseconds since boot, as they are."""
        return self._clock.mono_ms()

    def boot_id(self) -> str:
        """Identity of this boot."""
        return self._clock.boot_id()

    def tz_minutes(self) -> int:
        """Minutes east of UTC."""
        return self._clock.tz_minutes()
