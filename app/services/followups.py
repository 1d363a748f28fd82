"""Follow-ups: what outlives the day, who asks whom by when, and what came back."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.domain.clock import ms_of, uuid7
from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.help_desk import Followup, FollowupState
from app.domain.plan import SessionKind
from app.domain.secrets_typed import without_secrets
from app.domain.text import fold_text, parse_date
from app.domain.words import Language, Words
from app.services.context import EventContext
from app.services.followups_views import BACK, PENDING, FollowupLine
from app.services.text_lengths import check_lengths
from db.queries import answers_followups as queries

_PRIVATE = ("reference", "contact", "note", "answer")
_FREE_TEXT = ("contact", "note", "answer")
_BODY = ("vendor", "owner", "due_on", "state")


class FollowupService:
    """What is asked of vendors and the county, and what they answered."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def open(self, visit_id: str, issue_id: str, vendor: str, **values: str) -> Followup:
        """Open a follow-up on an issue: owner, due_on (ISO or ROC), contact, note, reference."""
        if not vendor.strip():
            raise InvalidInput(
                Words(zh="請填寫要轉給誰（廠商或單位）。", en="Say whom it goes to."),
                field="vendor",
            )
        followup_id = uuid7(self._context.clock.wall_ms())
        where = {"visit": visit_id, "issue": issue_id}
        told = {"state": FollowupState.OPEN.value, "vendor": vendor, **values}
        draft = self._draft(followup_id, told, where)
        with self._context.database.write() as connection:
            if not queries.has_visit(connection, visit_id):
                raise NotFound(Words(zh="找不到這次求助。", en="There is no such visit."))
            self._context.journal.append(connection, [draft])
            found = queries.find_followup(connection, followup_id)
        assert found is not None  # noqa: S101 - it was appended above
        return found

    def amend(self, followup_id: str, **values: str | FollowupState) -> Followup:
        """Change vendor, owner, due_on, state, reference, contact, note or answer.

        An answer that is written while it is still out makes it answered.
        """
        with self._context.database.write() as connection:
            known = queries.find_followup(connection, followup_id)
            if known is None:
                raise NotFound(Words(zh="找不到這筆追蹤。", en="There is no such follow-up."))
            if values.get("answer") and "state" not in values and known.state in PENDING:
                values["state"] = FollowupState.ANSWERED
            changed = {
                name: value for name, value in values.items() if value != getattr(known, name, None)
            }
            if not changed:
                return known
            draft = self._draft(followup_id, changed, {})
            self._context.journal.append(connection, [draft])
            return queries.find_followup(connection, followup_id) or known

    def list_followups(
        self,
        states: Collection[FollowupState] = tuple(FollowupState),
        *,
        vendor: str = "",
        owner: str = "",
        came_back_since: datetime | None = None,
        only_due: bool = False,
    ) -> tuple[FollowupLine, ...]:
        """Return follow-ups: overdue ones first, then by due date and age.

        `only_due`: those still out whose day is today or over. `came_back_since`: those answered,
        or found unsolvable, from then on.
        """
        lines = [
            line
            for line in self._lines(came_back_since or self.last_day_began_at())
            if line.followup.state in states
            and (not vendor or fold_text(line.followup.vendor) == fold_text(vendor))
            and (not owner or line.followup.owner == owner)
            and (came_back_since is None or line.came_back)
            and (not only_due or line.is_due)
        ]
        return tuple(sorted(lines, key=_order))

    def get_followup(self, followup_id: str) -> FollowupLine:
        """Return one follow-up. Raises NotFound."""
        lines = self._lines(self.last_day_began_at())
        found = next((line for line in lines if line.followup.id == followup_id), None)
        if found is None:
            raise NotFound(Words(zh="找不到這筆追蹤。", en="There is no such follow-up."))
        return found

    def list_came_back(self) -> tuple[FollowupLine, ...]:
        """Return what came back since the last help day began: what day 2 shows first."""
        return self.list_followups(came_back_since=self.last_day_began_at())

    def last_day_began_at(self) -> datetime:
        """Return when the help day before today began; without one, yesterday's midnight."""
        now = self._context.now()
        days = [
            session.held_on
            for session in self._context.plan.sessions
            if session.kind is SessionKind.HELPDESK and session.held_on < now.date()
        ]
        day = max(days, default=now.date() - timedelta(days=1))
        return datetime.combine(day, time(), tzinfo=self._context.plan.zone)

    def vendors(self) -> tuple[str, ...]:
        """Return whom follow-ups went to, the most asked first."""
        asked: dict[str, int] = {}
        with self._context.database.read() as connection:
            for line in queries.list_followups(connection):
                vendor = line.followup.vendor
                asked[vendor] = asked.get(vendor, 0) + 1
        return tuple(sorted(asked, key=lambda name: (-asked[name], name)))

    def write_sheets(self, out: Path, *, vendor: str = "", language: Language = "zh") -> int:
        """Write hand-over sheets of what is still out as PDF; return how many cases they hold."""
        from app.services.followups_sheets import write_hand_over  # noqa: PLC0415 - reportlab

        return write_hand_over(self._context, out, vendor=vendor, language=language)

    def _lines(self, since: datetime) -> list[FollowupLine]:
        with self._context.database.read() as connection:
            stored = queries.list_followups(connection)
        today, since_ms = self._context.now().date().isoformat(), ms_of(since)
        return [_line(item, today, since_ms) for item in stored]

    def _draft(self, followup_id: str, values: Mapping[str, Any], where: dict[str, str]) -> Draft:
        unknown = set(values) - {*_PRIVATE, *_BODY}
        if unknown:
            raise TypeError(f"a follow-up has no {sorted(unknown)}")
        year = self._context.now().year
        told = {name: _clean(name, value, year) for name, value in values.items()}
        check_lengths(told)
        private = {name: value for name, value in told.items() if name in _PRIVATE}
        body = {name: value for name, value in told.items() if name in _BODY}
        return Draft(
            kind=FactKind.FOLLOWUP_RECORDED,
            subject=f"followup:{followup_id}",
            body=where | body,
            private=private or None,
            actor=self._context.actor,
        )


def _clean(name: str, value: str, year: int) -> str:
    if name == "state":
        return FollowupState(value).value
    text = value.strip()
    if name in _FREE_TEXT:
        return without_secrets(text)
    if name != "due_on" or not text:
        return text
    parsed = parse_date(text, year=year)
    if parsed is None:
        raise InvalidInput(
            Words(zh="看不懂這個日期。", en="This date cannot be read."),
            remedy=Words(zh="例如 112-09-20 或 9/20。", en="Such as 2023-09-20."),
            field="due_on",
        )
    return parsed.value.isoformat()


def _line(item: queries.StoredFollowup, today: str, since_ms: int) -> FollowupLine:
    followup = item.followup
    is_out = followup.state in PENDING
    return FollowupLine(
        followup=followup,
        ticket=item.ticket,
        unit_text=item.unit_text,
        topic=item.topic,
        symptom=item.symptom,
        steps=item.steps,
        owner_name=item.owner_name,
        is_overdue=is_out and bool(followup.due_on) and followup.due_on < today,
        is_due=is_out and bool(followup.due_on) and followup.due_on <= today,
        came_back=followup.state in BACK and followup.changed_ms >= since_ms,
    )


def _order(line: FollowupLine) -> tuple[bool, bool, str, int]:
    followup = line.followup
    is_out = followup.state in PENDING
    return (not line.is_overdue, not is_out, followup.due_on or "9999", followup.opened_ms)
