"""Ed25519 device keys and signed heads."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain import chain
from app.domain.chain import Origin
from db.engine import Connection


def new_device_key() -> tuple[str, str]:
    """Return a fresh (private, public) key pair as hex."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw().hex(), private.public_key().public_bytes_raw().hex()


def is_signature_good(public_key: str, signature: str, message: bytes) -> bool:
    """Tell whether a signature (hex) is this key's over the message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), message
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_head(connection: Connection, origin: Origin, private_key: str) -> int:
    """Sign the end of our chain if it has moved on; return the signed sequence (0: no facts)."""
    head = connection.execute(
        "SELECT seq, hash FROM chain_head WHERE device=? AND incarnation=?",
        (origin.device, origin.incarnation),
    ).fetchone()
    if head is None:
        return 0
    seq, digest = head
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
    signature = key.sign(chain.signed_head_bytes(origin, seq, digest)).hex()
    connection.execute(
        "INSERT OR IGNORE INTO signed_head"
        " (device, incarnation, seq, hash, public_key, signature) VALUES (?,?,?,?,?,?)",
        (
            origin.device,
            origin.incarnation,
            seq,
            digest,
            key.public_key().public_bytes_raw().hex(),
            signature,
        ),
    )
    return int(seq)
