"""Language, look, text size, sound and flash of this laptop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QSlider, QVBoxLayout, QWidget

from app.domain.words import Words
from ui.language import say
from ui.office import Preferences
from ui.preferences import TEXT_SIZES
from ui.screens.event import wording
from ui.theme import scaled
from ui.widgets.parts import button, combo, label, name_widget, row
from ui.widgets.speaker import Speaker


class PreferencesCard(QFrame):
    """Every setting is applied at once."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._preferences = preferences
        self._speak = Speaker(self)
        self._build_look()
        self._build_sound()
        self._lay_out()
        self._connect()

    def _build_look(self) -> None:
        self.languages = combo(self._speak, wording.LANGUAGE, characters=8)
        for code, name in wording.LANGUAGES.items():
            self.languages.addItem(name, code)
        self.languages.setCurrentIndex(self.languages.findData(self._preferences.language()))
        self.schemes = combo(self._speak, wording.SCHEME, characters=9)
        self._fill_schemes()
        self.sizes = combo(self._speak, wording.TEXT_SIZE, characters=5)
        for percent in TEXT_SIZES:
            self.sizes.addItem(f"{percent} %", percent)
        self.sizes.setCurrentIndex(self.sizes.findData(self._preferences.text_size()))

    def _build_sound(self) -> None:
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setSingleStep(5)
        self.volume.setFixedWidth(160)
        self.volume.setValue(self._preferences.volume())
        self.percent = label("", f"{self.volume.value()} %")
        name_widget(self._speak, self.volume, wording.VOLUME)
        self.try_button = button(self._speak, wording.TRY_SOUND, self._preferences.try_sound)
        self.flash = QCheckBox()
        self.flash.setChecked(self._preferences.flash())
        self._speak(self.flash.setText, wording.FLASH)

    def _lay_out(self) -> None:
        heading = label("heading")
        self._speak(heading.setText, wording.LOOK)
        look = row(
            self._named(wording.LANGUAGE, self.languages),
            self._named(wording.SCHEME, self.schemes),
            self._named(wording.TEXT_SIZE, self.sizes),
            None,
            space=18,
        )
        sound = row(self._named(wording.VOLUME, self.volume, self.percent, self.try_button), None)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(14))
        inside.setSpacing(scaled(10))
        inside.addWidget(heading)
        inside.addLayout(look)
        inside.addLayout(sound)
        inside.addWidget(self.flash)

    def _named(self, words: Words, *fields: QWidget) -> QWidget:
        caption = label("muted")
        self._speak(caption.setText, words)
        whole = QWidget()
        whole.setLayout(row(caption, *fields, space=8))
        return whole

    def _connect(self) -> None:
        self.languages.activated.connect(self._on_language)
        self.schemes.activated.connect(self._on_scheme)
        self.sizes.activated.connect(self._on_size)
        self.volume.valueChanged.connect(self._on_volume)
        self.flash.toggled.connect(self._preferences.set_flash)
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

    def _on_size(self) -> None:
        self._preferences.set_text_size(self.sizes.currentData())

    def _on_volume(self, percent: int) -> None:
        self.percent.setText(f"{percent} %")
        self._preferences.set_volume(percent)
