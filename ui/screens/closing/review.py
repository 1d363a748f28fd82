"""Sorting a closing list into groups, those that need a person's eyes first; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.credit import ProposalKind, Reason
from app.services.closing import CreditLine
from ui.screens.closing.wording import ABSENT, CLEAN, DECIDED, GROUPS, REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGroup:
    """One group of the closing list: a key of `wording.GROUPS` and how many are in it."""

    key: str
    people: int

    @property
    def needs_review(self) -> bool:
        """Whether people of this group wait for a decision that needs eyes."""
        return self.key not in (CLEAN, DECIDED, ABSENT)


def group_of(line: CreditLine) -> str:
    """Return the group a person is listed in: the first reason in the order of the review."""
    if line.decision is not None:
        return DECIDED
    if line.proposal.kind is ProposalKind.NONE:
        return ABSENT
    found = {finding.reason for finding in line.proposal.findings}
    if not line.has_id:
        found.add(Reason.NO_ID_NUMBER)
    return next((reason.value for reason in REASONS if reason in found), CLEAN)


def groups_of(lines: Sequence[CreditLine]) -> tuple[ReviewGroup, ...]:
    """Return the groups there are, those needing review first."""
    counted = Counter(group_of(line) for line in lines)
    return tuple(ReviewGroup(key=key, people=counted[key]) for key in GROUPS if counted[key])


def lines_of(lines: Sequence[CreditLine], group: str) -> tuple[CreditLine, ...]:
    """Return the people of one group."""
    return tuple(line for line in lines if group_of(line) == group)


def count_review(lines: Sequence[CreditLine]) -> tuple[int, int, int]:
    """Return how many need review, are clean and are decided."""
    groups = {group.key: group for group in groups_of(lines)}
    to_review = sum(group.people for group in groups.values() if group.needs_review)
    clean = groups[CLEAN].people if CLEAN in groups else 0
    decided = groups[DECIDED].people if DECIDED in groups else 0
    return to_review, clean, decided
