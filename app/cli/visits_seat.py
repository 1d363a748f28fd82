"""Who acts where: the help day, the visit, the consultant and the desk a command means."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.bootstrap import Desk
from app.cli.output import bad_option, plain
from app.cli.readings import read_moment, station_letter
from app.cli.visits_output import VisitPrinter
from app.domain.clock import ms_of
from app.domain.errors import InvalidInput
from app.domain.plan import EventSession, SessionKind
from app.domain.visits import Seat, Visit
from app.domain.words import Words

if TYPE_CHECKING:  # every start of the program imports the commands; the services can wait
    from app.help_desk import HelpDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The options every `visit` command shares, as typed."""

    profile: Path | None = None
    event: str | None = None
    session: str | None = None
    station: str | None = None
    desk: str | None = None
    consultant: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """The help desk of the open event, as one command sees it."""

    desk: Desk
    help_desk: "HelpDesk"
    given: Given

    def moment(self) -> datetime | None:
        """Return when the act happened, where `--at` says so."""
        return read_moment(self.given.at, self.desk.context.plan.zone)

    def document(self, visit: Visit) -> dict[str, Any]:
        """Return a visit in the contract's shape."""
        return self.printer().document(visit)

    def printer(self) -> VisitPrinter:
        """Return what turns visits into documents, as of the moment the command means."""
        names = {one.id: one.name for one in self.help_desk.consultants.list_consultants()}
        moment = self.moment() or self.desk.context.now()
        return VisitPrinter(self.desk, names, ms_of(moment))

    def session(self) -> str:
        """Return the help day meant. Raises InvalidInput where that is not clear.

        It is the one given, the only one, that of the day, or the only one where people are.

        A briefing that is given goes on to the service, which refuses it with the help days.
        """
        if self.given.session:
            return plain(self.given.session)
        plan = self.desk.context.plan
        days = [item for item in plan.sessions if item.kind is SessionKind.HELPDESK]
        held_on = (self.moment() or self.desk.context.now()).astimezone(plan.zone).date()
        today = [item for item in days if item.held_on == held_on]
        for found in (days, today, self._busy(days)):
            if len(found) == 1:
                return found[0].code
        raise _unclear([item.code for item in days])

    def _busy(self, days: list[EventSession]) -> list[EventSession]:
        return [day for day in days if self.help_desk.visits.list_visits(day.code)]

    def help_day(self) -> str:
        """Return the help day meant. Raises NotAllowed (a briefing), NotFound."""
        from app.services.visit_acts import get_help_day

        return get_help_day(self.desk.context, self.session()).code

    def visit(self, ticket: str) -> Visit:
        """Return the visit of a ticket or id."""
        return self.help_desk.visits.get_visit(plain(ticket))

    def door_seat(self) -> Seat:
        """Return the seat of somebody at the door, who is no consultant."""
        return Seat(
            session=self.session(),
            staff=self._named() or "",
            station=station_letter(self.given.station, self.desk),
        )

    def next_seat(self) -> Seat:
        """Return the seat that calls the next one."""
        session, named = self.session(), self._named()
        sign = self._given_sign() or (self._duty_sign(session, named) if named else "") or "1"
        staff = named or self._at_desk(session, sign)
        letter = station_letter(self.given.station, self.desk)
        return Seat(session=session, staff=staff, desk=sign, station=letter)

    def seat_for(self, visit: Visit, *, by: str = "", somebody: bool = True) -> Seat:
        """Return the seat that acts on a visit.

        Who is not named is whoever holds the visit (at this desk, where one is given), else the
        consultant of the desk (nobody, if it need not be `somebody`). `by`: who it is unless named.
        """
        sign = self._given_sign()
        held = [item.staff for item in visit.claims.values() if sign in ("", item.desk)]
        kept = visit.owner if not sign and not visit.claims else ""
        staff = self._named() or by or next(iter(held), kept)
        if not staff and somebody:
            staff = self._at_desk(visit.session, sign or "1")
        sign = sign or _last_sign(visit, staff) or self._duty_sign(visit.session, staff) or "1"
        letter = station_letter(self.given.station, self.desk)
        return Seat(session=visit.session, staff=staff, desk=sign, station=letter)

    def _given_sign(self) -> str:
        return plain(self.given.desk) if self.given.desk else ""

    def _duty_sign(self, session: str, staff: str) -> str:
        """Return the desk where a consultant is on duty."""
        duty = self.help_desk.consultants.list_duty(session)
        return next((p.desk for p in duty if p.staff == staff and p.end_ms is None), "")

    def _named(self) -> str | None:
        if not self.given.consultant:
            return None
        return self.help_desk.consultants.find_or_add(plain(self.given.consultant)).id

    def _at_desk(self, session: str, desk: str) -> str:
        """Return who is on duty at a desk, or who stands for the desk where nobody is."""
        for period in reversed(self.help_desk.consultants.list_duty(session)):
            if period.end_ms is None and period.desk == desk:
                return period.staff
        return self.help_desk.consultants.find_or_add(f"諮詢桌 {desk}").id


def _last_sign(visit: Visit, staff: str) -> str:
    """Return the desk where a consultant had the visit last."""
    return next((s.desk for s in reversed(visit.segments) if s.staff == staff and s.desk), "")


def _unclear(codes: list[str]) -> InvalidInput:
    """Ask for a help day where the plan has some; elsewhere no option helps."""
    if codes:
        remedy = Words(
            zh=f"請加上 --session：{'、'.join(codes)}", en=f"Add --session: {', '.join(codes)}"
        )
        problem = Words(
            zh="不知道是哪一個駐點場次。", en="It is not clear which help day is meant."
        )
    else:
        problem = Words(zh="這個計畫沒有駐點場次。", en="This plan has no help day.")
        remedy = Words(zh="請改用有駐點場次的活動。", en="Use an event whose plan has help days.")
    return bad_option("--session", problem, remedy)
