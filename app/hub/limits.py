"""How much one device or one address may ask of a hub."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLimits:
    """Limits of one hub process; tests make them smaller."""

    packed_bytes: int = 2 * 2**20
    """A packed request body."""
    body_bytes: int = 8 * 2**20
    """A request body as it is read."""
    body_seconds: float = 30.0
    silent_seconds: float = 20.0
    """How long a connection may be open without having asked anything."""
    device_rate: float = 100.0
    """Requests a second of one device, on average."""
    device_burst: int = 400
    address_rate: float = 500.0
    """Requests a second of one address; a whole school may stand behind one."""
    address_burst: int = 2_000
    enrol_rate: float = 1.0
    """Tries a second with a code from one address."""
    enrol_burst: int = 60
    at_once: int = 200
    """Requests in work, bells apart."""
    listeners: int = 2_000
    device_listeners: int = 4
    nonce_seconds: int = 300


class TokenBuckets:
    """A rate limit for each of many names, of which the least recent are forgotten."""

    def __init__(
        self,
        rate: float,
        burst: int,
        *,
        most: int = 10_000,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._most = most
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_of(self, name: str) -> float:
        """Take one token; return 0, or the seconds until there is one."""
        now = self._now()
        tokens, at = self._buckets.pop(name, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - at) * self._rate)
        has_one = tokens >= 1
        self._buckets[name] = (tokens - has_one, now)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0.0 if has_one else (1 - tokens) / self._rate
