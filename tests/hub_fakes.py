"""A stand-in for the hub behind its pages: plain lists; every name is invented."""

# ruff: noqa: ARG002 - the services' own signatures

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.devices import DeviceRole, DeviceStatus, DeviceView
from app.domain.errors import Cancelled
from app.services.hub_link import HubLink
from app.sync.status import SyncStatus
from ui.background import InlineTaskRunner
from ui.hub.access import DeviceListing, FoundHub, Invite, JoinProgress, KeptAside, Moved, Tell
from ui.hub.own_hub import OwnHub, OwnHubState
from ui.hub.side import HubSide
from ui.hub.sync_keeper import SyncKeeper

SIX = ("lusab", "babad", "gutih", "tugad", "mudof", "sakat")
CODE = "7K3M-9QXT-4ZB8-W2CH-5NRVA-8DEJK"
URL = "https://192.168.1.20:8710"
LINK = HubLink(
    url=URL, hub_key="ab" * 32, role="organizer", letter="B", label="教務處筆電", words=SIX
)
NOW_MS = 1_691_370_720_000


def make_device(number: int, status: DeviceStatus = DeviceStatus.ADMITTED, **more) -> DeviceView:
    """Return an invented machine."""
    plain = {
        "device": f"0190f{number:03d}-0000-7000-8000-000000000000",
        "event_id": "E1",
        "role": DeviceRole.STATION,
        "status": status,
        "label": f"報到台 {number}",
        "letter": "ABCDEFGH"[number],
        "words": SIX,
        "public_key": f"{number:02x}" * 32,
        "enrolled_ms": NOW_MS,
        "last_contact_ms": NOW_MS - number * 61_000,
        "facts": number * 1_234,
    }
    return DeviceView(**{**plain, **more})


DEVICES = (
    make_device(0, role=DeviceRole.ORGANIZER, label="主控台", facts=4_821),
    make_device(1),
    make_device(2),
    make_device(3, DeviceStatus.REVOKED, label="舊筆電"),
    make_device(4, DeviceStatus.WAITING, label="大門右側", facts=0, last_contact_ms=None),
)


@dataclass
class FakeHub:
    """Answers from plain fields; keeps what it was asked to do."""

    link: HubLink | None = None
    nearby: tuple[FoundHub, ...] = ()
    listing: DeviceListing = field(default_factory=DeviceListing)
    kept: tuple[KeptAside, ...] = ()
    error: Exception | None = None
    asked: list[tuple] = field(default_factory=list)

    def find_link(self) -> HubLink | None:
        return self.link

    def find_nearby(self) -> tuple[FoundHub, ...]:
        return self.nearby

    def join(self, url: str, code: str, progress: JoinProgress) -> HubLink:
        self.asked.append(("join", url, code))
        if self.error is not None:
            raise self.error
        progress.words = SIX
        if progress.is_cancelled:
            raise Cancelled
        self.link = LINK
        return LINK

    def leave(self) -> None:
        self.asked.append(("leave",))
        self.link = None

    def list_devices(self) -> DeviceListing:
        if self.error is not None:
            raise self.error
        return self.listing

    def invite(self, role: DeviceRole, *, confirm: bool) -> Invite:
        self.asked.append(("invite", role, confirm))
        return Invite(code=CODE, url=URL, role=role, expires_ms=NOW_MS + 599_000, confirm=confirm)

    def approve(self, device: str) -> None:
        self.asked.append(("approve", device))
        self._change(device, DeviceStatus.ADMITTED)

    def revoke(self, device: str, reason: str) -> None:
        self.asked.append(("revoke", device, reason))
        self._change(device, DeviceStatus.REVOKED)

    def list_kept_aside(self) -> tuple[KeptAside, ...]:
        return self.kept

    def export_bundle(self, file: Path, tell: Tell) -> Moved:
        return Moved(file=file, facts=120)

    def import_bundle(self, file: Path, tell: Tell) -> Moved:
        return Moved(file=file, facts=20, known=100, kept_aside=1)

    def _change(self, device: str, status: DeviceStatus) -> None:
        devices = tuple(
            replace(one, status=status) if one.device == device else one
            for one in self.listing.devices
        )
        self.listing = replace(self.listing, devices=devices)


class StillHub(OwnHub):
    """The hub of this laptop without a process."""

    def __init__(self) -> None:
        super().__init__(Path("profile"))

    def start(self) -> None:
        self.told = {"url": URL, "port": 8710}
        self._show(OwnHubState.SERVING)


def hub_side(access: FakeHub, status: SyncStatus | None = None) -> HubSide:
    """Return the three things the page works with, at rest."""
    keeper = SyncKeeper(InlineTaskRunner(), print)
    keeper.status = status
    return HubSide(access, keeper, StillHub())
