"""The fault proxy does the harm it claims: what it does not do proves nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from fault_proxy import CANNED, NO_HARM, Ending, FaultProxy, Harm

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"
REQUEST = b"POST /x HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody"


class Upstream:
    """Answers each request with the same bytes and remembers what it was asked."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._answering: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            answering = threading.Thread(target=self._answer, args=(connection,))
            answering.start()
            self._answering.append(answering)

    def _answer(self, connection: socket.socket) -> None:
        heard = b""
        with connection, suppress(ConnectionError):
            while not heard.endswith(b"body") and (piece := connection.recv(65536)):
                heard += piece
            if heard:
                self.heard.append(heard)
            if heard.endswith(b"body"):
                connection.sendall(ANSWER)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in (self._thread, *self._answering):
            thread.join(5)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.close()


@pytest.fixture
def proxy(upstream: Upstream) -> Iterator[FaultProxy]:
    with FaultProxy(upstream.port) as running:
        yield running


def ask(proxy: FaultProxy) -> bytes:
    """Send the request; return what came, `RESET` at its end where the connection was reset."""
    heard = b""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as connection:
        try:
            connection.sendall(REQUEST)
            while piece := connection.recv(65536):
                heard += piece
        except ConnectionError:
            heard += b"RESET"
    return heard


def test_without_harm_everything_passes(proxy: FaultProxy, upstream: Upstream) -> None:
    assert ask(proxy) == ANSWER
    assert upstream.heard == [REQUEST]
    assert (proxy.request_bytes, proxy.answer_bytes) == (len(REQUEST), len(ANSWER))
    assert not proxy.injected


@pytest.mark.parametrize("ending", list(Ending))
@pytest.mark.parametrize("after", [0, 1, len(ANSWER) - 1])
def test_an_answer_is_cut_after_the_server_did_its_work(
    proxy: FaultProxy, upstream: Upstream, ending: Ending, after: int
) -> None:
    proxy.harm = Harm(cut_answer_after=after, ending=ending)
    heard = ask(proxy)
    assert upstream.heard == [REQUEST]
    assert proxy.injected["cut_answer"] == 1
    if ending is Ending.RESET:
        assert heard in (ANSWER[:after] + b"RESET", b"RESET")
    else:
        assert heard == ANSWER[:after]


@pytest.mark.parametrize("ending", list(Ending))
@pytest.mark.parametrize("after", [0, 1, len(REQUEST) - 1])
def test_a_request_is_cut_before_the_server_has_it(
    proxy: FaultProxy, upstream: Upstream, ending: Ending, after: int
) -> None:
    proxy.harm = Harm(cut_request_after=after, ending=ending)
    assert ask(proxy) in (b"", b"RESET")
    assert all(heard != REQUEST for heard in upstream.heard)
    assert proxy.injected["cut_request"] == 1


def test_a_request_is_repeated(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.harm = Harm(repeat=True)
    assert ask(proxy) == ANSWER
    assert upstream.heard == [REQUEST, REQUEST]
    assert proxy.injected["repeat"] == 1


def test_answers_drip_and_are_delayed(proxy: FaultProxy) -> None:
    proxy.harm = Harm(drip_bytes=7, delay_s=0.01)
    assert ask(proxy) == ANSWER
    assert proxy.injected["drip"] == -(-len(ANSWER) // 7)
    assert proxy.injected["delay"] == 1


@pytest.mark.parametrize("name", sorted(CANNED))
def test_somebody_else_answers(proxy: FaultProxy, upstream: Upstream, name: str) -> None:
    proxy.harm = CANNED[name]
    assert ask(proxy) == CANNED[name].canned
    assert not upstream.heard
    proxy.harm = NO_HARM
    assert ask(proxy) == ANSWER
