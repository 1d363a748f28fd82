"""`preflight`: is this desk ready to open the doors?"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    language,
    open_current,
    print_json,
    print_rows,
)
from app.domain.preflight import LIGHT_WORDS, Light, worst


def preflight(
    *,
    session: SessionOption,
    out: Annotated[
        Path | None, typer.Option("--out", help="PDF to write: the sheet to sign.")
    ] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at this laptop before the doors open; ends with 1 where something is red."""
    from app.services.preflight import PreflightService

    with open_current(profile, event) as desk:
        service = PreflightService(desk.context)
        findings = service.look(session)
        written = service.write_sheet(session, findings, out) if out is not None else None
    spoken = language()
    if as_json:
        print_json(
            {
                "light": worst(findings).value,
                "findings": [
                    {
                        "code": finding.code,
                        "light": finding.light.value,
                        "told": finding.told.in_language(spoken),
                        "remedy": finding.remedy.in_language(spoken) if finding.remedy else None,
                    }
                    for finding in findings
                ],
                "file": str(written) if written else None,
            }
        )
    else:
        print_rows(
            [
                (
                    LIGHT_WORDS[finding.light].in_language(spoken),
                    finding.title.in_language(spoken),
                    finding.told.in_language(spoken),
                    finding.remedy.in_language(spoken) if finding.remedy else "",
                )
                for finding in findings
            ]
        )
    if worst(findings) is Light.RED:
        raise typer.Exit(1)
