"""Issues while they are typed: recorded, dropped, or kept as a draft on this laptop."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.errors import NotFound
from app.domain.facts import FactKind
from app.domain.visits import Seat, Visit
from app.domain.words import Words
from app.services.context import EventContext
from app.services.visit_acts import acting
from app.services.visit_issues import cleaned, issue_drafts
from app.services.visit_views import IssueForm
from db.queries import visits as queries


class IssueService:
    """What a visitor came for, and what came of it."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def record(
        self, visit_id: str, form: IssueForm, seat: Seat, *, at: datetime | None = None
    ) -> Visit:
        """Record an issue, or what changed of it. Raises NotFound (visit, topic)."""
        with acting(self._context, visit_id, at) as act:
            drafts = issue_drafts(act, [form], seat.staff)
            return act.record_all(drafts) if drafts else act.visit

    def drop(self, visit_id: str, issue_id: str) -> Visit:
        """Take an issue out of a visit. Raises NotFound."""
        with acting(self._context, visit_id) as act:
            if issue_id not in act.visit.issues:
                raise NotFound(Words(zh="沒有這個問題。", en="There is no such issue."))
            return act.record(FactKind.ISSUE_RECORDED, {"issue": issue_id, "dropped": True})

    def save_draft(self, visit_id: str, doc: Mapping[str, Any]) -> None:
        """Keep what is typed for a visit on this laptop, freed of secrets.

        `doc["issues"]`: issues with the names of IssueForm's fields; parking, handing over and
        finishing record them. Everything else in it is the screen's own.
        """
        text = json.dumps(cleaned(doc), ensure_ascii=False)
        with self._context.database.write() as connection:
            queries.store_draft(connection, visit_id, text, self._context.clock.wall_ms())

    def find_draft(self, visit_id: str) -> dict[str, Any] | None:
        """Return what was typed for a visit on this laptop and is not recorded."""
        with self._context.database.read() as connection:
            text = queries.find_draft(connection, visit_id)
        if text is None:
            return None
        doc: dict[str, Any] = json.loads(text)
        return doc

    def clear_draft(self, visit_id: str) -> None:
        """Forget what was typed for a visit."""
        with self._context.database.write() as connection:
            queries.drop_draft(connection, visit_id)
