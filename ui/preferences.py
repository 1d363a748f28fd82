"""How this laptop's window looks and sounds; applied at once and kept in the profile."""

import json
from pathlib import Path
from typing import Any, cast, get_args

from PySide6.QtWidgets import QApplication

from app.domain.words import Language
from app.readers.serial_ports import SerialPort
from ui.language import current_language, set_language
from ui.sounds import Sounds, SoundSettings
from ui.theme import Scheme, apply_theme

DEFAULT_VOLUME = 70
IDLE_MINUTES = (0, 2, 5, 10, 20)
DEFAULT_IDLE_MINUTES = 10
TEXT_SIZES = (100, 125, 150, 175, 200)
"""Percent of the ordinary text size."""


class WindowPreferences:
    """Language, light or dark, text size, sound and flash, and the station this laptop last was."""

    def __init__(self, app: QApplication, sounds: Sounds, file: Path | None) -> None:
        self._app = app
        self._sounds = sounds
        self._file = file
        self._kept = _read(file)
        self._lent_letter = ""

    def apply(self) -> None:
        """Dress the application as it was left."""
        set_language(self._app, "en" if self._kept.get("language") == "en" else "zh")
        self._dress()
        self._tune()

    def language(self) -> Language:
        """Return the window's language."""
        return current_language()

    def set_language(self, language: Language) -> None:
        """Switch the window's language."""
        set_language(self._app, language)
        self._keep("language", language)

    def scheme(self) -> Scheme:
        """Return light, dark or system."""
        kept = self._kept.get("scheme")
        return cast("Scheme", kept) if kept in get_args(Scheme) else "system"

    def set_scheme(self, scheme: Scheme) -> None:
        """Switch light and dark."""
        self._keep("scheme", scheme)
        self._dress()

    def text_size(self) -> int:
        """Return the text size in percent, 100 to 200."""
        kept = self._kept.get("text_size")
        return kept if kept in TEXT_SIZES else TEXT_SIZES[0]

    def set_text_size(self, percent: int) -> None:
        """Set the text size in percent, 100 to 200."""
        self._keep("text_size", percent)
        self._dress()

    def volume(self) -> int:
        """Return the sound volume, 0 to 100."""
        kept = self._kept.get("volume")
        return min(100, max(0, kept)) if isinstance(kept, int) else DEFAULT_VOLUME

    def set_volume(self, percent: int) -> None:
        """Set the sound volume, 0 to 100."""
        self._keep("volume", percent)
        self._tune()

    def flash(self) -> bool:
        """Whether the verdict flashes, for halls where nobody hears anything."""
        return self._kept.get("flash") is True

    def set_flash(self, is_on: bool) -> None:
        """Let the verdict flash, or not."""
        self._keep("flash", is_on)
        self._tune()

    def try_sound(self) -> None:
        """Play the sound of a good check-in."""
        self._sounds.play("ok")

    def station_letter(self) -> str:
        """Return the letter a person chose for this laptop, else the one its hub lent it."""
        kept = self._kept.get("station")
        return kept if isinstance(kept, str) and kept else self._lent_letter or "A"

    def has_station_letter(self) -> bool:
        """Whether a person chose the letter."""
        return bool(self._kept.get("station"))

    def lend_station_letter(self, letter: str) -> None:
        """Use the hub's letter for this run, until a person chooses one."""
        self._lent_letter = letter

    def keep_station_letter(self, letter: str) -> None:
        """Remember a letter a person chose; one that nobody chose is not made a choice."""
        if letter != self.station_letter():
            self._keep("station", letter)

    def own_hub(self) -> bool:
        """Whether this laptop was left as its venue's hub."""
        return self._kept.get("own_hub") is True

    def keep_own_hub(self, is_on: bool) -> None:
        """Remember whether this laptop is its venue's hub."""
        self._keep("own_hub", is_on)

    def idle_minutes(self) -> int:
        """Return after how many minutes without a hand the desk locks itself; 0: never."""
        kept = self._kept.get("idle_minutes")
        return kept if kept in IDLE_MINUTES else DEFAULT_IDLE_MINUTES

    def set_idle_minutes(self, minutes: int) -> None:
        """Set after how many minutes without a hand the desk locks itself; 0: never."""
        self._keep("idle_minutes", minutes)

    def serial_ports(self) -> tuple[SerialPort, ...]:
        """Return the serial ports a reader is at."""
        kept = self._kept.get("serial_ports")
        found = kept if isinstance(kept, list) else []
        return tuple(
            SerialPort(
                device=each["device"],
                name=str(each.get("name", "")),
                hardware=str(each.get("hardware", "")),
            )
            for each in found
            if isinstance(each, dict) and isinstance(each.get("device"), str)
        )

    def set_serial_ports(self, ports: tuple[SerialPort, ...]) -> None:
        """Remember the serial ports a reader is at."""
        self._keep(
            "serial_ports",
            [{"device": p.device, "name": p.name, "hardware": p.hardware} for p in ports],
        )

    def seat(self) -> dict[str, str]:
        """Return the help-desk seat this laptop last was: session, staff (an id), desk."""
        kept = self._kept.get("seat")
        return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}

    def keep_seat(self, seat: dict[str, str]) -> None:
        """Remember the help-desk seat."""
        self._keep("seat", seat)

    def _dress(self) -> None:
        apply_theme(self._app, self.scheme(), scale=self.text_size() / 100)

    def _tune(self) -> None:
        self._sounds.settings = SoundSettings(volume=self.volume() / 100, flash=self.flash())

    def _keep(self, name: str, value: object) -> None:
        if self._kept.get(name) == value:
            return
        self._kept[name] = value
        if self._file is not None:
            draft = self._file.with_suffix(".part")
            draft.write_text(json.dumps(self._kept), encoding="utf-8")
            draft.replace(self._file)


def _read(file: Path | None) -> dict[str, Any]:
    """Return what was kept; a damaged file counts as nothing kept."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8")) if file is not None else {}
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
