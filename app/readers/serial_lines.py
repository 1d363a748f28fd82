"""Cuts the bytes of a serial reader into readings: by its suffix, else by silence.

It keeps no more than `cap` characters whatever comes, and knows no port and no clock.
"""

import codecs

from app.readers.burst import BurstSettings, Reading, keep_character

_ENDS = "\r\n\t\x03\x04"
"""What readers send as a suffix: Enter, Tab, end of text."""


class SerialLines:
    """The state between two looks at a port; every port has its own, so readers never mix."""

    def __init__(self, settings: BurstSettings | None = None) -> None:
        self.settings = settings or BurstSettings()
        self._reset()

    def _reset(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._text: list[str] = []
        self._length = 0

    @property
    def is_holding(self) -> bool:
        """Whether something was read that no suffix ended yet."""
        return self._length > 0

    @property
    def is_overlong(self) -> bool:
        """Whether more came than any code holds: a babbling reader, or not a reader at all."""
        return self._length > self.settings.cap

    def feed(self, data: bytes, at_ms: float) -> tuple[Reading, ...]:
        """Take what came and return the readings it ended."""
        readings = []
        text = self._decoder.decode(data)
        while text:
            piece, end, text = _cut(text)
            self._keep(piece)
            if end and self._length:
                readings.append(self._finish(at_ms, missing_suffix=False))
        return tuple(readings)

    def silence(self, at_ms: float) -> Reading | None:
        """Return what was read without a suffix; noise too short for any code is dropped."""
        if self._length < self.settings.min_length:
            self._reset()
            return None
        return self._finish(at_ms, missing_suffix=True)

    def drop(self) -> None:
        """Forget half a reading, because its reader went away."""
        self._reset()

    def _keep(self, piece: str) -> None:
        room = self.settings.cap - self._length
        if room <= 0:
            self._length += len(piece)
            return
        kept = [char for char in map(keep_character, piece) if char]
        self._length += len(kept)
        self._text += kept[:room]

    def _finish(self, at_ms: float, *, missing_suffix: bool) -> Reading:
        reading = Reading(
            text="".join(self._text),
            at_ms=at_ms,
            missing_suffix=missing_suffix,
            truncated=self.is_overlong,
        )
        self._reset()
        return reading


def _cut(text: str) -> tuple[str, str, str]:
    """Return what stands before the first suffix, the suffix, and the rest."""
    first = min((place for end in _ENDS if (place := text.find(end)) >= 0), default=-1)
    return (text, "", "") if first < 0 else (text[:first], text[first], text[first + 1 :])
