"""What answers the Hub page over a real event; imported with the event, networks only when asked.

Called on the lanes `hub` and `reading`. A laptop that is the venue's hub itself asks that hub
through this machine's own loopback, with the same signed requests as any organizer.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.bootstrap import Desk
from app.domain.devices import DeviceRole, DeviceStatus, DeviceView
from app.domain.errors import Cancelled, HubUnreachable
from app.domain.facts import FactKind
from app.domain.words import Words
from app.services.hub_link import HubLink, find_hub_link, keep_hub_link
from app.services.opening import local_state
from app.services.profile import Profile, open_profile
from app.system_clock import SystemClock
from ui.hub.access import DeviceListing, FoundHub, Invite, JoinProgress, KeptAside, Moved, Tell
from ui.hub.file_watch import FileWatch
from ui.hub.letters import Letters
from ui.hub.own_hub import OwnHub
from ui.hub.sync_keeper import Source, SyncKeeper

if TYPE_CHECKING:
    from app.sync.hub_client import HubClient
    from app.wire.messages import DeviceMessage

T = TypeVar("T")
NO_HUB = Words("這個活動沒有加入同步中心。", "This event joined no hub.")
NO_HUB_REMEDY = Words("請先加入，或開啟這台的同步中心。", "Join one, or switch this laptop's on.")


class EventHub:
    """The open event's hub: the one it joined, or the one this laptop is."""

    def __init__(self, desk: Desk, own: OwnHub) -> None:
        self._desk = desk
        self._own = own

    @property
    def _event(self) -> str:
        return f"/v1/events/{self._desk.context.event_id}"

    def find_link(self) -> HubLink | None:
        """Return the hub this event joined."""
        with self._desk.context.database.read() as connection:
            return find_hub_link(connection)

    def find_nearby(self) -> tuple[FoundHub, ...]:
        """Ask the local network who is a hub."""
        return find_nearby()

    def join(self, url: str, code: str, progress: JoinProgress) -> HubLink:
        """Take part with the open event; who cancels has joined nothing."""
        from app.sync.joining import join_with_event  # noqa: PLC0415 - httpx, pydantic

        before = self.find_link()
        try:
            return join_with_event(self._desk.context, url, code, progress).link
        except Cancelled:
            with self._desk.context.database.write() as connection:
                keep_hub_link(connection, before)
            raise

    def leave(self) -> None:
        """Forget the hub."""
        with self._desk.context.database.write() as connection:
            keep_hub_link(connection, None)

    def list_devices(self) -> DeviceListing:
        """Ask the hub who is enrolled."""
        from app.wire.messages import DeviceListAnswer  # noqa: PLC0415 - pydantic

        answer = self._ask(lambda hub: hub.ask(DeviceListAnswer, "GET", f"{self._event}/devices"))
        devices = tuple(_device(one, self._desk.context.event_id) for one in answer.devices)
        return DeviceListing(devices=devices, quarantined=answer.quarantined, forks=answer.forks)

    def invite(self, role: DeviceRole, *, confirm: bool) -> Invite:
        """Ask the hub for a one-time code; its end is told by this laptop's clock."""
        from app.wire.messages import InvitationAnswer, InvitationRequest  # noqa: PLC0415

        body = InvitationRequest(role=role, confirm=confirm).model_dump_json().encode()

        def ask(hub: "HubClient") -> tuple[InvitationAnswer, int]:
            made = hub.ask(InvitationAnswer, "POST", f"{self._event}/invitations", body)
            return made, hub.clock.offset_ms if hub.clock is not None else 0

        answer, ahead_ms = self._ask(ask)
        return Invite(
            code=answer.code,
            url=answer.url,
            role=answer.role,
            expires_ms=answer.expires_ms - ahead_ms,
            confirm=answer.confirm,
        )

    def approve(self, device: str) -> None:
        """Admit a device."""
        self._tell_device(device, "approve", b"{}")

    def revoke(self, device: str, reason: str) -> None:
        """Shut a device out."""
        from app.wire.messages import RevokeRequest  # noqa: PLC0415 - pydantic

        self._tell_device(device, "revoke", RevokeRequest(reason=reason).model_dump_json().encode())

    def list_kept_aside(self) -> tuple[KeptAside, ...]:
        """Read what could not be taken, never what is in it."""
        with self._desk.context.database.read() as connection:
            rows = connection.execute(
                "SELECT device, why, facts, noted_ms FROM quarantine"
                " ORDER BY noted_ms DESC LIMIT 200"
            ).fetchall()
        return tuple(
            KeptAside(device=device, why=why, facts=facts, noted_ms=noted_ms)
            for device, why, facts, noted_ms in rows
        )

    def export_bundle(self, file: Path, tell: Tell) -> Moved:
        """Write everything here into one encrypted file."""
        from app.sync.bundle import export_bundle  # noqa: PLC0415 - pydantic

        return Moved(file=file, facts=export_bundle(self._desk.context, file, progress=tell))

    def import_bundle(self, file: Path, tell: Tell) -> Moved:
        """Take what a bundle brings."""
        from app.sync.bundle import import_bundle  # noqa: PLC0415 - pydantic

        brought = import_bundle(self._desk.context, file, progress=tell)
        return Moved(
            file=file,
            facts=brought.stored,
            known=brought.known,
            kept_aside=brought.quarantined,
            waiting=brought.waiting,
        )

    def _client(self) -> "HubClient":
        from app.sync.hub_client import DeviceKey, HubClient  # noqa: PLC0415 - httpx

        with self._desk.context.database.read() as connection:
            link, state = find_hub_link(connection), local_state(connection)
        if link is not None:
            url, hub_key = link.url, link.hub_key
        elif self._own.url:
            url = f"http://127.0.0.1:{self._own.told['port']}"
            hub_key = str(self._own.told["hub"])
        else:
            raise HubUnreachable(NO_HUB, remedy=NO_HUB_REMEDY)
        key = DeviceKey(state["device"], state["private_key"])
        return HubClient(url, hub_key=hub_key, device=key, event_id=self._desk.context.event_id)

    def _ask(self, ask: "Callable[[HubClient], T]") -> T:
        hub = self._client()
        try:
            return ask(hub)
        finally:
            hub.close()

    def _tell_device(self, device: str, what: str, body: bytes) -> None:
        from app.wire.messages import DeviceListAnswer  # noqa: PLC0415 - pydantic

        path = f"{self._event}/devices/{device}/{what}"
        self._ask(lambda hub: hub.ask(DeviceListAnswer, "POST", path, body))


