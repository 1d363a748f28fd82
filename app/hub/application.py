"""The hub's HTTP application."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.domain.errors import HubRefused, StorageFailed
from app.hub import (
    bell_routes,
    device_routes,
    enrolment_routes,
    exchange_routes,
    health_routes,
)
from app.hub.described import described
from app.hub.envelope import Envelope
from app.hub.hub import Hub
from app.hub.page import page_routes
from app.hub.refusals import Refused
from app.wire.messages import RefusalCode

_BUSY_MS = 2_000


def create_app(hub: Hub) -> FastAPI:
    """Return the application of a hub."""
    app = FastAPI(
        title="Venue Desk hub",
        version="1",
        description="Exchange of facts between laptops of an event. Requests of devices are"
        " signed with Ed25519; every answer is signed by the hub.",
        docs_url=None,  # they load scripts from elsewhere, and a venue may have no network
        redoc_url=None,
    )
    app.state.hub = hub
    for routes in (
        exchange_routes,
        enrolment_routes,
        device_routes,
        bell_routes,
        health_routes,
    ):
        app.include_router(routes.router)
    app.include_router(page_routes(hub))
    app.add_middleware(Envelope, hub=hub)
    app.add_exception_handler(Refused, _refuse)
    app.add_exception_handler(HubRefused, _refuse_as_stored)
    app.add_exception_handler(RequestValidationError, _refuse_malformed)
    app.add_exception_handler(ValidationError, _refuse_malformed)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(StorageFailed, _refuse_busy)
    described(app)
    return app


def _refuse(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    language = request.headers.get("accept-language", "")
    return Response(error.body(language), error.status, headers=error.headers())


def _refuse_as_stored(request: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, HubRefused) else ""
    return _refuse(request, Refused(RefusalCode(code or RefusalCode.NOT_ALLOWED)))


def _refuse_malformed(request: Request, _error: Exception) -> Response:
    # The error's own text would repeat what it could not read.
    return _refuse(request, Refused(RefusalCode.MALFORMED, status=422))


def _refuse_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = RefusalCode.MALFORMED if status in {400, 422} else RefusalCode.NOT_FOUND
    answer = _refuse(request, Refused(code, status=status))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)  # which methods a route allows
    return answer


def _refuse_busy(request: Request, _error: Exception) -> Response:
    return _refuse(request, Refused(RefusalCode.BUSY, retry_after_ms=_BUSY_MS))
