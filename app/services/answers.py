"""Words that helped before: earlier issues, canned texts, known problems."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.clock import uuid7
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import Answer, Problem, ProblemState
from app.domain.secrets_typed import without_secrets
from app.domain.text import fold_text
from app.domain.words import Words
from app.services.answers_offered import OfferedText, read_offered
from app.services.answers_problems import count_problems, told_struck
from app.services.answers_search import Question, search_words
from app.services.answers_views import KnownProblem, StruckSchool, Suggestion
from app.services.context import EventContext
from app.services.text_lengths import check_lengths
from db.engine import Connection
from db.queries import answers_kept as kept
from db.queries.answers import list_most_reused

LONGEST_CODE = 16
MUCH_REUSED = 60
COUNT_AGAIN_MS = 30_000
_PRIVATE: tuple[str, ...] = ("title", "body")


class AnswerService:
    """Search, canned texts and known problems of one event."""

    def __init__(self, context: EventContext) -> None:
        self._context = context
        self._reused: tuple[int, tuple[str, ...]] | None = None

    def search(
        self,
        text: str,
        *,
        topic: str = "",
        unit_id: str = "",
        unit_text: str = "",
        not_visit: str = "",
        limit: int = 8,
    ) -> tuple[Suggestion, ...]:
        """Return earlier words for what is being typed, best first.

        With no text: what the school brought before and what was done on the topic.
        """
        with self._context.database.read() as connection:
            question = Question(
                text=text,
                topic=topic,
                topic_group=self._group_of(connection, topic),
                unit_id=unit_id,
                unit_text=unit_text,
                not_visit=not_visit,
                much_reused=self._much_reused(connection),
            )
            answers = kept.list_answers(connection, only_active=True)
            found = search_words(connection, question, answers, limit)
            told = {item.id: item.answer for item in kept.list_problems(connection)}
        return tuple(
            replace(item, problem_answer=told.get(item.known_problem, "")) for item in found
        )

    def list_canned(self, *, include_inactive: bool = False) -> tuple[Answer, ...]:
        """Return the canned texts by code."""
        with self._context.database.read() as connection:
            return kept.list_answers(connection, only_active=not include_inactive)

    def count_canned_uses(self) -> dict[str, int]:
        """Return canned text → how many issues used it."""
        with self._context.database.read() as connection:
            return kept.count_answer_uses(connection)

    def find_canned(self, code: str) -> Answer | None:
        """Return the canned text of a code as typed after `::`, if there is one."""
        with self._context.database.read() as connection:
            return _find_by_code(connection, code)

    def add_canned(
        self, code: str, title: str, body: str, topic: str = "", *, source_issue: str = ""
    ) -> Answer:
        """Keep a canned text; `|` in the body marks the cursor. Raises InvalidInput, Conflict."""
        values = {"code": code, "title": title, "body": body, "topic": topic}
        answer_id = uuid7(self._context.clock.wall_ms())
        with self._context.database.write() as connection:
            _check_canned(connection, answer_id, values)
            draft = self._canned_draft(answer_id, values | {"source_issue": source_issue})
            self._context.journal.append(connection, [draft])
            return _get_answer(connection, answer_id)

    def amend_canned(self, answer_id: str, **values: str | bool) -> Answer:
        """Change code, title, body, topic or active of a canned text."""
        with self._context.database.write() as connection:
            known = _get_answer(connection, answer_id)
            after = {name: getattr(known, name) for name in ("code", "title", "body")} | values
            if after.get("active", True):
                _check_canned(connection, answer_id, after)
            self._context.journal.append(connection, [self._canned_draft(answer_id, values)])
            return _get_answer(connection, answer_id)

    def list_offered(self) -> tuple[OfferedText, ...]:
        """Return the texts that come with the program and whose code is still free."""
        taken = {fold_text(answer.code) for answer in self.list_canned(include_inactive=True)}
        return tuple(text for text in read_offered() if fold_text(text.code) not in taken)

    def add_offered(self) -> int:
        """Add every offered text whose code is free; return how many."""
        texts, now_ms = self.list_offered(), self._context.clock.wall_ms()
        drafts = [
            self._canned_draft(
                uuid7(now_ms),
                {"code": text.code, "title": text.title, "body": text.body, "topic": text.topic},
            )
            for text in texts
        ]
        with self._context.database.write() as connection:
            self._context.journal.append(connection, drafts)
        return len(drafts)

    def list_problems(
        self, session: str | None = None, *, include_closed: bool = True
    ) -> tuple[KnownProblem, ...]:
        """Return the known problems with how many schools they struck, most schools first."""
        with self._context.database.read() as connection:
            problems = kept.list_problems(connection)
            struck = kept.list_struck(connection, session=session or "")
        return count_problems(problems, struck, include_closed=include_closed)

    def find_problem(self, problem_id: str) -> Problem | None:
        """Return a known problem; whoever is attached to it shows its answer."""
        with self._context.database.read() as connection:
            return kept.find_problem(connection, problem_id)

    def list_struck(self, problem_id: str) -> tuple[StruckSchool, ...]:
        """Return the issues attached to a known problem, newest first."""
        with self._context.database.read() as connection:
            struck = kept.list_struck(connection, problem_id=problem_id)
        return tuple(told_struck(item) for item in struck)

    def add_problem(self, topic: str, title: str) -> Problem:
        """Open a known problem that issues of many schools attach to."""
        if not title.strip():
            raise InvalidInput(
                Words(zh="請寫下這個問題的標題。", en="Give the problem a title."), field="title"
            )
        problem_id = uuid7(self._context.clock.wall_ms())
        body = {"topic": topic, "state": ProblemState.OPEN.value}
        return self._record_problem(problem_id, body, {"title": _clean(title)})

    def answer_problem(self, problem_id: str, answer: str) -> Problem:
        """Give the answer; every attached issue shows it from now on."""
        if not answer.strip():
            raise InvalidInput(Words(zh="請寫下解答。", en="Write the answer."), field="answer")
        state = {"state": ProblemState.ANSWERED.value}
        return self._record_problem(problem_id, state, {"answer": _clean(answer)})

    def amend_problem(self, problem_id: str, *, title: str, topic: str) -> Problem:
        """Say better what a known problem is about."""
        return self._record_problem(problem_id, {"topic": topic}, {"title": _clean(title)})

    def close_problem(self, problem_id: str) -> Problem:
        """Close a known problem: it is no longer offered to new issues."""
        return self._record_problem(problem_id, {"state": ProblemState.CLOSED.value}, None)

    def reopen_problem(self, problem_id: str) -> Problem:
        """Open a known problem again: with an answer it is answered, else open."""
        known = self.find_problem(problem_id)
        is_answered = known is not None and bool(known.answer)
        state = ProblemState.ANSWERED if is_answered else ProblemState.OPEN
        return self._record_problem(problem_id, {"state": state.value}, None)

    def _record_problem(
        self, problem_id: str, body: dict[str, str], private: dict[str, str] | None
    ) -> Problem:
        check_lengths(private or {})
        is_new = "state" in body and "topic" in body
        draft = Draft(
            kind=FactKind.PROBLEM_RECORDED,
            subject=f"problem:{problem_id}",
            body=body,
            private=private,
            actor=self._context.actor,
        )
        with self._context.database.write() as connection:
            if not is_new:
                _get_problem(connection, problem_id)
            self._context.journal.append(connection, [draft])
            return _get_problem(connection, problem_id)

    def _canned_draft(self, answer_id: str, values: Mapping[str, str | bool]) -> Draft:
        private = {name: _clean(values[name]) for name in _PRIVATE if name in values}
        check_lengths(private)
        body = {name: value for name, value in values.items() if name not in private}
        return Draft(
            kind=FactKind.ANSWER_RECORDED,
            subject=f"answer:{answer_id}",
            body=body,
            private=private or None,
            actor=self._context.actor,
        )

    def _much_reused(self, connection: Connection) -> tuple[str, ...]:
        """Return the most reused issues, counted anew now and then: a count reads every use."""
        now_ms = self._context.clock.mono_ms()
        if self._reused is None or now_ms - self._reused[0] > COUNT_AGAIN_MS:
            self._reused = (now_ms, list_most_reused(connection, MUCH_REUSED))
        return self._reused[1]

    def _group_of(self, connection: Connection, topic: str) -> frozenset[str]:
        """Return the codes of a topic's group: of the plan, and those added at the desk."""
        if not topic:
            return frozenset()
        parents = {
            sub.code: group.code for group in self._context.plan.topics for sub in group.subtopics
        } | kept.topic_parents(connection)
        top = parents.get(topic) or topic
        return frozenset({top} | {code for code, parent in parents.items() if parent == top})


