"""Around every route: limits, unpacking, refusals for all that fails, signed and packed answers."""

import asyncio
import gzip
import logging
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from app.hub.bodies import Receive, read_body
from app.hub.hub import Hub
from app.hub.limits import TokenBuckets
from app.hub.refusals import Refused
from app.wire.messages import RefusalCode
from app.wire.signing import CHALLENGE_HEADER, HUB_SIGNATURE_HEADER, NONCE_HEADER, SignedAnswer

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_WORTH_PACKING = 1024
_LARGE = 64 * 1024
_LOOPBACK = ("127.", "::1", "::ffff:127.")
_log = logging.getLogger("app.hub")


class Envelope:
    """The outermost layer of the hub's application."""

    def __init__(self, app: App, hub: Hub) -> None:
        self._app = app
        self._hub = hub
        limits = hub.limits
        self._addresses = TokenBuckets(limits.address_rate, limits.address_burst)
        self._in_work = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers_of(scope)
        answer = _Answer(self._hub, scope, headers, send)
        self._in_work += 1
        try:
            self._check_door(scope, headers)
            body = await read_body(receive, headers, self._hub.limits)
            await self._app(scope, _Replay(body, receive), answer.collect)
        except Refused as refused:
            answer.replace(refused, headers)
        except Exception as error:  # noqa: BLE001 - the outer edge of the hub
            _tell_fault(error)
            answer.replace(Refused(RefusalCode.BUSY, status=500), headers)
        finally:
            self._in_work -= 1
            self._hub.counters.count_request(scope["method"], _route_of(scope), answer.status)
        await answer.finish()

    def _check_door(self, scope: Scope, headers: dict[str, str]) -> None:
        """Turn away who asks too much or in the clear. Raises Refused."""
        address = _address_of(scope, headers, is_behind_proxy=self._hub.place.is_behind_proxy)
        scope.setdefault("state", {})["address"] = address
        is_clear = scope.get("scheme") != "https" and not address.startswith(_LOOPBACK)
        if is_clear and not self._hub.place.is_behind_proxy:
            is_page = scope["path"] == "/" and self._hub.place.url.startswith("https://")
            raise Refused(
                RefusalCode.NEEDS_HTTPS,
                location=f"{self._hub.place.url}/" if is_page else "",
            )
        wait = self._addresses.wait_of(address)
        if wait:
            raise Refused(RefusalCode.TOO_MANY, retry_after_ms=int(wait * 1000) + 1)
        if self._in_work > self._hub.limits.at_once + self._hub.bells.count:
            raise Refused(RefusalCode.BUSY, retry_after_ms=1000)


class _Replay:
    """Hands a body that was read on to the routes, and after it whatever comes."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Answer:
    """Holds an answer back until it is whole, signs and packs it; a stream passes through."""

    def __init__(self, hub: Hub, scope: Scope, headers: dict[str, str], send: Send) -> None:
        self._hub = hub
        self._path = _path_of(scope)
        self._challenge = headers.get(CHALLENGE_HEADER.lower(), "")[:200]
        self._takes_gzip = "gzip" in headers.get("accept-encoding", "")
        self._is_head = scope["method"] == "HEAD"
        self._send = send
        self._headers: list[tuple[bytes, bytes]] = []
        self._parts: list[bytes] = []
        self._is_stream = False
        self.status = 0

    async def collect(self, message: Message) -> None:
        """Take what a route sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._headers = list(message.get("headers", []))
            kind = dict(self._headers).get(b"content-type", b"")
            self._is_stream = kind.startswith(b"text/event-stream")
            if self._is_stream:
                self._add(NONCE_HEADER, self._hub.nonces.make())
                await self._send({**message, "headers": self._headers})
        elif self._is_stream:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))

    def replace(self, refused: Refused, headers: dict[str, str]) -> None:
        """Refuse instead of what was collected so far, unless a stream is under way."""
        if not self._is_stream:
            self.status = refused.status
            self._parts = [refused.body(headers.get("accept-language", ""))]
            self._headers = [
                (name.encode(), value.encode("latin-1"))
                for name, value in refused.headers().items()
            ]

    async def finish(self) -> None:
        """Send what was collected."""
        if self._is_stream or not self.status:
            return
        body = b"".join(self._parts)
        signed = SignedAnswer(self.status, self._path, body, self._challenge)
        self._add(NONCE_HEADER, self._hub.nonces.make())
        self._add(HUB_SIGNATURE_HEADER, self._hub.sign(signed.to_bytes()))
        body = await self._packed(body)
        kept = [pair for pair in self._headers if pair[0].lower() != b"content-length"]
        if self.status not in {204, 304}:
            kept.append((b"content-length", str(len(body)).encode()))
        await self._send({"type": "http.response.start", "status": self.status, "headers": kept})
        await self._send({"type": "http.response.body", "body": b"" if self._is_head else body})

    async def _packed(self, body: bytes) -> bytes:
        if not self._takes_gzip or len(body) < _WORTH_PACKING:
            return body
        self._add("content-encoding", "gzip")
        self._add("vary", "accept-encoding")
        if len(body) < _LARGE:
            return gzip.compress(body, 1)
        return await asyncio.to_thread(gzip.compress, body, 1)

    def _add(self, name: str, value: str) -> None:
        self._headers.append((name.lower().encode(), value.encode("latin-1")))


def _headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _path_of(scope: Scope) -> str:
    """Return path and query as they were sent."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    return (raw + (b"?" + query if query else b"")).decode("latin-1")


def _address_of(scope: Scope, headers: dict[str, str], *, is_behind_proxy: bool) -> str:
    """Return the asker's address; only a proxy of our own is believed about it."""
    told = headers.get("x-forwarded-for", "") if is_behind_proxy else ""
    client = scope.get("client")
    return told.rsplit(",", 1)[-1].strip()[:64] or (client[0] if client else "")


def _route_of(scope: Scope) -> str:
    """Return the route's pattern, so that nobody's ids become labels."""
    return str(getattr(scope.get("route"), "path", "none"))


def _tell_fault(error: Exception) -> None:
    """Note a fault of ours by kind and place; its message may hold personal data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
    _log.error("a request failed: %s", where)
