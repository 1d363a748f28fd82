"""A hub over HTTP: requests signed by the device, answers checked with the hub's pinned key."""

import json
import secrets
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from app.domain.clock_offset import ClockSample, best_sample, clock_sample, with_sample
from app.domain.errors import HubRefused, HubUnreachable
from app.domain.exchange import MOST_FACTS, Batch, Run, RunResult, Tip
from app.domain.words import Words
from app.sync import hub_errors
from app.sync.hub_errors import refused, unreachable
from app.sync.hub_tls import LookingContext, system_context
from app.sync.hub_transport import HubTransport, RawAnswer
from app.wire.facts import batch_of, result_of, run_object, tip_message, tip_of
from app.wire.messages import (
    HeadsAnswer,
    Hello,
    Message,
    PullAnswer,
    PullRequest,
    PushAnswer,
    Refusal,
    RefusalCode,
)
from app.wire.signing import (
    CHALLENGE_HEADER,
    DEVICE_HEADER,
    HUB_SIGNATURE_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    SignedAnswer,
    SignedRequest,
)
from db.signing import is_signature_good

HELLO_PATH = "/v1/hello"
NONCE_PATH = "/v1/nonce"
BELL_SILENCE_SECONDS = 40.0
"""A bell beats every 15 seconds; after this long it is a dead connection."""
AnyMessage = TypeVar("AnyMessage", bound=Message)


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """Who asks."""

    device: str
    private_key: str

    def sign(self, message: bytes) -> str:
        """Return the signature (hex)."""
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.private_key))
        return key.sign(message).hex()


