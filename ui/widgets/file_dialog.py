"""Asking for a file without stopping anything: the dialog never blocks the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.words import Words
from ui.language import say


def ask_open(
    parent: QWidget, caption: Words, name_filter: Words, take: Callable[[Path], object]
) -> QFileDialog:
    """Let a person pick an existing file."""
    dialog = _dialog(parent, caption, name_filter, take)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.show()
    return dialog


def ask_save(
    parent: QWidget,
    caption: Words,
    name_filter: Words,
    take: Callable[[Path], object],
    *,
    suggested: Path,
) -> QFileDialog:
    """Let a person say where a file goes; the system asks before replacing one."""
    dialog = _dialog(parent, caption, name_filter, take)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
    dialog.setDirectory(str(suggested.parent))
    dialog.selectFile(suggested.name)
    dialog.show()
    return dialog


def _dialog(
    parent: QWidget, caption: Words, name_filter: Words, take: Callable[[Path], object]
) -> QFileDialog:
    dialog = QFileDialog(parent, say(caption))
    dialog.setNameFilter(say(name_filter))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(False)  # a scan may come at any time
    dialog.fileSelected.connect(lambda file: take(Path(file)))
    return dialog
