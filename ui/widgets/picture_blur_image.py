"""What happens to a pasted picture before it is kept: made small, covered, written as PNG.

Everything works on QImage values, so it may run on any thread.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.services.attachments_views import LARGEST_BYTES, LONGEST_SIDE

BLOCK = 24
"""Least side of a mosaic's block: taller than any line of a screen's text."""
_COVER = QColor("#3A4250")
_SMALLER = 0.8


@dataclass(frozen=True, slots=True)
class Cover:
    """A part of a picture nobody may read; in the picture's own pixels."""

    place: QRect
    is_mosaic: bool = False
    """Coarse blocks tell what kind of thing was there; else one solid colour."""


def small_copy(image: QImage) -> QImage:
    """Return the picture at most 1600 pixels wide or high, opaque, without what was hidden in it.

    Drawing it anew leaves comments, places and times of the source behind.
    """
    size = image.size()
    if max(size.width(), size.height()) > LONGEST_SIDE:
        side = LONGEST_SIDE
        size = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    plain = image if size == image.size() else image.scaled(size, keep, smooth)
    made = QImage(size, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.drawImage(made.rect(), plain, plain.rect())
    painter.end()
    return made


def covered(image: QImage, covers: Iterable[Cover]) -> QImage:
    """Return the picture with its covers burnt in: what lies below is gone from its bytes."""
    made = image.copy()
    painter = QPainter(made)
    for cover in covers:
        place = cover.place.normalized().intersected(made.rect())
        if place.isEmpty():
            continue
        if cover.is_mosaic:
            painter.drawImage(place, _mosaic(image.copy(place)))
        else:
            painter.fillRect(place, _COVER)
    painter.end()
    return made


def _mosaic(part: QImage) -> QImage:
    """Return a part as few blocks in few colours: no letter's shape can be won back from it."""
    across, down = max(1, part.width() // BLOCK), max(1, part.height() // BLOCK)
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    few = part.scaled(across, down, keep, smooth)
    for y in range(down):
        for x in range(across):
            colour = few.pixelColor(x, y)
            few.setPixelColor(x, y, QColor(*(_coarse(value) for value in _rgb(colour))))
    return few.scaled(part.size(), keep, Qt.TransformationMode.FastTransformation)


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _coarse(value: int) -> int:
    return min(255, value // 48 * 48 + 24)


def png_of(image: QImage, limit: int = LARGEST_BYTES) -> bytes:
    """Return the picture as PNG of at most `limit` bytes: fewer colours first, then smaller."""
    data = _written(image)
    while len(data) > limit and min(image.width(), image.height()) > 8:
        data = _written(image.convertToFormat(QImage.Format.Format_Indexed8, _flat()))
        if len(data) > limit:
            image = image.scaled(
                round(image.width() * _SMALLER),
                round(image.height() * _SMALLER),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
    return data


def _flat() -> Qt.ImageConversionFlag:
    return Qt.ImageConversionFlag.ThresholdDither  # dither makes noise, which packs badly


def _written(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 20)  # type: ignore[call-overload] # stubs want bytes, Qt wants text
    return bytes(data.data())
