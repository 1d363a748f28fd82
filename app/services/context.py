"""What every service of one open event shares."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.clock import Clock, moment_of, read_clock
from app.domain.errors import NotFound
from app.domain.plan import EventSession, Plan, SessionKind
from app.domain.staff import Role
from app.domain.verdict import SessionWindow
from app.domain.words import Words
from db.engine import Database
from db.journal import Journal


@dataclass(slots=True)
class Acting:
    """Who acts at this desk now; one for all services of an open event.

    Read by the recorder's thread while the window's thread changes it: each is one assignment.
    """

    actor: str
    """What facts name: a staff member's name, else the system's user."""
    role: Role | None = None
    """None where nobody has to sign in."""


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
    clock: "CorrectedClock"
    """Set right by what was measured; the journal reads the machine's own."""
    acting: Acting
    rehearsal: bool = False
    twin_of: str = ""
    """The real event a rehearsal was made from; "" for a real event and for a sample day."""
    shift_ms: int = 0
    """How far a rehearsal's clock is moved."""
    rehearsed: str = ""
    """The session a rehearsal was made for."""

    @property
    def actor(self) -> str:
        """Return who acts now, as facts name it."""
        return self.acting.actor

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


class CorrectedClock:
    """This machine's clock, its wall clock set right by what the exchange measured."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal

    def wall_ms(self) -> int:
        """UTC milliseconds, corrected."""
        reading = read_clock(self._clock)
        return reading.wall_ms + (self._journal.find_offset(reading) or 0)

    def offset_ms(self) -> int | None:
        """Return what is added to the machine's own clock, None while nobody measured it."""
        return self._journal.find_offset(read_clock(self._clock))

    def mono_ms(self) -> int:
        """Milliseconds since boot, as they are."""
        return self._clock.mono_ms()

    def boot_id(self) -> str:
        """Identity of this boot."""
        return self._clock.boot_id()

    def tz_minutes(self) -> int:
        """Minutes east of UTC."""
        return self._clock.tz_minutes()


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
