"""What is not the hub is told in words, and nothing it says is believed."""

import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import pytest
import trustme
from exchange_places import Stations, Watch
from fault_proxy import CANNED, FaultProxy, Harm, canned_answer
from hub_process import RunningHub, hub_in_thread
from test_cuts import client_of

from app.domain.devices import DeviceRole
from app.domain.errors import HubRefused, HubUnreachable, InvalidInput
from app.domain.words import Words
from app.services.profile import open_profile
from app.sync import hub_errors, hub_tls, hub_transport
from app.sync.hub_client import DeviceKey, HubClient, ask_who_is_there
from app.sync.joining import join_without_event
from app.system_clock import SystemClock
from app.wire.messages import Hello
from app.wire.signing import CHALLENGE_HEADER, HUB_SIGNATURE_HEADER, SignedAnswer
from db.signing import new_device_key

NOBODY = DeviceKey("d", "11" * 32)


def said_by(client: HubClient) -> Words:
    """Return what the client says of what answers."""
    with pytest.raises(HubUnreachable) as caught:
        client.hello()
    client.close()
    assert caught.value.remedy.zh
    assert caught.value.remedy.en
    return caught.value.message


class LittleHub:
    """Says hello over TLS under any certificate, with any clock; it signs as a hub does."""

    def __init__(self, context: ssl.SSLContext, *, server_ms: int, certificate: str = "") -> None:
        private, self.public_key = new_device_key()
        self._key = DeviceKey("hub", private)
        self._hello = Hello(
            hub_key=self.public_key, certificate=certificate, epoch="e", server_ms=server_ms
        )
        little = self

        class Answers(BaseHTTPRequestHandler):
            """Answers every question with hello."""

            def do_GET(self) -> None:
                body = little._hello.model_dump_json().encode()
                challenge = self.headers.get(CHALLENGE_HEADER, "")
                signed = SignedAnswer(200, self.path, body, challenge).to_bytes()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.send_header(HUB_SIGNATURE_HEADER, little._key.sign(signed))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._server.daemon_threads = False
        self._server.handle_error = lambda *_words: None  # type: ignore[method-assign]  # clients that hang up are the point
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def client(self) -> HubClient:
        return HubClient(self.url, hub_key=self.public_key, device=NOBODY)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def proxy(hub: RunningHub) -> Iterator[FaultProxy]:
    with FaultProxy(hub.serving.port) as proxy:
        yield proxy


NOBODYS_KEY = "11" * 32
"""No key of 0 bytes: under that point of small order every fourth forged signature is good."""
NOT_THE_HUB = {
    "captive_portal": hub_errors.PORTAL,
    "portal_redirect": hub_errors.PORTAL,
    "proxy_407": hub_errors.PROXY_SIGN_IN,
    "truncated_gzip": hub_errors.DAMAGED,
}
OTHER_ANSWERS = {
    "other_program": (canned_answer("200 OK", "text/plain", b"hello"), hub_errors.NOT_A_HUB),
    "json_of_others": (canned_answer("200 OK", "application/json", b"{}"), hub_errors.NOT_A_HUB),
    "front_is_alone": (canned_answer("502 Bad Gateway", "text/html", b"oh"), hub_errors.AWAY),
    "no_http": (b"SSH-2.0-OpenSSH\r\n", hub_errors.CUT_OFF),
    "forged": (
        canned_answer("200 OK", "application/json", b"{}", f"{HUB_SIGNATURE_HEADER}: {'00' * 64}"),
        hub_errors.NOT_VOUCHED,
    ),
}


@pytest.mark.parametrize("name", sorted(NOT_THE_HUB))
def test_the_networks_own_pages_are_told(proxy: FaultProxy, name: str) -> None:
    proxy.harm = CANNED[name]
    assert said_by(HubClient(proxy.url, hub_key=NOBODYS_KEY, device=NOBODY)) == NOT_THE_HUB[name]


@pytest.mark.parametrize("name", sorted(OTHER_ANSWERS))
def test_other_programs_are_told(proxy: FaultProxy, name: str) -> None:
    answer, words = OTHER_ANSWERS[name]
    proxy.harm = Harm(canned=answer)
    assert said_by(HubClient(proxy.url, hub_key=NOBODYS_KEY, device=NOBODY)) == words


def test_an_oversized_answer_is_not_read_to_its_end(
    proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_transport, "MOST_PACKED", 10_000)
    proxy.harm = Harm(canned=canned_answer("200 OK", "application/json", b" " * 20_000))
    client = HubClient(proxy.url, hub_key=NOBODYS_KEY, device=NOBODY)
    assert said_by(client) == hub_errors.OVERSIZED


