"""The HiCOS card family (自然人憑證, XCA and others): card number and certificates, without a PIN.

Two generations speak differently but keep the same files; what is asked and in which order follows
open-gpki-pkcs11 and Taiwan_CDC_RI.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.readers.card_faults import CardFault, FaultKind
from app.readers.cards.apdu import READ_BINARY, SELECT, Answer, Card, ask
from app.readers.cards.card_directory import Place, list_places

_APPLET = bytes.fromhex("A0000002830000062201696400010101")
_NUMBER_FILE = (0x0900, 0x0903)
_NUMBER_LENGTH = 16
_CERTIFICATE_FILE = (0x5030, 0x08F2)
_DIRECTORY_FILE = (0x5030, 0x4104)
USER_PLACES = tuple(Place(_CERTIFICATE_FILE, start) for start in (0x0E00, 0x1500))
"""Where the holder's two certificates start on generation 1: encryption, signature."""
ISSUER_PLACES = tuple(Place(_CERTIFICATE_FILE, start) for start in (0x0000, 0x0700))
"""Where the root's and the issuer's start there. Each takes a second to read, and tells nothing."""
CHUNK = 0xC8
SMALL_CHUNK = 16
"""Some cards refuse more than this at once with 6987."""
_CHUNK_REFUSED = 0x6987
_LONGEST_CERTIFICATE = 4096
_LONGEST_DIRECTORY = 4096
_HIGHEST_START = 0x7FFF - _LONGEST_CERTIFICATE
"""READ BINARY names a place with fifteen bits."""
_MOST_READS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one generation wants to be asked."""

    command_class: int
    select_root: bytes
    select_parameter: int = 0x00
    select_ending: bytes = b""


GENERATION_2 = Dialect(
    command_class=0x00,
    select_root=bytes((0x00, SELECT, 0x04, 0x0C, len(_APPLET))) + _APPLET + b"\0",
    select_parameter=0x04,
    select_ending=b"\0",
)
GENERATION_1 = tuple(
    Dialect(
        command_class=command_class,
        select_root=bytes((command_class, SELECT, 0x00, 0x00, 0x02, 0x3F, 0x00)),
    )
    for command_class in (0x80, 0x00)
)
DIALECTS = (GENERATION_2, *GENERATION_1)
"""In the order they are tried."""


def find_dialect(card: Card) -> Dialect | None:
    """Return how the card wants to be asked, its number's file selected; None: another card."""
    return next((one for one in DIALECTS if _select_path(card, one, _NUMBER_FILE)), None)


def read_card_number(card: Card, dialect: Dialect) -> str:
    """Return the number printed on the card."""
    if not _select_path(card, dialect, _NUMBER_FILE):
        raise CardFault(FaultKind.UNREADABLE)
    raw = _read(card, dialect, 0, _NUMBER_LENGTH)
    number = raw.rstrip(b"\0\xff ").decode("ascii", "replace").strip()
    if len(number) < 4 or not (number.isascii() and number.isalnum()):
        raise CardFault(FaultKind.UNREADABLE)
    return number


def read_certificates(card: Card, dialect: Dialect) -> tuple[bytes, ...]:
    """Return the holder's certificates (DER), perhaps with authorities' among them.

    They lie where the card's own list says; where that leads to nothing, at generation 1's places.
    """
    for places in (_list_places(card, dialect), USER_PLACES):
        found = [_find_certificate(card, dialect, place) for place in places]
        if any(found):
            return tuple(content for content in found if content)
    return ()


def _list_places(card: Card, dialect: Dialect) -> tuple[Place, ...]:
    """Return where the card says certificates lie, without those known to be authorities'."""
    if not _select_path(card, dialect, _DIRECTORY_FILE):
        return ()
    listed = list_places(_read_padded(card, dialect, _LONGEST_DIRECTORY))
    return tuple(place for place in listed if place not in ISSUER_PLACES)


def _select_path(card: Card, dialect: Dialect, path: tuple[int, ...]) -> bool:
    """Select a file from the root down; say whether it is there."""
    selects = [dialect.select_root, *(_select(dialect, file_id) for file_id in path)]
    return all(ask(card, command).is_done for command in selects)


def _select(dialect: Dialect, file_id: int) -> bytes:
    """Return the command that selects a file of the folder selected now."""
    head = bytes((dialect.command_class, SELECT, 0x00, dialect.select_parameter, 0x02))
    return head + file_id.to_bytes(2) + dialect.select_ending


def _find_certificate(card: Card, dialect: Dialect, place: Place) -> bytes | None:
    """Return the certificate that starts at a place, None if nothing is there."""
    if place.start > _HIGHEST_START or not _select_path(card, dialect, place.path):
        return None
    head = _read_some(card, dialect, place.start, 4)
    if not head.is_done or not head.data.strip(b"\0\xff"):
        return None
    if len(head.data) < 4 or head.data[:2] != b"\x30\x82":
        raise CardFault(FaultKind.UNREADABLE)
    length = int.from_bytes(head.data[2:4]) + 4
    if length > _LONGEST_CERTIFICATE:
        raise CardFault(FaultKind.UNREADABLE)
    return _read(card, dialect, place.start, length)


def _read(card: Card, dialect: Dialect, start: int, length: int) -> bytes:
    """Return `length` bytes of the selected file."""
    content = b""
    for part in _each_part(card, dialect, start, length):
        content += part
    if len(content) < length:
        raise CardFault(FaultKind.UNREADABLE)
    return content[:length]


def _read_padded(card: Card, dialect: Dialect, longest: int) -> bytes:
    """Return a file's content up to where only padding follows."""
    content = b""
    for part in _each_part(card, dialect, 0, longest):
        if not part.strip(b"\0\xff"):
            break
        content += part
    return content


def _each_part(card: Card, dialect: Dialect, start: int, length: int) -> Iterator[bytes]:
    """Read a stretch in parts, until it or the file ends; cards may give less than asked for."""
    got, chunk = 0, CHUNK
    for _ in range(_MOST_READS):
        wanted = min(chunk, length - got)
        answer = _read_some(card, dialect, start + got, wanted)
        if answer.status == _CHUNK_REFUSED and wanted > SMALL_CHUNK:
            chunk = SMALL_CHUNK
            continue
        if not answer.is_done or not answer.data:
            return
        yield answer.data
        got += len(answer.data)
        if got >= length:
            return


def _read_some(card: Card, dialect: Dialect, start: int, wanted: int) -> Answer:
    """Ask for some bytes of the selected file from a place on."""
    command = bytes((dialect.command_class, READ_BINARY, start >> 8, start & 0xFF, wanted))
    return ask(card, command)
