"""Under which addresses this machine can be reached, and a listening socket on one."""

import errno
import ipaddress
import os
import socket

from app.domain.errors import Conflict, InvalidInput, NotAllowed, VenueDeskError
from app.domain.words import Words

BACKLOG = 1024


def list_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that other machines can use, the likeliest first."""
    import ifaddr  # noqa: PLC0415 - only a hub that starts needs it

    likeliest = _address_towards_the_world()
    known = [address.ip for adapter in ifaddr.get_adapters() for address in adapter.ips]
    found = {*(address for address in known if isinstance(address, str)), likeliest}
    usable = [item for item in found if item and not ipaddress.ip_address(item).is_loopback]
    return sorted(usable, key=lambda item: (item != likeliest, _is_link_local(item), item))


def hub_url(host: str, port: int, *, is_behind_proxy: bool = False) -> str:
    """Return the URL other laptops use; plain HTTP only where nobody else can listen."""
    if is_loopback(host) or is_behind_proxy:
        return f"http://{_in_url(host if host != '0.0.0.0' else '127.0.0.1')}:{port}"  # noqa: S104
    if host not in {"0.0.0.0", "::", ""}:  # noqa: S104 - what the person asked for
        return f"https://{_in_url(host)}:{port}"
    addresses = list_addresses()
    return f"https://{addresses[0]}:{port}" if addresses else f"http://127.0.0.1:{port}"


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine and nobody else's."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def open_listener(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises Conflict, NotAllowed, InvalidInput."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _in_words(error, host, port) from error
    listener.setblocking(False)  # noqa: FBT003 - it takes no names
    return listener


def _in_words(error: OSError, host: str, port: int) -> VenueDeskError:
    if error.errno == errno.EADDRINUSE:
        return Conflict(
            Words(
                zh=f"連接埠 {port} 已有程式在用，可能同步中心已經開著。",
                en=f"Port {port} is in use; a hub may be running already.",
            ),
            remedy=Words(
                zh="請關掉那個程式，或用 --port 換一個連接埠。",
                en="Stop that program, or choose another port with --port.",
            ),
        )
    if error.errno == errno.EACCES:
        return NotAllowed(
            Words(zh=f"不能使用連接埠 {port}。", en=f"Port {port} may not be used."),
            remedy=Words(
                zh="請用 --port 換一個大於 1024 的連接埠。",
                en="Choose one above 1024 with --port.",
            ),
        )
    return InvalidInput(
        Words(zh=f"這台電腦沒有位址 {host}。", en=f"This machine has no address {host}."),
        remedy=Words(
            zh="請用 --host 指定這台電腦的位址，或不要指定。",
            en="Give one of this machine's addresses with --host, or none.",
        ),
        field="host",
    )


def _address_towards_the_world() -> str:
    """Return the address a packet to the world would leave from; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _is_link_local(address: str) -> bool:
    return ipaddress.ip_address(address).is_link_local


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
