"""Asking for a file without stopping anything: the dialog never blocks the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.words import Words
from ui.language import say
from ui.theme import scaled
from ui.widgets.folders import papers_folder

_LABELS = {
    QFileDialog.DialogLabel.LookIn: Words(zh="位置：", en="Look in:"),
    QFileDialog.DialogLabel.FileName: Words(zh="檔名：", en="File name:"),
    QFileDialog.DialogLabel.FileType: Words(zh="檔案類型：", en="Kind of file:"),
}
"""Qt's own translation leaves these out."""


def ask_open(
    parent: QWidget, caption: Words, name_filter: Words, take: Callable[[Path], object]
) -> QFileDialog:
    """Let a person pick an existing file."""
    dialog = _dialog(parent, caption, name_filter, take)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(str(papers_folder()))
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


def ask_folder(parent: QWidget, caption: Words, take: Callable[[Path], object]) -> QFileDialog:
    """Let a person pick an existing folder."""
    dialog = _dialog(parent, caption, caption, take)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    dialog.show()
    return dialog


def _dialog(
    parent: QWidget, caption: Words, name_filter: Words, take: Callable[[Path], object]
) -> QFileDialog:
    dialog = QFileDialog(parent, say(caption))
    dialog.setNameFilter(say(name_filter))
    for part, words in _LABELS.items():
        dialog.setLabelText(part, say(words))
    dialog.resize(scaled(860), scaled(520))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(False)  # a scan may come at any time
    dialog.fileSelected.connect(lambda file: take(Path(file)))
    return dialog
