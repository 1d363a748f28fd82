"""Pictures of the window in named states, compared with those people have looked at.

Run with `VENUEDESK_GALLERY=update` to keep what is drawn now; then look at the pictures before
committing them. A difference leaves `<name>.actual.png` and `<name>.diff.png` in `gallery-out/`.
"""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

HERE = Path(__file__).parent
PICTURES, FAILURES = HERE / "pictures", HERE / "gallery-out"
SIZE = QSize(1366, 768)
TOLERANCE = 40
"""Difference of one colour channel (of 255) that counts as the same."""
ALLOWED = 0.0005
"""Share of channel values that may differ: a hair's breadth of some glyph, not a word."""
_COARSE = bytes(min(255, round(value / 17) * 17) for value in range(256))
_OVER = bytes(int(value > TOLERANCE) for value in range(256))

needs_this_renderer = pytest.mark.skipif(
    sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") != "offscreen",
    reason="pictures are drawn by Qt's offscreen platform on Linux",
)


def check_picture(widget: QWidget, name: str, size: QSize = SIZE) -> None:
    """Compare a shown widget with the picture of this name."""
    QApplication.setCursorFlashTime(0)
    widget.resize(size)
    QGuiApplication.processEvents()
    actual = coarse(widget.grab().toImage())
    file = PICTURES / f"{name}.png"
    if os.environ.get("VENUEDESK_GALLERY") == "update":
        PICTURES.mkdir(exist_ok=True)
        assert small(actual).save(str(file))
        return
    assert file.exists(), f"no picture {name}: run with VENUEDESK_GALLERY=update and look at it"
    expected = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    assert expected.size() == actual.size()
    if share_different(expected, actual) > ALLOWED:
        _keep_failure(name, expected, actual)
        pytest.fail(f"{name} looks different; see {FAILURES.name}/{name}.diff.png")


def coarse(image: QImage) -> QImage:
    """Return the picture with 16 levels a channel: small files, blind to rounding."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    data = bytes(plain.constBits()).translate(_COARSE)
    made = QImage(data, plain.width(), plain.height(), QImage.Format.Format_RGB32)
    return made.copy()


def small(image: QImage) -> QImage:
    """Return the picture with a palette where its colours fit one."""
    colours = {image.pixel(x, y) for y in range(image.height()) for x in range(image.width())}
    if len(colours) > 256:
        return image
    return image.convertToFormat(QImage.Format.Format_Indexed8, sorted(colours))


def difference(one: QImage, other: QImage) -> QImage:
    """Return how far each channel of two pictures is apart."""
    painted = one.copy()
    painter = QPainter(painted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    return painted


def share_different(one: QImage, other: QImage) -> float:
    """Return the share of channel values that differ by more than the tolerance."""
    # Named, so that the picture outlives the look into its memory.
    apart = difference(one, other).convertToFormat(QImage.Format.Format_RGB888)
    bits, step, width = bytes(apart.constBits()), apart.bytesPerLine(), 3 * apart.width()
    # Rows are padded to four bytes, and nobody says with what.
    rows = (bits[row * step : row * step + width] for row in range(apart.height()))
    return sum(row.translate(_OVER).count(1) for row in rows) / (width * apart.height())


def _keep_failure(name: str, expected: QImage, actual: QImage) -> None:
    FAILURES.mkdir(exist_ok=True)
    actual.save(str(FAILURES / f"{name}.actual.png"))
    difference(expected, actual).save(str(FAILURES / f"{name}.diff.png"))
