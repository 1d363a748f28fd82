"""A device's requests to a real hub, signed as the contract says, by code of the tests' own."""

import gzip
import json
import secrets
from collections.abc import Sequence
from typing import Any, Self

import httpx
from hub_process import RunningHub
from invented_chains import EVENT, Device

from app.domain.devices import DeviceRole
from app.domain.exchange import Run
from app.wire.facts import run_object
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

FACTS = f"/v1/events/{EVENT}/facts"
PULL = f"/v1/events/{EVENT}/pull"
HEADS = f"/v1/events/{EVENT}/heads"
BELL = f"/v1/events/{EVENT}/bell"
DEVICES = f"/v1/events/{EVENT}/devices"


class Asker:
    """One device that asks one hub; every answer's signature is checked."""

    def __init__(self, url: str, hub_key: str, device: Device) -> None:
        self.device = device
        self.hub_key = hub_key
        self.client = httpx.Client(base_url=url, verify=False, trust_env=False, timeout=20)  # noqa: S501 - answers are signed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.close()

    def nonce(self) -> str:
        return self.send("POST", "/v1/nonce").headers[NONCE_HEADER]

    def headers(self, method: str, path: str, body: bytes, nonce: str = "") -> dict[str, str]:
        used = nonce or self.nonce()
        signed = SignedRequest(method, path, body, used, self.device.name).to_bytes()
        return {
            DEVICE_HEADER: self.device.name,
            NONCE_HEADER: used,
            SIGNATURE_HEADER: self.device.key.sign(signed).hex(),
        }

    def ask(self, method: str, path: str, body: Any = None, *, nonce: str = "") -> httpx.Response:
        """Send a signed request."""
        raw = b"" if body is None else json.dumps(body).encode()
        return self.send(method, path, raw, self.headers(method, path, raw, nonce))

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Send as it is, and see that the hub signed what came back."""
        challenge = secrets.token_hex(8)
        answer = self.client.request(
            method, path, content=body, headers={**(headers or {}), CHALLENGE_HEADER: challenge}
        )
        signed = SignedAnswer(answer.status_code, path, answer.content, challenge).to_bytes()
        assert is_signature_good(self.hub_key, answer.headers[HUB_SIGNATURE_HEADER], signed)
        assert answer.headers[NONCE_HEADER]
        return answer

    def push(self, runs: Sequence[Run], *, is_packed: bool = False) -> httpx.Response:
        raw = json.dumps({"runs": [run_object(run) for run in runs]}).encode()
        headers = self.headers("POST", FACTS, raw)
        if is_packed:
            return self.send(
                "POST", FACTS, gzip.compress(raw), {**headers, "content-encoding": "gzip"}
            )
        return self.send("POST", FACTS, raw, headers)


def code_of(answer: httpx.Response) -> str:
    """Return why a request was refused."""
    assert answer.status_code >= 300, answer.text
    return str(answer.json()["code"])


def asker_of(
    hub: RunningHub, role: DeviceRole | None = DeviceRole.STATION, name: str = "", url: str = ""
) -> Asker:
    """Return a device that was admitted as `role`, or one nobody knows."""
    device = Device(name or f"device-{secrets.token_hex(4)}")
    if role is not None:
        with hub.storage() as storage:
            storage.events.open_event(EVENT, name="Test event")
            storage.devices.admit(
                EVENT, device=device.name, public_key=device.public_key, role=role
            )
    return Asker(url or hub.plain_url, hub.serving.hub_key, device)
