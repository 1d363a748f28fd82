"""Files that leave the program: credit, attendance, sheets, proofs, participation, help days."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import InvalidInput
from app.domain.plan import EventSession, SessionKind
from app.domain.words import Language, Words
from app.papers.column_profiles import load_profile, profile_table
from app.papers.credit_check import ExportProblem, ExportProblemKind, check_credit_rows
from app.papers.export_rows import ExportRow, ParticipationRow
from app.papers.flow import Heading
from app.papers.paper_warnings import PaperWarning
from app.papers.proofs import write_proofs
from app.papers.reports import Section, write_participation, write_report
from app.papers.seal_sheet import ChainHead, SealSheet, write_seal_sheet
from app.papers.signin_sheet import write_signin_sheet
from app.papers.tables import write_table
from app.services import export_rows
from app.services.closing import Seal
from app.services.context import EventContext
from app.services.credit_sheet import require_briefing
from app.services.desk_reports import DeskReportService, Written
from app.services.rehearsals import (
    leaving_file,
    marked_context,
    marked_file,
    marked_title,
)

TABLE_KINDS = ("credit", "attendance", "scans", "participation")
PAPER_KINDS = ("signin", "proofs")
DESK_TABLES = ("visits",)
DESK_PAPERS = ("vendors", "slips")
"""Of help days, as PDF only: vendors' hand-over sheets, take-home slips."""
REPORT_KIND = "report"
"""A help day's report: PDF, or its raw tables."""
KINDS = (*TABLE_KINDS, *PAPER_KINDS, *DESK_TABLES, REPORT_KIND, *DESK_PAPERS)
FORMATS = ("ods", "xlsx", "csv", "pdf")
VISIT_COLUMNS = {
    ("zh", False): "default",
    ("en", False): "english",
    ("zh", True): "paper",
    ("en", True): "paper-english",
}
"""The visit table's default columns by language, and fewer of them on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written, and what the receiver may stumble over."""

    file: Path
    kind: str
    rows: int
    problems: tuple[ExportProblem, ...] = ()
    warnings: tuple[PaperWarning, ...] = ()


