"""The bundled line icons, drawn in whatever colour the scheme needs."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import RESOURCES


def icon_pixmap(name: str, colour: str, size: int, *, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` device-independent pixels."""
    file = RESOURCES / "icons" / f"{name}.svg"
    svg = file.read_bytes().replace(b"currentColor", colour.encode())
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def screen_ratios() -> list[float]:
    """Return how dense the pixels of the screens are; 1.0 is ordinary."""
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {1.0})


def line_icon(name: str, colour: str, size: int = 24) -> QIcon:
    """Return an icon sharp on every screen there is."""
    icon = QIcon()
    for ratio in screen_ratios():
        icon.addPixmap(icon_pixmap(name, colour, size, ratio=ratio))
    return icon
