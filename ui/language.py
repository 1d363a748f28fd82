"""Which language the window speaks: Traditional Chinese first, English switchable at run time.

Widgets write English source strings through `self.tr()` and set their texts in a `_retranslate`
method called from `changeEvent` on LanguageChange. Sentences that belong to a domain word are
`Words` in a screen's `wording` module and go through `say()`.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from app.domain.words import Language, Words
from ui.theme import RESOURCES

_PROPERTY: Final = "desk_language"
_TRANSLATORS: Final = "desk-translator"
_PLAIN_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")


def current_language() -> Language:
    """Return the language the window speaks now."""
    app = QCoreApplication.instance()
    return "en" if app is not None and app.property(_PROPERTY) == "en" else "zh"


def say(words: Words) -> str:
    """Return a sentence in the language the window speaks now."""
    language = current_language()
    return latin_quotes(words.en) if language == "en" else words.in_language(language)


def latin_quotes(text: str) -> str:
    """Return English with plain quotes: in the bundled font curly ones are as wide as a hanzi."""
    return text.translate(_PLAIN_QUOTES)


def set_language(app: QCoreApplication, language: Language) -> None:
    """Switch the whole window; open widgets hear LanguageChange and set their texts again."""
    for translator in app.findChildren(QTranslator, _TRANSLATORS):
        app.removeTranslator(translator)
        translator.setParent(None)
    app.setProperty(_PROPERTY, language)
    QLocale.setDefault(QLocale("zh_TW" if language == "zh" else "en_US"))
    if language == "zh":
        _install(app, "qtbase_zh_TW", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for file in sorted((RESOURCES / "translations").glob("*_zh_TW.qm")):
            _install(app, file.stem, str(file.parent))
    QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))


def _install(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATORS)
    if translator.load(name, folder):
        app.installTranslator(translator)
