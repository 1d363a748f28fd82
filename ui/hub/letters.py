"""Which letters the stations of an event have."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letters:
    """The letter the hub gave this laptop, and those of the others by what people call them."""

    own: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    """Machine to letter."""

    def others_with(self, letter: str) -> str:
        """Return who else has a letter, empty where nobody has."""
        return "、".join(sorted(name for name, had in self.others.items() if had == letter))
