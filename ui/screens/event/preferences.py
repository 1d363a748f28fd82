"""Language, light or dark, and sound volume of this laptop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSlider, QVBoxLayout

from app.domain.words import Words
from ui.language import say
from ui.office import Preferences
from ui.screens.event import wording
from ui.widgets.parts import button, combo, label, name_widget, row
from ui.widgets.speaker import Speaker


class PreferencesCard(QFrame):
    """Three settings, each applied at once."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._preferences = preferences
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        heading = label("heading")
        self._speak(heading.setText, wording.LOOK)
        self.languages = combo(self._speak, wording.LANGUAGE, characters=8)
        for code, name in wording.LANGUAGES.items():
            self.languages.addItem(name, code)
        self.languages.setCurrentIndex(self.languages.findData(self._preferences.language()))
        self.schemes = combo(self._speak, wording.SCHEME, characters=8)
        self._fill_schemes()
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setSingleStep(5)
        self.volume.setFixedWidth(160)
        self.volume.setValue(self._preferences.volume())
        self.percent = label("", f"{self.volume.value()} %")
        name_widget(self._speak, self.volume, wording.VOLUME)
        self.try_button = button(self._speak, wording.TRY_SOUND, self._preferences.try_sound)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.addWidget(heading)
        inside.addLayout(
            row(
                self._caption(wording.LANGUAGE),
                self.languages,
                self._caption(wording.SCHEME),
                self.schemes,
                self._caption(wording.VOLUME),
                self.volume,
                self.percent,
                self.try_button,
                None,
            )
        )

    def _caption(self, words: Words) -> QLabel:
        made = label("muted")
        self._speak(made.setText, words)
        return made

    def _connect(self) -> None:
        self.languages.activated.connect(self._on_language)
        self.schemes.activated.connect(self._on_scheme)
        self.volume.valueChanged.connect(self._on_volume)
        self._speak.language_changed.connect(self._fill_schemes)

    def _fill_schemes(self) -> None:
        self.schemes.clear()
        for code, words in wording.SCHEMES.items():
            self.schemes.addItem(say(words), code)
        self.schemes.setCurrentIndex(self.schemes.findData(self._preferences.scheme()))

    def _on_language(self) -> None:
        self._preferences.set_language(self.languages.currentData())

    def _on_scheme(self) -> None:
        self._preferences.set_scheme(self.schemes.currentData())

    def _on_volume(self, percent: int) -> None:
        self.percent.setText(f"{percent} %")
        self._preferences.set_volume(percent)