class HubClient:
    """One device at one hub, for one event. One thread at a time; others wait for it."""

    def __init__(self, url: str, *, hub_key: str, device: DeviceKey, event_id: str = "") -> None:
        """`hub_key` is the pinned public key (hex): nobody without it can answer."""
        self.url = url
        self._hub_key = hub_key
        self._device = device
        self.event_id = event_id
        self.epoch = ""
        self.facts_there: int | None = None
        """Facts of the event at the hub, as of its last answer."""
        self.certificate = ""
        """Digest of the hub's own certificate, where that is what it shows."""
        self._samples: tuple[ClockSample, ...] = ()
        self._nonce = ""
        self._transport: HubTransport | None = None
        self._lock = threading.RLock()

    @property
    def clock(self) -> ClockSample | None:
        """What is known of our clock against the hub's."""
        return best_sample(self._samples)

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            if self._transport is not None:
                self._transport.close()
            self._transport = None

    def push(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        """Offer runs; the answer comes after they are committed there."""
        body = json.dumps(
            {"runs": [run_object(run) for run in runs]}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        answer = self.ask(PushAnswer, "POST", f"/v1/events/{self.event_id}/facts", body)
        results = [result_of(result) for result in answer.results]
        if len(results) != len(runs):
            raise unreachable(hub_errors.DAMAGED)
        return results

    def pull(self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS) -> Batch:
        """Ask for what we lack."""
        request = PullRequest(
            have=[tip_message(tip) for tip in tips], epoch=self.epoch, limit=most_facts
        )
        body = request.model_dump_json().encode()
        answer = self.ask(PullAnswer, "POST", f"/v1/events/{self.event_id}/pull", body)
        return batch_of(answer.runs, self.event_id, has_more=answer.has_more)

    def list_tips(self) -> Sequence[Tip]:
        """Ask how far every chain reaches there."""
        answer = self.ask(HeadsAnswer, "GET", f"/v1/events/{self.event_id}/heads")
        return [tip_of(tip) for tip in answer.tips]

    def ask(self, kind: type[AnyMessage], method: str, path: str, body: bytes = b"") -> AnyMessage:
        """Send one signed request; return the hub's answer. Raises HubUnreachable, HubRefused."""
        with self._lock:
            try:
                raw = self._send_signed(method, path, body)
            except HubRefused as error:
                if error.code != RefusalCode.NONCE:
                    raise
                raw = self._send_signed(method, path, body)  # the refusal brought a fresh nonce
            return self._read(kind, raw)

    def hello(self) -> Hello:
        """Ask who is there, and find out how its certificate can be trusted."""
        with self._lock:
            self._connect()
            return self._read(Hello, self._send("GET", HELLO_PATH, {}))

    def give_up(self) -> None:
        """Let whatever waits for the hub fail now; from any thread."""
        transport = self._transport
        if transport is not None:
            transport.give_up()

    def listen(self) -> Iterator[int]:
        """Yield the hub's count of facts at each ring of its bell; ends or raises when it falls."""
        path = f"/v1/events/{self.event_id}/bell"
        with self._lock:
            transport = self._connect()
            headers = self._signed_headers("GET", path, b"")
        with transport.listen(path, headers, silence_seconds=BELL_SILENCE_SECONDS) as response:
            if response.status_code != 200:
                raise unreachable(hub_errors.AWAY)
            for line in response.iter_lines():
                if line.startswith("data:"):
                    yield _count_in(line)

    def _send_signed(self, method: str, path: str, body: bytes) -> RawAnswer:
        self._connect()
        return self._send(method, path, self._signed_headers(method, path, body), body)

    def _signed_headers(self, method: str, path: str, body: bytes) -> dict[str, str]:
        if not self._nonce:
            self._send("POST", NONCE_PATH, {})
        nonce, self._nonce = self._nonce, ""
        request = SignedRequest(method, path, body, nonce, self._device.device)
        return {
            DEVICE_HEADER: self._device.device,
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: self._device.sign(request.to_bytes()),
        }

    def _send(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> RawAnswer:
        """Send, and let only what the hub itself says through."""
        transport = self._connect()
        challenge = secrets.token_hex(16)
        try:
            raw = transport.send(
                method, path, headers={**headers, CHALLENGE_HEADER: challenge}, body=body
            )
            self._check_answer(raw, path, challenge)
        except HubUnreachable:
            self.close()  # the next attempt asks anew who is there
            raise
        self._nonce = raw.headers.get(NONCE_HEADER, "")
        if raw.status >= 400:
            raise refused(_parsed(Refusal, raw))
        return raw

    def _check_answer(self, raw: RawAnswer, path: str, challenge: str) -> None:
        signature = raw.headers.get(HUB_SIGNATURE_HEADER, "")
        signed = SignedAnswer(raw.status, path, raw.body, challenge).to_bytes()
        if not is_signature_good(self._hub_key, signature, signed):
            raise unreachable(_not_ours(raw, signed, signature, self._hub_key))

    def _read(self, kind: type[AnyMessage], raw: RawAnswer) -> AnyMessage:
        answer = _parsed(kind, raw)
        if isinstance(answer, Hello | PushAnswer | PullAnswer | HeadsAnswer):
            self.epoch = answer.epoch
            fresh = clock_sample(
                answer.server_ms, sent_ms=raw.sent_ms, round_trip_ms=raw.round_trip_ms
            )
            self._samples = with_sample(self._samples, fresh)
        if isinstance(answer, PushAnswer | PullAnswer | HeadsAnswer):
            self.facts_there = answer.facts
        return answer

    def _connect(self) -> HubTransport:
        """Return the way to the hub, found out anew after each failure."""
        if self._transport is None:
            self._transport = self._find_way()
        return self._transport

    def _find_way(self) -> HubTransport:
        """Ask who is there without trusting the line, then choose what to trust by the answer.

        The hub signs which certificate is its own, so nobody can slip another one in.
        """
        looking = LookingContext() if self.url.startswith("https://") else None
        asking = HubTransport(self.url, looking)
        try:
            hello, raw = self._ask_who(asking)
        except BaseException:
            asking.close()
            raise
        if looking is None:
            return asking
        asking.close()
        if hello.certificate and hello.certificate == looking.seen:
            self.certificate = hello.certificate
            return HubTransport(self.url, LookingContext(pin=hello.certificate))
        self.certificate = ""
        return self._trusted_by_system(raw, hello)

    def _ask_who(self, transport: HubTransport) -> tuple[Hello, RawAnswer]:
        challenge = secrets.token_hex(16)
        raw = transport.send("GET", HELLO_PATH, headers={CHALLENGE_HEADER: challenge})
        self._check_answer(raw, HELLO_PATH, challenge)
        self._nonce = raw.headers.get(NONCE_HEADER, "")
        return self._read(Hello, raw), raw

    def _trusted_by_system(self, raw: RawAnswer, hello: Hello) -> HubTransport:
        """Return a way under a certificate that the system vouches for."""
        transport = HubTransport(self.url, system_context())
        try:
            self._ask_who(transport)
        except HubUnreachable as error:
            transport.close()
            far = abs(hello.server_ms - raw.sent_ms) > _FAR_MS
            if error.message == hub_errors.NOT_TRUSTED and far:
                raise unreachable(hub_errors.WRONG_CLOCK) from error
            raise
        return transport


_FAR_MS = 24 * 3600 * 1000
"""A clock further off than this may be why a certificate does not count."""


def ask_who_is_there(url: str) -> Hello:
    """Return what a hub says of itself, signed by the key it names. Raises HubUnreachable.

    Nothing secret is sent, so the line is not trusted yet either: whether that key is the right
    one is for the caller to know, from an invitation's code.
    """
    transport = HubTransport(url, LookingContext() if url.startswith("https://") else None)
    challenge = secrets.token_hex(16)
    try:
        raw = transport.send("GET", HELLO_PATH, headers={CHALLENGE_HEADER: challenge})
    finally:
        transport.close()
    signature = raw.headers.get(HUB_SIGNATURE_HEADER, "")
    signed = SignedAnswer(raw.status, HELLO_PATH, raw.body, challenge).to_bytes()
    named = _hub_named_in(raw)
    if named is None or not is_signature_good(named, signature, signed):
        raise unreachable(_not_ours(raw, signed, signature, ""))
    return _parsed(Hello, raw)


def _parsed(kind: type[AnyMessage], raw: RawAnswer) -> AnyMessage:
    try:
        return kind.model_validate_json(raw.body)
    except ValidationError:
        # From None: the text of a validation error repeats what it could not read.
        raise unreachable(hub_errors.DAMAGED) from None


def _count_in(line: str) -> int:
    """Return what a ring tells; what cannot be read is news all the same."""
    try:
        return int(json.loads(line.removeprefix("data:"))["facts"])
    except (ValueError, TypeError, LookupError):
        return -1


def _hub_named_in(raw: RawAnswer) -> str | None:
    try:
        return Hello.model_validate_json(raw.body).hub_key
    except ValidationError:
        return None


def _not_ours(raw: RawAnswer, signed: bytes, signature: str, hub_key: str) -> Words:
    """Return what an answer is that the pinned hub did not sign."""
    kind = raw.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    named = _hub_named_in(raw)
    if named is not None and named != hub_key and is_signature_good(named, signature, signed):
        return hub_errors.OTHER_HUB
    if signature:
        return hub_errors.NOT_VOUCHED
    if raw.status in {502, 503, 504}:
        return hub_errors.AWAY
    if kind == "text/html" or 300 <= raw.status < 400:
        return hub_errors.PORTAL
    return hub_errors.NOT_A_HUB
