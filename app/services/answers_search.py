"""Searching earlier words: candidates of this school, of this topic, then the newest; ranked.

Same school, same topic, resolved, often reused, recent, in that order (reference: helpdesk page,
section 6, point 5). Texts that only share words with a long description come after those that
contain all of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.answer_terms import (
    all_runs,
    any_piece,
    folded_texts,
    query_pieces,
    query_runs,
    topic_mark,
    unit_marks,
)
from app.domain.help_desk import Answer
from app.domain.unit_names import unit_key
from app.domain.visits import Outcome
from app.services.answers_snippets import snippet_of
from app.services.answers_views import Source, Suggestion
from db.engine import Connection
from db.queries.answers import EarlierIssue, count_uses, list_among, list_containing

NEWEST = 80
"""How many of the newest suspects are read; of the same school or topic, half as many."""
LONG = 16
"""Longer than this, it tells what happened: texts that share words are looked for."""
SHARED_SHARE = 0.25
"""What part of its pieces a text must share to be called similar."""
_SETTLED = frozenset((Outcome.RESOLVED.value, Outcome.RESOLVED_NEXT_STEP.value))


Uses = Mapping[str, int]
"""Source → how many issues used its words."""
Words = EarlierIssue | Answer
Rank = tuple[int, ...]
_unit_key = lru_cache(maxsize=2048)(unit_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for, and at whose desk."""

    text: str
    topic: str = ""
    topic_group: frozenset[str] = frozenset()
    """The codes of the topic's group."""
    unit_id: str = ""
    unit_text: str = ""
    not_visit: str = ""
    """The visit whose own issues are no answer."""
    much_reused: tuple[str, ...] = ()
    """The issues whose words were used most often: they are looked at, however old."""

    @property
    def runs(self) -> tuple[str, ...]:
        """What must stand in the text."""
        return query_runs(self.text)

    def is_same_unit(self, issue: EarlierIssue) -> bool:
        """Whether an issue is of the same school."""
        if self.unit_id and issue.unit_id:
            return self.unit_id == issue.unit_id
        return bool(self.unit_text) and _unit_key(self.unit_text) == _unit_key(issue.unit_text)

    def topic_rank(self, code: str) -> int:
        """Return 0 for the same topic, 1 for one of its group, 2 for another."""
        if code and code == self.topic:
            return 0
        return 1 if code in self.topic_group else 2


def search_words(
    connection: Connection, question: Question, answers: Iterable[Answer], limit: int
) -> list[Suggestion]:
    """Return issues and canned texts that contain what was typed, then those that share words."""
    runs = question.runs
    is_told = sum(map(len, runs)) > LONG  # a whole description stands word for word nowhere
    exact = {} if is_told else _candidates(connection, question, all_runs(runs), runs)
    if runs and not is_told:
        reused = list_among(connection, question.much_reused, runs)
        exact |= {issue.id: issue for issue in reused if issue.visit_id != question.not_visit}
    texts = [answer for answer in answers if _answer_fits(answer, question, runs)]
    found = _best(connection, question, (*exact.values(), *texts), limit)
    pieces = query_pieces(runs)
    if len(found) < limit and len(pieces) > 1:
        near = _candidates(connection, question, any_piece(pieces), ())
        likely: list[Words] = [*near.values(), *answers]
        known = {item.source for item in found}
        others = (item for item in _similar(likely, pieces) if source_of(item) not in known)
        found += _best(connection, question, others, limit - len(found), pieces)
    return found


def _candidates(
    connection: Connection, question: Question, words: str, runs: tuple[str, ...]
) -> dict[str, EarlierIssue]:
    """Return issues by id from three bounded looks: this school's, this topic's, the newest."""
    found: dict[str, EarlierIssue] = {}
    for mark, limit in _looks(question, has_words=bool(words)):
        match = " AND ".join(f"({part})" for part in (words, mark) if part)
        for issue in list_containing(connection, match, runs, limit):
            if not question.not_visit or issue.visit_id != question.not_visit:
                found[issue.id] = issue
    return found