def _clean(text: str | bool) -> str:
    return without_secrets(str(text).strip())


def _find_by_code(connection: Connection, code: str) -> Answer | None:
    wanted = fold_text(code.strip().lstrip(":："))
    answers = kept.list_answers(connection, only_active=True)
    return next((item for item in answers if wanted and fold_text(item.code) == wanted), None)


def _check_canned(connection: Connection, answer_id: str, values: Mapping[str, str | bool]) -> None:
    code = str(values["code"]).strip()
    if not code or len(code) > LONGEST_CODE or any(sign.isspace() or sign == ":" for sign in code):
        raise InvalidInput(
            Words(zh="代碼請用 1 到 16 個字，不含空白和冒號。", en="Use 1 to 16 signs, no spaces."),
            field="code",
        )
    if not str(values["body"]).strip():
        raise InvalidInput(Words(zh="請輸入內容。", en="Enter the text."), field="body")
    known = _find_by_code(connection, code)
    if known is not None and known.id != answer_id:
        raise Conflict(
            Words(zh="這個代碼已經有人用了。", en="This code is taken already."),
            remedy=Words(
                zh="換一個代碼，或修改原來那一則。", en="Pick another, or amend that one."
            ),
        )


def _get_answer(connection: Connection, answer_id: str) -> Answer:
    known = kept.find_answer(connection, answer_id)
    if known is None:
        raise NotFound(Words(zh="找不到這則常用文字。", en="There is no such text."))
    return known


def _get_problem(connection: Connection, problem_id: str) -> Problem:
    known = kept.find_problem(connection, problem_id)
    if known is None:
        raise NotFound(Words(zh="找不到這個共通問題。", en="There is no such problem."))
    return known