def test_another_hub_at_the_address_is_told(hub: RunningHub) -> None:
    client = HubClient(hub.secure_url, hub_key=NOBODYS_KEY, device=NOBODY)
    assert said_by(client) == hub_errors.OTHER_HUB


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://127.0.0.1:1", hub_errors.NOT_LISTENING),
        ("https://no-such-host.invalid:8710", hub_errors.NO_NAME),
    ],
)
def test_nobody_there(url: str, words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    assert said_by(HubClient(url, hub_key=NOBODYS_KEY, device=NOBODY)) == words


def test_the_systems_proxy_is_used_and_may_ask_for_a_sign_in(
    proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    proxy.harm = CANNED["proxy_407"]
    client = HubClient("https://hub.example.edu.tw", hub_key=NOBODYS_KEY, device=NOBODY)
    assert said_by(client) == hub_errors.PROXY_SIGN_IN
    assert proxy.injected["canned"]


def test_a_certificate_nobody_vouches_for_is_refused(server_context: ssl.SSLContext) -> None:
    with LittleHub(server_context, server_ms=SystemClock().wall_ms()) as little:
        assert said_by(little.client()) == hub_errors.NOT_TRUSTED


def test_with_a_clock_years_off_that_is_what_is_said(server_context: ssl.SSLContext) -> None:
    with LittleHub(server_context, server_ms=SystemClock().wall_ms() - 10**11) as little:
        assert said_by(little.client()) == hub_errors.WRONG_CLOCK


def test_a_private_authority_the_system_knows_is_good(
    server_context: ssl.SSLContext, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_authority() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    monkeypatch.setattr("app.sync.hub_client.system_context", with_authority)
    with LittleHub(server_context, server_ms=SystemClock().wall_ms()) as little:
        client = little.client()
        assert client.hello().hub_key == little.public_key
        client.close()


def test_an_intercepting_certificate_is_refused_though_the_hub_answers(
    server_context: ssl.SSLContext,
) -> None:
    # The hub's own hello passes through whoever intercepts; it names another certificate.
    hello_of = {"server_ms": SystemClock().wall_ms(), "certificate": "ab" * 32}
    with LittleHub(server_context, **hello_of) as little:
        assert said_by(little.client()) == hub_errors.NOT_TRUSTED


def test_the_hubs_own_certificate_is_good_whatever_our_clock_says(stations: Stations) -> None:
    client = client_of(stations.rooms[0], stations.hub, stations.hub.secure_url)
    assert client.list_tips()
    assert client.certificate == client.hello().certificate
    client.close()


def test_a_pinned_connection_gives_up_before_it_sends(server_context: ssl.SSLContext) -> None:
    with LittleHub(server_context, server_ms=0) as little:
        transport = hub_transport.HubTransport(little.url, hub_tls.LookingContext(pin="ab" * 32))
        with pytest.raises(HubUnreachable) as caught:
            transport.send("GET", "/v1/hello", headers={})
        transport.close()
    assert caught.value.message == hub_errors.NOT_TRUSTED


def test_a_hub_that_was_replaced_between_two_requests_is_told(
    stations: Stations, tmp_path: Path
) -> None:
    with FaultProxy(stations.hub.serving.port) as proxy, hub_in_thread(tmp_path / "x") as other:
        client = client_of(stations.rooms[0], stations.hub, proxy.url)
        client.list_tips()
        proxy.upstream_port = other.serving.port
        proxy.drop_all()
        with pytest.raises(HubUnreachable):
            client.list_tips()
        assert said_by(client) == hub_errors.OTHER_HUB


def test_a_stranger_is_refused_in_words(stations: Stations) -> None:
    context = stations.rooms[0].desk.context
    stranger = HubClient(
        stations.hub.plain_url,
        hub_key=stations.hub.serving.hub_key,
        device=NOBODY,
        event_id=context.event_id,
    )
    with pytest.raises(HubRefused) as caught:
        stranger.list_tips()
    stranger.close()
    assert caught.value.code == "not_enrolled"
    assert caught.value.remedy.zh


def spoiled(code: str) -> str:
    """Return a code of another hub."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


@pytest.mark.parametrize(
    "change", [spoiled, lambda code: code[:-3], lambda _code: ""], ids=["other", "short", "none"]
)
def test_a_code_of_another_hub_is_never_sent(
    stations: Stations, tmp_path: Path, change: Callable[[str], str]
) -> None:
    profile = open_profile(tmp_path / "third")
    code = stations.invite(DeviceRole.STATION, stations.rooms[0].desk.context.event_id)
    with pytest.raises(InvalidInput):
        join_without_event(profile, stations.hub.plain_url, change(code), Watch(), SystemClock())
    joined = join_without_event(profile, stations.hub.plain_url, code, Watch(), SystemClock())
    assert joined.received


def test_who_is_there_is_asked_without_trust(hub: RunningHub) -> None:
    assert ask_who_is_there(hub.secure_url).hub_key == hub.serving.hub_key
    assert ask_who_is_there(hub.plain_url).hub_key == hub.serving.hub_key
