"""`paper sheet|enter`: a sheet to sign by hand, and its times entered afterwards."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    open_current,
    plain,
    print_json,
    print_rows,
    say,
)
from app.cli.readings import station_letter
from app.domain.errors import InvalidInput
from app.domain.words import Words

paper_app = typer.Typer(help="Paper for when nothing else works.", no_args_is_help=True)


@paper_app.command()
def sheet(
    *,
    session: SessionOption,
    out: Annotated[Path, typer.Option("--out", help="PDF to write.")],
    unit: Annotated[str, typer.Option("--unit", help="Only this unit.")] = "",
    by_unit: Annotated[bool, typer.Option("--by-unit", help="Every unit begins a page.")] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the sheet to sign; every line has a number and a bar code."""
    from app.services.paper_entry import PaperService

    with open_current(profile, event) as desk:
        written = PaperService(desk.context).write_sheet(
            session, out, unit=plain(unit), by_unit=by_unit
        )
    for warning in written.warnings:
        say(warning.message)
    if as_json:
        print_json({"file": str(written.file), "rows": written.rows})
    else:
        print_rows([(written.file, written.rows)])


@paper_app.command()
def enter(
    source: Annotated[str, typer.Argument(help="Text file, or - for stdin: NUMBER IN OUT a line.")],
    *,
    session: SessionOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only.")] = False,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record the times of a signed sheet; what is known already is left as it is.

    Nothing is recorded while a line cannot be read; the answer names these by their numbers.
    """
    from app.services.paper_entry import PaperService

    with open_current(profile, event) as desk:
        service, letter = PaperService(desk.context), station_letter(None, desk)
        lines, bad = [], 0
        for number, text in _read(source):
            try:
                lines.append(service.read_line(session, text))
            except InvalidInput as error:
                bad += 1
                say(_named(number, error))
        if bad:
            raise InvalidInput(
                Words(
                    zh=f"有 {bad} 行讀不懂，什麼都沒有記錄。",
                    en=f"{bad} lines cannot be read; nothing was recorded.",
                ),
                remedy=Words(zh="請改正後再執行一次。", en="Mend them and run it again."),
                field="source",
            )
        entries = () if dry_run else service.enter(session, lines, letter=letter)
    if as_json:
        print_json(
            {
                "lines": len(lines),
                "entries": [
                    {
                        "person": entry.person.id,
                        "direction": entry.direction.value,
                        "at": entry.at.isoformat(),
                        "fate": entry.fate.value,
                        "verdict": entry.verdict.value if entry.verdict else None,
                    }
                    for entry in entries
                ],
            }
        )
        return
    print_rows(
        [
            (entry.fate.value, entry.direction.value, entry.at.isoformat(), entry.person.name)
            for entry in entries
        ]
    )
    if dry_run:
        typer.echo(str(len(lines)))


def _read(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise InvalidInput(
            Words(zh=f"檔案讀不出來：{source}", en=f"The file cannot be read: {source}"),
            field="source",
        ) from error
    text = raw.decode("utf-8-sig", "replace").replace("\0", "")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line


def _named(number: int, error: InvalidInput) -> Words:
    """Name a line by its number only: what stands there may be a name."""
    message, remedy = error.message, error.remedy
    return Words(
        zh=f"第 {number} 行：{message.zh}{remedy.zh}",
        en=f"Line {number}: {message.en} {remedy.en}",
    )
