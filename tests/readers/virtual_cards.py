"""Invented cards that answer as the real ones do, and others that misbehave. All record."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from virtual_reader import PulledOut

NOW = datetime(2026, 9, 12, 1, 0, tzinfo=UTC)
DONE, NOT_FOUND, NO_CLASS, NO_COMMAND, WRONG_PLACE = (
    bytes.fromhex(status) for status in ("9000", "6A82", "6E00", "6D00", "6B00")
)
MOICA = "內政部憑證管理中心"
XCA = "組織及團體憑證管理中心"
PLAIN_ATR = bytes.fromhex("3B80800101")
APPLET_SELECT = bytes.fromhex("00A4040C10A000000283000006220169640001010100")


@cache
def certificate(
    issuer: str = MOICA, *, days: int = 400, age: int = 100, authority: bool = False
) -> bytes:
    """Return a certificate (DER) that ends `days` after NOW."""
    key = ec.derive_private_key(20230912, ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TW"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "行政院"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, issuer),
        ]
    )
    holder = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "林采潔")])
    built = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(holder)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=age))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if authority:  # as large as the real ones, so that reading it takes many chunks
        built = built.add_extension(
            x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"x" * 900), False
        )
    return built.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def certificate_file(*, user: tuple[bytes, ...] = (), authorities: tuple[bytes, ...] = ()) -> bytes:
    """Return the card's file that holds all certificates at their places."""
    content = bytearray(b"\xff" * 0x1C00)
    for place, der in zip((0x0E00, 0x1500), user, strict=False):
        content[place : place + len(der)] = der
    for place, der in zip((0x0000, 0x0700), authorities, strict=False):
        content[place : place + len(der)] = der
    return bytes(content)


@dataclass
class RecordingCard:
    """Keeps every command it is sent."""

    atr: bytes = PLAIN_ATR
    heard: list[bytes] = field(default_factory=list)

    def transmit(self, command: bytes) -> bytes:
        self.heard.append(command)
        return self.answer(command)

    def answer(self, _command: bytes) -> bytes:
        return NO_COMMAND


@dataclass
class NhiCard(RecordingCard):
    """A health insurance card of somebody invented."""

    name: bytes = "林采潔".encode("cp950")
    id_number: bytes = b"A234567893"

    def profile(self) -> bytes:
        return (
            b"000012345678" + self.name.ljust(20, b"\0") + self.id_number + b"0790102F" + b"1090304"
        )

    def answer(self, command: bytes) -> bytes:
        if command == bytes.fromhex("00A4040010D1580000010000000000000000001100"):
            return DONE
        if command == bytes.fromhex("00CA1100020000"):
            return self.profile() + DONE
        return NOT_FOUND if command[1] == 0xA4 else NO_COMMAND


@dataclass
class HicosCard(RecordingCard):
    """A certificate card. `generation` 1 answers to one class only, 2 only after its applet."""

    generation: int = 2
    command_class: int = 0x80
    number: bytes = b"TP00112233445566"
    certificates: bytes = field(
        default_factory=lambda: certificate_file(user=(certificate(), certificate(days=401)))
    )
    directory: bytes = b""
    """The list of certificates; empty: the card has none and keeps them at the known places."""
    other_files: dict[tuple[int, ...], bytes] = field(default_factory=dict)
    largest_read: int = 255
    """More at once is refused with 6987."""
    shortest_read: int = 255
    """However much is asked for, no more is given."""
    _path: tuple[int, ...] | None = None

    def answer(self, command: bytes) -> bytes:
        if self.generation == 1 and command[0] != self.command_class:
            return NO_CLASS
        if command[1] == 0xA4:
            return self._select(command)
        return self._read(command) if command[1] == 0xB0 else NO_COMMAND

    def _select(self, command: bytes) -> bytes:
        is_applet = command in {APPLET_SELECT, APPLET_SELECT[:-1]}
        is_root = command[5:] == b"\x3f\x00" if self.generation == 1 else is_applet
        if is_root:
            self._path = ()
            return DONE
        is_file = command[2] == 0 and command[3] == (4 if self.generation == 2 else 0)
        if self._path is None or not is_file:
            return NOT_FOUND
        path = (*self._path, int.from_bytes(command[5:7]))
        if path not in {(0x0900,), (0x5030,), *self._files()}:
            return NOT_FOUND
        self._path = path
        return DONE

    def _files(self) -> dict[tuple[int, ...], bytes]:
        files = {(0x0900, 0x0903): self.number, (0x5030, 0x08F2): self.certificates}
        return (
            files
            | self.other_files
            | ({(0x5030, 0x4104): self.directory} if self.directory else {})
        )

    def _read(self, command: bytes) -> bytes:
        content = self._files().get(self._path or (), b"")
        place, wanted = int.from_bytes(command[2:4]), command[4] or 256
        if wanted > self.largest_read:
            return bytes.fromhex("6987")
        if place >= len(content):
            return WRONG_PLACE
        return content[place : place + min(wanted, self.shortest_read)] + DONE


@dataclass
class UidCard(RecordingCard):
    """A contactless card that only tells its chip's number."""

    uid: bytes = bytes.fromhex("04A1B2C3D4E580")

    def answer(self, command: bytes) -> bytes:
        if command == bytes.fromhex("FFCA000000"):
            return self.uid + DONE
        return NOT_FOUND if command[1] == 0xA4 else NO_COMMAND


@dataclass
class GarbageCard(RecordingCard):
    """Says "done" to everything, with nonsense."""

    def answer(self, _command: bytes) -> bytes:
        return b"\x13\x37\xc0\xff\xee\x80" + DONE


@dataclass
class PulledCard(RecordingCard):
    """Another card that is pulled out after some commands."""

    inner: RecordingCard = field(default_factory=HicosCard)
    commands: int = 8

    def answer(self, command: bytes) -> bytes:
        if len(self.heard) > self.commands:
            raise PulledOut
        return self.inner.transmit(command)