class ExportService:
    """Writes files of one event; the same data gives the same bytes.

    Those of a sample day say so in their names and titles; a rehearsal of a real event has none.
    """

    def __init__(self, context: EventContext) -> None:
        self._context = marked_context(context)
        self._desk = DeskReportService(context)

    def file_for(self, out: Path) -> Path:
        """Return where a file asked for goes: a rehearsal's has another name."""
        return marked_file(self._context, out)

    def check(self, kind: str, session: str, columns: str = "default") -> tuple[ExportProblem, ...]:
        """Return what is wrong with a file before it is written; empty for papers."""
        if kind != "credit":
            return ()
        credited, left_out = export_rows.credit_rows(
            self._context, require_briefing(self._context, session)
        )
        missing = tuple(_missing_id(position) for position in left_out)
        return (*missing, *check_credit_rows(credited, load_profile("credit", columns)))

    def export(
        self,
        kind: str,
        session: str,
        format: str,  # noqa: A002 - the command line's word
        out: Path,
        *,
        columns: str = "default",
        encoding: str = "utf-8-sig",
        language: Language = "zh",
    ) -> ExportReport:
        """Write one file. Raises InvalidInput, NotAllowed (credit of a help day), NotFound.

        `language` counts for what help days have: visits, report, vendors and slips.
        """
        _check_kind(kind, format)
        out = leaving_file(self._context, out)
        held = self._context.get_session(session)
        if kind in (REPORT_KIND, *PAPER_KINDS, *DESK_PAPERS):
            return self._paper(kind, held, out, (format, encoding, language))
        if kind == "visits" and columns == "default":
            columns = VISIT_COLUMNS[language, format == "pdf"]
        rows = self._rows(kind, held, language)
        problems = self.check(kind, session, columns)
        profile = load_profile(kind, columns)
        title = marked_title(self._context, profile.title)
        if kind == "participation" and format == "pdf":
            write_participation(out, self._heading(held, profile.title), _only(rows))
        elif format == "pdf":
            table = profile_table(rows, profile, title=title)
            section = Section(title=title, table=table)
            write_report(out, self._heading(held, profile.title), [section])
        else:
            table = profile_table(rows, profile, title=title)
            write_table(out, table, format, encoding=encoding)
        return ExportReport(file=out, kind=kind, rows=len(rows), problems=problems)

    def _paper(
        self, kind: str, held: EventSession, out: Path, how: tuple[str, str, Language]
    ) -> ExportReport:
        """Write what is no table of one kind of row."""
        file_format, encoding, language = how
        if kind == "signin":
            return self._signin(held, out)
        if kind == "proofs":
            return self._proofs(held, out)
        if kind == "vendors":
            return _written(kind, self._desk.write_vendor_sheets(out, language=language))
        if kind == "slips":
            return _written(kind, self._desk.write_slips(held.code, out, language=language))
        written = self._desk.write_report(
            held.code, out, file_format, language=language, encoding=encoding
        )
        return _written(kind, written)

    def _rows(self, kind: str, held: EventSession, language: Language) -> Sequence[ExportRow]:
        if kind == "visits":
            return self._desk.visit_rows(held.code, language)
        if kind == "credit":
            require_briefing(self._context, held.code)
            return export_rows.credit_rows(self._context, held)[0]
        if kind == "attendance":
            return export_rows.attendance_rows(self._context, held)
        if kind == "scans":
            return export_rows.scan_rows(self._context, held)
        return export_rows.participation_rows(self._context, held)

    def _signin(self, held: EventSession, out: Path) -> ExportReport:
        sheet = export_rows.signin_sheet(self._context, held)
        warnings = write_signin_sheet(out, sheet)
        return ExportReport(file=out, kind="signin", rows=len(sheet.rows), warnings=warnings)

    def _proofs(self, held: EventSession, out: Path) -> ExportReport:
        if held.kind is SessionKind.HELPDESK:
            (out, count), warnings = self._desk.write_proofs(held.code, out)
            return ExportReport(file=out, kind="proofs", rows=count, warnings=warnings)
        proofs = export_rows.proofs(self._context, held)
        warnings = write_proofs(out, proofs)
        return ExportReport(file=out, kind="proofs", rows=len(proofs), warnings=warnings)

    def _heading(self, held: EventSession, title: str) -> Heading:
        plan = self._context.plan
        return export_rows.heading(plan, held, title)

    def write_seal(self, seal: Seal, out: Path) -> str:
        """Write a session's seal sheet as PDF; return the digest its QR carries.

        It goes where `file_for` says.
        """
        held = self._context.get_session(seal.session)
        plan = self._context.plan
        return write_seal_sheet(
            leaving_file(self._context, out),
            SealSheet(
                event_title=plan.title,
                session_title=held.title,
                held_on=held.held_on,
                organiser=plan.organiser,
                sealed_at=seal.sealed_at,
                sealed_by=seal.actor,
                first_seq=seal.first_seq,
                last_seq=seal.last_seq,
                counts=(
                    ("紀錄總數", seal.facts),
                    ("核給", seal.granted),
                    ("不核給", seal.denied),
                    ("未決定", seal.undecided),
                ),
                heads=tuple(
                    ChainHead(device=device, incarnation=incarnation, seq=seq, digest=digest)
                    for device, incarnation, seq, digest in seal.heads
                ),
            ),
        )


def _only(rows: Sequence[ExportRow]) -> list[ParticipationRow]:
    return [row for row in rows if isinstance(row, ParticipationRow)]


def _written(kind: str, written: Written) -> ExportReport:
    return ExportReport(file=written[0], kind=kind, rows=written[1])


def _missing_id(position: int) -> ExportProblem:
    return ExportProblem(
        row=position,
        kind=ExportProblemKind.ID_MISSING,
        severity="warn",
        message=Words(
            zh="核給了時數但沒有身分證字號，未列入檔案；請補上後重新匯出。",
            en="Granted but without an ID number, so left out; add it and export again.",
        ),
    )


def _check_kind(kind: str, format: str) -> None:  # noqa: A002
    if kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise InvalidInput(
            Words(zh=f"沒有「{kind}」這種匯出。", en=f"There is no export of kind {kind}."),
            remedy=Words(zh=f"可用：{kinds}", en=f"There are: {kinds}."),
            field="kind",
        )
    allowed: tuple[str, ...] = ("pdf",) if kind in (*PAPER_KINDS, *DESK_PAPERS) else FORMATS
    if kind == REPORT_KIND:
        allowed = (*FORMATS, "zip")
    if format not in allowed:
        raise InvalidInput(
            Words(zh=f"「{kind}」不能存成 {format}。", en=f"{kind} cannot be written as {format}."),
            remedy=Words(zh=f"可用：{', '.join(allowed)}", en=f"Use {', '.join(allowed)}."),
            field="format",
        )
