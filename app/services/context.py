"""What every service of one open event shares."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.clock import Clock, moment_of
from app.domain.errors import NotFound
from app.domain.plan import EventSession, Plan, SessionKind
from app.domain.verdict import SessionWindow
from app.domain.words import Words
from db.engine import Database
from db.journal import Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class EventContext:
    """An open event: its plan, its journal, and who acts."""

    event_id: str
    tag: str
    """The event's mark inside badge codes."""
    plan: Plan
    windows: dict[str, SessionWindow]
    database: Database
    journal: Journal
    clock: Clock
    actor: str
    rehearsal: bool = False

    def get_session(self, code: str) -> EventSession:
        """Return a session of the plan. Raises NotFound with the codes there are."""
        session = self.plan.find_session(code)
        if session is None:
            codes = "、".join(item.code for item in self.plan.sessions)
            raise NotFound(
                Words(zh=f"計畫裡沒有場次 {code}。", en=f"The plan has no session {code}."),
                remedy=Words(
                    zh=f"可用的場次：{codes}", en=f"Sessions there are: {codes.replace('、', ', ')}"
                ),
            )
        return session

    def now(self) -> datetime:
        """Return the present moment in the venue's zone."""
        return self.local(self.clock.wall_ms())

    def local(self, at_ms: int) -> datetime:
        """Return UTC milliseconds as a moment in the venue's zone."""
        return moment_of(at_ms).astimezone(self.plan.zone)


def session_windows(plan: Plan) -> dict[str, SessionWindow]:
    """Return every session's times and limits by code."""
    return {session.code: _window(plan, session) for session in plan.sessions}


def _window(plan: Plan, session: EventSession) -> SessionWindow:
    policy = plan.course_of(session).policy
    return SessionWindow(
        code=session.code,
        course=session.course,
        sign_in_from=plan.moment(session, session.sign_in_from),
        sign_in_until=plan.moment(session, session.sign_in_until),
        starts_at=plan.moment(session, session.starts_at),
        ends_at=plan.moment(session, session.ends_at),
        grace_minutes=policy.grace_minutes,
        early_leave_minutes=policy.early_leave_minutes,
        min_gap_seconds=policy.min_gap_seconds,
        credited=session.kind is SessionKind.BRIEFING,
        batch=session.batch,
    )