class FirstJoin:
    """Joining from a laptop without an event: the event comes with it."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def find_nearby(self) -> tuple[FoundHub, ...]:
        """Ask the local network who is a hub."""
        return find_nearby()

    def join(self, url: str, code: str, progress: JoinProgress) -> str:
        """Receive the invitation's event and make it the current one; return its id."""
        from app.sync.joining import join_without_event  # noqa: PLC0415 - httpx, pydantic

        profile = open_profile(self._folder)
        return join_without_event(profile, url, code, progress, SystemClock()).event_id


def find_nearby() -> tuple[FoundHub, ...]:
    """Ask the local network who is a hub."""
    from app.sync.discovery import find_hubs  # noqa: PLC0415 - zeroconf

    return tuple(FoundHub(url=hub.url, label=hub.label) for hub in find_hubs())


def make_worker(desk: Desk, folder: Path | None, keeper: SyncKeeper) -> Source | None:
    """Return the exchange with the hub the event joined, None where it joined none."""
    with desk.context.database.read() as connection:
        link = find_hub_link(connection)
    if link is None:
        return None
    from app.sync.worker import SyncWorker  # noqa: PLC0415 - httpx, pydantic

    return SyncWorker(
        desk.context,
        link,
        on_status=keeper.take_status,
        on_facts=keeper.take_facts,
        on_revoked=partial(_erase, desk, open_profile(folder), keeper),
    )


def _erase(desk: Desk, profile: Profile, keeper: SyncKeeper) -> None:
    from app.sync.erasing import erase_private_data  # noqa: PLC0415 - hopefully never

    erase_private_data(profile, desk.context)
    keeper.take_facts({FactKind.PRIVATE_ERASED})


def make_watch(desk: Desk, keeper: SyncKeeper) -> Source:
    """Return what sees the facts this laptop's own hub writes into the event's file."""
    context = desk.context
    return FileWatch(context.database, context.journal.origin.device, keeper.take_facts)


def read_letters(desk: Desk) -> Letters:
    """Return which letters hubs gave the machines of the event."""
    own = desk.context.journal.origin.device
    with desk.context.database.read() as connection:
        rows = connection.execute(
            "SELECT id, label, letter FROM device WHERE letter<>'' AND revoked_ms IS NULL"
        ).fetchall()
    others = {label or device[:8]: letter for device, label, letter in rows if device != own}
    mine = next((letter for device, _label, letter in rows if device == own), "")
    return Letters(mine, others)


def _device(told: "DeviceMessage", event_id: str) -> DeviceView:
    return DeviceView(
        device=told.device,
        event_id=event_id,
        role=DeviceRole(told.role),
        status=DeviceStatus(told.status),
        label=told.label,
        letter=told.letter,
        words=tuple(told.words),
        public_key=told.public_key,
        enrolled_ms=told.enrolled_ms,
        last_contact_ms=told.last_contact_ms,
        facts=told.facts,
    )
