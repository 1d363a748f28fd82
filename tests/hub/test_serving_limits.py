"""One port, limits on everything, starting and stopping."""

import gzip
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from asking import BELL, FACTS, HEADS, asker_of, code_of
from factories import new_profile
from hub_process import RunningHub, hub_in_thread

from app.domain.errors import Conflict
from app.hub.addresses import list_addresses
from app.hub.limits import HubLimits, TokenBuckets

SMALL = HubLimits(
    packed_bytes=20_000,
    body_bytes=100_000,
    body_seconds=1.0,
    silent_seconds=1.0,
    device_rate=0.001,
    device_burst=12,
    enrol_rate=0.001,
    enrol_burst=3,
    device_listeners=2,
    listeners=3,
)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder: Path = tmp_path_factory.mktemp("hub")
    new_profile(folder)
    with hub_in_thread(folder, limits=SMALL) as running:
        yield running


def test_one_port_speaks_both(hub: RunningHub) -> None:
    for url in (hub.plain_url, hub.secure_url):
        with asker_of(hub, None, url=url) as one:
            hello = one.send("GET", "/v1/hello").json()
            assert hello["hub_key"] == hub.serving.hub_key
            assert len(hello["certificate"]) == 64


def test_large_bodies_are_refused(hub: RunningHub) -> None:
    with asker_of(hub) as one:
        plain = b" " * 100_001
        assert code_of(one.send("POST", FACTS, plain)) == "too_large"
        bomb = gzip.compress(b" " * 5_000_000)
        assert len(bomb) < SMALL.packed_bytes
        packed = {"content-encoding": "gzip"}
        assert code_of(one.send("POST", FACTS, bomb, packed)) == "too_large"
        assert code_of(one.send("POST", FACTS, b"x" * 20_001, packed)) == "too_large"
        assert code_of(one.send("POST", FACTS, b"not gzip", packed)) == "malformed"
        assert code_of(one.send("POST", FACTS, bomb[:-9], packed)) == "too_large"
        other = one.send("POST", FACTS, b"x", {"content-encoding": "br"})
        assert (other.status_code, code_of(other)) == (415, "malformed")


def test_a_body_of_unknown_length_is_counted_too(hub: RunningHub) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 1_000

    answer = httpx.post(hub.plain_url + FACTS, content=endless(), trust_env=False)
    assert code_of(answer) == "too_large"


def test_a_device_that_asks_too_much_waits(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub) as other:
        answers = [one.ask("GET", HEADS) for _ in range(SMALL.device_burst + 1)]
        assert [answer.status_code for answer in answers[:-1]] == [200] * SMALL.device_burst
        assert answers[-1].status_code == 429
        assert answers[-1].json()["retry_after_ms"] > 0
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert other.ask("GET", HEADS).status_code == 200


def test_codes_cannot_be_tried_out(hub: RunningHub) -> None:
    with asker_of(hub, None) as one:
        body = {"code": "2345-6789-2345-6789-23456-78923", "device": one.device.name,
                "public_key": one.device.public_key}  # fmt: skip
        codes = [code_of(one.ask("POST", "/v1/enrol", body)) for _ in range(4)]
    assert codes == ["code_unknown"] * 3 + ["too_many"]


def test_bells_are_limited(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub) as other, httpx.Client(trust_env=False) as client:

        def ring(asker: object) -> httpx.Response:
            headers = asker.headers("GET", BELL, b"")  # type: ignore[attr-defined] # an Asker
            request = client.build_request("GET", hub.plain_url + BELL, headers=headers)
            return client.send(request, stream=True)

        first, second, third = ring(one), ring(one), ring(one)
        assert first.read() is not None  # the oldest of three came to its end
        fourth = ring(other)
        assert fourth.status_code == 200
        fifth = ring(other)
        fifth.read()
        assert code_of(fifth) == "too_many"
        for response in (second, third, fourth):
            response.close()


def test_whoever_says_nothing_is_let_go(hub: RunningHub) -> None:
    for begun in (b"", b"GET /v1/hello HTTP/1.1\r\nHost: x\r\n"):
        with socket.create_connection(("127.0.0.1", hub.serving.port), timeout=15) as line:
            line.sendall(begun)
            assert line.recv(100) == b""


def test_a_body_that_never_ends_is_given_up(hub: RunningHub) -> None:
    with socket.create_connection(("127.0.0.1", hub.serving.port), timeout=15) as line:
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        assert b" 408 " in line.recv(4_000)


