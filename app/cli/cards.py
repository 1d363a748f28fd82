"""`card`: do the card and the reader work? `card bind|unbind|whose`: cards as badges."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    open_current,
    plain,
    print_json,
    print_rows,
)
from app.domain.facts import PersonId

if TYPE_CHECKING:
    from app.services.bound_cards import BoundCard

card_app = typer.Typer(help="Cards and their readers.", invoke_without_command=True)
Who = Annotated[str, typer.Argument(help="Person id, as `people find` shows it.")]
CardText = Annotated[
    str,
    typer.Option(
        "--card", help="What a reader tells of it; without, the card in the reader is read."
    ),
]
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, metavar="SECONDS", help="Wait for a card to come.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays in the history.")]


@card_app.callback()
def card(
    context: typer.Context,
    *,
    wait: WaitOption = 0,
    identify: Annotated[
        bool, typer.Option("--identify", help="Also read name and ID number of an NHI card.")
    ] = False,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check the card in the reader: what it is, until when it holds. No PIN is ever sent."""
    if context.invoked_subcommand is not None:
        return
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


@card_app.command()
def bind(
    who: Who,
    *,
    card_text: CardText = "",
    wait: WaitOption = 0,
    reason: Reason = "",
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bind a card to somebody: from now on it is as good as a badge."""
    from app.services.bound_cards import BoundCardService

    read = _read(card_text, wait)
    with open_current(profile, event) as desk:
        bound = BoundCardService(desk.context).bind(PersonId(who), read, plain(reason))
    _answer(bound, as_json=as_json)


@card_app.command()
def unbind(
    who: Who,
    code: Annotated[str, typer.Argument(help="The card's code, as `people show` tells it.")],
    *,
    reason: Reason = "",
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a card back from somebody."""
    from app.services.bound_cards import BoundCardService

    with open_current(profile, event) as desk:
        done = BoundCardService(desk.context).unbind(PersonId(who), plain(code), plain(reason))
    _answer(done, as_json=as_json)


@card_app.command()
def whose(
    *,
    card_text: CardText = "",
    wait: WaitOption = 0,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whose a card is."""
    from app.services.bound_cards import BoundCardService

    read = _read(card_text, wait)
    with open_current(profile, event) as desk:
        bound = BoundCardService(desk.context).holder_of(read)
    _answer(bound, as_json=as_json)
    if bound is None:
        raise typer.Exit(1)


def _read(card_text: str, wait: float) -> str:
    """Return what a card tells: as given, else from the card in the reader."""
    from app.services.door_cards import read_any_card

    return plain(card_text) if card_text else read_any_card(wait)


def _answer(bound: "BoundCard | None", *, as_json: bool) -> None:
    """Print a bound card."""
    if as_json:
        document = None
        if bound is not None:
            document = {
                "person": bound.person.id,
                "name": bound.person.name,
                "unit": bound.person.unit,
                "code": bound.code,
                "bound_at": bound.bound_at.isoformat(),
                "revoked_at": bound.revoked_at.isoformat() if bound.revoked_at else None,
            }
        print_json({"card": document})
    elif bound is not None:
        print_rows([(bound.person.id, bound.person.name, bound.person.unit, bound.code)])
