"""The small parts every place is laid out from."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.words import Words
from ui.theme import scaled
from ui.widgets.speaker import Speaker

LaidOut = TypeVar("LaidOut", bound=QBoxLayout)


def label(kind: str = "", text: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label of one of the style sheet's kinds."""
    made = QLabel(text)
    made.setProperty("kind", kind)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def show_kind(widget: QWidget, kind: str) -> None:
    """Change a widget's kind and let the style sheet see it."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    speaker: Speaker,
    words: Words,
    act: Callable[[], object],
    *,
    kind: str = "",
    tip: Words | None = None,
) -> QPushButton:
    """Return a button that says something and does something."""
    made = QPushButton()
    made.setProperty("kind", kind)
    speaker(made.setText, words)
    if tip is not None:
        speaker(made.setToolTip, tip)
        speaker(made.setAccessibleDescription, tip)
    made.clicked.connect(lambda _checked=False: act())
    return made


def name_widget(speaker: Speaker, widget: QWidget, words: Words) -> None:
    """Tell screen readers what a widget is."""
    speaker(widget.setAccessibleName, words)


def combo(speaker: Speaker, words: Words, *, characters: int = 12) -> QComboBox:
    """Return a combo box that a long entry cannot push out of the window."""
    # It draws itself and so loads all names of Qt's styles, which the first paint does without.
    from ui.widgets.elided_combo import ElidedCombo  # noqa: PLC0415

    made = ElidedCombo()
    made.setMinimumContentsLength(characters)
    name_widget(speaker, made, words)
    return made


def row(*items: QWidget | QLayout | None, space: int = 10) -> QHBoxLayout:
    """Lay items out side by side; None stands for a stretch."""
    return _filled(QHBoxLayout(), items, space)


def column(*items: QWidget | QLayout | None, space: int = 10) -> QVBoxLayout:
    """Lay items out below one another; None stands for a stretch."""
    return _filled(QVBoxLayout(), items, space)


def card(*items: QWidget | QLayout | None, space: int = 8) -> QFrame:
    """Return a framed surface with items below one another."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    inside = column(*items, space=space)
    inside.setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(14))
    frame.setLayout(inside)
    return frame


def fill_place(place: QWidget, *items: QWidget | QLayout | None) -> QVBoxLayout:
    """Lay a place out with the margins all places share; it scrolls where the text is large."""
    inside = column(*items, space=12)
    inside.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(14))
    content = QWidget()
    content.setLayout(inside)
    place.setLayout(column(scrolling(content)))
    return inside


class _Scrolling(QScrollArea):
    """Asks for little room: what is inside scrolls before anything around it is pushed out."""

    def sizeHint(self) -> QSize:
        """Return the width of the content and a few lines."""
        return QSize(super().sizeHint().width(), scaled(120))


def scrolling(content: QWidget) -> QScrollArea:
    """Return a widget that scrolls where the window is small or the text large."""
    area = _Scrolling()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def _filled(box: LaidOut, items: tuple[QWidget | QLayout | None, ...], space: int) -> LaidOut:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(scaled(space))
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box
