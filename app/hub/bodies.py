"""Reading what a request carries, packed or not, within limits."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from app.hub.limits import HubLimits
from app.hub.refusals import Refused
from app.wire.messages import RefusalCode

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_LARGE = 64 * 1024


async def read_body(receive: Receive, headers: dict[str, str], limits: HubLimits) -> bytes:
    """Return the unpacked body. Raises Refused."""
    encoding = headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding not in {"gzip", "identity"}:
        raise Refused(RefusalCode.MALFORMED, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    most = limits.packed_bytes if encoding == "gzip" else limits.body_bytes
    if _length_of(headers) > most:
        raise Refused(RefusalCode.TOO_LARGE)
    try:
        async with asyncio.timeout(limits.body_seconds):
            raw = await _collect(receive, most)
    except TimeoutError as error:
        raise Refused(RefusalCode.MALFORMED, status=HTTPStatus.REQUEST_TIMEOUT) from error
    if encoding == "identity" or not raw:
        return raw
    if len(raw) > _LARGE:
        return await asyncio.to_thread(unpack, raw, limits.body_bytes)
    return unpack(raw, limits.body_bytes)


def _length_of(headers: dict[str, str]) -> int:
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Refused(RefusalCode.MALFORMED)
    return int(text)


async def _collect(receive: Receive, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(RefusalCode.MALFORMED)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise Refused(RefusalCode.TOO_LARGE)
        if not message.get("more_body", False):
            return b"".join(parts)


def unpack(raw: bytes, most: int) -> bytes:
    """Return what gzip holds, never more than `most` bytes. Raises Refused."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        body = unpacker.decompress(raw, most + 1)
    except zlib.error as error:
        raise Refused(RefusalCode.MALFORMED) from error
    if len(body) > most:
        raise Refused(RefusalCode.TOO_LARGE)
    if not unpacker.eof or unpacker.unused_data:
        raise Refused(RefusalCode.MALFORMED)
    return body
