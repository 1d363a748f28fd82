"""Which people are one, learned from facts as the live page counts them."""

from collections.abc import Sequence

from app.domain.facts import Fact
from app.domain.merging import Groups, standing_merges

_PREFIX = "person:"


class Together:
    """Who is one with whom, by the facts seen so far; in the end the same whatever came first."""

    def __init__(self) -> None:
        self._merges: dict[str, tuple[tuple[str, str], ...]] = {}
        self._groups = Groups(())

    def learn(self, subject: str, facts: Sequence[Fact]) -> tuple[str, ...]:
        """Take what a subject's facts say of merges; return all that are to be counted anew."""
        if not subject.startswith(_PREFIX):
            return (subject,)
        before = self.group_of(subject)
        pairs = tuple((merge.person, merge.into) for merge in standing_merges(facts))
        if pairs != self._merges.get(subject, ()):
            self._merges[subject] = pairs
            self._groups = Groups(pair for said in self._merges.values() for pair in said)
        return tuple(dict.fromkeys((*before, *self.group_of(subject))))

    def group_of(self, subject: str) -> tuple[str, ...]:
        """Return the subjects that are one with this one; first the one they go by."""
        if not subject.startswith(_PREFIX):
            return (subject,)
        return tuple(f"{_PREFIX}{each}" for each in self._groups.of(subject.removeprefix(_PREFIX)))
