"""How a device comes to take part, and how it asks where it stands."""

from fastapi import APIRouter, Response

from app.domain.devices import DeviceRole, DeviceStatus
from app.domain.invitation_code import names_hub
from app.hub.callers import AskedHere, HubHere, check_caller, check_signature
from app.hub.described import body_of
from app.hub.exchange_routes import EventId
from app.hub.hub import Hub
from app.hub.refusals import Refused
from app.wire.messages import EnrolAnswer, EnrolRequest, RefusalCode
from app.wire.sealing import bundle_key_purpose, seal
from db.hub.devices import HubDevice

router = APIRouter(tags=["enrolment"])


@router.post(
    "/v1/enrol", responses={200: {"model": EnrolAnswer}}, openapi_extra=body_of(EnrolRequest)
)
def enrol(hub: HubHere, asked: AskedHere) -> Response:
    """Let a device with a good code take part, or wait for somebody to compare the words.

    Asking again with the same code and key is harmless: the first answer may have been lost.
    """
    wait = hub.enrol_buckets.wait_of(asked.address)
    if wait:
        raise Refused(RefusalCode.TOO_MANY, retry_after_ms=int(wait * 1000) + 1)
    request = EnrolRequest.model_validate_json(asked.body)
    if request.device != asked.request.device:
        raise Refused(RefusalCode.SIGNATURE)
    check_signature(hub, asked, request.public_key, once=False)
    if not names_hub(request.code, hub.public_key):
        raise Refused(RefusalCode.CODE_UNKNOWN)
    device = hub.devices.enrol(request)
    hub.ring(device.event_id)
    return Response(_answer(hub, device).model_dump_json(), media_type="application/json")


@router.get("/v1/events/{event}/devices/me")
def me(event: EventId, hub: HubHere, asked: AskedHere) -> EnrolAnswer:
    """Tell a device where it stands."""
    device = check_caller(hub, asked, event, frozenset(DeviceRole), may_wait=True)
    return _answer(hub, device)


def _answer(hub: Hub, device: HubDevice) -> EnrolAnswer:
    event = hub.events.find_event(device.event_id)
    if event is None:
        raise Refused(RefusalCode.UNKNOWN_EVENT)
    sealed = ""
    is_admitted = device.status is DeviceStatus.ADMITTED
    if is_admitted and event.bundle_key and device.seal_key:
        purpose = bundle_key_purpose(event.event_id)
        sealed = seal(bytes.fromhex(event.bundle_key), device.seal_key, purpose)
    return EnrolAnswer(
        event_id=event.event_id,
        event_name=event.name,
        device=device.device,
        role=device.role,
        status=device.status,
        letter=device.letter,
        words=list(device.words),
        hub_key=hub.public_key,
        bundle_key=sealed,
        epoch=hub.identity.epoch(),
    )
