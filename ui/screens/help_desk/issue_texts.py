"""A text field of an issue: grows with the room there is, warns of secrets."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.secrets_typed import WARNING, find_secrets
from app.domain.words import Words
from ui.language import say
from ui.theme import scaled
from ui.widgets.parts import label
from ui.widgets.speaker import Speaker


class IssueText(QPlainTextEdit):
    """Plain text; Tab goes on to the next field.

    Signals:
        left: the focus went away.
    """

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.document().setDocumentMargin(1)
        # The window's style sheet says the least height of fields, so this must be said there too.
        least = scaled(22 * max(1, lines - 1) + 4)
        self.setStyleSheet(f"QPlainTextEdit {{ min-height: {least}px; }}")

    def sizeHint(self) -> QSize:
        """Ask for what is needed at least: the fields share what room there is besides."""
        return QSize(scaled(200), scaled(22 * max(1, self._lines - 1) + 20))

    def minimumSizeHint(self) -> QSize:
        """Return the same: Qt's own would be four lines."""
        return self.sizeHint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing paused here."""
        super().focusOutEvent(event)
        self.left.emit()

    def text(self) -> str:
        """Return what is typed."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Show a text that was typed before; nothing to undo yet."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().clearUndoRedoStacks()

    def add(self, text: str) -> None:
        """Add words below what is typed, where one `undo` takes them back; `|` is the cursor."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._insert(cursor, f"\n{text}" if self.toPlainText().strip() else text)

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        """Insert a canned text; the cursor goes to its mark, else behind it."""
        before, mark, after = text.partition("|")
        cursor.insertText(before + after)
        if mark:
            left = QTextCursor.MoveOperation.Left
            cursor.movePosition(left, QTextCursor.MoveMode.MoveAnchor, _units(after))
        self.setTextCursor(cursor)


def _units(text: str) -> int:
    """Return a text's length as Qt counts: in UTF-16, where rare hanzi take two."""
    return len(text.encode("utf-16-le")) // 2


class TextWithWarning(QWidget):
    """A field with its name beside it, and a warning below where a secret seems to stand in it."""

    def __init__(self, name: Words, hint: Words, *, lines: int) -> None:
        super().__init__()
        self._speak = Speaker(self)
        self.field = IssueText(lines)
        self._speak(self.field.setPlaceholderText, hint)
        self._speak(self.field.setAccessibleName, name)
        self.warning = label("caution", wraps=True)
        self.warning.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(scaled(2))
        inside.addWidget(self.field, 1)
        inside.addWidget(self.warning)
        self.field.textChanged.connect(self._warn)
        self._speak.language_changed.connect(self._warn)

    def watch(self, on_edit: Callable[[], object]) -> None:
        """Call `on_edit` whenever somebody types."""
        self.field.textChanged.connect(on_edit)

    def _warn(self) -> None:
        found = find_secrets(self.field.toPlainText())
        self.warning.setVisible(bool(found))
        if found:
            kinds = "、".join(dict.fromkeys(say(one.words) for one in found))
            self.warning.setText(f"⚠ {kinds}：{say(WARNING)}")
            self.field.setAccessibleDescription(say(WARNING))
