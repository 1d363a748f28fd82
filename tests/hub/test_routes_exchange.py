"""Push, pull, compare and the bell through real HTTP, plain and TLS on one port."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import httpx
import pytest
from asking import BELL, FACTS, HEADS, PULL, Asker, asker_of, code_of
from factories import new_profile
from hub_process import RunningHub, hub_in_thread
from invented_chains import EVENT

from app.domain.devices import DeviceRole
from app.wire.signing import NONCE_HEADER, SIGNATURE_HEADER


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder: Path = tmp_path_factory.mktemp("hub")
    new_profile(folder)
    with hub_in_thread(folder) as running:
        yield running


@pytest.mark.parametrize("over", ["plain_url", "secure_url"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_facts_go_in_and_come_out(hub: RunningHub, over: str, is_packed: bool) -> None:
    url = getattr(hub, over)
    with asker_of(hub, url=url) as one, asker_of(hub, DeviceRole.RELAY, url=url) as other:
        run = one.device.write(7)
        pushed = one.push([run], is_packed=is_packed).json()
        assert [result["fate"] for result in pushed["results"]] == ["stored"]
        assert one.push([run]).json()["results"][0]["fate"] == "known"
        tips = other.ask("GET", HEADS).json()["tips"]
        tip = {k: getattr(run.head, k) for k in ("device", "incarnation", "seq", "hash")}
        assert tip in tips
        have = [each for each in tips if each["device"] != run.head.device]
        pulled = other.ask("POST", PULL, {"have": have}).json()
        assert [run["head"]["device"] for run in pulled["runs"]] == [one.device.name]
        assert [fact["id"] for fact in pulled["runs"][0]["facts"]] == [row[0] for row in run.rows]
        assert not pulled["has_more"]
        assert pulled["facts"] == pushed["facts"]
        assert other.ask("POST", PULL, {"have": tips}).json()["runs"] == []


def test_a_replayed_push_is_harmless(hub: RunningHub) -> None:
    with asker_of(hub) as one:
        one.push([one.device.write(2)])
        nonce = one.nonce()
        before = one.ask("GET", HEADS, nonce=nonce).json()["tips"]
        assert one.ask("GET", HEADS, nonce=nonce).json()["tips"] == before


def test_who_is_not_admitted_gets_nothing(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub, None) as stranger:
        run = one.device.write(1)
        assert code_of(stranger.push([run])) == "not_enrolled"
        assert code_of(stranger.ask("GET", HEADS)) == "not_enrolled"
        unknown = stranger.ask("GET", "/v1/events/0190f1c2-0000-4000-8000-00000000ffff/heads")
        assert code_of(unknown) == "not_enrolled"


def test_only_the_key_counts(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub) as other:
        headers = one.headers("GET", HEADS, b"")
        wrong = other.headers("GET", HEADS, b"", headers[NONCE_HEADER])
        mixed = {**headers, SIGNATURE_HEADER: wrong[SIGNATURE_HEADER]}
        assert code_of(one.send("GET", HEADS, b"", mixed)) == "signature"
        assert code_of(one.send("GET", HEADS + "?x=1", b"", headers)) == "signature"
        assert code_of(one.send("POST", PULL, b"{}", headers)) == "signature"
        assert code_of(one.send("GET", HEADS)) == "not_enrolled"
        assert code_of(one.ask("GET", HEADS, nonce="bm90IG91cnM=")) == "nonce"
        tampered = headers[NONCE_HEADER][:-2] + "AA"
        assert code_of(one.ask("GET", HEADS, nonce=tampered)) == "nonce"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"runs":[]}', b'{"runs":[{}],"more":1}', b"\xff\xfe", b"null"]
)
def test_what_cannot_be_read_is_refused(hub: RunningHub, body: bytes) -> None:
    with asker_of(hub) as one:
        answer = one.send("POST", FACTS, body, one.headers("POST", FACTS, body))
        assert (answer.status_code, code_of(answer)) == (422, "malformed")


def test_a_bad_run_is_kept_aside_and_the_others_go_on(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub, DeviceRole.ORGANIZER) as organizer:
        good, other = one.device.write(2), asker_of(hub, None).device
        bad = other.write(2)
        forged = type(bad)(bad.rows, good.head)
        fates = [each["fate"] for each in one.push([forged, good]).json()["results"]]
        assert fates == ["quarantined", "stored"]
        listed = organizer.ask("GET", f"/v1/events/{EVENT}/quarantine").json()["runs"]
        assert one.device.name in {run["device"] for run in listed}
        assert code_of(one.ask("GET", f"/v1/events/{EVENT}/quarantine")) == "not_allowed"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("DELETE", "/v1/hello", 405), ("GET", "/v1/events/UPPER/heads", 422),
     ("GET", f"{HEADS}/more", 404), ("POST", "/v1/enrol", 422)],
)  # fmt: skip
def test_every_refusal_is_json_and_signed(
    hub: RunningHub, method: str, path: str, status: int
) -> None:
    with asker_of(hub, None) as one:
        answer = one.ask(method, path)
        assert answer.status_code == status
        assert set(answer.json()) == {"code", "message", "retry_after_ms"}


def test_refusals_speak_the_askers_language(hub: RunningHub) -> None:
    with asker_of(hub, None) as one:
        answer = one.send("GET", "/nothing", b"", {"accept-language": "zh-TW,zh;q=0.9"})
        assert "沒有" in answer.json()["message"]


def test_the_bell_rings_for_what_others_push(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub) as other, _Listening(other) as rings:
        rings.wait_for(1)
        one.push([one.device.write(3)])
        rings.wait_for(2)


def test_a_revoked_devices_bell_ends(hub: RunningHub) -> None:
    with asker_of(hub) as one, asker_of(hub, DeviceRole.ORGANIZER) as organizer:
        with _Listening(one) as rings:
            rings.wait_for(1)
            path = f"/v1/events/{EVENT}/devices/{one.device.name}/revoke"
            assert organizer.ask("POST", path, {"reason": "lost"}).status_code == 200
            assert rings.ended.wait(10)
        assert code_of(one.ask("GET", HEADS)) == "revoked"
        assert code_of(one.push([one.device.write(1)])) == "revoked"


class _Listening:
    """A bell that is listened to in a thread."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._headers = asker.headers("GET", BELL, b"")
        self._rung = threading.Condition()
        self._count = 0
        self.ended = threading.Event()
        self._client = httpx.Client(base_url=asker.client.base_url, trust_env=False, timeout=30)
        self._thread = threading.Thread(target=self._listen)
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(20)
        assert not self._thread.is_alive()
        self._client.close()

    def _listen(self) -> None:
        with (
            contextlib.suppress(httpx.HTTPError),
            self._client.stream("GET", BELL, headers=self._headers) as response,
        ):
            self._socket = response.extensions["network_stream"].get_extra_info("socket")
            assert response.headers["content-type"].startswith("text/event-stream")
            for line in response.iter_lines():
                with self._rung:
                    self._count += line.startswith("data:")
                    self._rung.notify_all()
        self.ended.set()

    def wait_for(self, count: int) -> None:
        """Wait until the bell has rung so often."""
        with self._rung:
            assert self._rung.wait_for(lambda: self._count >= count, 10)
