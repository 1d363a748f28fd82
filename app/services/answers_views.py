"""What the search over earlier words hands out. Light: screens import it before any database."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.help_desk import Problem


class Source(StrEnum):
    """Where words come from; the value begins a source's name in an issue's `reused`."""

    ISSUE = "issue"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text around what was looked for, as typed; `hit` may be empty."""

    before: str = ""
    hit: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The whole stretch."""
        return self.before + self.hit + self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Earlier words that may help now: an issue of another visit, or a canned text."""

    kind: Source
    id: str
    topic: str = ""
    title: str = ""
    """A canned text's title; an issue's symptom."""
    steps: str = ""
    resolution: str = ""
    """What was done; a canned text's body, `|` where the cursor goes."""
    next_step: str = ""
    outcome: str = ""
    ticket: str = ""
    unit_text: str = ""
    code: str = ""
    """Typed after `::`, of a canned text."""
    known_problem: str = ""
    problem_answer: str = ""
    """The answer of the known problem it belongs to, whenever that came."""
    at_ms: int = 0
    uses: int = 0
    """How many issues used these words."""
    is_same_unit: bool = False
    is_same_topic: bool = False
    is_exact: bool = True
    """Whether everything typed stands in it; else it only shares words."""
    snippet: Snippet = Snippet()

    @property
    def source(self) -> str:
        """How an issue names it among its `reused`."""
        return f"{self.kind.value}:{self.id}"

    @property
    def words(self) -> str:
        """What goes into the issue when it is chosen."""
        return self.problem_answer or self.resolution or self.steps or self.next_step


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProblem:
    """A known problem and how many it struck."""

    problem: Problem
    schools: int = 0
    issues: int = 0
    unsolved: int = 0
    """Attached issues that are not settled yet."""
    last_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckSchool:
    """One attached issue of a known problem: who is to hear the answer."""

    visit_id: str
    issue_id: str
    ticket: str
    unit_text: str
    outcome: str
    at_ms: int
