"""`export`: files for other people and systems."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    bad_option,
    language,
    open_current,
    plain,
    print_json,
    say,
)
from app.domain.words import Language, Words

if TYPE_CHECKING:
    from app.papers.credit_check import ExportProblem


def export(
    kind: Annotated[
        str,
        typer.Argument(
            help="credit, attendance, signin, participation, proofs, scans; "
            "of help days: visits, report, vendors, slips."
        ),
    ],
    *,
    session: SessionOption,
    out: Annotated[Path, typer.Option("--out", help="File to write.")],
    format_name: Annotated[
        str,
        typer.Option("--format", help="ods, xlsx, csv or pdf; zip for report (default: by --out)."),
    ] = "",
    columns: Annotated[str, typer.Option("--columns", help="Column profile.")] = "default",
    encoding: Annotated[str, typer.Option("--encoding", help="utf-8-sig or cp950.")] = "utf-8-sig",
    language_name: Annotated[
        str, typer.Option("--language", help="zh or en, for help days (default: zh).")
    ] = "zh",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a file for other people and systems."""
    from app.office import build_office

    wanted = "" if dry_run else _format(format_name, out)
    with open_current(profile, event) as desk:
        exports = build_office(desk.context).exports
        if dry_run:
            problems, rows = exports.check(kind, session, columns), None
        else:
            with _naming_lost_characters():
                report = exports.export(
                    kind,
                    session,
                    wanted,
                    out,
                    columns=columns,
                    encoding=encoding,
                    language=_language(language_name),
                )
            problems, rows, out = report.problems, report.rows, report.file
            for warning in report.warnings:
                say(warning.message)
    if as_json:
        file = None if dry_run else str(out)
        told = [_problem_json(problem) for problem in problems]
        print_json({"file": file, "kind": kind, "rows": rows, "problems": told})
        return
    _say_problems(problems)
    if not dry_run:
        typer.echo(f"{out}\t{rows}")


def _format(named: str, out: Path) -> str:
    """Return the format asked for, or the one the file's name tells. Raises InvalidInput."""
    if named or out.suffix:
        return named or out.suffix.removeprefix(".").lower()
    raise bad_option(
        "--format",
        Words(zh="不知道要存成哪一種檔案。", en="Which kind of file is not said."),
        Words(zh="請加上 --format ods。", en="Add --format ods (or xlsx, csv, pdf)."),
    )


def _language(name: str) -> Language:
    """Return the language asked for. Raises InvalidInput."""
    known: dict[str, Language] = {"zh": "zh", "en": "en"}
    if name in known:
        return known[name]
    raise bad_option(
        "--language",
        Words(zh=f"沒有「{plain(name)}」這種語言。", en=f"There is no language {plain(name)}."),
        Words(zh="請用 zh 或 en。", en="Use zh or en."),
    )


def _problem_json(problem: "ExportProblem") -> dict[str, object]:
    return {
        "row": problem.row,
        "kind": problem.kind.value,
        "severity": problem.severity,
        "message": problem.message.in_language(language()),
    }


def _say_problems(problems: "Sequence[ExportProblem]") -> None:
    for problem in problems:
        place = "" if problem.row is None else f"{problem.row}: "
        typer.echo(place + problem.message.in_language(language()), err=True)


@contextmanager
def _naming_lost_characters() -> Iterator[None]:
    """List the cells an encoding cannot hold, for the person who asked: row, column, text."""
    from app.papers.csv_file import UnencodableText

    try:
        yield
    except UnencodableText as error:
        for cell in error.details:
            typer.echo(f"{cell.row}\t{plain(cell.column)}\t{plain(cell.text)}", err=True)
        raise
