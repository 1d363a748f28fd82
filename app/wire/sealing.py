"""A secret sealed to one device: only whoever holds the other half of its key opens it.

X25519 with a fresh key on the sender's side, HKDF-SHA256, AES-256-GCM. `about` is what both sides
know of the occasion (event and device), so that a sealed secret cannot serve elsewhere.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY = 32
_NONCE = 12


def new_seal_key() -> tuple[str, str]:
    """Return a fresh (private, public) X25519 pair as hex."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw().hex(), private.public_key().public_bytes_raw().hex()


def seal(secret: bytes, public_key: str, about: str) -> str:
    """Return a secret sealed to a public key, as hex. Raises ValueError for no key."""
    other = X25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    own = X25519PrivateKey.generate()
    own_public = own.public_key().public_bytes_raw()
    key = _derive(own.exchange(other), own_public, about)
    nonce = os.urandom(_NONCE)
    return (own_public + nonce + AESGCM(key).encrypt(nonce, secret, about.encode())).hex()


def unseal(sealed: str, private_key: str, about: str) -> bytes | None:
    """Return the secret, None where it was not sealed to this key on this occasion."""
    try:
        raw = bytes.fromhex(sealed)
        own = X25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
        sender, nonce, text = raw[:_KEY], raw[_KEY : _KEY + _NONCE], raw[_KEY + _NONCE :]
        key = _derive(own.exchange(X25519PublicKey.from_public_bytes(sender)), sender, about)
        return AESGCM(key).decrypt(nonce, text, about.encode())
    except (InvalidTag, ValueError):
        return None


def enrolment_occasion(event_id: str, device: str) -> str:
    """Return what a bundle key that travels with an enrolment is sealed about."""
    return f"{event_id}|{device}"


def _derive(shared: bytes, sender: bytes, about: str) -> bytes:
    info = b"venuedesk-seal-1|" + sender + about.encode()
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=info).derive(shared)
