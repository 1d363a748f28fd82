"""The page's door over HTTP: codes are used once, cookies end, answers say what may run."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from factories import make_help_plan, new_event
from live_days import LiveDay, close_live_day, open_live_day
from sqlalchemy import text

from app.domain.devices import DeviceRole
from app.hub.application import create_app
from app.hub.hub import Hub
from app.hub.page import COOKIE
from app.hub.page_texts import choose_language
from app.hub.page_viewers import SIGNED_IN_MS
from app.services.profile import Profile

OTHER_EVENT = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(scope="module")
def door_template(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return new_event(tmp_path_factory.mktemp("door") / "profile", make_help_plan())


@pytest.fixture
def day(door_template: Profile, tmp_path: Path) -> Iterator[LiveDay]:
    opened = open_live_day(door_template, tmp_path)
    opened.tell_hub()
    yield opened
    close_live_day(opened)


@pytest.fixture
def hub(day: LiveDay) -> Hub:
    return Hub(day.database, day.clock)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def client(hub: Hub) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(hub), client=("127.0.0.1", 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


async def enter(browser: httpx.AsyncClient, code: str, **headers: str) -> httpx.Response:
    return await browser.post("/login", data={"code": code}, headers=headers)


def new_code(hub: Hub, day: LiveDay, role: DeviceRole = DeviceRole.VIEWER) -> str:
    return hub.devices.invite(day.event_id, role, confirm=False).code


@pytest.mark.anyio
async def test_a_code_opens_once_and_the_cookie_lasts_twelve_hours(hub: Hub, day: LiveDay) -> None:
    code = new_code(hub, day)
    async with client(hub) as browser:
        assert (await browser.get(f"/v1/live/{day.event_id}")).status_code == 401
        answer = await enter(browser, code)
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "max-age=43200" in cookie
        figures = await browser.get(f"/v1/live/{day.event_id}")
        assert figures.json()["plan"]["title"]
        tag = {"if-none-match": "W/" + figures.headers["etag"]}
        assert (await browser.get(f"/v1/live/{day.event_id}", headers=tag)).status_code == 304
        assert [each["id"] for each in (await browser.get("/v1/live")).json()["events"]] == [
            day.event_id
        ]
        secret = browser.cookies[COOKIE]
        with day.database.read() as connection:
            kept = connection.execute(text("SELECT digest FROM hub_viewer")).scalar_one()
        assert secret not in kept, "a stolen database opens no page"
        day.clock.pass_ms(SIGNED_IN_MS)
        assert (await browser.get(f"/v1/live/{day.event_id}")).status_code == 401
    async with client(hub) as second:
        assert (await enter(second, code)).status_code == 403


@pytest.mark.anyio
async def test_codes_for_devices_and_old_ones_open_nothing(hub: Hub, day: LiveDay) -> None:
    old = new_code(hub, day)
    day.clock.pass_ms(11 * 60_000)
    async with client(hub) as browser:
        for code in (old, new_code(hub, day, DeviceRole.STATION), "", "x" * 5000, "'; DROP--"):
            answer = await enter(browser, code)
            assert answer.status_code == 403
            assert "code is wrong" in answer.text or "檢視碼" in answer.text


@pytest.mark.anyio
async def test_a_viewer_sees_only_the_event_it_was_invited_to(hub: Hub, day: LiveDay) -> None:
    hub.events.open_event(OTHER_EVENT, name="別的活動")
    async with client(hub) as browser:
        await enter(browser, new_code(hub, day))
        assert (await browser.get(f"/v1/live/{OTHER_EVENT}")).status_code == 404
        assert len((await browser.get("/v1/live")).json()["events"]) == 1


@pytest.mark.anyio
async def test_forms_of_other_sites_are_turned_away(hub: Hub, day: LiveDay) -> None:
    async with client(hub) as browser:
        code = new_code(hub, day)
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            assert (await enter(browser, code, **headers)).status_code == 403
        assert (await enter(browser, code, origin="http://127.0.0.1")).status_code == 303


@pytest.mark.anyio
async def test_every_answer_says_what_may_run(hub: Hub, day: LiveDay) -> None:
    async with client(hub) as browser:
        for path in ("/", "/page/live.js", "/page/hub.css", "/page/words.json"):
            answer = await browser.get(path)
            assert answer.status_code == 200
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
        for path in ("/page/../hub.css", "/page/index.html", "/page/secret"):
            assert (await browser.get(path)).status_code == 404


@pytest.mark.anyio
async def test_guessing_is_slowed_down(hub: Hub, day: LiveDay) -> None:
    async with client(hub) as browser:
        statuses = [(await enter(browser, "WRONG")).status_code for _ in range(80)]
    assert set(statuses) == {403, 429}


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        ("", "", "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "ja,en;q=0.5", "en"),
        ("", "", "", "zh"),
        ("en", "zh", "zh-TW", "en"),
        ("<script>", "en", "zh-TW", "en"),
    ],
)
def test_language_follows_the_reader(asked: str, kept: str, accepted: str, chosen: str) -> None:
    assert choose_language(asked, kept, accepted) == chosen
