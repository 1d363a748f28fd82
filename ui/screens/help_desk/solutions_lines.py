"""How a suggestion and a known problem look as two lines, and a suggestion in full."""

from app.domain.help_desk import ProblemState
from app.domain.words import Words
from app.services.answers_views import KnownProblem, Source, Suggestion
from ui.language import say
from ui.screens.help_desk import solutions_wording as wording
from ui.widgets.two_lines import TwoLines


def suggestion_lines(item: Suggestion) -> TwoLines:
    """Return a suggestion's two lines: what it says around the hit, then where it is from."""
    first = item.snippet.text or item.title
    if item.kind is Source.ANSWER:
        first = item.title or item.snippet.text
    end = f"::{item.code}" if item.code else item.ticket
    return TwoLines(first=first, second=" · ".join(_origin(item)), end=end)


def _origin(item: Suggestion) -> list[str]:
    parts = [say(wording.CANNED)] if item.kind is Source.ANSWER else [item.unit_text]
    if item.is_same_unit:
        parts.append(say(wording.SAME_SCHOOL))
    if item.kind is Source.ISSUE:
        parts.append(say(wording.OUTCOMES[item.outcome]))
    if item.uses:
        parts.append(say(wording.uses(item.uses)))
    if not item.is_exact:
        parts.append(say(wording.SIMILAR))
    return [part for part in parts if part]


def suggestion_text(item: Suggestion) -> str:
    """Return a suggestion in full, part by part."""
    if item.kind is Source.ANSWER:
        return f"{item.title}\n{item.resolution.replace('|', '▏')}".strip()
    parts = (
        (wording.SYMPTOM, item.title),
        (wording.STEPS, item.steps),
        (wording.RESOLUTION, item.resolution),
        (wording.NEXT_STEP, item.next_step),
        (wording.ANSWER, item.problem_answer),
    )
    return "\n".join(headed(head, text) for head, text in parts if text)


def headed(head: Words, text: str) -> str:
    """Return a text with what it is before it."""
    return say(Words(zh=f"{head.zh}：{text}", en=f"{head.en}: {text}"))


def problem_lines(item: KnownProblem) -> TwoLines:
    """Return a known problem's two lines: what it is, then its answer if there is one."""
    is_answered = item.problem.state is ProblemState.ANSWERED
    answer = headed(wording.ANSWER, item.problem.answer) if is_answered else ""
    return TwoLines(
        first=item.problem.title,
        second=answer.replace("\n", " "),
        end=say(wording.schools(item.schools)),
    )
