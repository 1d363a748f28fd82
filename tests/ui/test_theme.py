"""Colours: readable in both schemes, apart for colour-blind eyes; sounds and icons are there."""

import itertools
import wave
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor

from app.domain.verdict import Direction, Tone, Verdict
from ui.icons import icon_pixmap
from ui.language import current_language, set_language
from ui.places import TITLES
from ui.sounds import load_sound, sound_of
from ui.theme import (
    DARK,
    DARK_TONES,
    LIGHT,
    LIGHT_TONES,
    RESOURCES,
    Palette,
    apply_theme,
    is_dark,
    scaled,
    style_sheet,
)

from fakes import make_outcome  # isort: skip

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
BLINDNESS = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> tuple[float, ...]:
    parts = QColor(colour).getRgbF()[:3]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = (max(0.0, min(part, 1.0)) for part in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (p ** (1 / 3) if p > 0.008856 else 7.787 * p + 16 / 116 for p in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable(colours: Palette):
    for text in ("text", "muted", "danger", "caution", "good", "accent"):
        for ground in ("window", "surface"):
            assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5, (text, ground)
    pairs = asdict(colours)
    for text, ground in (
        ("on_accent", "accent"),
        ("on_selected", "selected"),
        ("on_rail", "rail"),
        ("rail_muted", "rail"),
        ("on_rail", "rail_active"),
        ("text", "raised"),
        ("muted", "raised"),
    ):
        assert contrast(pairs[text], pairs[ground]) >= 4.5, (text, ground)
    for edge in ("edge", "focus"):
        assert contrast(pairs[edge], pairs["surface"]) >= 3, edge
        assert contrast(pairs[edge], pairs["window"]) >= 3, edge


@pytest.mark.parametrize("tones", [LIGHT_TONES, DARK_TONES], ids=["light", "dark"])
def test_tones_are_readable_and_complete(tones):
    assert set(tones) == set(Tone)
    for paint in tones.values():
        assert contrast(paint.on_panel, paint.panel) >= 4.5
        assert contrast(paint.on_soft, paint.soft) >= 4.5


@pytest.mark.parametrize("tones", [LIGHT_TONES, DARK_TONES], ids=["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_tones_stay_apart_for_colour_blind_eyes(tones, kind):
    def seen(colour: str) -> tuple[float, float, float]:
        rgb = linear(colour)
        return lab(
            tuple(sum(m * c for m, c in zip(row, rgb, strict=True)) for row in BLINDNESS[kind])
        )

    for one, other in itertools.combinations(tones, 2):
        a, b = seen(tones[one].panel), seen(tones[other].panel)
        distance = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert distance >= 15, (kind, one, other, distance)


def test_the_scheme_and_text_size_switch(qapp):
    apply_theme(qapp, "dark", scale=1.5)
    assert is_dark()
    assert scaled(10) == 15
    assert DARK.window in style_sheet()
    apply_theme(qapp, "light", scale=9)
    assert not is_dark()
    assert scaled(10) == 20
    apply_theme(qapp, "light")


def test_the_language_is_chinese_unless_told(qapp):
    qapp.setProperty("desk_language", None)
    assert current_language() == "zh"
    set_language(qapp, "en")
    assert current_language() == "en"
    set_language(qapp, "zh")


@pytest.mark.parametrize("key", TITLES)
def test_every_place_has_its_icon(qapp, key):
    image = icon_pixmap(key, "#102030", 24).toImage()
    colours = {image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)}
    assert max(colours) > 200


def test_sounds_are_short_and_distinct():
    heard = set()
    for name in (*(tone.value for tone in Tone), "exit"):
        file = RESOURCES / "sounds" / f"{name}.wav"
        assert file.stat().st_size < 30_000
        with wave.open(str(file)) as sound:
            assert sound.getnframes() / sound.getframerate() < 0.7
        heard.add(load_sound(name, 0.5))
    assert len(heard) == 6
    assert sound_of(make_outcome(Verdict.CHECKED_OUT, direction=Direction.OUT)) == "exit"
    assert sound_of(make_outcome(Verdict.UNKNOWN, person=None)) == "refuse"
