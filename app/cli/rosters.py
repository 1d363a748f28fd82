"""`units import`, `roster import`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

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
    print_rows,
    say,
)
from app.domain.words import Words
from app.services.profile import open_profile

units_app = typer.Typer(help="Schools and offices.", no_args_is_help=True)
roster_app = typer.Typer(help="Rosters.", no_args_is_help=True)


@units_app.callback()
def units() -> None:
    """Schools and offices."""


@roster_app.callback()
def roster() -> None:
    """Rosters."""


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
    save_mapping: Annotated[
        str | None, typer.Option("--save-mapping", help="Keep this file's mapping by this name.")
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
    from app.services import mappings
    from app.services.registrations import RegistrationService

    chosen = read_mapping(mapping, profile)
    with open_current(profile, event) as desk:
        service = RegistrationService(desk.context)
        bring = service.preview_roster if dry_run else service.import_roster
        done = bring(file, session, mapping=chosen, cancel_gone=not keep_gone)
    if save_mapping is not None and not dry_run:
        mappings.save_mapping(open_profile(profile), plain(save_mapping), chosen or done.mapping)
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


def read_mapping(text: str | None, profile: Path | None) -> Mapping[str, str] | None:
    """Return a kept mapping by name, or one written as field=column,field=column.

    Raises InvalidInput, NotFound.
    """
    from app.roster.fields import RosterField
    from app.services.mappings import load_mapping

    if text is None:
        return None
    if "=" not in text:
        return load_mapping(open_profile(profile), plain(text))
    pairs = [part.partition("=") for part in plain(text).split(",")]
    columns = {field.strip(): column.strip() for field, _, column in pairs}
    if not all(equals for _, equals, _ in pairs) or not set(RosterField).issuperset(columns):
        fields = ", ".join(RosterField)
        raise bad_option(
            "--mapping",
            Words(zh="看不懂欄位對應。", en="The mapping cannot be read."),
            Words(
                zh=f"請寫成 name=姓名,unit=服務單位；可用的欄位：{fields}。",
                en=f"Write it as name=姓名,unit=服務單位; fields there are: {fields}.",
            ),
        )
    return columns


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
