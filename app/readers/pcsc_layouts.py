"""How PC/SC's types lie in memory: the same calls have three shapes on three systems.

Sources: pcsc-lite's `wintypes.h` and `pcsclite.h` (Linux: DWORD is an unsigned long), the same
files of Apple's PCSC.framework (uint32_t, reader states packed to single bytes), Microsoft's
`winscard.h` (DWORD of 32 bits, handles as wide as pointers, UTF-16 for functions ending in W).
"""

import ctypes
from dataclasses import dataclass

_LONGEST_ATR = 33


class LinuxReaderState(ctypes.Structure):
    """SCARD_READERSTATE of pcsc-lite on Linux."""

    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user_data", ctypes.c_void_p),
        ("current_state", ctypes.c_ulong),
        ("event_state", ctypes.c_ulong),
        ("atr_length", ctypes.c_ulong),
        ("atr", ctypes.c_ubyte * _LONGEST_ATR),
    )


class MacReaderState(ctypes.Structure):
    """SCARD_READERSTATE of PCSC.framework: no padding at the end."""

    _pack_ = 1
    _layout_ = "ms"  # newer Pythons ask for it beside _pack_
    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user_data", ctypes.c_void_p),
        ("current_state", ctypes.c_uint32),
        ("event_state", ctypes.c_uint32),
        ("atr_length", ctypes.c_uint32),
        ("atr", ctypes.c_ubyte * _LONGEST_ATR),
    )


class WindowsReaderState(ctypes.Structure):
    """SCARD_READERSTATEW of winscard: `reader` points to UTF-16, 36 bytes for the ATR."""

    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user_data", ctypes.c_void_p),
        ("current_state", ctypes.c_uint32),
        ("event_state", ctypes.c_uint32),
        ("atr_length", ctypes.c_uint32),
        ("atr", ctypes.c_ubyte * 36),
    )


class LinuxIoRequest(ctypes.Structure):
    """SCARD_IO_REQUEST of pcsc-lite on Linux."""

    _fields_ = (("protocol", ctypes.c_ulong), ("length", ctypes.c_ulong))


class ShortIoRequest(ctypes.Structure):
    """SCARD_IO_REQUEST elsewhere."""

    _fields_ = (("protocol", ctypes.c_uint32), ("length", ctypes.c_uint32))


Number = type[ctypes.c_ulong] | type[ctypes.c_uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One system's types, and how it spells names."""

    library: str
    dword: Number
    context: type[ctypes.c_long] | type[ctypes.c_int32] | type[ctypes.c_size_t]
    reader_state: type[ctypes.Structure]
    io_request: type[ctypes.Structure]
    encoding: str = "utf-8"
    suffix: str = ""
    """Ending of the functions that take or give names."""
    tells_new_readers: bool = True
    """Whether a wait can also end because a reader was plugged in or out."""

    @property
    def character_bytes(self) -> int:
        """Bytes of one character; PC/SC counts names in characters."""
        return len("x".encode(self.encoding))

    def encode_name(self, name: str) -> bytes:
        """Return a name as the functions want it, with its end mark."""
        return (name + "\0").encode(self.encoding)

    def decode_names(self, content: bytes) -> tuple[str, ...]:
        """Return the names of a list in which each one ends with NUL."""
        text = content.decode(self.encoding, "replace")
        return tuple(name for name in text.split("\0") if name)


LINUX = Layout(
    library="libpcsclite.so.1",
    dword=ctypes.c_ulong,
    context=ctypes.c_long,
    reader_state=LinuxReaderState,
    io_request=LinuxIoRequest,
)
MACOS = Layout(
    library="/System/Library/Frameworks/PCSC.framework/PCSC",
    dword=ctypes.c_uint32,
    context=ctypes.c_int32,
    reader_state=MacReaderState,
    io_request=ShortIoRequest,
    tells_new_readers=False,
)
WINDOWS = Layout(
    library="winscard.dll",
    dword=ctypes.c_uint32,
    context=ctypes.c_size_t,
    reader_state=WindowsReaderState,
    io_request=ShortIoRequest,
    encoding="utf-16-le",
    suffix="W",
)


def layout_of(platform: str) -> Layout:
    """Return the layout of a platform, named as `sys.platform` does."""
    return {"win32": WINDOWS, "darwin": MACOS}.get(platform, LINUX)
