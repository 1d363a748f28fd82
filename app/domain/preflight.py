"""What a look at a desk before the doors open finds: a light, what was found, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class Light(StrEnum):
    """How ready one thing is."""

    GREEN = "green"
    AMBER = "amber"
    """Works, but look at it."""
    RED = "red"
    """Do not open the doors like this."""


LIGHT_WORDS: dict[Light, Words] = {
    Light.GREEN: Words(zh="就緒", en="ready"),
    Light.AMBER: Words(zh="留意", en="look at it"),
    Light.RED: Words(zh="先處理", en="mend first"),
}
LIGHT_MARKS: dict[Light, str] = {Light.GREEN: "✓", Light.AMBER: "⚠", Light.RED: "✗"}
"""Shapes beside the colours, for those who do not tell these apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    code: str
    title: Words
    light: Light
    told: Words
    remedy: Words | None = None


def worst(findings: Sequence[Finding]) -> Light:
    """Return the light of the whole desk."""
    lights = {finding.light for finding in findings}
    return next((light for light in (Light.RED, Light.AMBER) if light in lights), Light.GREEN)
