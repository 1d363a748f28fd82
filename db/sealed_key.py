"""The database key sealed by a recovery passphrase: losing the keyring is survivable.

scrypt makes a key of the passphrase, AES-256-GCM seals the 32 bytes of the database key with it.
scrypt rather than Argon2id because every build of the cryptography library has it: a backup must
open on whatever machine is left. The sealed key is a small JSON document that lies in the profile
and at the end of every backup.
"""

import hashlib
import json
import os
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.domain import chain
from app.domain.errors import InvalidInput, StorageFailed
from app.domain.passphrase import normalize_passphrase
from app.domain.words import Words

VERSION = 1
COST, BLOCK, LANES = 2**17, 8, 1
"""128 MiB and about half a second for each guess."""
MOST_COST, MOST_BLOCK, MOST_LANES = 2**20, 16, 4
"""A document may not ask for more: it could come from anywhere."""
_FIELDS = frozenset(
    {"version", "kdf", "cost", "block", "lanes", "salt", "nonce", "sealed", "made_at", "check"}
)


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A database key that only its passphrase opens."""

    salt: str
    nonce: str
    sealed: str
    """Hex of 48 bytes: the key's 32 and the seal's 16."""
    made_at: int
    """UTC milliseconds."""
    cost: int = COST
    block: int = BLOCK
    lanes: int = LANES

    def to_bytes(self) -> bytes:
        """Return the document: canonical JSON and a checksum that tells damage from a typo."""
        parts = _parts(self)
        return chain.canonical({**parts, "check": _checksum(parts)}).encode() + b"\n"

    def open(self, passphrase: str) -> str:
        """Return the database key (64 hex digits). Raises InvalidInput for a wrong passphrase."""
        try:
            key = AESGCM(_stretch(self, passphrase)).decrypt(
                bytes.fromhex(self.nonce), bytes.fromhex(self.sealed), _covered(self)
            )
        except InvalidTag as error:
            raise InvalidInput(
                Words(zh="復原密語不對。", en="The recovery passphrase is not right."),
                remedy=Words(
                    zh="請照抄下來的詞再輸入一次；大小寫、全形半形都沒有關係。",
                    en="Type it again as it was written down; capitals do not matter.",
                ),
                field="passphrase",
            ) from error
        return key.hex()


def seal_key(key: str, passphrase: str, made_at: int, *, cost: int = COST) -> SealedKey:
    """Seal a database key (64 hex digits) with a passphrase."""
    nonce = os.urandom(12)
    empty = SealedKey(os.urandom(16).hex(), nonce.hex(), "", made_at, cost)
    cipher = AESGCM(_stretch(empty, passphrase))
    sealed = cipher.encrypt(nonce, bytes.fromhex(key), _covered(empty))
    return replace(empty, sealed=sealed.hex())


def read_sealed_key(content: bytes) -> SealedKey:
    """Return the sealed key of a document. Raises StorageFailed where it is damaged."""
    try:
        parts = json.loads(content)
        if not isinstance(parts, dict) or parts.keys() != _FIELDS:
            raise ValueError
        check = parts.pop("check")
        sealed = SealedKey(
            salt=str(parts["salt"]),
            nonce=str(parts["nonce"]),
            sealed=str(parts["sealed"]),
            made_at=int(parts["made_at"]),
            cost=int(parts["cost"]),
            block=int(parts["block"]),
            lanes=int(parts["lanes"]),
        )
        is_sound = _parts(sealed) == parts and check == _checksum(parts)
        if not is_sound or not _is_payable(sealed):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StorageFailed(
            Words(
                zh="復原密語的檔案已損壞。", en="The file of the recovery passphrase is damaged."
            ),
            remedy=Words(
                zh="請再設定一次復原密語；要還原時請改用另一個備份檔。",
                en="Set the recovery passphrase again; to restore, use another backup.",
            ),
        ) from error
    return sealed


def _is_payable(sealed: SealedKey) -> bool:
    return (
        2 <= sealed.cost <= MOST_COST
        and sealed.cost & (sealed.cost - 1) == 0
        and 1 <= sealed.block <= MOST_BLOCK
        and 1 <= sealed.lanes <= MOST_LANES
        and [len(bytes.fromhex(part)) for part in (sealed.salt, sealed.nonce, sealed.sealed)]
        == [16, 12, 48]
    )


def _terms(sealed: SealedKey) -> dict[str, Any]:
    """Return what the seal also covers: nobody can lower the cost unseen."""
    return {
        "version": VERSION,
        "kdf": "scrypt",
        "cost": sealed.cost,
        "block": sealed.block,
        "lanes": sealed.lanes,
        "salt": sealed.salt,
        "made_at": sealed.made_at,
    }


def _parts(sealed: SealedKey) -> dict[str, Any]:
    return {**_terms(sealed), "nonce": sealed.nonce, "sealed": sealed.sealed}


def _covered(sealed: SealedKey) -> bytes:
    return b"venuedesk-recovery-1\n" + chain.canonical(_terms(sealed)).encode()


def _stretch(sealed: SealedKey, passphrase: str) -> bytes:
    scrypt = Scrypt(
        salt=bytes.fromhex(sealed.salt), length=32, n=sealed.cost, r=sealed.block, p=sealed.lanes
    )
    return scrypt.derive(normalize_passphrase(passphrase).encode())


def _checksum(parts: dict[str, Any]) -> str:
    return hashlib.sha256(chain.canonical(parts).encode()).hexdigest()
