"""`hub`: runs the hub; invites, lists, approves and revokes devices on its database."""

import contextlib
import datetime as dt
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.bootstrap import build_events
from app.cli.output import JsonOption, ProfileOption, plain, print_json, print_rows, say
from app.domain.devices import DeviceRole, DeviceView
from app.domain.errors import NotFound
from app.domain.words import Words
from app.system_clock import SystemClock

if TYPE_CHECKING:
    from app.hub.hub import Hub
    from app.hub.running import Serving

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        help="postgresql+psycopg:// URL (default: the profile's own file).",
        envvar="VENUEDESK_HUB_DATABASE",
    ),
]
EventOption = Annotated[
    str | None, typer.Option("--event", help="Event id (default: the hub's only event).")
]
DeviceArgument = Annotated[str, typer.Argument(help="Device id, or the beginning of one.")]
hub_app = typer.Typer(
    help="Run the hub: one truth for several laptops.", invoke_without_command=True
)


@hub_app.callback()
def serve(
    context: typer.Context,
    *,
    database: DatabaseOption = "",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="TCP port.")] = 8710,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "0.0.0.0",  # noqa: S104 - laptops come from other addresses
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy of your own does TLS.")
    ] = False,
    url: Annotated[
        str, typer.Option("--url", help="URL that invitations name, behind a proxy.")
    ] = "",
    parent: Annotated[str, typer.Option("--parent", help="URL of the hub above this one.")] = "",
    parent_code: Annotated[
        str, typer.Option("--parent-code", help="Its code for a relay, the first time.")
    ] = "",
    announce: Annotated[
        bool, typer.Option("--announce/--no-announce", help="Tell the local network (mDNS).")
    ] = True,
    while_stdin: Annotated[
        bool, typer.Option("--while-stdin", help="Also stop when standard input ends.")
    ] = False,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the hub until it is stopped (Ctrl+C)."""
    if context.invoked_subcommand is not None:
        if profile is not None or as_json:
            raise typer.BadParameter("--profile and --json go after the command's name.")
        return
    from app.hub.running import HubOptions, run_hub

    options = HubOptions(
        database=database,
        host=host,
        port=port,
        is_behind_proxy=behind_proxy,
        url=url,
        parent=parent,
        parent_code=parent_code,
        is_announced=announce,
    )
    found, _events = build_events(profile)

    def serving_began(serving: "Serving") -> None:
        _tell(serving, as_json=as_json)
        if while_stdin:
            threading.Thread(target=_stop_with_stdin, args=(serving,), daemon=True).start()

    run_hub(found, options, SystemClock(), serving_began)


def _stop_with_stdin(serving: "Serving") -> None:
    """Stop when whoever started this is gone: however a program ends, its end of a pipe closes."""
    with contextlib.suppress(OSError):
        while os.read(0, 1_024):  # not sys.stdin, whose lock would outlive the interpreter
            pass
    serving.stop()


def _tell(serving: "Serving", *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "url": serving.url,
                "port": serving.port,
                "hub": serving.hub_key,
                "events": serving.events,
                "database": serving.database,
            }
        )
        return
    typer.echo(serving.url)
    if sys.stdout.isatty():
        _print_qr(serving.url)
    say(
        Words(
            zh="同步中心已開啟。按 Ctrl+C 停止。邀請一台電腦：venuedesk hub invite",
            en="The hub is running; Ctrl+C stops it. Invite a laptop: venuedesk hub invite",
        )
    )


def _print_qr(text: str) -> None:
    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(text)
    code.print_ascii(out=sys.stdout, invert=True)  # type: ignore[attr-defined] # the stubs miss it


@contextmanager
def _open_hub(profile: Path | None, database: str) -> Iterator[tuple["Hub", str]]:
    """Open a hub's database without serving; yield it and where it is reached."""
    from app.hub.hub import Hub, HubPlace
    from app.hub.running import find_url, open_hub_database

    found, _events = build_events(profile)
    url = find_url(found)
    opened = open_hub_database(found, database)
    try:
        yield Hub(opened, SystemClock(), place=HubPlace(url=url)), url
    finally:
        opened.close()


