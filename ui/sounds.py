"""The sounds of verdicts: short, distinct, played away from the window's thread.

Nothing here may ever hold up or break a scan: without a sound device there is silence.
"""

import contextlib
import queue
import threading
from collections.abc import Generator
from dataclasses import dataclass

from app.domain.scans import Direction, Tone
from app.services.outcomes import ScanOutcome
from ui.theme import RESOURCES


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How loud, and whether the panel flashes for halls where nobody hears anything."""

    volume: float = 0.8
    muted: bool = False
    flash: bool = False


def sound_of(outcome: ScanOutcome) -> str:
    """Return the name of an outcome's sound."""
    if outcome.tone is Tone.OK and outcome.direction is Direction.OUT:
        return "exit"
    return outcome.tone.value


class Sounds:
    """Plays sounds by name, the newest at once; starts its thread with the first sound."""

    def __init__(self, settings: SoundSettings | None = None) -> None:
        self.settings = settings or SoundSettings()
        self._wanted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def play(self, name: str) -> None:
        """Ask for a sound and return at once."""
        if self.settings.muted or self.settings.volume <= 0:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="sounds", daemon=True)
            self._thread.start()
        self._wanted.put(name)

    def _serve(self) -> None:
        # No device, no driver, a device unplugged: the screen still says everything.
        with contextlib.suppress(Exception):
            player = _Player()
            while True:
                player.play(_newest(self._wanted), self.settings.volume)


def _newest(wanted: "queue.SimpleQueue[str]") -> str:
    name = wanted.get()
    while not wanted.empty():
        name = wanted.get()
    return name


def load_sound(name: str, volume: float) -> bytes:
    """Return a sound's samples (mono, 16 bit, 22 050 per second) at a volume from 0 to 1."""
    import wave  # noqa: PLC0415 - when first heard

    with wave.open(str(RESOURCES / "sounds" / f"{name}.wav"), "rb") as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    return b"".join(round(sample * volume).to_bytes(2, "little", signed=True) for sample in samples)


class _Player:
    """The sound device, opened once and kept; a new sound cuts off the one before."""

    def __init__(self) -> None:
        import miniaudio  # noqa: PLC0415 - opens the system's audio: only when first heard

        self._pcm = b""
        self._cache: dict[tuple[str, float], bytes] = {}
        self._device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=22_050,
            buffersize_msec=40,
        )
        stream = self._stream()
        next(stream)
        self._device.start(stream)

    def play(self, name: str, volume: float) -> None:
        key = (name, volume)
        if key not in self._cache:
            self._cache[key] = load_sound(name, volume)
        self._pcm = self._cache[key]

    def _stream(self) -> Generator[bytes, int, None]:
        """Yield what the device asks for, in frames of two bytes; silence when nothing plays."""
        wanted = yield b""
        while True:
            size = wanted * 2
            piece, self._pcm = self._pcm[:size], self._pcm[size:]
            wanted = yield piece.ljust(size, b"\0")
