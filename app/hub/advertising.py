"""Tells the local network that a hub is here (mDNS), so that nobody types an address."""

import logging
import socket
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zeroconf import Zeroconf

SERVICE = "_venuedesk._tcp.local."
_log = logging.getLogger("app.hub")


class Advertisement:
    """A hub's name on the local network, while it serves."""

    def __init__(self, public_key: str, port: int, addresses: Sequence[str]) -> None:
        self._public_key = public_key
        self._port = port
        self._addresses = addresses
        self._starting: threading.Thread | None = None
        self._network: Zeroconf | None = None

    def start_aside(self) -> None:
        """Begin to tell, in a thread of its own: nobody waits for the network's second."""
        self._starting = threading.Thread(target=self._start, name="hub-mdns", daemon=True)
        self._starting.start()

    def _start(self) -> None:
        """Begin to tell; where the network does not let us it is only noted."""
        from zeroconf import Error, ServiceInfo, Zeroconf  # noqa: PLC0415 - only a hub needs it

        info = ServiceInfo(
            SERVICE,
            f"{_label()} {self._public_key[:8]}.{SERVICE}",
            port=self._port,
            properties={"key": self._public_key[:16], "api": "1", "name": _label()},
            parsed_addresses=list(self._addresses),
        )
        try:
            self._network = Zeroconf()
            self._network.register_service(info)
        except (OSError, Error) as error:
            _log.warning("the hub is not announced on the local network (%s)", type(error).__name__)
            self._close()

    def stop(self) -> None:
        """Say goodbye."""
        if self._starting is not None:
            self._starting.join()
        self._close()

    def _close(self) -> None:
        network, self._network = self._network, None
        if network is not None:
            network.close()


def _label() -> str:
    """Return the machine's name as far as a service name may hold it."""
    name = socket.gethostname().split(".")[0]
    return "".join(letter for letter in name if letter.isalnum() or letter == "-")[:40] or "hub"
