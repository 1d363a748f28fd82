"""The three things the Hub page works with."""

from dataclasses import dataclass

from ui.hub.access import HubAccess
from ui.hub.own_hub import OwnHub
from ui.hub.sync_keeper import SyncKeeper


@dataclass(frozen=True, slots=True)
class HubSide:
    """The event's hub, the exchange with it, and the hub this laptop may run."""

    access: HubAccess
    exchange: SyncKeeper
    own: OwnHub
