"""What a certificate of a card says: who issued it and until when it holds, never whose it is."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from app.domain.words import Words
from app.readers.card_faults import CardFault, FaultKind


class CertificateKind(StrEnum):
    """Which authority issued it, and so what the card is called."""

    CITIZEN = "moica"
    ORGANIZATION = "xca"
    BUSINESS = "moeaca"
    GOVERNMENT = "gca"
    MEDICAL = "hca"
    OTHER = "other"


KIND_WORDS = {
    CertificateKind.CITIZEN: Words(zh="自然人憑證", en="citizen certificate (MOICA)"),
    CertificateKind.ORGANIZATION: Words(
        zh="組織及團體憑證（XCA）", en="organization certificate (XCA)"
    ),
    CertificateKind.BUSINESS: Words(zh="工商憑證", en="business certificate (MOEACA)"),
    CertificateKind.GOVERNMENT: Words(zh="政府機關憑證（GCA）", en="government certificate (GCA)"),
    CertificateKind.MEDICAL: Words(zh="醫事憑證", en="medical certificate (HCA)"),
    CertificateKind.OTHER: Words(zh="其他憑證", en="another certificate"),
}

_ISSUERS = (
    (CertificateKind.BUSINESS, re.compile(r"\bMOEACA\b|工商憑證")),
    (CertificateKind.CITIZEN, re.compile(r"\bMOICA\b|內政部憑證|自然人憑證")),
    (CertificateKind.ORGANIZATION, re.compile(r"\bXCA\b|組織及團體憑證")),
    (CertificateKind.GOVERNMENT, re.compile(r"\bGCA\b|政府憑證|政府機關憑證")),
    (CertificateKind.MEDICAL, re.compile(r"\bHCA\b|醫事憑證")),
)
_BROKEN = (
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """The little the check needs of a certificate."""

    kind: CertificateKind
    starts_at: datetime
    ends_at: datetime


def kind_of_issuer(issuer: str) -> CertificateKind:
    """Return which authority an issuer's name is."""
    # ASCII, or a Chinese character beside "XCA" would hide the word's edge.
    plain = re.sub(r"[A-Za-z]+", lambda word: f" {word[0]} ", issuer)
    return next((kind for kind, name in _ISSUERS if name.search(plain)), CertificateKind.OTHER)


def read_certificate(der: bytes) -> CertificateFacts:
    """Return who issued a certificate and when it holds."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        issuer = " ".join(str(part.value) for part in certificate.issuer)
        return CertificateFacts(
            kind=kind_of_issuer(issuer),
            starts_at=certificate.not_valid_before_utc,
            ends_at=certificate.not_valid_after_utc,
        )
    except _BROKEN as error:
        raise CardFault(FaultKind.UNREADABLE) from error


def is_authority(der: bytes) -> bool:
    """Say whether a certificate is an authority's own, not a holder's."""
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
        return extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
    except _BROKEN as error:
        raise CardFault(FaultKind.UNREADABLE) from error
