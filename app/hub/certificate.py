"""The hub's own certificate: made once, kept beside its database.

Integrity never rests on it (every answer is signed), but it keeps names off the air; a device
knows it by its digest, which the signed hello tells.
"""

import datetime as dt
import hashlib
import ipaddress
import os
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_YEARS = 10
_FILE = "certificate.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate that nobody vouches for but the hub's signed hello."""

    file: Path
    """Key and certificate, readable for the owner only."""
    digest: str
    """SHA-256 of the certificate."""

    def server_context(self) -> ssl.SSLContext:
        """Return what a server needs to answer TLS with it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        context.load_cert_chain(self.file)
        return context


def get_certificate(folder: Path, addresses: Sequence[str]) -> Certificate:
    """Return the hub's certificate, made at the first time."""
    file = folder / _FILE
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_private(file, _make(addresses))
    found = x509.load_pem_x509_certificate(file.read_bytes())
    der = found.public_bytes(serialization.Encoding.DER)
    return Certificate(file=file, digest=hashlib.sha256(der).hexdigest())


def _make(addresses: Sequence[str]) -> bytes:
    """Return a fresh key and its self-signed certificate, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Venue Desk hub")])
    now = dt.datetime.now(dt.UTC)
    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(item)) for item in ("127.0.0.1", *addresses)]
    host = socket.gethostname()
    if host.isascii() and host.replace("-", "").replace(".", "").isalnum():
        names += [x509.DNSName(host), x509.DNSName(f"{host.split('.')[0]}.local")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A laptop's clock may be wrong by days; nobody is kept out for that.
        .not_valid_before(now - dt.timedelta(days=365))
        .not_valid_after(now + dt.timedelta(days=365 * _YEARS))
        .add_extension(x509.SubjectAlternativeName(list(dict.fromkeys(names))), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _write_private(file: Path, data: bytes) -> None:
    """Write a file only its owner may read; it is there whole or not at all."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
