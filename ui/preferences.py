"""How this laptop's window looks and sounds; applied at once and kept in the profile."""

import json
from pathlib import Path
from typing import Any, cast, get_args

from PySide6.QtWidgets import QApplication

from app.domain.words import Language
from ui.language import current_language, set_language
from ui.sounds import Sounds, SoundSettings
from ui.theme import Scheme, apply_theme

DEFAULT_VOLUME = 70


class WindowPreferences:
    """Language, light or dark, volume, and the station this laptop last was."""

    def __init__(self, app: QApplication, sounds: Sounds, file: Path | None) -> None:
        self._app = app
        self._sounds = sounds
        self._file = file
        self._kept = _read(file)

    def apply(self) -> None:
        """Dress the application as it was left."""
        set_language(self._app, "en" if self._kept.get("language") == "en" else "zh")
        apply_theme(self._app, self.scheme())
        self._sounds.settings = SoundSettings(volume=self.volume() / 100)

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
        apply_theme(self._app, scheme)

    def volume(self) -> int:
        """Return the sound volume, 0 to 100."""
        kept = self._kept.get("volume")
        return min(100, max(0, kept)) if isinstance(kept, int) else DEFAULT_VOLUME

    def set_volume(self, percent: int) -> None:
        """Set the sound volume, 0 to 100."""
        self._keep("volume", percent)
        self._sounds.settings = SoundSettings(volume=percent / 100)

    def try_sound(self) -> None:
        """Play the sound of a good check-in."""
        self._sounds.play("ok")

    def station_letter(self) -> str:
        """Return the station letter this laptop last had."""
        kept = self._kept.get("station")
        return kept if isinstance(kept, str) and kept else "A"

    def keep_station_letter(self, letter: str) -> None:
        """Remember the station letter."""
        self._keep("station", letter)

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
