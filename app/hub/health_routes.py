"""How the hub fares: for a person's browser, a load balancer, and Prometheus."""

import time
from collections import Counter

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from app.domain.errors import StorageFailed
from app.hub.callers import HubHere
from app.hub.counters import Labels, metric
from app.hub.hub import Hub

router = APIRouter(tags=["health"])
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/health", responses={503: {"description": "The database cannot be asked"}})
def health(hub: HubHere) -> Response:
    """Tell whether facts can be stored and read now."""
    try:
        took = _database_seconds(hub)
    except StorageFailed:
        return JSONResponse({"status": "database_down"}, 503, headers={"retry-after": "2"})
    return JSONResponse(
        {
            "status": "ok",
            "database_ms": round(took * 1000, 1),
            "server_ms": hub.clock.wall_ms(),
            "listeners": hub.bells.count,
        }
    )


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(hub: HubHere) -> Response:
    """Give figures as Prometheus reads them; no names, no ids."""
    lines = [
        *hub.counters.lines(),
        *metric("venuedesk_listeners", "gauge", {(): float(hub.bells.count)}),
    ]
    try:
        lines += [*_database_lines(hub)]
    except StorageFailed:
        lines += metric("venuedesk_database_up", "gauge", {(): 0.0})
    return Response("\n".join(lines) + "\n", media_type=_PROMETHEUS)


def _database_lines(hub: Hub) -> list[str]:
    took = _database_seconds(hub)
    totals: Counter[str] = Counter()
    devices: Counter[Labels] = Counter()
    events = hub.events.list_events()
    for event in events:
        store = hub.store(event.event_id)
        totals["facts"] += store.total_facts()
        totals["chains"] += len(store.list_tips())
        totals["quarantined"] += store.count_quarantined()
        totals["forks"] += len(store.list_forks())
        for device in hub.devices.list_devices(event.event_id):
            devices[(("role", device.role), ("status", device.status))] += 1
    lines = [
        *metric("venuedesk_database_up", "gauge", {(): 1.0}),
        *metric("venuedesk_database_seconds", "gauge", {(): took}),
        *metric("venuedesk_events", "gauge", {(): float(len(events))}),
        *metric("venuedesk_devices", "gauge", {k: float(v) for k, v in devices.items()}),
    ]
    for name in ("facts", "chains", "quarantined", "forks"):
        lines += metric(f"venuedesk_{name}", "gauge", {(): float(totals[name])})
    return lines


def _database_seconds(hub: Hub) -> float:
    started = time.perf_counter()
    hub.identity.epoch()
    return time.perf_counter() - started
