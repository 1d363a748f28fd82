"""The county's live page: sign-in for viewers, the page, and its figures as JSON."""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from app.domain.errors import StorageFailed
from app.hub.hub import Hub
from app.hub.live import LiveEvents
from app.hub.live_source import HubLiveSource
from app.hub.page_texts import choose_language, fill, find_file, word
from app.hub.page_viewers import SIGNED_IN_MS, Viewer, Viewers
from app.hub.refusals import Refused
from app.wire.messages import RefusalCode

EventId = Annotated[str, Path(min_length=1, max_length=64, pattern="^[0-9a-f-]+$")]
COOKIE = "venuedesk_viewer"
LANGUAGE_COOKIE = "venuedesk_language"
TIME_HEADER = "x-venuedesk-time"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
_YEAR = 365 * 86_400
_LONGEST_FORM = 4_096


def page_routes(hub: Hub) -> APIRouter:
    """Return the page's routes for a hub; its figures are shared by all viewers."""
    router = APIRouter()
    viewers = Viewers(hub.database, hub.clock)
    live = LiveEvents(HubLiveSource(hub.database), hub.clock.wall_ms)
    router.include_router(_figures(hub, viewers, live))
    router.include_router(_pages(hub, viewers), include_in_schema=False)
    return router


def _figures(hub: Hub, viewers: Viewers, live: LiveEvents) -> APIRouter:
    router = APIRouter(tags=["live page"])

    def signed_in(request: Request) -> Viewer:
        viewer = viewers.find_viewer(request.cookies.get(COOKIE, ""))
        if viewer is None:
            raise Refused(RefusalCode.NOT_ALLOWED, status=401)
        return viewer

    @router.get("/v1/live")
    def list_events(
        viewer: Annotated[Viewer, Depends(signed_in)],
    ) -> dict[str, list[dict[str, str]]]:
        """List the events this viewer may look at, the newest first."""
        events = [each for each in hub.events.list_events() if viewer.may_see(each.event_id)]
        return {"events": [{"id": each.event_id, "name": each.name} for each in reversed(events)]}

    @router.get("/v1/live/{event}", responses={304: {"description": "The figures are the same"}})
    def figures(
        event: EventId,
        request: Request,
        viewer: Annotated[Viewer, Depends(signed_in)],
    ) -> Response:
        """Tell an event's figures: counts and names of schools, nobody's personal data."""
        if not viewer.may_see(event) or hub.events.find_event(event) is None:
            raise Refused(RefusalCode.UNKNOWN_EVENT)
        read = live.figures(event)
        headers = {
            **SAFE,
            "cache-control": "private, no-cache",
            "etag": read.tag,
            TIME_HEADER: str(hub.clock.wall_ms()),
        }
        # A proxy that packs answers marks their tags as weak.
        if request.headers.get("if-none-match", "").removeprefix("W/") == read.tag:
            return Response(status_code=304, headers=headers)
        return Response(read.body, media_type="application/json", headers=headers)

    return router


def _pages(hub: Hub, viewers: Viewers) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    def show(request: Request, lang: str = "") -> Response:
        """Show the page, or the door to it."""
        kept = request.cookies.get(LANGUAGE_COOKIE, "")
        language = choose_language(lang, kept, request.headers.get("accept-language", ""))
        viewer = viewers.find_viewer(request.cookies.get(COOKIE, ""))
        if viewer is None:
            answer = _door(language)
        else:
            answer = Response(fill("index.html", language), headers=_html())
        if lang == language:
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="strict")
        return answer

    @router.post("/login")
    async def sign_in(request: Request) -> Response:
        """Take a viewing code."""
        return await _sign_in(request, hub, viewers)

    @router.post("/logout")
    def sign_out(request: Request) -> Response:
        """Forget this browser."""
        _check_same_site(request)
        viewers.sign_out(request.cookies.get(COOKIE, ""))
        answer = Response(status_code=303, headers={**SAFE, "location": "/"})
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer

    @router.get("/page/{name}")
    def file(name: str, request: Request) -> Response:
        """Send a style, script or picture."""
        found = find_file(name)
        if found is None:
            raise Refused(RefusalCode.NOT_FOUND)
        headers = {**SAFE, "cache-control": "no-cache", "etag": found.tag}
        if request.headers.get("if-none-match", "").removeprefix("W/") == found.tag:
            return Response(status_code=304, headers=headers)
        return Response(found.body, media_type=found.kind, headers=headers)

    return router


async def _sign_in(request: Request, hub: Hub, viewers: Viewers) -> Response:
    _check_same_site(request)
    language = choose_language(
        "", request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    )
    if hub.enrol_buckets.wait_of(request.state.address):
        return _door(language, "too_many", status=429)
    form = parse_qs((await request.body())[:_LONGEST_FORM].decode("utf-8", "replace"))
    try:
        cookie = await run_in_threadpool(viewers.sign_in, form.get("code", [""])[0])
    except StorageFailed:
        return _door(language, "busy", status=503)
    if cookie is None:
        return _door(language, "code_wrong", status=403)
    answer = Response(status_code=303, headers={**SAFE, "location": "/"})
    is_secure = request.url.scheme == "https" or hub.is_behind_proxy
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=SIGNED_IN_MS // 1000,
        httponly=True,
        samesite="strict",
        secure=is_secure,
    )
    return answer


def _door(language: str, problem: str = "", *, status: int = 200) -> Response:
    said = word(problem, language) if problem else ""
    body = fill("sign_in.html", language, problem=said)
    return Response(body, status_code=status, headers=_html())


def _html() -> dict[str, str]:
    return {**SAFE, "content-type": "text/html; charset=utf-8", "vary": "accept-language, cookie"}


def _check_same_site(request: Request) -> None:
    """Turn away a form that another site sent. Raises Refused."""
    fetched = request.headers.get("sec-fetch-site", "")
    if fetched in {"same-origin", "none"}:
        return
    origin = request.headers.get("origin", "")
    if fetched or (origin and urlsplit(origin).netloc != request.headers.get("host", "")):
        raise Refused(RefusalCode.NOT_ALLOWED)
