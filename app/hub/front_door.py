"""One port for TLS and plain HTTP: the first byte tells which (a TLS hello begins with 0x16)."""

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Callable

_TLS_HELLO = b"\x16"
_HELLO_SECONDS = 10.0
_GOODBYE_SECONDS = 1.0
"""An idle client does not answer a goodbye; stopping must not wait for it."""
_MOST_UNDECIDED = 512
_PAUSE_SECONDS = 0.2
_log = logging.getLogger("app.hub")


class FrontDoor:
    """Accepts connections and gives each to a protocol, over TLS where the client speaks it."""

    def __init__(
        self,
        listener: socket.socket,
        protocol: Callable[[], asyncio.Protocol],
        context: ssl.SSLContext,
        *,
        hello_seconds: float = _HELLO_SECONDS,
    ) -> None:
        """Prepare; nothing is accepted before `open`."""
        self._listener = listener
        self._protocol = protocol
        self._context = context
        self._hello_seconds = hello_seconds
        self._accepting: asyncio.Task[None] | None = None
        self._undecided: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to accept."""
        self._accepting = asyncio.create_task(self._accept())

    def close(self) -> None:
        """Accept nobody any more."""
        for task in (self._accepting, *self._undecided):
            if task is not None:
                task.cancel()
        self._listener.close()

    async def wait_closed(self) -> None:
        """Wait until nothing of the door is left."""
        tasks = [task for task in (self._accepting, *self._undecided) if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _address = await loop.sock_accept(self._listener)
            except OSError as error:  # too many open files, or a client that left at once
                _log.warning("accept failed: %s", error.strerror)
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            if len(self._undecided) >= _MOST_UNDECIDED:
                connection.close()
                continue
            task = asyncio.create_task(self._welcome(connection))
            self._undecided.add(task)
            task.add_done_callback(self._undecided.discard)

    async def _welcome(self, connection: socket.socket) -> None:
        """Look at the first byte without taking it, and connect accordingly."""
        loop = asyncio.get_running_loop()
        try:
            connection.setblocking(False)  # noqa: FBT003 - it takes no names
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            async with asyncio.timeout(self._hello_seconds):
                first = await _peek(connection)
            if not first:
                connection.close()
                return
            context = self._context if first == _TLS_HELLO else None
            await loop.connect_accepted_socket(
                self._protocol,
                connection,
                ssl=context,
                ssl_handshake_timeout=self._hello_seconds if context else None,
                ssl_shutdown_timeout=_GOODBYE_SECONDS if context else None,
            )
        except (OSError, TimeoutError):  # ssl.SSLError is an OSError
            connection.close()
        except asyncio.CancelledError:
            connection.close()
            raise


async def _peek(connection: socket.socket) -> bytes:
    """Return the first byte once it is there; empty when the client left."""
    loop = asyncio.get_running_loop()
    while True:
        with contextlib.suppress(BlockingIOError, InterruptedError):
            return connection.recv(1, socket.MSG_PEEK)
        readable = loop.create_future()
        loop.add_reader(connection, _settle, readable)
        try:
            await readable
        finally:
            loop.remove_reader(connection)


def _settle(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
