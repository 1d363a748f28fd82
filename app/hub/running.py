"""The hub of a profile: everything that runs from start to stop."""

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock
from app.hub.addresses import hub_url, is_loopback, list_addresses, open_listener
from app.hub.advertising import Advertisement
from app.hub.certificate import Certificate, get_certificate
from app.hub.hub import Hub, HubPlace
from app.hub.limits import HubLimits
from app.services.profile import Profile
from db.hub.engine import HubDatabase, open_hub_file, open_hub_server

DEFAULT_PORT = 8710
EVERYWHERE = "0.0.0.0"  # noqa: S104 - laptops at the venue come from other addresses
_URL_FILE = "url.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubOptions:
    """How a hub is to run."""

    database: str = ""
    """A PostgreSQL URL; empty for the profile's own file."""
    host: str = EVERYWHERE
    port: int = DEFAULT_PORT
    is_behind_proxy: bool = False
    url: str = ""
    """What other machines use, where it is not this machine's own address."""
    parent: str = ""
    parent_code: str = ""
    is_announced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What a hub says of itself once it serves."""

    url: str
    port: int
    hub_key: str
    events: int
    database: str
    stop: Callable[[], None]
    """Asks it to stop, from any thread."""


def hub_folder(profile: Profile) -> Path:
    """Return where a profile's hub keeps its things."""
    return profile.folder / "hub"


def open_hub_database(profile: Profile, url: str = "") -> HubDatabase:
    """Open the hub's database. Raises StorageFailed."""
    if url:
        return open_hub_server(url)
    return open_hub_file(hub_folder(profile) / "hub.db", profile.key().key)


def find_url(profile: Profile) -> str:
    """Return where this profile's hub serves, or would by default."""
    file = hub_folder(profile) / _URL_FILE
    with contextlib.suppress(OSError, ValueError, KeyError):
        return str(json.loads(file.read_text("utf-8"))["url"])
    return hub_url(EVERYWHERE, DEFAULT_PORT)


def run_hub(
    profile: Profile,
    options: HubOptions,
    clock: Clock,
    on_serving: Callable[[Serving], None],
    *,
    limits: HubLimits | None = None,
) -> None:
    """Serve in this thread until a signal or `Serving.stop` ends it. Raises VenueDeskError."""
    from app.hub.application import create_app  # noqa: PLC0415 - FastAPI; codes need no server
    from app.hub.serving import HubServer  # noqa: PLC0415

    listener = open_listener(options.host, options.port)
    port = int(listener.getsockname()[1])
    with contextlib.ExitStack() as stack:
        stack.callback(listener.close)
        database = open_hub_database(profile, options.database)
        stack.callback(database.close)
        certificate = get_certificate(hub_folder(profile), list_addresses())
        place = _place_of(options, port, certificate)
        hub = Hub(database, clock, place=place, limits=limits)
        hub.identity.begin_service()
        stack.callback(hub.close)
        _remember_url(profile, place.url)
        server = HubServer(
            create_app(hub),
            listener,
            certificate.server_context(),
            bells=hub.bells,
            silent_seconds=hub.limits.silent_seconds,
            on_ready=lambda: on_serving(
                Serving(
                    url=place.url,
                    port=port,
                    hub_key=hub.public_key,
                    events=len(hub.events.list_events()),
                    database=database.place,
                    stop=server.stop,
                )
            ),
        )
        stack.enter_context(_companions(hub, profile, options, clock, port))
        server.serve_forever()


def _place_of(options: HubOptions, port: int, certificate: Certificate) -> HubPlace:
    url = options.url.rstrip("/") or hub_url(
        options.host, port, is_behind_proxy=options.is_behind_proxy
    )
    digest = "" if options.is_behind_proxy else certificate.digest
    return HubPlace(url=url, certificate=digest, is_behind_proxy=options.is_behind_proxy)


@contextmanager
def _companions(
    hub: Hub, profile: Profile, options: HubOptions, clock: Clock, port: int
) -> Iterator[None]:
    """Run what works beside the server: own events, the parent, the name on the network."""
    from app.hub.home import HomeEvents  # noqa: PLC0415
    from app.hub.relay import Relay, enrol_at_parent, find_parent  # noqa: PLC0415

    home = HomeEvents(hub, profile, clock)
    advertisement = Advertisement(hub.public_key, port, list_addresses())
    is_announced = options.is_announced and not is_loopback(options.host)
    home.open_first()
    folder = hub_folder(profile)
    if options.parent:
        enrol_at_parent(hub, folder, options.parent, options.parent_code)
    parent = find_parent(folder)
    relay = Relay(hub, parent) if parent is not None else None
    home.start()
    if relay is not None:
        relay.start()
    if is_announced and not options.is_behind_proxy:
        advertisement.start_aside()
    try:
        yield
    finally:
        advertisement.stop()
        if relay is not None:
            relay.stop()
        home.stop()


def _remember_url(profile: Profile, url: str) -> None:
    folder = hub_folder(profile)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _URL_FILE).write_text(json.dumps({"url": url}), "utf-8")
