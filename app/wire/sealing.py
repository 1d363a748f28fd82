"""A short secret for one device only: what a hub hands out at enrolment (the bundle key).

An answer of a hub may pass through a proxy that reads the traffic, so the secret is encrypted to
a fresh X25519 key that the device made for this enrolment.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY, _NONCE = 32, 12


def new_seal_key() -> tuple[str, str]:
    """Return a fresh (private, public) pair as hex; it serves for one enrolment."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw().hex(), private.public_key().public_bytes_raw().hex()


def seal(secret: bytes, public_key: str, purpose: str) -> str:
    """Return a secret only the owner of a public key (hex) can read, as hex. Raises ValueError."""
    own = X25519PrivateKey.generate()
    to = X25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    key, nonce = _key(own, to, purpose), os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, secret, purpose.encode())
    return (own.public_key().public_bytes_raw() + nonce + sealed).hex()


def open_sealed(sealed: str, private_key: str, purpose: str) -> bytes:
    """Return what was sealed for a private key (hex). Raises ValueError where it was not."""
    raw = bytes.fromhex(sealed)
    sender = X25519PublicKey.from_public_bytes(raw[:_KEY])
    own = X25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
    nonce, rest = raw[_KEY : _KEY + _NONCE], raw[_KEY + _NONCE :]
    try:
        return AESGCM(_key(own, sender, purpose)).decrypt(nonce, rest, purpose.encode())
    except InvalidTag as error:
        raise ValueError("sealed for another key") from error


def bundle_key_purpose(event_id: str) -> str:
    """Return what an event's bundle key is sealed as."""
    return f"venuedesk-bundle-key-1|{event_id}"


def _key(own: X25519PrivateKey, other: X25519PublicKey, purpose: str) -> bytes:
    derive = HKDF(hashes.SHA256(), length=_KEY, salt=None, info=purpose.encode())
    return derive.derive(own.exchange(other))
