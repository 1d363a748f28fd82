"""The bell of an event."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from app.domain.devices import EXCHANGES
from app.hub.callers import AskedHere, HubHere, check_caller, may_exchange
from app.hub.exchange_routes import EventId
from app.hub.refusals import Refused
from app.wire.messages import RefusalCode

router = APIRouter(tags=["exchange"])
_FULL_MS = 10_000


@router.get(
    "/v1/events/{event}/bell",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Server-sent events"}},
)
async def bell(event: EventId, hub: HubHere, asked: AskedHere) -> StreamingResponse:
    """Ring whenever the event's total of facts changes: `data: {"facts": N}`."""
    device = await run_in_threadpool(check_caller, hub, asked, event, EXCHANGES)
    if hub.bells.is_full:
        raise Refused(RefusalCode.TOO_MANY, retry_after_ms=_FULL_MS)
    rings = hub.bells.listen(event, device.device, lambda: may_exchange(hub, event, device.device))
    return StreamingResponse(
        rings,
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )
