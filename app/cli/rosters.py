"""`units import`, `roster import`, `people find`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import desk as desk_commands
from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    bad_option,
    language,
    open_current,
    print_json,
    print_rows,
    say,
)
from app.domain.words import Words

units_app = typer.Typer(help="Schools and offices.", no_args_is_help=True)
roster_app = typer.Typer(help="Rosters.", no_args_is_help=True)
people_app = typer.Typer(help="People.", no_args_is_help=True)
people_app.command("find")(desk_commands.find)


@units_app.callback()
def units() -> None:
    """Schools and offices."""


@roster_app.callback()
def roster() -> None:
    """Rosters."""


@people_app.callback()
def people() -> None:
    """People."""


@units_app.command("import")
def import_units(
    file: Annotated[Path, typer.Argument(help="School list.")],
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add or amend units from a school list."""
    from app.services.registrations import RegistrationService

    with open_current(profile, event) as desk:
        done = RegistrationService(desk.context).import_units(file)
    if as_json:
        print_json(
            {
                "file": done.file,
                "rows": done.rows,
                "added": done.added,
                "changed": done.changed,
                "unchanged": done.unchanged,
                "skipped": done.skipped,
                "problems": [problem_json(item) for item in done.problems],
            }
        )
        return
    print_rows([(done.file, done.rows, done.added, done.changed, done.unchanged, done.skipped)])


@roster_app.command("import")
def import_roster(
    file: Annotated[Path, typer.Argument(help="Roster: xlsx, xls, ods, csv, txt.")],
    *,
    session: SessionOption,
    mapping: Annotated[
        str | None, typer.Option("--mapping", help="Named mapping, or field=column,… .")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show only.")] = False,
    keep_gone: Annotated[
        bool, typer.Option("--keep-gone", help="Cancel nobody who is missing from the file.")
    ] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a roster; shows what was recognised, the problems, and the difference."""
    from app.services.registrations import RegistrationService

    with open_current(profile, event) as desk:
        service = RegistrationService(desk.context)
        bring = service.preview_roster if dry_run else service.import_roster
        done = bring(file, session, mapping=read_mapping(mapping), cancel_gone=not keep_gone)
    if done.notice is not None:
        say(done.notice)
    if as_json:
        print_json(preview_json(done))
        return
    print_rows(
        [(done.file, done.rows, done.added, done.changed, done.unchanged, done.gone, done.skipped)]
    )
    for item in done.problems:
        typer.echo(f"{item.row}: {item.message.in_language(language())}", err=True)


def read_mapping(text: str | None) -> dict[str, str] | None:
    """Return a mapping written as field=column,field=column. Raises InvalidInput."""
    if text is None:
        return None
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(field and equals and column for field, equals, column in pairs):
        raise bad_option(
            "--mapping",
            Words(zh="看不懂欄位對應。", en="The mapping cannot be read."),
            Words(zh="請寫成 name=姓名,unit=服務單位。", en="Write it as name=姓名,unit=服務單位."),
        )
    return {field.strip(): column.strip() for field, _, column in pairs}


def preview_json(done: Any) -> dict[str, Any]:
    """Return an import's result in the contract's shape."""
    return {
        "file": done.file,
        "kind": done.kind,
        "encoding": done.encoding,
        "header_row": done.header_row,
        "mapping": dict(done.mapping),
        "rows": done.rows,
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "gone": done.gone,
        "skipped": done.skipped,
        "problems": [problem_json(item) for item in done.problems],
    }


def problem_json(item: Any) -> dict[str, Any]:
    """Return one problem in the contract's shape."""
    return {
        "row": item.row,
        "kind": item.kind.value,
        "field": item.field,
        "severity": item.severity,
        "message": item.message.in_language(language()),
    }
