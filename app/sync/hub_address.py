"""A hub's address as people type it, made into one to use."""

import ipaddress
from urllib.parse import urlsplit

from app.domain.errors import InvalidInput
from app.domain.words import Words

_LOCAL_NAMES = (".local", ".lan", ".home.arpa", ".internal")


def hub_url(typed: str) -> str:
    """Return scheme, host and port. Raises InvalidInput.

    Beyond this machine it is always https: personal data never travels in clear.
    """
    text = typed.strip()
    scheme, host, port = _split(text)
    if not host:
        raise InvalidInput(
            Words(zh=f"這不是同步中心的網址：{text[:80]}", en=f"No hub's address: {text[:80]}"),
            remedy=Words(
                zh="例如 https://192.168.1.20:8710", en="For example https://192.168.1.20:8710"
            ),
            field="url",
        )
    scheme = "http" if is_loopback(host) and scheme != "https" else "https"
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" + (f":{port}" if port else "")


def _split(text: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port; no host for what is no address of a hub."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:  # an open bracket, a port beyond 65535
        return "", "", None
    usable = parts.scheme in {"", "http", "https"} and not parts.username
    usable = usable and not any(letter.isspace() for letter in host)
    return parts.scheme, host if usable else "", port


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine itself."""
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback


def is_near(host: str) -> bool:
    """Tell whether a host is on the venue's own network, where no proxy leads."""
    address = _address(host)
    if address is None:
        return "." not in host or host.endswith(_LOCAL_NAMES)
    return address.is_private or address.is_loopback or address.is_link_local


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
