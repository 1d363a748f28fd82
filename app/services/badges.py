"""Badges: issued once per person, printed on sheets."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.badge import new_badge_code
from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind, PersonId
from app.domain.merging import subject_of_badge
from app.domain.people import short_unit_name
from app.domain.words import Words
from app.papers.badge_label import BadgeFace
from app.papers.badge_sheets import BadgeSheetReport, write_badge_sheets
from app.services.context import EventContext
from db.engine import Connection
from db.journal import load_subject
from db.queries import badges as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedBadge:
    """A person's active badge."""

    person_id: PersonId
    name: str
    unit: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBadges:
    """What was printed: the badges in order, and what the paper could not show."""

    badges: tuple[IssuedBadge, ...]
    report: BadgeSheetReport


class BadgeService:
    """Issue and revoke badges, print sheets."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def badges_for(self, session: str) -> tuple[IssuedBadge, ...]:
        """Return everybody's active badge by unit and name, issuing missing ones at once."""
        self._context.get_session(session)
        with self._context.database.write() as connection:
            self._issue_missing(connection, queries.list_without_badge(connection, session))
            return self._listed(connection, session)

    def _issue_missing(self, connection: Connection, people: list[str]) -> None:
        drafts = [self._issue(person_id) for person_id in people]
        self._context.journal.append(connection, drafts)

    def _issue(self, person_id: str) -> Draft:
        return Draft(
            kind=FactKind.BADGE_ISSUED,
            subject=f"person:{person_id}",
            body={"code": new_badge_code(self._context.tag, os.urandom(16))},
            actor=self._context.actor,
        )

    def _listed(self, connection: Connection, session: str) -> tuple[IssuedBadge, ...]:
        return tuple(
            IssuedBadge(
                person_id=PersonId(row[0]), name=row[1], unit=short_unit_name(row[2]), code=row[3]
            )
            for row in queries.list_active(connection, session)
        )

    def print_sheets(
        self,
        session: str,
        out: Path,
        *,
        layout: str = "a4-10",
        progress: Callable[[int, int], bool] | None = None,
    ) -> PrintedBadges:
        """Write badge sheets as PDF; returns the badges in the order printed."""
        held = self._context.get_session(session)
        badges = self.badges_for(session)
        faces = [
            BadgeFace(name=badge.name, unit=badge.unit, session_line=held.title, code=badge.code)
            for badge in badges
        ]
        report = write_badge_sheets(
            out, faces, layout=layout, event_title=self._context.plan.title, progress=progress
        )
        return PrintedBadges(badges=badges, report=report)

    def replace_badge(self, person_id: PersonId, reason: str) -> IssuedBadge:
        """Revoke the active badge and issue a new one. Raises InvalidInput, NotFound."""
        if not reason.strip():
            raise InvalidInput(
                Words(zh="補發名牌需要理由。", en="Replacing a badge needs a reason."),
                field="reason",
            )
        with self._context.database.write() as connection:
            face = queries.find_face(connection, person_id)
            if face is None:
                raise NotFound(Words(zh="名冊裡沒有這個人。", en="There is no such person here."))
            subject = f"person:{person_id}"
            facts = load_subject(connection, subject)
            revoked = [
                Draft(
                    kind=FactKind.BADGE_REVOKED,
                    subject=subject_of_badge(facts, code, subject),
                    body={"code": code},
                    private={"reason": reason},
                    actor=self._context.actor,
                )
                for code in queries.list_active_codes(connection, person_id)
            ]
            issued = self._issue(person_id)
            self._context.journal.append(connection, [*revoked, issued])
        return IssuedBadge(
            person_id=person_id,
            name=face.name,
            unit=short_unit_name(face.unit),
            code=issued.body["code"],
        )
