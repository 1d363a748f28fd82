"""Colours, font and style sheet. Every text/background pair meets WCAG AA; a test checks it.

Tones never lean on colour alone (each has a shape, a sound and a word too), and the colours
themselves stay apart for the common kinds of colour blindness: teal, blue, amber, crimson, grey.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources
from app.domain.scans import Tone

Scheme = Literal["light", "dark", "system"]
RESOURCES: Final = Path(next(iter(resources.__path__)))
BASE_PIXELS: Final = 15
"""Height of ordinary text at 100 %."""
_PROPERTY: Final = "desk_scheme"
_SCALE: Final = "desk_scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class TonePaint:
    """A tone's colours: the big panel, and a soft variant for list rows and strips."""

    panel: str
    on_panel: str
    soft: str
    on_soft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The named colours of one scheme; style sheets and painters use these and no others."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    """Outline of things one can use: 3:1 against what is around them."""
    accent: str
    on_accent: str
    focus: str
    selected: str
    on_selected: str
    rail: str
    on_rail: str
    rail_muted: str
    rail_active: str
    danger: str
    caution: str
    good: str


LIGHT: Final = Palette(
    window="#F3F5F8",
    surface="#FFFFFF",
    raised="#E9EDF2",
    text="#151A21",
    muted="#4B5563",
    line="#D3D9E1",
    edge="#7B8796",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    focus="#0B5CAD",
    selected="#D6E6F7",
    on_selected="#10243A",
    rail="#12263A",
    on_rail="#F1F5FA",
    rail_muted="#B3C2D3",
    rail_active="#1F486F",
    danger="#A80F3F",
    caution="#7A4B00",
    good="#00665E",
)
DARK: Final = Palette(
    window="#11151B",
    surface="#191F28",
    raised="#252D39",
    text="#EEF2F7",
    muted="#AEB9C7",
    line="#343E4C",
    edge="#8290A1",
    accent="#7DBBF5",
    on_accent="#0B1624",
    focus="#8FC7FF",
    selected="#27435F",
    on_selected="#F2F7FC",
    rail="#0B0F14",
    on_rail="#F1F5FA",
    rail_muted="#A5B2C2",
    rail_active="#223B55",
    danger="#FF8FAE",
    caution="#F5C15C",
    good="#5FD3C4",
)

LIGHT_TONES: Final[dict[Tone, TonePaint]] = {
    Tone.OK: TonePaint(panel="#00756B", on_panel="#FFFFFF", soft="#D5F0EC", on_soft="#00443E"),
    Tone.NOTICE: TonePaint(panel="#2453B4", on_panel="#FFFFFF", soft="#DDE7FB", on_soft="#17356F"),
    Tone.QUIET: TonePaint(panel="#DCE1E8", on_panel="#252C36", soft="#ECEFF3", on_soft="#3C4552"),
    Tone.WARN: TonePaint(panel="#FFB81C", on_panel="#241800", soft="#FFEFC9", on_soft="#503600"),
    Tone.REFUSE: TonePaint(panel="#A4123F", on_panel="#FFFFFF", soft="#FADCE5", on_soft="#730A2A"),
}
DARK_TONES: Final[dict[Tone, TonePaint]] = {
    Tone.OK: TonePaint(panel="#00756B", on_panel="#FFFFFF", soft="#0C3B37", on_soft="#A9EDE3"),
    Tone.NOTICE: TonePaint(panel="#2B5BC2", on_panel="#FFFFFF", soft="#1D315B", on_soft="#C6D8FF"),
    Tone.QUIET: TonePaint(panel="#1E2530", on_panel="#EEF2F7", soft="#262E39", on_soft="#C6CFDA"),
    Tone.WARN: TonePaint(panel="#F0A90A", on_panel="#1F1400", soft="#46340C", on_soft="#FFDC93"),
    Tone.REFUSE: TonePaint(panel="#A4123F", on_panel="#FFFFFF", soft="#4D1627", on_soft="#FFC2D3"),
}


def is_dark() -> bool:
    """Whether the window is dark now."""
    app = QApplication.instance()
    return app is not None and app.property(_PROPERTY) == "dark"


def palette() -> Palette:
    """Return the colours in use."""
    return DARK if is_dark() else LIGHT


def tone_paint(tone: Tone) -> TonePaint:
    """Return a tone's colours in the scheme in use."""
    return (DARK_TONES if is_dark() else LIGHT_TONES)[tone]


def text_scale() -> float:
    """Return the text size in use, 1.0 to 2.0."""
    app = QApplication.instance()
    return float((app.property(_SCALE) if app is not None else None) or 1.0)


def scaled(pixels: float) -> int:
    """Return a length at the text size in use, in device-independent pixels."""
    return round(pixels * text_scale())


def text_font(pixels: float, *, bold: bool = False) -> QFont:
    """Return the window's font at a size given for 100 %."""
    return pixel_font(scaled(pixels), bold=bold)


def pixel_font(pixels: int, *, bold: bool = False) -> QFont:
    """Return the window's font at a size in pixels."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def load_fonts() -> str | None:
    """Load the bundled fonts and return the family to use, or None where none is bundled."""
    families: list[str] = []
    for file in sorted((RESOURCES / "fonts").glob("NotoSansTC*.[to]tf")):
        families += QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(file))
        )
    return families[0] if families else None


def apply_theme(app: QApplication, scheme: Scheme = "system", *, scale: float = 1.0) -> None:
    """Dress the application; may be called again at any time to switch scheme or text size.

    `scale` runs from 1.0 to 2.0.
    """
    dark = scheme == "dark" or (
        scheme == "system" and app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    )
    dress = ("dark" if dark else "light", max(1.0, min(scale, 2.0)))
    if (app.property(_PROPERTY), app.property(_SCALE)) == dress:
        return
    app.setProperty(_PROPERTY, dress[0])
    app.setProperty(_SCALE, dress[1])
    app.setStyle(QStyleFactory.create("Fusion"))
    _apply_font(app)
    app.setPalette(_qt_palette(palette()))
    app.setStyleSheet(style_sheet())


def style_sheet() -> str:
    """Return the style sheet with the colours and sizes in use filled in."""
    template = (RESOURCES / "styles" / "desk.qss").read_text(encoding="utf-8")
    sizes = {f"px{n}": f"{scaled(n)}px" for n in (*range(1, 33), 36, 40, 44, 48, 56, 64, 96)}
    icons = {"icons": (RESOURCES / "icons").as_posix(), "mode": "dark" if is_dark() else "light"}
    return Template(template).substitute(asdict(palette()), **sizes, **icons)


def _apply_font(app: QApplication) -> None:
    family = app.property("desk_family")
    if family is None:
        family = load_fonts() or app.font().family()
        app.setProperty("desk_family", family)
    font = QFont(family)
    font.setPixelSize(scaled(BASE_PIXELS))
    # Without hinting the same text has the same width on every system.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    qt = QPalette()
    for name, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.raised),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.selected),
        (role.HighlightedText, colours.on_selected),
        (role.Link, colours.accent),
    ):
        qt.setColor(name, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        qt.setColor(disabled, name, QColor(colours.edge))
    return qt
