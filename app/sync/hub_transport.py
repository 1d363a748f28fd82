"""Bytes to a hub and back: connections, proxies, packing, limits. What they say is not judged here.

Every failure becomes a HubUnreachable in words.
"""

import contextlib
import gzip
import socket
import ssl
import time
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from app.sync.hub_address import is_near
from app.sync.hub_errors import (
    DAMAGED,
    OVERSIZED,
    PROXY_FAILED,
    PROXY_SIGN_IN,
    TOO_SLOW,
    connection_words,
    unreachable,
)

MOST_PACKED = 8 * 2**20
MOST_UNPACKED = 32 * 2**20
_WORTH_PACKING = 1_024
_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
_PROXY_ASKS = 407


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What came back, unpacked, and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent_ms: int
    """Our wall clock when the request was sent."""
    round_trip_ms: int


class HubTransport:
    """Connections to one address under one way of looking at certificates."""

    def __init__(self, url: str, trust: ssl.SSLContext | None) -> None:
        """`trust` is None for plain HTTP, which only this machine itself is asked with."""
        self._sockets: deque[socket.socket] = deque(maxlen=4)
        near = is_near(urlsplit(url).hostname or "")
        self._client = httpx.Client(
            base_url=url,
            verify=trust if trust is not None else False,
            trust_env=not near,  # a school's proxy does not lead to the venue's own network
            timeout=_TIMEOUT,
            follow_redirects=False,
            headers={"Accept-Encoding": "gzip", "User-Agent": "venuedesk"},
            limits=httpx.Limits(max_connections=2, keepalive_expiry=30.0),
        )

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def give_up(self) -> None:
        """Let whatever is under way in another thread fail now."""
        for opened in list(self._sockets):
            with contextlib.suppress(OSError):  # closed long ago
                socket.socket.shutdown(opened, socket.SHUT_RDWR)

    def _trace(self, step: str, info: dict[str, Any]) -> None:
        """Note each connection as it is opened."""
        if step.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(info["return_value"].get_extra_info("socket"))

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> RawAnswer:
        """Send a request and read all of the answer. Raises HubUnreachable."""
        packed, named = body, dict(headers)
        if body:
            named["Content-Type"] = "application/json"
        if len(body) > _WORTH_PACKING:
            packed, named["Content-Encoding"] = gzip.compress(body, 1, mtime=0), "gzip"
        sent_ms, started = time.time_ns() // 1_000_000, time.monotonic_ns()
        with (
            _in_words(),
            self._client.stream(
                method,
                path,
                content=packed or None,
                headers=named,
                extensions={"trace": self._trace},
            ) as response,
        ):
            _check_proxy(response)
            content = _read(response)
            took = (time.monotonic_ns() - started) // 1_000_000
            return RawAnswer(response.status_code, response.headers, content, sent_ms, took)

    @contextmanager
    def listen(
        self, path: str, headers: Mapping[str, str], *, silence_seconds: float
    ) -> Iterator[httpx.Response]:
        """Keep a request open whose answer goes on and on. Raises HubUnreachable.

        Given up after `silence_seconds` without a byte.
        """
        timeout = httpx.Timeout(silence_seconds, connect=5.0)
        with (
            _in_words(),
            self._client.stream(
                "GET",
                path,
                headers=dict(headers),
                timeout=timeout,
                extensions={"trace": self._trace},
            ) as response,
        ):
            _check_proxy(response)
            yield response


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except httpx.ProxyError as error:
        asks = str(_PROXY_ASKS) in str(error)
        raise unreachable(PROXY_SIGN_IN if asks else PROXY_FAILED) from error
    except httpx.TimeoutException as error:
        raise unreachable(TOO_SLOW) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise unreachable(connection_words(error)) from error


def _check_proxy(response: httpx.Response) -> None:
    if response.status_code == _PROXY_ASKS:
        raise unreachable(PROXY_SIGN_IN)


def _read(response: httpx.Response) -> bytes:
    """Return the body, unpacked within limits, whole or not at all."""
    packed = bytearray()
    for block in response.iter_raw():
        packed += block
        if len(packed) > MOST_PACKED:
            raise unreachable(OVERSIZED)
    if response.headers.get("Content-Encoding", "").lower() != "gzip":
        return bytes(packed)
    unpacking = zlib.decompressobj(wbits=31)
    try:
        body = unpacking.decompress(bytes(packed), MOST_UNPACKED)
    except zlib.error as error:
        raise unreachable(DAMAGED) from error
    if unpacking.unconsumed_tail:
        raise unreachable(OVERSIZED)
    if not unpacking.eof:
        raise unreachable(DAMAGED)
    return body
