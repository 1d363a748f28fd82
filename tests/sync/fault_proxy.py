"""A TCP proxy that harms what passes: delays, cuts, resets, drips, repeats, answers in its place.

    with FaultProxy(hub_port) as proxy:
        proxy.harm = Harm(cut_answer_after=100)   # for every connection from now on
        client(url=proxy.url)...
        proxy.harm = NO_HARM
        proxy.injected["cut_answer"]

It runs in a thread of its own and knows nothing of what it carries, except where it repeats
requests: those are plain HTTP/1.1 with a Content-Length.
"""

import asyncio
import socket
import struct
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

_PIECE = 65_536
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Ending(StrEnum):
    """How a cut connection ends."""

    CLOSE = "close"
    """Orderly, both ways."""
    RESET = "reset"
    """As when a router forgets it."""
    HALF = "half"
    """The cut direction ends, the other stays open until its sender is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What is done to connections."""

    delay_s: float = 0
    """Before the first byte goes on to the server."""
    cut_request_after: int | None = None
    """Bytes of the client that pass, over the whole connection."""
    cut_answer_after: int | None = None
    """Bytes of the server that pass; the server has then done what it was asked."""
    ending: Ending = Ending.CLOSE
    drip_bytes: int = 0
    """Answers pass in pieces of this size, ..."""
    drip_s: float = 0.001
    """... with this pause between them."""
    repeat: bool = False
    """Each request reaches the server twice; the client sees the second answer only."""
    canned: bytes = b""
    """Sent instead of anything the server would say; the server never hears of it."""


NO_HARM = Harm()


def canned_answer(status: str, kind: str, body: bytes, *headers: str) -> bytes:
    """Return the bytes of an HTTP answer that did not come from the server."""
    head = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body


CAPTIVE_PORTAL = Harm(
    canned=canned_answer(
        "200 OK", "text/html", b"<html><body>Welcome! Please accept the terms.</body></html>"
    )
)
PORTAL_REDIRECT = Harm(
    canned=canned_answer("302 Found", "text/html", b"", "Location: http://login.example/")
)
PROXY_WANTS_LOGIN = Harm(
    canned=canned_answer(
        "407 Proxy Authentication Required",
        "text/html",
        b"<html>Who are you?</html>",
        'Proxy-Authenticate: Basic realm="school"',
    )
)
TRUNCATED_GZIP = Harm(
    canned=canned_answer(
        "200 OK",
        "application/json",
        bytes.fromhex("1f8b0800000000000003ab5652ca48"),
        "Content-Encoding: gzip",
    )
)
CANNED = {
    "captive_portal": CAPTIVE_PORTAL,
    "portal_redirect": PORTAL_REDIRECT,
    "proxy_407": PROXY_WANTS_LOGIN,
    "truncated_gzip": TRUNCATED_GZIP,
}


class FaultProxy:
    """Listens on a free port of the loopback and passes on to another, with harm."""

    def __init__(self, upstream_port: int, *, scheme: str = "http") -> None:
        self.upstream_port = upstream_port
        self.harm = NO_HARM
        self.injected: Counter[str] = Counter()
        """How often each kind of harm was really done."""
        self.request_bytes = 0
        """Bytes the clients sent since this was last set to 0."""
        self.answer_bytes = 0
        self.port = 0
        self._scheme = scheme
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fault proxy", daemon=True)

    @property
    def url(self) -> str:
        """Return where clients go instead of to the server."""
        return f"{self._scheme}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._is_up.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def drop_all(self) -> None:
        """Reset every connection there is."""
        self._loop.call_soon_threadsafe(self._cancel_all)

    def _cancel_all(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._is_up.set()
        await self._stop.wait()
        server.close()
        self._cancel_all()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        passage = _Passage(self, self.harm, reader, writer)
        try:
            await passage.run()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            passage.end(Ending.RESET)


class _Passage:
    """One client's connection."""

    def __init__(
        self,
        proxy: FaultProxy,
        harm: Harm,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._proxy = proxy
        self._harm = harm
        self._from_client, self._to_client = reader, writer
        self._to_server: asyncio.StreamWriter | None = None

    async def run(self) -> None:
        """Carry everything until one side or the harm ends it."""
        if self._harm.canned:
            await _read_request(self._from_client)
            self._count("canned")
            self._to_client.write(self._harm.canned)
            await self._to_client.drain()
            self.end(Ending.CLOSE)
            return
        if self._harm.delay_s:
            self._count("delay")
            await asyncio.sleep(self._harm.delay_s)
        from_server, self._to_server = await asyncio.open_connection(
            "127.0.0.1", self._proxy.upstream_port
        )
        tasks = [
            asyncio.ensure_future(self._carry_requests()),
            asyncio.ensure_future(self._carry_answers(from_server)),
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self.end(Ending.CLOSE)

    def end(self, ending: Ending) -> None:
        """Let go of both sides."""
        for writer in (self._to_client, self._to_server):
            if writer is None:
                continue
            if ending is Ending.RESET:
                _reset(writer)
            else:
                writer.close()

    def _count(self, name: str) -> None:
        self._proxy.injected[name] += 1

    async def _carry_requests(self) -> None:
        assert self._to_server is not None
        left = self._harm.cut_request_after
        while True:
            if self._harm.repeat:
                piece = await self._send_once_before()
            else:
                piece = await self._from_client.read(_PIECE)
            self._proxy.request_bytes += len(piece)
            passing, left = _within(piece, left)
            self._to_server.write(passing)
            await self._to_server.drain()
            if left == 0 and len(passing) < len(piece):
                self._cut("cut_request", self._to_server)
                return
            if not piece:
                _end_writing(self._to_server)
                return

    async def _send_once_before(self) -> bytes:
        """Read one request, let the server answer it into the void, and return it."""
        request = await _read_request(self._from_client)
        if request:
            self._count("repeat")
            reader, writer = await asyncio.open_connection("127.0.0.1", self._proxy.upstream_port)
            writer.write(request)
            await writer.drain()
            await _read_request(reader)
            writer.close()
        return request

    async def _carry_answers(self, from_server: asyncio.StreamReader) -> None:
        left = self._harm.cut_answer_after
        while piece := await from_server.read(_PIECE):
            self._proxy.answer_bytes += len(piece)
            passing, left = _within(piece, left)
            await self._hand_over(passing)
            if left == 0:
                self._cut("cut_answer", self._to_client)
                return
        _end_writing(self._to_client)

    async def _hand_over(self, piece: bytes) -> None:
        size = self._harm.drip_bytes or len(piece) or 1
        for start in range(0, len(piece), size):
            self._to_client.write(piece[start : start + size])
            await self._to_client.drain()
            if self._harm.drip_bytes:
                self._count("drip")
                await asyncio.sleep(self._harm.drip_s)

    def _cut(self, name: str, towards: asyncio.StreamWriter) -> None:
        self._count(name)
        if self._harm.ending is Ending.HALF:
            _end_writing(towards)
        else:
            self.end(self._harm.ending)
            raise ConnectionAbortedError


def _within(piece: bytes, left: int | None) -> tuple[bytes, int | None]:
    """Return what may pass of a piece, and what may pass after it."""
    if left is None:
        return piece, None
    return piece[:left], max(left - len(piece), 0)


def _reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE
        )
    writer.transport.abort()


def _end_writing(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        if writer.can_write_eof():
            writer.write_eof()


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """Read one HTTP message that says how long it is; empty where the sender is done."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return head + await reader.readexactly(int(value))
    return head
