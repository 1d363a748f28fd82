"""Three ways to look at a hub's certificate: the hub's own, the system's trust, or only looking.

Integrity never rests on them, because the hub signs its answers; they keep what is sent private.
"""

import hashlib
import socket
import ssl
from typing import Any, Self


class LookingContext(ssl.SSLContext):
    """Takes any certificate and remembers its digest: only for the first question, who is there.

    Where `pin` is set, a connection is given up before anything is sent unless the certificate
    has that digest. Dates are not looked at: a laptop's clock may be years wrong.
    """

    pin: str
    seen: str

    def __new__(cls, pin: str = "") -> Self:  # noqa: ARG004 - as `__init__` takes it
        """Make a client's context."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(self, pin: str = "") -> None:
        self.check_hostname = False
        self.verify_mode = ssl.CERT_NONE
        self.minimum_version = ssl.TLSVersion.TLSv1_2
        self.pin = pin
        self.seen = ""

    def wrap_socket(self, sock: socket.socket, *args: Any, **named: Any) -> ssl.SSLSocket:
        """Shake hands, and look at the certificate."""
        wrapped = super().wrap_socket(sock, *args, **named)
        self.seen = hashlib.sha256(wrapped.getpeercert(binary_form=True) or b"").hexdigest()
        if self.pin and self.seen != self.pin:
            wrapped.close()
            raise ssl.SSLCertVerificationError("another certificate than the hub's own")
        return wrapped


def system_context() -> ssl.SSLContext:
    """Return a context that trusts what the system trusts, schools' own authorities too."""
    import truststore  # noqa: PLC0415 - only where a hub has a public or a school's certificate

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
