"""Staff who sign in at a desk: who they are, what they may do, which PINs will do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.errors import InvalidInput
from app.domain.facts import Fact, FactKind
from app.domain.fold import in_order
from app.domain.text import to_halfwidth
from app.domain.words import Words


class Role(StrEnum):
    """What somebody works on; an organizer may do everything."""

    DOOR = "door"
    HELP_DESK = "help_desk"
    ORGANIZER = "organizer"


ROLE_WORDS = {
    Role.DOOR: Words(zh="門口報到", en="Door"),
    Role.HELP_DESK: Words(zh="駐點諮詢", en="Help desk"),
    Role.ORGANIZER: Words(zh="承辦人", en="Organizer"),
}
SHORTEST_PIN = 4
LONGEST_PIN = 8
_ROWS = ("01234567890", "09876543210")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who signs in; `pin` is its argon2 hash, "" while none is set."""

    id: str
    name: str
    role: Role
    active: bool = True
    pin: str = field(default="", repr=False)


def check_pin(typed: str) -> str:
    """Return a PIN as it is hashed: 4 to 8 digits that nobody tries first. Raises InvalidInput."""
    pin = to_halfwidth(typed).strip()
    if not (SHORTEST_PIN <= len(pin) <= LONGEST_PIN and pin.isascii() and pin.isdigit()):
        raise InvalidInput(
            Words(zh="PIN 碼是 4 到 8 個數字。", en="A PIN is 4 to 8 digits."), field="pin"
        )
    if len(set(pin)) == 1 or any(pin in row for row in _ROWS):
        raise InvalidInput(
            Words(zh="這個 PIN 碼太好猜。", en="This PIN is the first that anybody tries."),
            remedy=Words(
                zh="不要用同一個數字或連號（1111、1234）。",
                en="Use neither one digit only nor a row (1111, 1234).",
            ),
            field="pin",
        )
    return pin


def fold_staff(staff_id: str, facts: Iterable[Fact]) -> StaffMember | None:
    """Fold what was recorded of one member; None where nobody said who it is."""
    told: dict[str, Any] = {}
    for fact in in_order(facts):
        if fact.kind is FactKind.STAFF_RECORDED:
            told |= {**fact.body, **(fact.private or {})}
    if "role" not in told:
        return None
    return StaffMember(
        id=staff_id,
        name=told.get("name", ""),
        role=Role(told["role"]),
        active=bool(told.get("active", True)),
        pin=told.get("pin", ""),
    )
