"""A venue's hub as a client of the county's: every event both know is exchanged, by the same code.

Whatever one of them has and the other lacks travels, so that a hub restored from an old backup
heals from the other, and a venue without a network catches up when it has one.
"""

import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.devices import DeviceStatus
from app.domain.errors import HubRefused, HubUnreachable, InvalidInput, VenueDeskError
from app.domain.exchange import MOST_BYTES, MOST_FACTS, Batch, Run, RunResult, Tip
from app.domain.invitation_code import names_hub
from app.domain.words import Words
from app.hub.hub import Hub
from app.sync.exchange import Exchange
from app.sync.hub_address import hub_url
from app.sync.hub_client import DeviceKey, HubClient, ask_who_is_there
from app.sync.joining import ENROL_PATH, machine_label
from app.wire.messages import EnrolAnswer, EnrolRequest, RefusalCode

LOOK_SECONDS = 2.0
AWAY_SECONDS = 5.0
_FILE = "parent.json"
_NOT_OURS = frozenset({RefusalCode.NOT_ENROLLED, RefusalCode.WAITING, RefusalCode.REVOKED})
_log = logging.getLogger("app.hub")


@dataclass(frozen=True, slots=True)
class Parent:
    """The hub above this one, known by its key."""

    url: str
    hub_key: str


class _Facts:
    """A hub's tables as the near side of an exchange; what comes from above rings below."""

    def __init__(self, hub: Hub, event_id: str) -> None:
        self._hub = hub
        self._store = hub.store(event_id)

    def list_tips(self) -> Sequence[Tip]:
        return self._store.list_tips()

    def list_lacking(
        self, tips: Sequence[Tip], *, most_facts: int = MOST_FACTS, most_bytes: int = MOST_BYTES
    ) -> Batch:
        return self._store.list_lacking(tips, most_facts=most_facts, most_bytes=most_bytes)

    def take(self, runs: Sequence[Run]) -> Sequence[RunResult]:
        return self._hub.take(self._store.event_id, runs)


class Relay(threading.Thread):
    """Keeps this hub's events equal with the parent's, while both can be reached."""

    def __init__(self, hub: Hub, parent: Parent) -> None:
        super().__init__(name="hub-relay", daemon=True)
        self._hub = hub
        self._parent = parent
        self._stopped = threading.Event()
        self._exchanges: dict[str, tuple[Exchange, HubClient]] = {}
        self._seen: dict[str, tuple[int, int | None]] = {}

    def run(self) -> None:
        """Exchange every few seconds until stopped."""
        wait = 0.0
        while not self._stopped.wait(wait):
            try:
                for event in self._hub.events.list_events():
                    self._exchange(event.event_id)
                wait = LOOK_SECONDS
            except VenueDeskError as error:
                # Away is normal at a venue; what was recorded waits here.
                _log.info("parent: the exchange failed (%s)", type(error).__name__)
                wait = AWAY_SECONDS
        for _exchange, client in self._exchanges.values():
            client.close()

    def stop(self) -> None:
        """End, after the request under way."""
        self._stopped.set()
        self.join()

    def _exchange(self, event_id: str) -> None:
        exchange, client = self._exchanges.get(event_id) or self._begin(event_id)
        try:
            client.list_tips()  # tells how many facts are there
            now = (self._hub.store(event_id).total_facts(), client.facts_there)
            if self._seen.get(event_id) != now:
                exchange.run()
                here = self._hub.store(event_id).total_facts()
                self._seen[event_id] = (here, client.facts_there)
        except HubRefused as refused:
            if refused.code not in _NOT_OURS:
                raise

    def _begin(self, event_id: str) -> tuple[Exchange, HubClient]:
        client = _client(self._hub, self._parent, event_id)
        exchange = Exchange(_Facts(self._hub, event_id), client, is_stopped=self._stopped.is_set)
        self._exchanges[event_id] = (exchange, client)
        return self._exchanges[event_id]


def find_parent(folder: Path) -> Parent | None:
    """Return the parent this hub enrolled at, None where it has none."""
    file = folder / _FILE
    return Parent(**json.loads(file.read_text("utf-8"))) if file.exists() else None


def enrol_at_parent(hub: Hub, folder: Path, url: str, code: str) -> Parent:
    """Take part at the hub above with its code, and remember it.

    Raises HubUnreachable, HubRefused, InvalidInput.
    """
    address = hub_url(url)
    parent = Parent(address, ask_who_is_there(address).hub_key)
    known = find_parent(folder)
    if not code:
        if known is not None and known.hub_key == parent.hub_key:
            return _remember(folder, parent)
        raise _no_code()
    if not names_hub(code, parent.hub_key):
        raise HubUnreachable(
            Words(zh="這個邀請碼不是上層同步中心發的。", en="That hub did not make this code."),
            remedy=Words(zh="請核對網址與邀請碼。", en="Check the address and the code."),
        )
    answer = _enrol(hub, parent, code)
    hub.events.open_event(answer.event_id, name=answer.event_name)
    if answer.status is DeviceStatus.WAITING:
        _log.warning("parent: waits until somebody compares: %s", " ".join(answer.words))
    return _remember(folder, parent)


def _enrol(hub: Hub, parent: Parent, code: str) -> EnrolAnswer:
    events = hub.events.list_events()
    only = events[0] if len(events) == 1 else None
    request = EnrolRequest(
        code=code,
        device=hub.identity.key.device,
        public_key=hub.public_key,
        label=machine_label(),
        event_id=only.event_id if only else "",
        event_name=only.name if only else "",
    )
    client = _client(hub, parent, "")
    try:
        return client.ask(EnrolAnswer, "POST", ENROL_PATH, request.model_dump_json().encode())
    finally:
        client.close()


def _client(hub: Hub, parent: Parent, event_id: str) -> HubClient:
    key = DeviceKey(hub.identity.key.device, hub.identity.key.private)
    return HubClient(parent.url, hub_key=parent.hub_key, device=key, event_id=event_id)


def _remember(folder: Path, parent: Parent) -> Parent:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _FILE).write_text(json.dumps(asdict(parent)), "utf-8")
    return parent


def _no_code() -> InvalidInput:
    return InvalidInput(
        Words(
            zh="第一次連上層同步中心需要它的邀請碼。",
            en="The hub above asks for a code the first time.",
        ),
        remedy=Words(
            zh="請在上層同步中心執行 venuedesk hub invite --role relay，再用 --parent-code 帶入。",
            en="Run venuedesk hub invite --role relay there, and give it with --parent-code.",
        ),
        field="parent_code",
    )
