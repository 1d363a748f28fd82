"""Reports and papers of help days: the day report, raw tables, proofs, slips, vendors' sheets."""

from dataclasses import replace
from pathlib import Path

from app.domain.errors import NotAllowed, NotFound
from app.domain.plan import EventSession, SessionKind
from app.domain.words import Language, Words
from app.papers.desk_proofs import write_desk_proofs
from app.papers.desk_report import write_desk_report
from app.papers.desk_report_texts import DayTitle, DeskReport
from app.papers.desk_tables import desk_tables
from app.papers.export_rows import VisitRow
from app.papers.paper_warnings import PaperWarning
from app.papers.take_home_slip import write_take_home_slip
from app.papers.workbook import write_workbook
from app.services import desk_papers
from app.services.context import EventContext
from app.services.credit_sheet import read_lines
from app.services.desk_day import read_day, read_names, read_topics, together, topic_words
from app.services.followups_sheets import write_hand_over
from app.services.rehearsals import leaving_file, marked_context, marked_title
from app.services.visit_acts import help_days_there_are
from app.services.visit_exports import visit_rows
from app.services.visit_reading import VisitReadings
from db.queries import reports, visits_desk

Written = tuple[Path, int]
"""The file that was written and how many visits, proofs or cases are in it."""


class DeskReportService:
    """Writes what a help day leaves behind; those of a rehearsal say so."""

    def __init__(self, context: EventContext) -> None:
        self._context = marked_context(context)

    def day_report(self, session: str, language: Language = "zh") -> DeskReport:
        """Return a help day with its figures' sources, and the help day before it if it had visits.

        Raises NotFound, NotAllowed (no help day).
        """
        held, plan = self._get_day(session), self._context.plan
        days = [item for item in plan.sessions if item.kind is SessionKind.HELPDESK]
        days = sorted(days, key=lambda item: (item.held_on, item.code))
        first = days[0]
        with self._context.database.read() as connection:
            topics = topic_words(read_topics(self._context, connection))
            day = read_day(self._context, connection, held)
            earlier = read_day(self._context, connection, first) if held != first else None
        before = earlier if earlier is not None and earlier.visits else None
        return DeskReport(
            event_title=plan.title,
            organiser=plan.organiser,
            venue=plan.venue_of(held).name,
            zone=plan.zone,
            title=_title(held),
            day=day,
            topics=topics,
            before=before,
            before_title=_title(first) if before else None,
            whole=together([before, day]) if before else None,
            language=language,
        )

    def write_report(
        self,
        session: str,
        out: Path,
        file_format: str,
        *,
        language: Language = "zh",
        encoding: str = "utf-8-sig",
    ) -> Written:
        """Write the day report: PDF, a workbook of raw tables (ods, xlsx), or CSVs.

        `zip` holds all of them; `csv` writes the visits to `out` and the others beside it.
        """
        report = self.day_report(session, language)
        out = leaving_file(self._context, out)
        if file_format == "pdf":
            write_desk_report(out, report)
        else:
            definitions, *others = desk_tables(report)
            title = marked_title(self._context, definitions.title)
            definitions = replace(definitions, title=title)
            # A CSV asked for by name is the visits; the rest lies beside it.
            tables = [*others, definitions] if file_format == "csv" else [definitions, *others]
            write_workbook(out, tables, file_format, encoding=encoding)
        return out, len(report.day.visits)

    def visit_rows(self, session: str, language: Language = "zh") -> list[VisitRow]:
        """Return the visit table of a help day."""
        return visit_rows(self.day_report(session, language))

    def write_proofs(self, session: str, out: Path) -> tuple[Written, tuple[PaperWarning, ...]]:
        """Write a help day's proofs: consultants (attendance, substitute teaching), visitors."""
        held, context = self._get_day(session), self._context
        with context.database.read() as connection:
            names = read_names(context, connection)
            consultants = visits_desk.list_consultants(connection)
            duty = visits_desk.list_duty(connection, session)
            visits = reports.list_day_visits(connection, session)
        duties = desk_papers.duty_proofs(context, consultants, duty)
        came = desk_papers.visit_proofs(context, visits, names, session)
        known = [visit.person_id for visit in visits]
        came += desk_papers.scanned_proofs(read_lines(context, session), known)
        out = leaving_file(context, out)
        day = desk_papers.help_day(context, held)
        warnings = write_desk_proofs(out, day, duties=duties, visits=came)
        return (out, 2 * len(duties) + len(came)), warnings

    def write_take_home_slip(
        self, visit_id: str, out: Path, *, contact: str = "", language: Language = "zh"
    ) -> Path:
        """Write what a visit takes home (A6): what was done, what is next, whom to ask."""
        visit = VisitReadings(self._context).get_visit(visit_id)
        report = self.day_report(visit.session, language)
        with self._context.database.read() as connection:
            names = read_names(self._context, connection)
        unit = names.unit_of(visit)
        slip = desk_papers.take_home_slip(report, visit, unit=unit, contact=contact)
        out = leaving_file(self._context, out)
        write_take_home_slip(out, [slip])
        return out

    def write_slips(self, session: str, out: Path, *, language: Language = "zh") -> Written:
        """Write the slips of every visit helped at a help day. Raises NotFound without any."""
        report = self.day_report(session, language)
        with self._context.database.read() as connection:
            names = read_names(self._context, connection)
            visits = reports.list_day_visits(connection, session)
        helped = [v for v in visits if v.session == session and v.first_served_ms is not None]
        slips = [
            desk_papers.take_home_slip(report, visit, unit=names.unit_of(visit), contact="")
            for visit in helped
        ]
        if not slips:
            raise NotFound(Words(zh="還沒有人接受過協助。", en="Nobody has been helped yet."))
        out = leaving_file(self._context, out)
        write_take_home_slip(out, slips)
        return out, len(slips)

    def write_vendor_sheets(
        self, out: Path, *, vendor: str = "", language: Language = "zh"
    ) -> Written:
        """Write what is still out, for every vendor or for one; dated today."""
        out = leaving_file(self._context, out)
        return out, write_hand_over(self._context, out, vendor=vendor, language=language)

    def _get_day(self, session: str) -> EventSession:
        held = self._context.get_session(session)
        if held.kind is not SessionKind.HELPDESK:
            raise NotAllowed(
                Words(
                    zh=f"{session} 是簡報場，沒有駐點紀錄。",
                    en=f"{session} is a briefing: it has no help-desk records.",
                ),
                remedy=help_days_there_are(self._context),
            )
        return held


def _title(held: EventSession) -> DayTitle:
    hours = f"{held.starts_at:%H:%M}–{held.ends_at:%H:%M}"
    return DayTitle(title=held.title, held_on=held.held_on, hours=hours)
