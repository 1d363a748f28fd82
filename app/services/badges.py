"""Badges: issued once per person, printed on sheets."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.facts import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedBadge:
    """A person's active badge."""

    person_id: PersonId
    name: str
    unit: str
    code: str


class BadgeService:
    """Issue and revoke badges, print sheets."""

    def badges_for(self, session: str) -> tuple[IssuedBadge, ...]:
        """Return everybody's active badge, issuing missing ones in one transaction."""
        raise NotImplementedError

    def print_sheets(
        self,
        session: str,
        out: Path,
        *,
        layout: str = "a4-10",
        progress: Callable[[int, int], bool] | None = None,
    ) -> tuple[IssuedBadge, ...]:
        """Write badge sheets as PDF; returns the badges in the order printed."""
        raise NotImplementedError

    def replace_badge(self, person_id: PersonId, reason: str) -> IssuedBadge:
        """Revoke the active badge and issue a new one."""
        raise NotImplementedError
