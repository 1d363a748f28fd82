"""`staff add|list|amend|pin`: who signs in at the desks of this event."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    language,
    open_current,
    print_json,
)
from app.domain.errors import InvalidInput, NotFound
from app.domain.staff import ROLE_WORDS, Role, StaffMember
from app.domain.text import fold_text
from app.domain.words import Words
from app.services.staff import StaffService

staff_app = typer.Typer(help="Staff who sign in by a PIN.", no_args_is_help=True)
PinFile = Annotated[
    Path | None, typer.Option("--pin-file", help="Text file whose first line is the PIN.")
]
Who = Annotated[str, typer.Argument(help="Name or id.")]
_ASK = Words(zh="PIN 碼（4 到 8 個數字）", en="PIN (4 to 8 digits)")
_AGAIN = Words(zh="再輸入一次", en="Once more")


@staff_app.command("list")
def list_all(
    *, profile: ProfileOption = None, event: EventOption = None, as_json: JsonOption = False
) -> None:
    """List everybody who may sign in or once could."""
    with open_current(profile, event) as desk:
        members = StaffService(desk.context).list_staff()
    if as_json:
        print_json({"staff": [_told(member) for member in members]})
        return
    for member in members:
        _print(member)


@staff_app.command()
def add(
    name: Annotated[str, typer.Argument(help="Name as records show it.")],
    *,
    role: Annotated[Role, typer.Option(help="What they work on.")] = Role.DOOR,
    pin_file: PinFile = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add somebody; from then on the window asks who is there."""
    with open_current(profile, event) as desk:
        service = StaffService(desk.context)
        _answer(service.add(name, role, _read_pin(pin_file)), as_json=as_json)


@staff_app.command()
def amend(
    who: Who,
    *,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    role: Annotated[Role | None, typer.Option(help="Another role.")] = None,
    active: Annotated[
        bool | None, typer.Option("--active/--gone", help="Whether they work here.")
    ] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change a name, a role, or whether somebody works here any more."""
    if name is None and role is None and active is None:
        raise typer.BadParameter("Say what to change: --name, --role, --active or --gone.")
    with open_current(profile, event) as desk:
        service = StaffService(desk.context)
        member = _get(service, who)
        _answer(service.amend(member.id, name=name, role=role, active=active), as_json=as_json)


@staff_app.command()
def pin(
    who: Who,
    *,
    pin_file: PinFile = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give somebody another PIN."""
    with open_current(profile, event) as desk:
        service = StaffService(desk.context)
        member = _get(service, who)
        _answer(service.set_pin(member.id, _read_pin(pin_file)), as_json=as_json)


def _get(service: StaffService, who: str) -> StaffMember:
    wanted = fold_text(who)
    for member in service.list_staff():
        if who == member.id or fold_text(member.name) == wanted:
            return member
    raise NotFound(
        Words(zh="沒有這位工作人員。", en="There is no such member of staff."),
        remedy=Words(zh="用 staff list 看有誰。", en="See who there is with: staff list"),
    )


def _read_pin(file: Path | None) -> str:
    """Return the PIN from a file, or typed without an echo; never an argument."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")[:64].split("\n", 1)[0].strip()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidInput(
                Words(zh=f"PIN 檔讀不出來：{file}", en=f"The PIN file cannot be read: {file}"),
                field="pin_file",
            ) from error
    if not sys.stdin.isatty():
        raise InvalidInput(
            Words(zh="沒有給 PIN 碼。", en="No PIN was given."),
            remedy=Words(
                zh="請用 --pin-file 指定檔案，或在終端機裡輸入。",
                en="Name a file with --pin-file, or type it on a terminal.",
            ),
            field="pin",
        )
    ask, again = _ASK.in_language(language()), _AGAIN.in_language(language())
    return str(typer.prompt(ask, hide_input=True, confirmation_prompt=again, err=True))


def _answer(member: StaffMember, *, as_json: bool) -> None:
    if as_json:
        print_json(_told(member))
    else:
        _print(member)


def _told(member: StaffMember) -> dict[str, Any]:
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role.value,
        "active": member.active,
        "has_pin": bool(member.pin),
    }


def _print(member: StaffMember) -> None:
    gone = "" if member.active else Words(zh="（已離開）", en=" (gone)").in_language(language())
    typer.echo(f"{member.name}\t{ROLE_WORDS[member.role].in_language(language())}{gone}")