def _looks(question: Question, *, has_words: bool) -> list[tuple[str, int]]:
    unit = " OR ".join(f'"{mark}"' for mark in unit_marks(question.unit_id, question.unit_text))
    codes = sorted(question.topic_group | ({question.topic} - {""}))
    topic = " OR ".join(f'"{topic_mark(code)}"' for code in codes)
    looks = [(mark, NEWEST // 2) for mark in (unit, topic) if mark]
    return [*looks, ("", NEWEST)] if has_words else looks


def _similar(likely: Iterable[Words], pieces: tuple[str, ...]) -> list[Words]:
    """Return what shares enough of the pieces."""
    wanted = max(1, round(SHARED_SHARE * len(pieces)))
    return [item for item in likely if _shared(item, pieces) >= wanted]


def _shared(item: Words, pieces: tuple[str, ...]) -> int:
    folded = item.folded if isinstance(item, EarlierIssue) else _folded_answer(item)
    return sum(piece in folded for piece in pieces)


def _answer_fits(answer: Answer, question: Question, runs: tuple[str, ...]) -> bool:
    if not runs:
        return bool(answer.topic) and question.topic_rank(answer.topic) < 2
    folded = _folded_answer(answer)
    return all(run in folded for run in runs)


@lru_cache(maxsize=1024)
def _folded_answer(answer: Answer) -> str:
    """Return a canned text folded: all of them are looked at with every key."""
    return folded_texts((answer.code, answer.title, answer.body))


def _best(
    connection: Connection,
    question: Question,
    found: Iterable[Words],
    limit: int,
    pieces: tuple[str, ...] = (),
) -> list[Suggestion]:
    """Return the best of what was found; with pieces, what shares most of them comes first."""
    listed = list(found)
    if not listed or limit < 1:
        return []
    uses = count_uses(connection, [source_of(item) for item in listed])
    ranked = sorted(
        listed,
        key=lambda item: (
            -_shared(item, pieces),
            _rank(item, question, uses.get(source_of(item), 0)),
        ),
    )
    runs = pieces or question.runs
    return [
        _told(item, question, uses.get(source_of(item), 0), runs, is_exact=not pieces)
        for item in _one_a_problem(ranked)[:limit]
    ]


def _one_a_problem(ranked: Sequence[Words]) -> list[Words]:
    """Return the list with one issue a known problem: they all have the same answer."""
    kept: dict[str, Words] = {}
    for item in ranked:
        problem = item.known_problem if isinstance(item, EarlierIssue) else ""
        kept.setdefault(problem or source_of(item), item)
    return list(kept.values())


def source_of(item: Words) -> str:
    """Return how an issue names these words among its `reused`."""
    kind = Source.ISSUE if isinstance(item, EarlierIssue) else Source.ANSWER
    return f"{kind.value}:{item.id}"


def _rank(item: Words, question: Question, uses: int) -> Rank:
    """Return what sorts first: same school, same topic, resolved, reused, recent."""
    topic = question.topic_rank(item.topic)
    if isinstance(item, Answer):
        return (1, topic, 0, -uses, 0)
    is_other = not question.is_same_unit(item)
    return (int(is_other), topic, int(item.outcome not in _SETTLED), -uses, -item.at_ms)


def _told(
    item: Words,
    question: Question,
    uses: int,
    runs: tuple[str, ...],
    *,
    is_exact: bool,
) -> Suggestion:
    is_same_topic = question.topic_rank(item.topic) < 2
    if isinstance(item, Answer):
        return Suggestion(
            kind=Source.ANSWER,
            id=item.id,
            topic=item.topic,
            title=item.title,
            resolution=item.body,
            code=item.code,
            uses=uses,
            is_same_topic=is_same_topic,
            is_exact=is_exact,
            snippet=snippet_of((item.title, item.body), runs),
        )
    return Suggestion(
        kind=Source.ISSUE,
        id=item.id,
        topic=item.topic,
        title=item.symptom,
        steps=item.steps,
        resolution=item.resolution,
        next_step=item.next_step,
        outcome=item.outcome,
        ticket=item.ticket,
        unit_text=item.unit_text,
        known_problem=item.known_problem,
        at_ms=item.at_ms,
        uses=uses,
        is_same_unit=question.is_same_unit(item),
        is_same_topic=is_same_topic,
        is_exact=is_exact,
        snippet=snippet_of((item.symptom, item.resolution, item.steps, item.next_step), runs),
    )
