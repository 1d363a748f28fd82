"""Keys that work while the focus is anywhere inside a widget."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind_key(
    where: QWidget,
    key: Qt.Key | str | QKeySequence.StandardKey,
    act: Callable[[], object],
    *,
    repeats: bool = False,
) -> QShortcut:
    """Call `act` when the key is pressed inside `where`; a field being typed in comes first."""
    made = QShortcut(QKeySequence(key), where)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.setAutoRepeat(repeats)
    made.activated.connect(act)
    return made
