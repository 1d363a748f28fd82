"""The bytes of a bundle: a head in clear, sealed pages, and the sender's signature over all of it.

    magic, length of head (4 bytes), head: JSON {event, device, public_key, key, salt, made_ms}
    pages: length (4 bytes), AES-256-GCM of gzip; the last page is empty
    Ed25519 signature (64 bytes) of the sender's device over the SHA-256 of everything before

Pages are numbered inside their nonce and bound to the head, so none can be left out or moved.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import FileDamaged, InvalidInput
from app.domain.words import Words
from db.signing import is_signature_good

MAGIC = b"VDBUNDLE1\n"
MOST_HEAD = 4_096
MOST_PAGE = 16 * 2**20
MOST_UNPACKED = 64 * 2**20
_SIGNATURE = 64
_AGAIN = Words(zh="請重新匯出一份，再帶過來。", en="Export it again and bring that file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHead:
    """What a bundle says in clear."""

    event: str
    device: str
    public_key: str
    key: str
    """Mark of the bundle key that opens it."""
    salt: str
    made_ms: int


def new_head(event_id: str, device: str, public_key: str, bundle_key: str, ms: int) -> BundleHead:
    """Return the head of a fresh bundle."""
    return BundleHead(
        event=event_id,
        device=device,
        public_key=public_key,
        key=key_mark(bundle_key),
        salt=os.urandom(16).hex(),
        made_ms=ms,
    )


def key_mark(bundle_key: str) -> str:
    """Return what tells bundle keys apart without giving one away."""
    return hashlib.sha256(b"venuedesk-bundle|" + bytes.fromhex(bundle_key)).hexdigest()[:16]


class BundleWriter:
    """Writes one bundle, page after page."""

    def __init__(self, file: BinaryIO, head: BundleHead, bundle_key: str) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._head = json.dumps(asdict(head)).encode()
        self._cipher = _cipher(head, bundle_key)
        self._pages = 0
        self._write(MAGIC + len(self._head).to_bytes(4, "big") + self._head)

    def add(self, page: bytes) -> None:
        """Seal one page."""
        packed = gzip.compress(page, 6, mtime=0) if page else b""
        sealed = self._cipher.encrypt(_nonce(self._pages), packed, self._head)
        self._pages += 1
        self._write(len(sealed).to_bytes(4, "big") + sealed)

    def finish(self, private_key: str) -> None:
        """Mark the end and sign."""
        self.add(b"")
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
        self._file.write(key.sign(self._digest.digest()))

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)


def read_head(path: Path) -> BundleHead:
    """Return a bundle's head after its signature was checked over the whole file.

    Raises InvalidInput for what is no bundle, FileDamaged for a bundle that was cut or changed.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise _no_bundle(path)
            head = _parse_head(file)
            size = os.fstat(file.fileno()).st_size - _SIGNATURE
            file.seek(0)
            digest = hashlib.sha256()
            while left := min(2**20, size - file.tell()):
                if left < 0:
                    raise _damaged()
                digest.update(file.read(left))
            signature = file.read().hex()
    except OSError as error:
        raise _unreadable(path) from error
    if not is_signature_good(head.public_key, signature, digest.digest()):
        raise _damaged()
    return head


def read_pages(path: Path, head: BundleHead, bundle_key: str) -> Iterator[bytes]:
    """Yield the pages in order, opened. Raises FileDamaged."""
    cipher = _cipher(head, bundle_key)
    with path.open("rb") as file:
        file.seek(len(MAGIC))
        about = file.read(int.from_bytes(file.read(4), "big"))
        for number in range(2**31):
            length = int.from_bytes(file.read(4), "big")
            if not 0 < length <= MOST_PAGE:
                raise _damaged()
            try:
                packed = cipher.decrypt(_nonce(number), file.read(length), about)
            except InvalidTag as error:
                raise _damaged() from error
            if not packed:
                return
            yield _unpacked(packed)


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        page = unpacking.decompress(packed, MOST_UNPACKED)
    except zlib.error as error:
        raise _damaged() from error
    if not unpacking.eof:
        raise _damaged()
    return page


def _parse_head(file: BinaryIO) -> BundleHead:
    length = int.from_bytes(file.read(4), "big")
    if not 0 < length <= MOST_HEAD:
        raise _damaged()
    try:
        head = BundleHead(**json.loads(file.read(length)))
        bytes.fromhex(head.salt + head.public_key)
    except (ValueError, TypeError) as error:
        raise _damaged() from error
    return head


def _cipher(head: BundleHead, bundle_key: str) -> AESGCM:
    derive = HKDF(SHA256(), 32, bytes.fromhex(head.salt), b"venuedesk-bundle-1")
    return AESGCM(derive.derive(bytes.fromhex(bundle_key)))


def _nonce(page: int) -> bytes:
    return page.to_bytes(12, "big")


def _no_bundle(path: Path) -> InvalidInput:
    return InvalidInput(
        Words(zh=f"這不是交換檔：{path.name}", en=f"This is no bundle: {path.name}"),
        remedy=Words(
            zh="請選 .vdbundle 檔；備份請用 venuedesk restore。",
            en="Choose a .vdbundle file; for backups use venuedesk restore.",
        ),
        field="file",
    )


def _unreadable(path: Path) -> InvalidInput:
    return InvalidInput(
        Words(zh=f"無法讀取檔案：{path}", en=f"The file cannot be read: {path}"),
        remedy=Words(zh="請檢查隨身碟與檔名。", en="Check the stick and the file's name."),
        field="file",
    )


def _damaged() -> FileDamaged:
    return FileDamaged(
        Words(
            zh="交換檔不完整或被更動過，沒有匯入任何資料。",
            en="The bundle is incomplete or was changed; nothing was imported.",
        ),
        remedy=_AGAIN,
    )
