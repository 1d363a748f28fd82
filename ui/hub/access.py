"""What the hub's pages ask; the composition root hands over something that answers.

Everything here may wait for a network, so pages call it on the lane `hub` and nowhere else.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.devices import DeviceRole, DeviceView
from app.services.hub_link import HubLink


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHub:
    """A hub that answers on this network."""

    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time code as it was just made; it is shown once."""

    code: str
    url: str
    role: DeviceRole
    expires_ms: int
    confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceListing:
    """Everybody enrolled, and what the hub keeps aside."""

    devices: tuple[DeviceView, ...] = ()
    quarantined: int = 0
    forks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAside:
    """Facts that came and could not be taken; nothing of them is lost."""

    device: str
    why: str
    """One of `app.domain.exchange.Fault`."""
    facts: int
    noted_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a bundle did."""

    file: Path
    facts: int
    known: int = 0
    kept_aside: int = 0
    waiting: int = 0
    """They follow facts that are not here yet: another bundle or the hub has those."""


Tell = Callable[[int], None]
"""Told how many facts are done; may raise Cancelled."""


class JoinProgress:
    """How far joining is: plain values the worker writes and the window reads on its own clock."""

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        """The six words, while somebody compares them."""
        self.received = 0
        self.expected: int | None = None
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._stop.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep while the hub decides; True as soon as somebody asked the work to stop."""
        return self._stop.wait(seconds)


class HubAccess(Protocol):
    """This event's hub, wherever it stands, and the ways facts travel without one."""

    def find_link(self) -> HubLink | None:
        """Return the hub this event joined, None where it joined none."""
        ...

    def find_nearby(self) -> tuple[FoundHub, ...]:
        """Return the hubs this network answers with; takes a second or two."""
        ...

    def join(self, url: str, code: str, progress: JoinProgress) -> HubLink:
        """Enrol this event at a hub. Raises HubUnreachable, HubRefused, Cancelled."""
        ...

    def leave(self) -> None:
        """Forget the hub; everything recorded stays here."""
        ...

    def list_devices(self) -> DeviceListing:
        """Return everybody enrolled for this event. Raises HubUnreachable, HubRefused."""
        ...

    def invite(self, role: DeviceRole, *, confirm: bool) -> Invite:
        """Make a one-time code. Raises HubUnreachable, HubRefused."""
        ...

    def approve(self, device: str) -> None:
        """Admit a device whose six words are the same on both screens."""
        ...

    def revoke(self, device: str, reason: str) -> None:
        """Shut a device out; its next contact erases private data on it."""
        ...

    def list_kept_aside(self) -> tuple[KeptAside, ...]:
        """Return what arrived and could not be taken."""
        ...

    def export_bundle(self, file: Path, tell: Tell) -> Moved:
        """Write everything here into one encrypted file."""
        ...

    def import_bundle(self, file: Path, tell: Tell) -> Moved:
        """Take what a file brings. Raises InvalidInput with words for a wrong or damaged one."""
        ...
