"""PC/SC by ctypes: contexts, readers and cards of the system's own smart-card service.

See decision 0008. A context belongs to the thread that opened it; only `cancel` may come from
another one. Every failure is a `CardFault`.
"""

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from app.readers import pcsc_codes as codes
from app.readers.card_faults import CardFault, FaultKind
from app.readers.pcsc_layouts import Layout, layout_of

NEW_READERS = "\\\\?PnP?\\Notification"
"""Stands for readers that are plugged in or out, in a wait."""
_LONGEST_ANSWER = 65_538
_LONGEST_LIST = 16_384
"""Characters; PC/SC knows at most sixteen readers of 128 characters on Linux, few elsewhere."""


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What PC/SC says about a reader: its state's bits (a counter in the upper half), the ATR."""

    name: str
    bits: int = 0
    atr: bytes = b""


class PcscLibrary:
    """The system's PC/SC library: calls by name, their failures as faults."""

    def __init__(self, functions: Any, layout: Layout) -> None:
        self.layout = layout
        self._functions = functions

    def try_call(self, name: str, *arguments: object) -> int:
        """Call a function; return PC/SC's code as unsigned 32 bits, whatever its type is here."""
        return int(getattr(self._functions, name)(*arguments)) & 0xFFFFFFFF

    def call(self, name: str, *arguments: object) -> None:
        """Call a function; raise what a failure means."""
        code = self.try_call(name, *arguments)
        if code != codes.SUCCESS:
            raise codes.fault_of(code)


def load_library(layout: Layout | None = None) -> PcscLibrary:
    """Load the system's PC/SC library; raise when there is none."""
    layout = layout or layout_of(sys.platform)
    try:
        if sys.platform == "win32":
            return PcscLibrary(ctypes.WinDLL(layout.library), layout)
        return PcscLibrary(ctypes.CDLL(layout.library), layout)
    except OSError as error:
        raise CardFault(FaultKind.NO_LIBRARY) from error


class PcscContext:
    """A connection to the smart-card service."""

    def __init__(self, library: PcscLibrary) -> None:
        self._library = library
        self._layout = library.layout
        self._handle = self._layout.context()
        library.call(
            "SCardEstablishContext",
            self._layout.dword(codes.SCOPE_SYSTEM),
            None,
            None,
            ctypes.byref(self._handle),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the service go; what it says to that no longer matters."""
        self._library.try_call("SCardReleaseContext", self._handle)

    def cancel(self) -> None:
        """End a wait of this context; the one call that another thread may make."""
        self._library.try_call("SCardCancel", self._handle)

    @property
    def tells_new_readers(self) -> bool:
        """Whether `wait` can watch NEW_READERS on this system."""
        return self._layout.tells_new_readers

    def list_readers(self) -> tuple[str, ...]:
        """Return the names of all readers, none if there are none."""
        room = self._layout.dword(_LONGEST_LIST)
        names = ctypes.create_string_buffer(_LONGEST_LIST * self._layout.character_bytes)
        code = self._library.try_call(
            "SCardListReaders" + self._layout.suffix, self._handle, None, names, ctypes.byref(room)
        )
        if code == codes.NO_READERS:
            return ()
        if code != codes.SUCCESS:
            raise codes.fault_of(code)
        return self._layout.decode_names(names.raw[: room.value * self._layout.character_bytes])

    def wait(self, known: Sequence[ReaderState], timeout_ms: int) -> tuple[ReaderState, ...]:
        """Wait until a reader's state is no longer what is known of it; return the states now.

        Also returns after the time-out or a `cancel`, then with what was known.
        """
        states = (self._layout.reader_state * len(known))()
        names = [self._layout.encode_name(reader.name) for reader in known]
        for state, name, reader in zip(states, names, known, strict=True):
            state.reader = name
            state.current_state = reader.bits
        code = self._library.try_call(
            "SCardGetStatusChange" + self._layout.suffix,
            self._handle,
            self._layout.dword(timeout_ms),
            states,
            self._layout.dword(len(known)),
        )
        if code in {codes.TIMEOUT, codes.CANCELLED}:
            return tuple(known)
        if code != codes.SUCCESS:
            raise codes.fault_of(code)
        return tuple(
            ReaderState(
                name=reader.name,
                bits=state.event_state & ~codes.STATE_CHANGED,
                atr=bytes(state.atr[: state.atr_length]),
            )
            for state, reader in zip(states, known, strict=True)
        )

    def list_states(self) -> tuple[ReaderState, ...]:
        """Return every reader with its state now."""
        known = [ReaderState(name) for name in self.list_readers()]
        return self.wait(known, 0) if known else ()

    def connect(self, reader: str, *, exclusive: bool = False) -> "PcscCard":
        """Connect to the card in a reader, shared with other programs."""
        return PcscCard(self._library, self._handle, reader, exclusive=exclusive)


class PcscCard:
    """A connection to a card; as a context manager also a transaction nobody else can come into."""

    def __init__(
        self, library: PcscLibrary, context: object, reader: str, *, exclusive: bool
    ) -> None:
        self._library = library
        self._layout = library.layout
        self._handle = self._layout.context()
        protocol = self._layout.dword(0)
        library.call(
            "SCardConnect" + self._layout.suffix,
            context,
            self._layout.encode_name(reader),
            self._layout.dword(codes.SHARE_EXCLUSIVE if exclusive else codes.SHARE_SHARED),
            self._layout.dword(codes.PROTOCOL_T0 | codes.PROTOCOL_T1),
            ctypes.byref(self._handle),
            ctypes.byref(protocol),
        )
        self._protocol = protocol.value

    def __enter__(self) -> Self:
        try:
            self._library.call("SCardBeginTransaction", self._handle)
        except CardFault:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        leave = self._layout.dword(codes.LEAVE_CARD)
        self._library.try_call("SCardEndTransaction", self._handle, leave)
        self.close()

    def close(self) -> None:
        """Leave the card as it is."""
        leave = self._layout.dword(codes.LEAVE_CARD)
        self._library.try_call("SCardDisconnect", self._handle, leave)

    def transmit(self, command: bytes) -> bytes:
        """Send a command (APDU) to the card; return its answer with the two status bytes."""
        sent = for_protocol(command, self._protocol)
        request = self._layout.io_request(self._protocol, ctypes.sizeof(self._layout.io_request))
        answer = ctypes.create_string_buffer(_LONGEST_ANSWER)
        length = self._layout.dword(_LONGEST_ANSWER)
        self._library.call(
            "SCardTransmit",
            self._handle,
            ctypes.byref(request),
            sent,
            self._layout.dword(len(sent)),
            None,
            answer,
            ctypes.byref(length),
        )
        if length.value == 0:
            # Every answer ends with a status; none at all is a card that left while it was asked.
            raise CardFault(FaultKind.REMOVED)
        return answer.raw[: length.value]


def for_protocol(command: bytes, protocol: int) -> bytes:
    """Return a command as the protocol wants it: T=0 knows no Le behind data (ISO 7816-3, 12.2)."""
    has_both = len(command) > 5 and len(command) == 6 + command[4]
    return command[:-1] if protocol == codes.PROTOCOL_T0 and has_both else command


def open_context() -> PcscContext:
    """Connect to this machine's smart-card service."""
    return PcscContext(load_library())
