"""QR and Code 128 symbols as bars and squares, drawn as vectors."""

import re
from collections.abc import Sequence

import qrcode
from barcode.codex import Code128
from qrcode.constants import ERROR_CORRECT_M

from app.papers.pages import Pages, mm

QR_QUIET_MODULES = 4
BAR_QUIET_MODULES = 10
SMALLEST_BAR_MM = 0.19
"""Narrowest bar that laser-printed labels and hand scanners still agree on."""
WIDEST_BAR_MM = 0.33
DOT_MM = 25.4 / 600
"""Bars of whole printer dots come out evenly wide."""
FIXED_MASK = 2
"""Trying all eight masks takes four times as long, and readers manage with any."""

DARK = re.compile("1+")

Bars = Sequence[tuple[int, int]]
"""(first module, modules wide) of each dark stretch."""


def qr_rows(text: str) -> tuple[Bars, ...]:
    """Return the rows of a QR code (error correction M), top first, without its quiet zone."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=FIXED_MASK, border=0)
    symbol.add_data(text, optimize=0)
    symbol.make(fit=True)
    return tuple(
        _dark_stretches("".join("1" if dark else "0" for dark in row)) for row in symbol.modules
    )


class _Code128(Code128):
    """Bars of python-barcode, whose shortening takes a leading pair 99 for a change of set."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        return encoded if self.code.startswith("99") else super()._try_to_optimize(encoded)


def code128_bars(text: str) -> tuple[Bars, int]:
    """Return the bars of a Code 128 symbol and its whole width in modules, no quiet zones."""
    pattern = _Code128(text).build()[0]
    return _dark_stretches(pattern), len(pattern)


def bar_width_mm(modules: int, available_mm: float) -> float | None:
    """Return how wide a bar may be to fit with quiet zones, None when too narrow to read."""
    width = min(WIDEST_BAR_MM, available_mm / (modules + 2 * BAR_QUIET_MODULES))
    in_dots = int(width / DOT_MM + 1e-9) * DOT_MM
    if in_dots >= SMALLEST_BAR_MM:
        return in_dots
    return width if width >= SMALLEST_BAR_MM else None


def draw_qr(pages: Pages, at: tuple[float, float], side: float, text: str) -> None:
    """Draw a QR code with its quiet zone into a square; `at` is the lower left corner."""
    rows = qr_rows(text)
    module = side / (len(rows) + 2 * QR_QUIET_MODULES)
    top = len(rows) + QR_QUIET_MODULES - 1
    squares = [
        (start + QR_QUIET_MODULES, top - index, wide, 1)
        for index, row in enumerate(rows)
        for start, wide in row
    ]
    _fill(pages, at, (module, module), squares)


def draw_code128(
    pages: Pages, at: tuple[float, float], *, height: float, available_mm: float, text: str
) -> bool:
    """Draw a Code 128 symbol centred on `at` (bottom middle); False when it would not fit."""
    bars, modules = code128_bars(text)
    bar_mm = bar_width_mm(modules, available_mm)
    if bar_mm is None:
        return False
    left = at[0] - mm(bar_mm) * modules / 2
    _fill(pages, (left, at[1]), (mm(bar_mm), height), [(x, 0, wide, 1) for x, wide in bars])
    return True


def _dark_stretches(modules: str) -> Bars:
    return tuple(
        (stretch.start(), stretch.end() - stretch.start()) for stretch in DARK.finditer(modules)
    )


def _fill(
    pages: Pages,
    at: tuple[float, float],
    module: tuple[float, float],
    boxes: Sequence[tuple[int, int, int, int]],
) -> None:
    """Fill boxes given in modules (x, y, wide, high) as one path, so no seams show."""
    canvas = pages.canvas
    canvas.saveState()
    canvas.translate(*at)
    canvas.scale(*module)
    path = canvas.beginPath()
    for box in boxes:
        path.rect(*box)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
