"""Keeps the sentences of a view in the language of the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.words import Words
from ui.language import say


class Speaker(QObject):
    """Remembers which sentence went where, and says all of them again in a new language.

    Signals:
        language_changed: texts made from data want showing again.
    """

    language_changed = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._spoken: list[tuple[Callable[[str], object], Words]] = []
        view.installEventFilter(self)

    def __call__(self, put: Callable[[str], object], words: Words) -> None:
        """Put a sentence somewhere now and whenever the language changes."""
        self._spoken.append((put, words))
        put(say(words))

    def eventFilter(self, watched: QObject, qt_event: QEvent) -> bool:
        """Say everything again when the language changed."""
        if qt_event.type() == QEvent.Type.LanguageChange:
            for put, words in self._spoken:
                put(say(words))
            self.language_changed.emit()
        return super().eventFilter(watched, qt_event)
