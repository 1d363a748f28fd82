"""Synthesise the window's sounds into resources/sounds; standard library only.

Each verdict's sound differs in pitch, number of notes and direction, so it is told apart in a
noisy hall and by people who hear only part of the range. The board's two are bells: they ring out,
as nothing at the door does.
"""

import math
import struct
import wave
from dataclasses import dataclass
from pathlib import Path

RATE = 22_050
OUT = Path(__file__).parent.parent / "resources" / "sounds"


@dataclass(frozen=True)
class Note:
    """One tone: pitch in Hz (0 is silence) and length in milliseconds."""

    pitch: float
    length_ms: int
    rough: float = 0.0
    """Share of odd harmonics: 0 is a flute, 0.4 a buzzer."""
    rings: float = 0.0
    """How fast it dies away, per second: 0 holds on to its end."""


SOUNDS: dict[str, tuple[Note, ...]] = {
    "ok": (Note(784, 70), Note(1175, 130)),
    "exit": (Note(1175, 70), Note(784, 130)),
    "notice": (Note(880, 90), Note(0, 40), Note(880, 110)),
    "warn": (
        Note(523, 110, 0.2),
        Note(0, 40),
        Note(523, 110, 0.2),
        Note(0, 40),
        Note(523, 130, 0.2),
    ),
    "refuse": (Note(233, 220, 0.45), Note(0, 30), Note(175, 330, 0.45)),
    "quiet": (Note(1568, 18),),
    "call": (Note(659, 380, 0.08, rings=3.5), Note(523, 700, 0.08, rings=4.5)),
    "recall": (
        Note(523, 210, 0.08, rings=5),
        Note(659, 210, 0.08, rings=5),
        Note(784, 600, 0.08, rings=5),
    ),
}


def samples_of(note: Note) -> list[int]:
    """Return a note's samples, faded at both ends so that it does not click."""
    count = RATE * note.length_ms // 1000
    fade = max(1, min(RATE * 8 // 1000, count // 2))
    samples = []
    for index in range(count):
        angle = 2 * math.pi * note.pitch * index / RATE
        value = math.sin(angle) + note.rough * (math.sin(3 * angle) + math.sin(5 * angle) / 2)
        envelope = min(1.0, index / fade, (count - index) / fade)
        envelope *= math.exp(-note.rings * index / RATE)
        samples.append(round(18_000 * value / (1 + 1.5 * note.rough) * envelope))
    return samples


def write_sound(name: str, notes: tuple[Note, ...]) -> None:
    """Write one sound as a mono 16-bit WAV."""
    samples = [sample for note in notes for sample in samples_of(note)]
    with wave.open(str(OUT / f"{name}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


if __name__ == "__main__":
    for name, notes in SOUNDS.items():
        write_sound(name, notes)
        print(name)
