"""What an organizer's laptop asks of its hub: who takes part, codes, admission, shutting out."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.devices import DeviceRole, DeviceView
from app.domain.errors import NotFound
from app.domain.words import Words
from app.services.context import EventContext
from app.services.hub_link import find_hub_link
from app.services.opening import local_state
from app.sync.hub_client import DeviceKey, HubClient
from app.wire.messages import (
    DeviceListAnswer,
    DeviceMessage,
    InvitationAnswer,
    InvitationRequest,
    QuarantineAnswer,
    RevokeRequest,
)


@contextmanager
def hub_of(context: EventContext) -> Iterator[HubClient]:
    """Open the way to the hub of an event. Raises NotFound where it joined none."""
    with context.database.read() as connection:
        link, state = find_hub_link(connection), local_state(connection)
    if link is None:
        raise joined_none()
    client = HubClient(
        link.url,
        hub_key=link.hub_key,
        device=DeviceKey(context.journal.origin.device, state["private_key"]),
        event_id=context.event_id,
    )
    try:
        yield client
    finally:
        client.close()


def joined_none() -> NotFound:
    """Return the error of an event that exchanges with no hub."""
    return NotFound(
        Words(zh="這個活動還沒有加入同步中心。", en="This event has joined no hub yet."),
        remedy=Words(zh="請先執行 venuedesk join。", en="Run venuedesk join first."),
    )


def list_devices(client: HubClient) -> DeviceListAnswer:
    """Return everybody enrolled, and how much the hub keeps aside."""
    return client.ask(DeviceListAnswer, "GET", f"{_base(client)}/devices")


def invite(client: HubClient, role: DeviceRole, *, confirm: bool) -> InvitationAnswer:
    """Make a one-time code."""
    body = InvitationRequest(role=role, confirm=confirm).model_dump_json().encode()
    return client.ask(InvitationAnswer, "POST", f"{_base(client)}/invitations", body)


def approve(client: HubClient, device: str) -> DeviceListAnswer:
    """Admit a device whose six words were compared."""
    return client.ask(DeviceListAnswer, "POST", f"{_base(client)}/devices/{device}/approve")


def revoke(client: HubClient, device: str, reason: str) -> DeviceListAnswer:
    """Shut a device out; its next contact erases people's data on it."""
    body = RevokeRequest(reason=reason).model_dump_json().encode()
    path = f"{_base(client)}/devices/{device}/revoke"
    return client.ask(DeviceListAnswer, "POST", path, body)


def list_quarantined(client: HubClient) -> QuarantineAnswer:
    """Return what reached the hub and could not be taken."""
    return client.ask(QuarantineAnswer, "GET", f"{_base(client)}/quarantine")


def device_view(message: DeviceMessage, event_id: str) -> DeviceView:
    """Return a device as the window shows it."""
    fields = message.model_dump()
    return DeviceView(event_id=event_id, **{**fields, "words": tuple(message.words)})


def _base(client: HubClient) -> str:
    return f"/v1/events/{client.event_id}"