@hub_app.command()
def invite(
    *,
    role: Annotated[
        DeviceRole | None,
        typer.Option("--role", help="What it may do. Default: station; organizer at an empty hub."),
    ] = None,
    event: EventOption = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Somebody compares six words and approves.")
    ] = False,
    database: DatabaseOption = "",
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time code for a laptop (or a browser, with --role viewer)."""
    with _open_hub(profile, database) as (hub, url):
        event_id = _event_of(hub, profile, event, role)
        # Whoever comes to an empty hub brings the event, and may invite the others.
        role = role or (DeviceRole.STATION if event_id else DeviceRole.ORGANIZER)
        made = hub.devices.invite(event_id, role, confirm=confirm)
    expires = dt.datetime.fromtimestamp(made.expires_ms / 1000, dt.UTC).astimezone()
    if as_json:
        print_json(
            {
                "code": made.code,
                "url": url,
                "role": role.value,
                "event": event_id,
                "expires_at": expires.isoformat(timespec="seconds"),
                "confirm": confirm,
            }
        )
        return
    print_rows([(made.code, url, role.value, expires.strftime("%H:%M"))])


def _event_of(hub: "Hub", profile: Path | None, wanted: str | None, role: DeviceRole | None) -> str:
    """Return the event an invitation is for: named, the only one, or the profile's current one.

    A laptop that never ran the hub has its event all the same: it is enrolled now.
    """
    known = [event.event_id for event in hub.events.list_events()]
    if wanted:
        if wanted not in known:
            raise _no_event(wanted)
        return wanted
    found, _events = build_events(profile)
    current = found.find_current()
    if current is not None and (current in known or not known):
        return current
    if len(known) == 1:
        return known[0]
    if (not known and role is None) or role in {DeviceRole.ORGANIZER, DeviceRole.RELAY}:
        return ""  # for whatever event it brings
    raise _no_event("")


def _no_event(wanted: str) -> NotFound:
    if wanted:
        message = Words(zh="同步中心沒有這個活動。", en="This event is not at the hub.")
    else:
        message = Words(
            zh="同步中心沒有活動，或有好幾個。", en="The hub has no event, or several of them."
        )
    return NotFound(
        message,
        remedy=Words(
            zh="請用 --event 指定活動，或先用 --role organizer 邀請帶活動來的電腦。",
            en="Name one with --event, or invite the laptop that brings it with --role organizer.",
        ),
    )


@hub_app.command()
def devices(
    *,
    event: EventOption = None,
    database: DatabaseOption = "",
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """List who takes part."""
    with _open_hub(profile, database) as (hub, _url):
        found = _views(hub, event)
    if as_json:
        print_json(
            {
                "devices": [
                    {
                        "device": view.device,
                        "event": view.event_id,
                        "role": view.role.value,
                        "status": view.status.value,
                        "label": view.label,
                        "letter": view.letter,
                        "words": list(view.words),
                        "enrolled_at": _moment(view.enrolled_ms),
                        "last_contact_at": _moment(view.last_contact_ms),
                        "facts": view.facts,
                    }
                    for view in found
                ]
            }
        )
        return
    print_rows(
        [(v.device, v.role, v.status, v.letter, v.label, v.facts, " ".join(v.words)) for v in found]
    )


def _moment(at_ms: int | None) -> str | None:
    if at_ms is None:
        return None
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).astimezone().isoformat("T", "seconds")


def _views(hub: "Hub", event: str | None) -> list[DeviceView]:
    events = [item.event_id for item in hub.events.list_events()]
    if event is not None and event not in events:
        raise _no_event(event)
    chosen = [event] if event is not None else events
    return [view for event_id in chosen for view in hub.devices.list_devices(event_id)]


@hub_app.command()
def approve(
    device: DeviceArgument,
    *,
    event: EventOption = None,
    database: DatabaseOption = "",
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Admit a device whose six words were compared."""
    with _open_hub(profile, database) as (hub, _url):
        view = _find_device(hub, device, event)
        hub.devices.approve(view.event_id, view.device)
    _tell_status(view, "admitted", as_json=as_json)


@hub_app.command()
def revoke(
    device: DeviceArgument,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; no names of people.")] = "",
    event: EventOption = None,
    database: DatabaseOption = "",
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a device from the event; what it recorded stays."""
    with _open_hub(profile, database) as (hub, _url):
        view = _find_device(hub, device, event)
        hub.devices.revoke(view.event_id, view.device, reason=plain(reason)[:200])
    _tell_status(view, "revoked", as_json=as_json)


def _find_device(hub: "Hub", wanted: str, event: str | None) -> DeviceView:
    """Return the one device that a beginning of an id (or a letter) names. Raises NotFound."""
    found = _views(hub, event)
    exact = [view for view in found if view.device == wanted]
    matching = exact or [view for view in found if view.device.startswith(wanted) and wanted]
    if len(matching) != 1:
        raise NotFound(
            Words(
                zh=f"沒有剛好一台裝置的代號是「{wanted}」開頭。",
                en=f"Not exactly one device's id begins with {wanted}.",
            ),
            remedy=Words(
                zh="用 venuedesk hub devices 看代號。", en="See venuedesk hub devices for the ids."
            ),
        )
    return matching[0]


def _tell_status(view: DeviceView, status: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"device": view.device, "event": view.event_id, "status": status})
    else:
        print_rows([(view.device, status, view.label)])
