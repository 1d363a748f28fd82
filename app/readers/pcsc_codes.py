"""PC/SC's numbers: what a call returns, and what a reader's state is made of."""

from app.readers.card_faults import CardFault, FaultKind

SUCCESS = 0
CANCELLED = 0x80100002
UNKNOWN_READER = 0x80100009
TIMEOUT = 0x8010000A
NO_READERS = 0x8010002E

STATE_CHANGED = 0x0002
STATE_PRESENT = 0x0020
STATE_MUTE = 0x0200

SCOPE_SYSTEM = 2
SHARE_EXCLUSIVE = 1
SHARE_SHARED = 2
PROTOCOL_T0 = 1
PROTOCOL_T1 = 2
LEAVE_CARD = 0

_KINDS = {
    0x00000006: FaultKind.NO_SERVICE,  # Windows: the service went away under our context
    0x80100003: FaultKind.NO_SERVICE,  # invalid handle: likewise, in pcsc-lite
    UNKNOWN_READER: FaultKind.NO_READER,
    0x8010000B: FaultKind.HELD,  # sharing violation
    0x8010000C: FaultKind.NO_CARD,
    0x8010000F: FaultKind.MUTE,  # no protocol in common
    0x80100010: FaultKind.MUTE,  # not ready
    0x80100013: FaultKind.NO_SERVICE,  # the connection to the service broke
    0x80100016: FaultKind.REMOVED,  # not transacted: the card left while it was asked
    0x80100017: FaultKind.NO_READER,  # the reader was unplugged
    0x8010001D: FaultKind.NO_SERVICE,
    0x8010001E: FaultKind.NO_SERVICE,
    NO_READERS: FaultKind.NO_READER,
    0x80100065: FaultKind.MUTE,  # unsupported card
    0x80100066: FaultKind.MUTE,  # unresponsive card
    0x80100067: FaultKind.MUTE,  # unpowered card
    0x80100068: FaultKind.HELD,  # another program reset the card
    0x80100069: FaultKind.REMOVED,
    0x8010006A: FaultKind.FORBIDDEN,
}


def fault_of(code: int) -> CardFault:
    """Return what a failed call means for a person."""
    return CardFault(_KINDS.get(code, FaultKind.FAILED), code=code)
