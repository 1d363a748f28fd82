"""What is signed of a request and of an answer: bytes only, no keys.

A device signs method, path, the digest of the unpacked body, the server's nonce and its own name;
no clock is involved. The hub signs its answers, so that neither a captive portal nor a proxy that
reads the traffic can speak in its name.
"""

import hashlib
from dataclasses import dataclass

DEVICE_HEADER = "VenueDesk-Device"
NONCE_HEADER = "VenueDesk-Nonce"
"""In an answer: the nonce for the next request. In a request: the one it was signed with."""
SIGNATURE_HEADER = "VenueDesk-Signature"
HUB_SIGNATURE_HEADER = "VenueDesk-Hub-Signature"
CHALLENGE_HEADER = "VenueDesk-Challenge"
"""A request's random text; the answer's signature covers it, so an old answer is of no use."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """The parts of a request that its signature covers."""

    method: str
    path: str
    """With the query, as sent."""
    body: bytes
    """Unpacked, so that a proxy may pack it otherwise."""
    nonce: str
    device: str

    def to_bytes(self) -> bytes:
        """Return the bytes to sign."""
        digest = hashlib.sha256(self.body).hexdigest()
        parts = ("venuedesk-request-1", self.method, self.path, digest, self.nonce, self.device)
        return "\n".join(parts).encode()


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """The parts of an answer that the hub's signature covers."""

    status: int
    path: str
    body: bytes
    """Unpacked."""
    challenge: str

    def to_bytes(self) -> bytes:
        """Return the bytes to sign."""
        digest = hashlib.sha256(self.body).hexdigest()
        parts = ("venuedesk-answer-1", str(self.status), self.path, digest, self.challenge)
        return "\n".join(parts).encode()