def test_health_and_metrics_name_nobody(hub: RunningHub) -> None:
    with asker_of(hub) as one:
        one.push([one.device.write(2)])
        assert one.send("GET", "/health").json()["status"] == "ok"
        text = one.send("GET", "/metrics").text
        assert one.device.name not in text
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(figures["venuedesk_facts"]) >= 2
    assert float(figures["venuedesk_database_up"]) == 1
    route = 'method="POST",route="/v1/events/{event}/facts",status="200"'
    assert float(figures[f"venuedesk_requests_total{{{route}}}"]) >= 1


def test_a_port_in_use_is_told_in_words(hub: RunningHub, tmp_path: Path) -> None:
    new_profile(tmp_path)
    with (
        pytest.raises(Conflict, match="in use"),
        hub_in_thread(tmp_path, port=hub.serving.port),
    ):
        pass


def test_the_hubs_things_are_its_owners_alone(hub: RunningHub) -> None:
    folder = hub.profile.folder / "hub"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "certificate.pem").stat().st_mode & 0o077 == 0


def test_stopping_waits_for_no_idle_client(tmp_path: Path) -> None:
    new_profile(tmp_path)
    with hub_in_thread(tmp_path) as running, asker_of(running) as one:
        two = asker_of(running, url=running.secure_url)
        two.send("GET", "/v1/hello")
        headers = one.headers("GET", BELL, b"")
        request = one.client.build_request("GET", BELL, headers=headers)
        response = one.client.send(request, stream=True)
        began = time.monotonic()
        running.serving.stop()
        assert b"retry" in b"".join(response.iter_raw())
    assert time.monotonic() - began < 4
    two.client.close()


def test_restarted_it_is_the_same_hub(tmp_path: Path) -> None:
    new_profile(tmp_path)
    told = []
    for _ in range(2):
        with hub_in_thread(tmp_path) as running, asker_of(running, None) as one:
            hello = one.send("GET", "/v1/hello").json()
            told.append((hello["hub_key"], hello["certificate"], hello["epoch"]))
    assert told[0] == told[1]


def test_only_a_proxy_of_ours_is_believed(tmp_path: Path) -> None:
    new_profile(tmp_path)
    with (
        hub_in_thread(tmp_path, is_behind_proxy=True, url="https://hub.example/") as running,
        asker_of(running, None) as one,
    ):
        hello = one.send("GET", "/v1/hello", b"", {"x-forwarded-for": "203.0.113.9"}).json()
        assert hello["certificate"] == ""
    assert running.serving.url == "https://hub.example"


def test_in_the_clear_only_this_machine_is_answered(tmp_path: Path) -> None:
    new_profile(tmp_path)
    addresses = list_addresses()
    if not addresses:
        pytest.skip("this machine has no other address than its own loop")
    with hub_in_thread(tmp_path, host="0.0.0.0") as running:  # noqa: S104 - what is tried here
        assert running.serving.url.startswith("https://")
        clear = f"http://{addresses[0]}:{running.serving.port}"
        with asker_of(running, None, url=clear) as one:
            assert code_of(one.send("GET", "/v1/hello")) == "needs_https"
            page = one.client.get("/", follow_redirects=False)
            assert (page.status_code, page.headers["location"]) == (
                307,
                f"{running.serving.url}/",
            )
        with asker_of(running, None, url=running.serving.url) as one:
            assert one.send("GET", "/v1/hello").status_code == 200


def test_tokens_come_back_with_time() -> None:
    now = [0.0]
    buckets = TokenBuckets(2.0, 3, most=2, now=lambda: now[0])
    assert [buckets.wait_of("a") for _ in range(4)] == [0, 0, 0, 0.5]
    now[0] = 0.5
    assert buckets.wait_of("a") == 0
    assert buckets.wait_of("a") > 0
    for name in "bcd":  # the least recent is forgotten
        buckets.wait_of(name)
    assert buckets.wait_of("a") == 0


def test_openapi_describes_every_body(hub: RunningHub) -> None:
    document = httpx.get(hub.plain_url + "/openapi.json", trust_env=False).json()
    text = json.dumps(document)
    for name in ("PushRequest", "PullAnswer", "EnrolRequest", "Refusal", "RevokeRequest"):
        assert f"#/components/schemas/{name}" in text
    for path in document["paths"].values():
        for operation in path.values():
            assert "default" in operation["responses"]
