"""Rehearsals: a twin of the real event that can be played with and thrown away.

A twin is an event of its own: another id, another file, another chain. Its opening fact names the
event it was made from, for ever; whatever would carry something out of it refuses, and what leaves
other rehearsals (the sample day) is marked, so that nobody can take it for the real thing.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.clock import Clock, ms_of
from app.domain.errors import NotAllowed
from app.domain.plan import EventSession, SessionKind
from app.domain.words import Words
from app.services.context import EventContext
from app.services.outcomes import Station
from app.services.profile import Profile

if TYPE_CHECKING:
    from app.services.rush import RushPlay

MARK = "演練"
BEFORE_SIGN_IN = timedelta(minutes=2)
"""How long before sign-in opens a rehearsal begins: the first scans show that too."""
_NO_REMEDY_NEEDED = Words(
    zh="演練只留在這台電腦；要正式的檔案，請先結束演練。",
    en="A rehearsal stays on this machine; end it first to work on the real event.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalState:
    """Whether a twin is open, and of which session."""

    is_open: bool
    session: str = ""
    people: int = 0


def marked_context(context: EventContext) -> EventContext:
    """Return the context papers are written from: a rehearsal names itself in title and issuer."""
    if not context.rehearsal or context.plan.title.startswith(f"【{MARK}】"):
        return context
    plan = context.plan
    title, organiser = f"【{MARK}】{plan.title}", f"【{MARK}】{plan.organiser}"
    return replace(context, plan=replace(plan, title=title, organiser=organiser))


def marked_title(context: EventContext, title: str) -> str:
    """Return the title of a sheet; that of a rehearsal says so."""
    return f"{MARK} {title}" if context.rehearsal else title


def marked_file(context: EventContext, file: Path) -> Path:
    """Return where a file really goes; that of a rehearsal says so in its name."""
    if not context.rehearsal or file.name.startswith(MARK):
        return file
    return file.with_name(f"{MARK}-{file.name}")


def require_real(context: EventContext) -> None:
    """Refuse what would carry something out of a rehearsal. Raises NotAllowed."""
    if context.twin_of:
        raise NotAllowed(
            Words(
                zh="現在是演練：不能匯出、封存或同步。",
                en="This is a rehearsal: it exports, seals and syncs nothing.",
            ),
            remedy=_NO_REMEDY_NEEDED,
        )


def leaving_file(context: EventContext, file: Path) -> Path:
    """Return where a file that leaves the program goes. Raises NotAllowed in a rehearsal."""
    require_real(context)
    return marked_file(context, file)


class RehearsalService:
    """Begins a rehearsal of the open event, or ends the one that is open."""

    def __init__(self, profile: Profile, context: EventContext, clock: Clock) -> None:
        """`clock`: this machine's own, as nobody moved it."""
        self._profile = profile
        self._context = context
        self._clock = clock

    def state(self) -> RehearsalState:
        """Say whether this is a rehearsal."""
        if not self._context.twin_of:
            return RehearsalState(is_open=False)
        session = self._context.rehearsed
        with self._context.database.read() as connection:
            row = connection.execute(
                "SELECT expected FROM session_tally WHERE session=?", (session,)
            ).fetchone()
        return RehearsalState(is_open=True, session=session, people=row[0] if row else 0)

    def begin(self, session: str) -> str:
        """Make a twin for rehearsing a session and make it current; return its id.

        An earlier twin of this event is thrown away. Raises NotAllowed, NotFound.
        """
        held = self._context.get_session(session)
        if self._context.rehearsal:
            raise NotAllowed(
                Words(zh="已經在演練了。", en="This is a rehearsal already."),
                remedy=Words(zh="請先結束這次演練。", en="End this one first."),
            )
        if held.kind is SessionKind.HELPDESK:
            raise NotAllowed(
                Words(
                    zh="駐點日沒有名冊可以演練。", en="A help day has no roster to rehearse with."
                ),
                remedy=Words(zh="請選一個研習場次。", en="Choose a briefing."),
            )
        from app.services.rehearsal_twin import drop_twins, make_twin  # noqa: PLC0415 - rare

        drop_twins(self._profile, self._context.event_id)
        return make_twin(self._profile, self._context, self._clock, held, self._shift_ms(held))

    def end(self) -> str:
        """Throw the open rehearsal away and go back to the real event; return that one's id.

        The file itself goes as soon as it is closed. Raises NotAllowed where this is none.
        """
        real = self._context.twin_of
        if not real:
            raise NotAllowed(
                Words(zh="現在不是演練，沒有東西可以丟。", en="This is no rehearsal to throw away.")
            )
        from app.services.thrown_away import throw_away  # noqa: PLC0415 - rare

        throw_away(self._profile, self._context.event_id)
        if real in self._profile.list_event_ids():
            self._profile.set_current(real)
        return real

    def start_rush(self, session: str) -> "RushPlay":
        """Return a rush of a session's people. Raises NotAllowed in a real event, NotFound."""
        from app.services.rush import RushPlay  # noqa: PLC0415 - rare

        return RushPlay(self._context, Station(session=session))

    def _shift_ms(self, held: EventSession) -> int:
        """Return how far to move the clock so that sign-in is just about to open."""
        opens = self._context.plan.moment(held, held.sign_in_from)
        return ms_of(opens - BEFORE_SIGN_IN) - self._clock.wall_ms()
