"""Tell a reader's burst of keys from a person's typing, by timing alone.

A keyboard-wedge reader types a code at machine speed and usually ends it with Enter or Tab. The
recogniser holds every key for a moment: keys that turn out to be a burst are swallowed and become
one `Reading`; all others are released in the order they came, so a person's typing loses nothing.
It knows no clock and no window: the caller says when keys came and when there was silence.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
UNKNOWN_CHARACTER = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstSettings:
    """What counts as machine speed. Raise `max_gap_ms` for slow readers."""

    max_gap_ms: float = 30
    """Longest time between two keys of a burst; also how long a key is held."""
    pause_ms: float = 60
    """Silence that ends a recognised burst, for readers that send no suffix."""
    min_length: int = 6
    """Characters at machine speed that make a burst."""
    min_unterminated: int = 12
    """Characters a burst without suffix needs to count as a reading."""
    cap: int = 512
    """Characters kept of one reading; a longer one is cut and marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Generic[T]):
    """One key press. `token` is whatever the caller needs to deliver the key after all."""

    at_ms: float
    token: T
    text: str = ""
    """What the key types; empty for keys that type nothing (arrows, Ctrl and Alt codes)."""
    ends: bool = False
    """Whether the key is one that readers send as a suffix: Enter, Return or Tab."""
    repeat: bool = False
    """Whether a held-down key repeats by itself; no reader does that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One burst, as read: control characters dropped, what no code can hold marked."""

    text: str
    at_ms: float
    missing_suffix: bool = False
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[T]):
    """What to do now: deliver these keys in this order, and perhaps a reading."""

    release: tuple[T, ...] = ()
    reading: Reading | None = None


def keep_character(character: str) -> str:
    """Return a character as a reading keeps it: ASCII and full-width stay, others are marked."""
    if " " <= character <= "~" or "！" <= character <= "～" or character == "\u3000":
        return character
    return UNKNOWN_CHARACTER if character.isprintable() else ""


class BurstRecogniser(Generic[T]):
    """The state between keys: what is held, what was read so far, whether it is a burst."""

    def __init__(self, settings: BurstSettings | None = None) -> None:
        self.settings = settings or BurstSettings()
        self._ended_at: float | None = None
        """When the last reading ended, while keys at machine speed may still follow it."""
        self._reset()

    def _reset(self) -> None:
        self._held: list[T] = []
        self._text: list[str] = []
        self._length = 0
        self._last_at: float | None = None
        self._is_burst = False
        self._after_reading = False

    @property
    def is_burst(self) -> bool:
        """Whether what comes now is known to be a reader."""
        return self._is_burst

    @property
    def is_holding(self) -> bool:
        """Whether keys wait for what follows."""
        return self._last_at is not None

    def is_quiet(self, at_ms: float) -> bool:
        """Whether nothing is held and no reading ended just before this moment."""
        ended_at = self._ended_at
        is_after = ended_at is not None and at_ms - ended_at <= self.settings.max_gap_ms
        return not self.is_holding and not is_after

    @property
    def wait_ms(self) -> float:
        """How much silence decides about the keys held now."""
        return self.settings.pause_ms if self._is_burst else self.settings.max_gap_ms

    def press(self, key: Key[T]) -> Step[T]:
        """Take one key press."""
        before = self.silence() if self._is_too_late(key) else Step()
        step = self._refuse(key) if key.repeat else self._take(key)
        return Step(release=before.release + step.release, reading=step.reading or before.reading)

    def follow(self, token: T) -> bool:
        """Keep something else in order (a key release); False when nothing is held."""
        if not self.is_holding:
            return False
        self._hold(token)
        return True

    def silence(self) -> Step[T]:
        """Decide about what is held, because nothing followed for `wait_ms`."""
        if self._is_burst and self._length >= self.settings.min_unterminated:
            return self._finish(self._last_at or 0.0, missing_suffix=True)
        released = tuple(self._held)
        self._reset()
        self._ended_at = None
        return Step(release=released)

    def _is_too_late(self, key: Key[T]) -> bool:
        return self._last_at is not None and key.at_ms - self._last_at > self.wait_ms

    def _refuse(self, key: Key[T]) -> Step[T]:
        # A person holds the key down: whatever was held is typing too.
        if self._is_burst:
            return Step()
        released = (*self._held, key.token)
        self._reset()
        return Step(release=released)

    def _take(self, key: Key[T]) -> Step[T]:
        if self._is_tail(key):
            return Step()
        self._last_at = key.at_ms
        if key.ends and self._is_burst:
            return self._end(key)
        self._hold(key.token)
        for character in key.text:
            self._read(keep_character(character))
        return Step()

    def _is_tail(self, key: Key[T]) -> bool:
        """Whether the key only follows up a reading: CR then LF, or what is left of a mixture."""
        ended_at, self._ended_at = self._ended_at, None
        if ended_at is None or key.at_ms - ended_at > self.settings.max_gap_ms:
            return False
        if key.text:
            self._is_burst = self._after_reading = True
            return False
        self._ended_at = key.at_ms
        return True

    def _end(self, key: Key[T]) -> Step[T]:
        if self._length >= self.settings.min_length:
            return self._finish(key.at_ms)
        # The end of two readers' mixture: its beginning was reported already.
        self._reset()
        self._ended_at = key.at_ms
        return Step()

    def _finish(self, at_ms: float, *, missing_suffix: bool = False) -> Step[T]:
        reading = Reading(
            text="".join(self._text),
            at_ms=at_ms,
            missing_suffix=missing_suffix,
            truncated=self._length > self.settings.cap,
        )
        self._reset()
        self._ended_at = None if missing_suffix else at_ms
        return Step(reading=reading)

    def _hold(self, token: T) -> None:
        # A burst of this length is a reading whatever follows: nothing will be released.
        if not self._is_burst or self._length < self.settings.min_unterminated:
            self._held.append(token)

    def _read(self, character: str) -> None:
        if not character:
            return
        self._length += 1
        if self._length <= self.settings.cap:
            self._text.append(character)
        if self._length >= self.settings.min_length:
            self._is_burst = True
