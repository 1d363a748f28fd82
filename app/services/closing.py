"""The end of the day: proposals, decisions with reasons, the seal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.credit import ProposalKind
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactKind, PersonId
from app.domain.plan import SessionKind
from app.domain.words import Words
from app.services.context import EventContext
from app.services.credit_sheet import (
    CreditLine,
    CreditSheet,
    Decision,
    read_credit_sheet,
    read_lines,
    require_briefing,
)
from app.services.opening import sign_own_head
from app.services.outcomes import ScanOutcome
from app.services.rehearsals import require_real
from app.services.stored_scans import stored_outcome
from db.engine import Connection
from db.queries import desk
from db.queries import seals as queries

__all__ = ["ClosingService", "CreditLine", "CreditSheet", "Decision", "Seal"]

CLEAN = "clean"
"""Reason kept with decisions of the bulk approval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the seal sheet shows: counts, first and last sequence, chain heads."""

    session: str
    sealed_at: datetime
    actor: str
    facts: int
    first_seq: int
    last_seq: int
    heads: tuple[tuple[str, str, int, str], ...]
    """(device, incarnation, seq, hash) of every chain."""
    granted: int
    denied: int
    undecided: int


def _once_each(lines: Iterable[CreditLine]) -> list[CreditLine]:
    """Return the first line of every ID number, and all without one."""
    once: dict[str, CreditLine] = {}
    for line in lines:
        once.setdefault(line.id_number or line.person.id, line)
    return list(once.values())


class ClosingService:
    """Review, decide and seal one event's sessions."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def credit_sheet(self, session: str) -> CreditSheet:
        """Return everybody registered or present at a session, those needing review first.

        Raises NotFound (session), NotAllowed (a help day never yields credit).
        """
        require_briefing(self._context, session)
        return read_credit_sheet(self._context, session)

    def approve_clean(self, session: str) -> int:
        """Grant all undecided clean proposals in one transaction; return how many."""
        require_briefing(self._context, session)
        with self._context.database.write() as connection:
            self._require_open(connection, session)
            clean = _once_each(
                line
                for line in read_lines(self._context, session)
                if line.decision is None and line.proposal.kind is ProposalKind.GRANT
            )
            drafts = [self._decision(line, session, grant=True, reason=CLEAN) for line in clean]
            self._context.journal.append(connection, drafts)
        return len(clean)

    def decide(self, person_id: PersonId, session: str, *, grant: bool, reason: str) -> CreditLine:
        """Record a decision. Raises InvalidInput (no reason), NotAllowed, NotFound."""
        require_briefing(self._context, session)
        if not reason.strip():
            raise InvalidInput(
                Words(zh="每個決定都需要理由。", en="Every decision needs a reason."),
                field="reason",
            )
        with self._context.database.write() as connection:
            self._require_open(connection, session)
            line = self._get_line(session, person_id)
            if grant and line.credited_elsewhere:
                raise NotAllowed(
                    Words(
                        zh="這個人已取得同一課程的時數（在另一場次，或以同一身分證字號的另一筆資料）。",
                        en="This person already has the hours of this course, from another session"
                        " or under another entry with the same ID number.",
                    ),
                    remedy=Words(zh="同一課程只核給一次。", en="A course is credited once."),
                )
            draft = self._decision(line, session, grant=grant, reason=reason.strip())
            self._context.journal.append(connection, [draft])
        return self._get_line(session, person_id)

    def _decision(self, line: CreditLine, session: str, *, grant: bool, reason: str) -> Draft:
        course = self._context.plan.course_of(self._context.get_session(session))
        return Draft(
            kind=FactKind.CREDIT_DECIDED,
            subject=f"person:{line.person.id}",
            body={
                "session": session,
                "course": course.code,
                "granted": grant,
                "hours": course.hours if grant else 0,
            },
            private={"reason": reason},
            actor=self._context.actor,
        )

    def _get_line(self, session: str, person_id: PersonId) -> CreditLine:
        for line in read_lines(self._context, session):
            if line.person.id == person_id:
                return line
        raise NotFound(
            Words(zh="這個場次沒有這個人。", en="Nobody with this id is at this session."),
            remedy=Words(
                zh="請用 credit --session 查看名單與編號。",
                en="List people and their ids with credit --session.",
            ),
        )

    def timeline(self, person_id: PersonId, session: str) -> tuple[ScanOutcome, ...]:
        """Return a person's scans at a session from all stations, oldest first."""
        with self._context.database.read() as connection:
            scans = desk.person_scans(connection, session, person_id)
        return tuple(stored_outcome(self._context, scan) for scan in scans)

    def close_session(self, session: str) -> Seal:
        """Seal a session: a fact with the counts and every chain's head. Raises NotAllowed."""
        require_real(self._context)
        held = self._context.get_session(session)
        is_briefing = held.kind is SessionKind.BRIEFING
        with self._context.database.write() as connection:
            self._require_open(connection, session)
            lines = read_lines(self._context, session) if is_briefing else []
            body = {
                **_decision_counts(lines),
                "session": session,
                **queries.chain_state(connection),
            }
            draft = Draft(
                kind=FactKind.SESSION_CLOSED,
                subject=f"session:{session}",
                body=body,
                actor=self._context.actor,
            )
            self._context.journal.append(connection, [draft])
        sign_own_head(self._context)
        seal = self.find_seal(session)
        if seal is None:  # the fold of the fact just committed
            raise AssertionError
        return seal

    def find_seal(self, session: str) -> Seal | None:
        """Return the standing seal of a session."""
        with self._context.database.read() as connection:
            row = queries.find_seal(connection, session)
        return self._seal(session, *row) if row else None

    def _seal(self, session: str, sealed_ms: int, actor: str, body: dict[str, Any]) -> Seal:
        return Seal(
            session=session,
            sealed_at=self._context.local(sealed_ms),
            actor=actor,
            facts=body["facts"],
            first_seq=body["first_seq"],
            last_seq=body["last_seq"],
            heads=tuple((head[0], head[1], head[2], head[3]) for head in body["heads"]),
            granted=body["granted"],
            denied=body["denied"],
            undecided=body["undecided"],
        )

    def reopen_session(self, session: str, reason: str) -> None:
        """Take the seal back with a reason. Raises InvalidInput, NotAllowed (not sealed)."""
        self._context.get_session(session)
        if not reason.strip():
            raise InvalidInput(
                Words(zh="重新開啟需要理由。", en="Reopening needs a reason."), field="reason"
            )
        with self._context.database.write() as connection:
            if queries.find_seal(connection, session) is None:
                raise NotAllowed(Words(zh="這個場次沒有封存。", en="This session is not sealed."))
            draft = Draft(
                kind=FactKind.SESSION_REOPENED,
                subject=f"session:{session}",
                body={"session": session},
                private={"reason": reason.strip()},
                actor=self._context.actor,
            )
            self._context.journal.append(connection, [draft])

    def _require_open(self, connection: Connection, session: str) -> None:
        if queries.find_seal(connection, session) is not None:
            raise NotAllowed(
                Words(zh="這個場次已經封存。", en="This session is sealed."),
                remedy=Words(
                    zh="請先重新開啟（需要理由），再更改決定。",
                    en="Reopen it with a reason before changing decisions.",
                ),
            )


def _decision_counts(lines: Iterable[CreditLine]) -> dict[str, int]:
    counts = {"granted": 0, "denied": 0, "undecided": 0}
    for line in lines:
        if line.decision is not None:
            counts["granted" if line.decision.granted else "denied"] += 1
        elif line.proposal.kind is not ProposalKind.NONE:
            counts["undecided"] += 1
    return counts
