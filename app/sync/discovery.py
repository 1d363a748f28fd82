"""Hubs that tell the local network they are here; none, where the network does not let us ask.

What is found is only an address to try: a hub is known by its key, never by its name.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any

SERVICE = "_venuedesk._tcp.local."
LOOK_SECONDS = 2.0
_ASK_MS = 1_000


@dataclass(frozen=True, slots=True, order=True)
class FoundHub:
    """A hub on this network."""

    label: str
    url: str
    key_begins: str
    """The beginning of its public key, as it says itself."""


def find_hubs(seconds: float = LOOK_SECONDS) -> tuple[FoundHub, ...]:
    """Return the hubs that answer within some seconds, in order; none where that fails."""
    from zeroconf import Error, ServiceBrowser, Zeroconf  # noqa: PLC0415 - slow

    names: set[str] = set()
    lock = threading.Lock()

    def note(**told: Any) -> None:
        with lock:
            names.add(str(told["name"]))

    try:
        with Zeroconf() as network:
            browser = ServiceBrowser(network, SERVICE, handlers=[note])
            time.sleep(seconds)
            browser.cancel()
            with lock:
                found = sorted(names)
            infos = [network.get_service_info(SERVICE, name, timeout=_ASK_MS) for name in found]
    except (OSError, Error):
        return ()
    return tuple(
        sorted(
            _hub_at(address, info.port, info.decoded_properties)
            for info in infos
            if info is not None and info.port
            for address in info.parsed_addresses()[:1]
        )
    )


def _hub_at(address: str, port: int, told: dict[str, str | None]) -> FoundHub:
    host = f"[{address}]" if ":" in address else address
    return FoundHub(
        label=(told.get("name") or "")[:40],
        url=f"https://{host}:{port}",
        key_begins=(told.get("key") or "")[:16],
    )
