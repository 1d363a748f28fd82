"""Who asks: a device that signed its request, enrolled for the event and allowed to ask this."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from app.domain.devices import DeviceRole, DeviceStatus
from app.domain.errors import StorageFailed
from app.hub.hub import Hub
from app.hub.refusals import Refused
from app.wire.messages import RefusalCode
from app.wire.signing import DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER, SignedRequest
from db.hub.devices import HubDevice
from db.signing import is_signature_good

_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as its signature covers it, not looked at yet."""

    request: SignedRequest
    signature: str
    address: str

    @property
    def body(self) -> bytes:
        """What was sent, unpacked."""
        return self.request.body


async def read_asked(
    request: Request,
    asking: Annotated[str, Header(alias=DEVICE_HEADER, max_length=64)] = "",
    nonce: Annotated[str, Header(alias=NONCE_HEADER, max_length=_LONGEST)] = "",
    signature: Annotated[str, Header(alias=SIGNATURE_HEADER, max_length=_LONGEST)] = "",
) -> Asked:
    """Return the parts of a signed request."""
    query = request.scope.get("query_string", b"")
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = (raw + (b"?" + query if query else b"")).decode("latin-1")
    signed = SignedRequest(request.method, path, await request.body(), nonce, asking)
    return Asked(request=signed, signature=signature, address=request.state.address)


AskedHere = Annotated[Asked, Depends(read_asked)]


def get_hub(request: Request) -> Hub:
    """Return the hub this application serves."""
    hub: Hub = request.app.state.hub
    return hub


HubHere = Annotated[Hub, Depends(get_hub)]


def check_signature(hub: Hub, asked: Asked, public_key: str, *, once: bool) -> None:
    """See that the key's owner asks now, and (where it matters) for the first time.

    Raises Refused.
    """
    expires_ms = hub.nonces.find_expiry_ms(asked.request.nonce)
    if expires_ms is None:
        raise Refused(RefusalCode.NONCE)
    if not is_signature_good(public_key, asked.signature, asked.request.to_bytes()):
        raise Refused(RefusalCode.SIGNATURE)
    if once and not hub.devices.spend_nonce(asked.request.nonce, expires_ms):
        raise Refused(RefusalCode.NONCE)


def check_caller(
    hub: Hub,
    asked: Asked,
    event_id: str,
    roles: Collection[DeviceRole],
    *,
    once: bool = False,
    may_wait: bool = False,
) -> HubDevice:
    """Return the device that asks. Raises Refused.

    Whoever is not enrolled is told so whatever the event is, so that nobody can try out events.
    """
    device = hub.devices.find_device(event_id, asked.request.device)
    if device is None:
        raise Refused(RefusalCode.NOT_ENROLLED)
    check_signature(hub, asked, device.public_key, once=once)
    wait = hub.device_buckets.wait_of(f"{event_id}/{device.device}")
    if wait:
        raise Refused(RefusalCode.TOO_MANY, retry_after_ms=int(wait * 1000) + 1)
    if device.status is DeviceStatus.REVOKED:
        raise Refused(RefusalCode.REVOKED)
    if device.status is DeviceStatus.WAITING and not may_wait:
        raise Refused(RefusalCode.WAITING)
    if device.role not in roles:
        raise Refused(RefusalCode.NOT_ALLOWED)
    hub.note_contact(event_id, device.device)
    return device


def may_exchange(hub: Hub, event_id: str, device_id: str) -> bool:
    """Tell whether a device that listens may still do so; a busy database changes nothing."""
    try:
        device = hub.devices.find_device(event_id, device_id)
    except StorageFailed:
        return True
    return device is not None and device.status is DeviceStatus.ADMITTED
