"""Push, pull, compare: the hub's side of exchange, and who is there at all."""

import json
import time
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from app.domain.devices import EXCHANGES
from app.hub.callers import AskedHere, HubHere, check_caller
from app.hub.described import body_of
from app.hub.hub import Hub
from app.wire.facts import run_answer, run_object, runs_of, tip_message, tip_of
from app.wire.messages import (
    HeadsAnswer,
    Hello,
    NonceAnswer,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
)

router = APIRouter(tags=["exchange"])
EventId = Annotated[str, Path(min_length=1, max_length=64, pattern="^[0-9a-f-]+$")]


@router.get("/v1/hello")
def hello(hub: HubHere) -> Hello:
    """Tell who this hub is."""
    return Hello(
        hub_key=hub.public_key,
        certificate=hub.place.certificate,
        epoch=hub.identity.epoch(),
        server_ms=hub.clock.wall_ms(),
    )


@router.post("/v1/nonce")
def nonce(hub: HubHere) -> NonceAnswer:
    """Hand out a nonce."""
    return NonceAnswer(nonce=hub.nonces.make(), server_ms=hub.clock.wall_ms())


@router.post(
    "/v1/events/{event}/facts",
    responses={200: {"model": PushAnswer}},
    openapi_extra=body_of(PushRequest),
)
def push(event: EventId, hub: HubHere, asked: AskedHere) -> Response:
    """Take runs of facts; the answer is sent after they are committed."""
    check_caller(hub, asked, event, EXCHANGES)
    request = PushRequest.model_validate_json(asked.body)
    runs = runs_of(request.runs, event)
    started = time.perf_counter()
    results = hub.take(event, runs)
    stored = sum(result.stored for result in results)
    hub.counters.count_ingest(time.perf_counter() - started, stored)
    answer = PushAnswer(results=[run_answer(result) for result in results], **_standing(hub, event))
    return Response(answer.model_dump_json(), media_type="application/json")


@router.post(
    "/v1/events/{event}/pull",
    responses={200: {"model": PullAnswer}},
    openapi_extra=body_of(PullRequest),
)
def pull(event: EventId, hub: HubHere, asked: AskedHere) -> Response:
    """Give what the asker lacks."""
    check_caller(hub, asked, event, EXCHANGES)
    request = PullRequest.model_validate_json(asked.body)
    tips = [tip_of(tip) for tip in request.have]
    batch = hub.store(event).list_lacking(tips, most_facts=request.limit)
    answer = {
        "runs": [run_object(run) for run in batch.runs],
        "has_more": batch.has_more,
        **_standing(hub, event),
    }
    # What comes from our own tables is not checked again: it costs more than reading it.
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode(), media_type="application/json")


@router.get("/v1/events/{event}/heads")
def heads(event: EventId, hub: HubHere, asked: AskedHere) -> HeadsAnswer:
    """Tell how far every chain reaches here."""
    check_caller(hub, asked, event, EXCHANGES)
    tips = hub.store(event).list_tips()
    return HeadsAnswer(tips=[tip_message(tip) for tip in tips], **_standing(hub, event))


def _standing(hub: Hub, event_id: str) -> dict[str, Any]:
    """Return what every answer of the exchange says of the hub."""
    return {
        "epoch": hub.identity.epoch(),
        "server_ms": hub.clock.wall_ms(),
        "facts": hub.store(event_id).total_facts(),
    }
