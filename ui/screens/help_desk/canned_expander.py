"""`::code` typed in a text field becomes the canned text, with the cursor at its mark.

No key an input method uses: the code ends with a space or a new line, or by itself where no other
code goes on from it.
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

from app.domain.help_desk import Answer
from app.domain.text import fold_text

CURSOR = "|"
_TYPED = re.compile(r"(?:::|：：)([^\s:：]{1,16})([ \u3000\n\u2029]?)$")
Editor = QTextEdit | QPlainTextEdit | QLineEdit


class CannedExpander(QObject):
    """Watches one text field.

    Signals:
        expanded: the Answer that was put in; `answer:<id>` then counts as reused.
    """

    expanded = Signal(object)

    def __init__(self, editor: Editor, texts: Sequence[Answer] = ()) -> None:
        super().__init__(editor)
        self._editor = editor
        self._by_code: dict[str, Answer] = {}
        self._is_busy = False
        self._undone = ""
        """The text as it was before the last expansion."""
        self.show_texts(texts)
        editor.textChanged.connect(self._on_text)

    def show_texts(self, texts: Sequence[Answer]) -> None:
        """Take over the canned texts as they are now."""
        self._by_code = {fold_text(item.code): item for item in texts if item.code}

    def _on_text(self, *_text: str) -> None:
        if self._is_busy:
            return
        typed = _TYPED.search(_before_cursor(self._editor))
        whole = _whole(self._editor)
        if typed is None or whole == self._undone:  # an undo brought the code back: it stays
            return
        answer = self._find(typed[1], is_ended=bool(typed[2]))
        if answer is not None:
            self._is_busy, self._undone = True, whole
            _replace(self._editor, len(typed[0]), answer.body)
            self._is_busy = False
            self.expanded.emit(answer)

    def _find(self, code: str, *, is_ended: bool) -> Answer | None:
        wanted = fold_text(code)
        longer = any(other != wanted and other.startswith(wanted) for other in self._by_code)
        return self._by_code.get(wanted) if is_ended or not longer else None


def _whole(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _before_cursor(editor: Editor) -> str:
    """Return the last signs before the cursor."""
    if isinstance(editor, QLineEdit):
        return editor.text()[: editor.cursorPosition()][-24:]
    cursor = editor.textCursor()
    at = cursor.position()
    return editor.toPlainText()[max(0, at - 24) : at]


def _replace(editor: Editor, length: int, body: str) -> None:
    """Put a text in the place of what was typed; one undo takes it back."""
    before, _, after = body.partition(CURSOR)
    if isinstance(editor, QLineEdit):
        before, after = before.replace("\n", " "), after.replace("\n", " ")
        start = editor.cursorPosition() - length
        editor.setSelection(start, length)
        editor.insert(before + after)
        editor.setCursorPosition(start + len(before))
        return
    cursor = editor.textCursor()
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
    cursor.insertText(before + after)
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(after))
    cursor.endEditBlock()
    editor.setTextCursor(cursor)


def insert_at_cursor(editor: Editor, body: str) -> None:
    """Put a canned text or an earlier solution in where the cursor is."""
    _replace(editor, 0, body)
