"""Runs the hub's application on its port until it is told to stop."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.hub.bells import Bells
from app.hub.envelope import App
from app.hub.front_door import FrontDoor

_KEEP_ALIVE_SECONDS = 75
_STOP_SECONDS = 5
_HELLO_SECONDS = 10.0


class _PatientProtocol(H11Protocol):
    """HTTP that does not wait forever for a client that never asks."""

    silent_seconds = 20.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        self.loop.call_later(self.silent_seconds, self._leave_if_silent)

    def _leave_if_silent(self) -> None:
        cycle: object | None = self.cycle
        if cycle is None and not self.transport.is_closing():
            self.transport.close()


class HubServer(uvicorn.Server):
    """uvicorn behind our own front door; stops by itself on SIGTERM, SIGINT or `stop`."""

    def __init__(
        self,
        app: App,
        listener: socket.socket,
        context: ssl.SSLContext,
        *,
        bells: Bells,
        on_ready: Callable[[], None] = lambda: None,
        silent_seconds: float = 20.0,
    ) -> None:
        """Prepare; `on_ready` is called once connections are accepted."""
        patient: Any = type("_Protocol", (_PatientProtocol,), {"silent_seconds": silent_seconds})
        super().__init__(
            uvicorn.Config(
                app,
                http=patient,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )
        self._listener = listener
        self._context = context
        self._bells = bells
        self._silent_seconds = silent_seconds
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - as uvicorn calls it
        """Open the door instead of uvicorn's own listening."""
        await self.lifespan.startup()
        self._door = FrontDoor(
            self._listener,
            self._new_protocol,
            self._context,
            hello_seconds=min(_HELLO_SECONDS, self._silent_seconds),
        )
        self._door.open()
        self.servers = []
        self.started = True
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the door, let bells end and requests finish."""
        self._door.close()
        self._bells.close()
        await self._door.wait_closed()
        await super().shutdown(sockets)
        # uvicorn would raise the signal again; whoever runs the hub still has things to close.
        self._captured_signals.clear()

    def serve_forever(self) -> None:
        """Serve in this thread until stopped."""
        # The selector loop can look at a socket's first byte on every system.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self.serve())

    def stop(self) -> None:
        """Ask the server to stop, from any thread."""
        self.should_exit = True

    def _new_protocol(self) -> asyncio.Protocol:
        return self.config.http_protocol_class(  # type: ignore[call-arg] # as uvicorn calls it
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
