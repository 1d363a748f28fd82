"""The Hub page: how the exchange stands, who takes part, invitations, bundles."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.devices import INVITES, DeviceRole
from app.domain.words import Words
from app.services.hub_link import HubLink
from app.sync.status import SyncStatus
from ui.background import LaneName, ProgressReport
from ui.changes import Change
from ui.hub.access import DeviceListing, Invite, Moved, Tell
from ui.hub.own_hub import OwnHubState
from ui.hub.pages import wording
from ui.hub.side import HubSide
from ui.language import say
from ui.place import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPicture:
    """Everything that decides what the page shows."""

    link: HubLink | None = None
    status: SyncStatus | None = None
    own: OwnHubState = OwnHubState.OFF
    own_url: str = ""
    own_details: str = ""
    """What a hub that ended by itself said last."""

    @property
    def is_serving(self) -> bool:
        """Whether this laptop is the venue's hub now."""
        return self.own is OwnHubState.SERVING

    @property
    def can_invite(self) -> bool:
        """Whether machines can be invited and shut out from here."""
        is_organizer = self.link is not None and self.link.role in INVITES
        return self.is_serving or (is_organizer and self.link is not None and self.link.is_admitted)


class HubViewModel(QObject):
    """Asks the hub in the background and says what it answered.

    Signals:
        pictured: a HubPicture.
        devices_loaded: a DeviceListing.
        kept_loaded: tuple of KeptAside.
        invited: an Invite, shown once.
        approved, revoked: the id of a device.
    """

    pictured = Signal(object)
    devices_loaded = Signal(object)
    kept_loaded = Signal(tuple)
    invited = Signal(object)
    approved = Signal(str)
    revoked = Signal(str)

    def __init__(self, side: HubSide, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._desk = desk
        self._is_asking = False
        self.picture = HubPicture()
        side.exchange.status_changed.connect(lambda _status: self._show())
        side.own.changed.connect(self._on_own_changed)

    @property
    def side(self) -> HubSide:
        """The hub's access, the exchange and this laptop's own hub."""
        return self._side

    def load(self) -> None:
        """Read which hub this event joined, then ask it."""
        self._run(self._side.access.find_link, self._on_link, lane="reading")

    def load_devices(self) -> None:
        """Ask who takes part; a question under way is not asked again."""
        if self.picture.can_invite and not self._is_asking:
            self._is_asking = True
            run = self._desk.tasks.run
            run(
                self,
                self._side.access.list_devices,
                self._on_devices,
                self._on_no_devices,
                lane="hub",
            )

    def load_kept(self) -> None:
        """Read what could not be taken here."""
        self._run(self._side.access.list_kept_aside, self.kept_loaded.emit, lane="reading")

    def sync_now(self) -> None:
        """Exchange at once."""
        self._side.exchange.poke()

    def leave(self) -> None:
        """Forget the hub."""
        self._run(self._side.access.leave, self._on_left)

    def switch_own(self, *, is_on: bool) -> None:
        """Let this laptop be the venue's hub, or no longer."""
        self._side.own.switch(is_on=is_on)

    def invite(self, role: DeviceRole, *, confirm: bool) -> None:
        """Make a one-time code."""
        self._run(partial(self._side.access.invite, role, confirm=confirm), self._on_invited)

    def approve(self, device: str) -> None:
        """Admit a machine whose words are the same."""
        self._run(partial(self._side.access.approve, device), partial(self._on_approved, device))

    def revoke(self, device: str, reason: str) -> None:
        """Shut a machine out."""
        work = partial(self._side.access.revoke, device, reason)
        self._run(work, partial(self._on_revoked, device))

    def export_bundle(self, file: Path) -> None:
        """Write a bundle."""
        self._move(wording.EXPORTING, partial(self._side.access.export_bundle, file), self._on_out)

    def import_bundle(self, file: Path) -> None:
        """Read a bundle."""
        self._move(wording.IMPORTING, partial(self._side.access.import_bundle, file), self._on_in)

    def joined(self) -> None:
        """This laptop just joined: the event is opened anew with its exchange."""
        self._desk.notice(say(wording.JOINED))
        self._desk.changes.tell(Change.EVENT)

    # --- inside

    def _run(
        self, work: Callable[[], Any], on_done: Callable[[Any], object], *, lane: LaneName = "hub"
    ) -> None:
        self._desk.tasks.run(self, work, on_done, self._desk.report, lane=lane)

    def _move(
        self, title: Words, work: Callable[[Tell], Moved], on_done: Callable[[Moved], None]
    ) -> None:
        def run(report: ProgressReport) -> Moved:
            def tell(facts: int) -> None:
                report.raise_if_cancelled()
                report.done = facts

            return work(tell)

        self._desk.long_work(say(title), run, on_done, owner=self)

    def _on_link(self, link: HubLink | None) -> None:
        self._show(link=link)
        self.load_devices()
        self.load_kept()

    def _on_own_changed(self) -> None:
        self._show()
        self.load_devices()

    def _show(self, **changed: Any) -> None:
        own = self._side.own
        link = changed.get("link", self.picture.link)
        self.picture = HubPicture(
            link=link,
            status=self._side.exchange.status,
            own=own.state,
            own_url=own.url,
            own_details=own.details,
        )
        self.pictured.emit(self.picture)

    def _on_devices(self, listing: DeviceListing) -> None:
        self._is_asking = False
        self.devices_loaded.emit(listing)

    def _on_no_devices(self, _error: Exception) -> None:
        # Asked every few seconds: what is wrong with the hub is told by the exchange, once.
        self._is_asking = False

    def _on_left(self, _none: object) -> None:
        self._desk.notice(say(wording.LEFT))
        self._desk.changes.tell(Change.EVENT)

    def _on_invited(self, invite: Invite) -> None:
        self.invited.emit(invite)

    def _on_approved(self, device: str, _none: object) -> None:
        self._desk.notice(say(wording.APPROVED))
        self.approved.emit(device)
        self.load_devices()

    def _on_revoked(self, device: str, _none: object) -> None:
        self._desk.notice(say(wording.REVOKED))
        self.revoked.emit(device)
        self.load_devices()

    def _on_out(self, moved: Moved) -> None:
        self._desk.notice(say(wording.exported(moved.facts, moved.file.name)))

    def _on_in(self, moved: Moved) -> None:
        self._desk.notice(say(wording.imported(moved)))
        self._desk.changes.tell(*(set(Change) - {Change.EVENT}))
        self.load_kept()
