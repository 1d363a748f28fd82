"""The board's two sounds: one when a number is called, another when it is called again."""

from ui.office import Preferences
from ui.screens.board.picture import ShownCall
from ui.sounds import Sounds, SoundSettings


class Chime:
    """Plays beside the sounds of the door, at this laptop's volume."""

    def __init__(self, preferences: Preferences, sounds: Sounds | None = None) -> None:
        self._preferences = preferences
        self._sounds = sounds or Sounds()

    def ring(self, call: ShownCall) -> None:
        """Ring for a call."""
        self.play("recall" if call.times > 1 else "call")

    def play(self, name: str) -> None:
        """Play a sound, as loud as this laptop is set now."""
        self._sounds.settings = SoundSettings(volume=self._preferences.volume() / 100)
        self._sounds.play(name)
