"""What organizers do: invite, see who takes part, approve, revoke, look at quarantine."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.domain.devices import INVITES
from app.hub.callers import AskedHere, HubHere, check_caller
from app.hub.described import body_of
from app.hub.exchange_routes import EventId
from app.hub.hub import Hub
from app.wire.messages import (
    DeviceListAnswer,
    DeviceMessage,
    InvitationAnswer,
    InvitationRequest,
    QuarantineAnswer,
    QuarantinedMessage,
    RevokeRequest,
)

router = APIRouter(tags=["devices"])
DeviceId = Annotated[str, Path(min_length=1, max_length=64, pattern="^[A-Za-z0-9_.:~-]+$")]


@router.get("/v1/events/{event}/devices")
def list_devices(event: EventId, hub: HubHere, asked: AskedHere) -> DeviceListAnswer:
    """List everybody enrolled for an event."""
    check_caller(hub, asked, event, INVITES)
    return _devices(hub, event)


@router.post(
    "/v1/events/{event}/devices/{device}/approve", responses={200: {"model": DeviceListAnswer}}
)
def approve(event: EventId, device: DeviceId, hub: HubHere, asked: AskedHere) -> DeviceListAnswer:
    """Admit a device whose six words were compared."""
    check_caller(hub, asked, event, INVITES, once=True)
    hub.devices.approve(event, device)
    hub.ring(event)
    return _devices(hub, event)


@router.post(
    "/v1/events/{event}/devices/{device}/revoke",
    responses={200: {"model": DeviceListAnswer}},
    openapi_extra=body_of(RevokeRequest),
)
def revoke(event: EventId, device: DeviceId, hub: HubHere, asked: AskedHere) -> DeviceListAnswer:
    """Keep a device from the event; it erases people's data at its next contact."""
    check_caller(hub, asked, event, INVITES, once=True)
    request = RevokeRequest.model_validate_json(asked.body or b"{}")
    hub.devices.revoke(event, device, reason=request.reason)
    hub.bells.end_of_device(event, device)
    hub.ring(event)
    return _devices(hub, event)


@router.post(
    "/v1/events/{event}/invitations",
    responses={200: {"model": InvitationAnswer}},
    openapi_extra=body_of(InvitationRequest),
)
def invite(event: EventId, hub: HubHere, asked: AskedHere) -> Response:
    """Make a one-time code, shown once."""
    check_caller(hub, asked, event, INVITES, once=True)
    request = InvitationRequest.model_validate_json(asked.body or b"{}")
    made = hub.devices.invite(event, request.role, confirm=request.confirm)
    answer = InvitationAnswer(
        code=made.code,
        url=hub.place.url,
        role=request.role,
        event_id=event,
        expires_ms=made.expires_ms,
        confirm=request.confirm,
    )
    return Response(answer.model_dump_json(), media_type="application/json")


@router.get("/v1/events/{event}/quarantine")
def quarantine(event: EventId, hub: HubHere, asked: AskedHere) -> QuarantineAnswer:
    """List what could not be taken."""
    check_caller(hub, asked, event, INVITES)
    found = hub.store(event).list_quarantined()
    return QuarantineAnswer(
        runs=[
            QuarantinedMessage(
                device=run.device,
                incarnation=run.incarnation,
                first_seq=run.first_seq,
                digest=run.digest,
                why=run.why,
                facts=run.facts,
                is_kept=run.is_kept,
                noted_ms=run.noted_ms,
            )
            for run in found
        ]
    )


def _devices(hub: Hub, event_id: str) -> DeviceListAnswer:
    store = hub.store(event_id)
    return DeviceListAnswer(
        devices=[
            DeviceMessage(
                device=view.device,
                role=view.role,
                status=view.status,
                label=view.label,
                letter=view.letter,
                words=list(view.words),
                public_key=view.public_key,
                enrolled_ms=view.enrolled_ms,
                last_contact_ms=view.last_contact_ms,
                facts=view.facts,
            )
            for view in hub.devices.list_devices(event_id)
        ],
        quarantined=store.count_quarantined(),
        forks=len(store.list_forks()),
    )
