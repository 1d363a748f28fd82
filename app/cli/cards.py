"""`card`: do the card and the reader work?"""

from typing import Annotated

import typer

from app.cli.output import JsonOption, ProfileOption, print_json


def card(
    *,
    wait: Annotated[
        float, typer.Option("--wait", min=0, metavar="SECONDS", help="Wait for a card to come.")
    ] = 0,
    identify: Annotated[
        bool, typer.Option("--identify", help="Also read name and ID number of an NHI card.")
    ] = False,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the card in the reader: what it is, until when it holds. No PIN is ever sent."""
    del profile  # every command takes it; a card belongs to no event
    from app.cli.card_output import as_document, print_check
    from app.services.card_checks import CardCheckService
    from app.services.card_findings import CheckTone

    service = CardCheckService()
    if wait:
        service.wait_for_card(wait)
    check = service.check_cards(identify=identify)
    if as_json:
        print_json(as_document(check))
    else:
        print_check(check)
    if check.finding.tone is CheckTone.BAD:
        raise typer.Exit(1)
