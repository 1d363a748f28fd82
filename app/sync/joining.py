"""Joining a hub with an invitation's code: with the event that is open, or to receive one.

The hub is known by its key before the code is sent. A laptop without the event fills a file beside
the others and gives it its name only once all of it is there: a join that is stopped or fails
leaves nothing behind.
"""

import platform
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.chain import Origin
from app.domain.clock import Clock
from app.domain.devices import DeviceRole, DeviceStatus, six_words
from app.domain.errors import Cancelled, HubRefused, InvalidInput
from app.domain.facts import Draft
from app.domain.invitation_code import is_code, names_hub
from app.domain.words import Words
from app.services.context import EventContext
from app.services.device_words import list_device_words
from app.services.hub_link import HubLink, find_hub_link, keep_hub_link
from app.services.opening import (
    enrolment,
    local_state,
    machine_fingerprint,
    set_local_state,
)
from app.services.profile import Profile
from app.services.rehearsals import require_real
from app.sync.bundle import BUNDLE_KEY, EARLIER_KEYS
from app.sync.exchange import Exchange, Moved
from app.sync.hub_address import hub_url
from app.sync.hub_client import DeviceKey, HubClient, ask_who_is_there
from app.sync.hub_errors import refused
from app.wire.messages import EnrolAnswer, EnrolRequest, Refusal, RefusalCode
from app.wire.sealing import bundle_key_purpose, new_seal_key, open_sealed
from db import migrations
from db.backup import sync_folder
from db.engine import Connection, Database
from db.exchange import StationStore
from db.journal import Journal
from db.salvage import remove_set
from db.signing import new_device_key

ENROL_PATH = "/v1/enrol"
ASK_AGAIN_SECONDS = 1.0
LEFT_OVER_SECONDS = 24 * 3600


class JoinWatch(Protocol):
    """Whoever waits for a join: what it shows, and whether it should stop."""

    words: tuple[str, ...]
    received: int
    expected: int | None

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop."""

    def wait(self, seconds: float) -> bool:
        """Sleep; True as soon as somebody asked to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What came of joining."""

    event_id: str
    event_name: str
    device: str
    link: HubLink
    received: int = 0
    is_equal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Applicant:
    """Who asks to take part."""

    device: str
    private_key: str
    public_key: str
    event_id: str = ""
    event_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Admission:
    """What the hub granted."""

    client: HubClient
    link: HubLink
    event_id: str
    event_name: str
    bundle_key: str


def join_with_event(context: EventContext, url: str, code: str, watch: JoinWatch) -> Joined:
    """Take part in a hub with the event that is open. Raises HubUnreachable, HubRefused, Cancelled.

    Joining the same hub again only renews what is known of it.
    """
    require_real(context)
    with context.database.read() as connection:
        state = local_state(connection)
    applicant = _Applicant(
        device=context.journal.origin.device,
        private_key=state["private_key"],
        public_key=state["public_key"],
        event_id=context.event_id,
        event_name=context.plan.title,
    )
    admission = _apply(applicant, url, code, watch, context.clock)
    try:
        with context.database.write() as connection:
            _remember(connection, admission)
        store = StationStore(context.database, context.journal, context.clock)
        moved = _fill(store, admission.client, watch)
    finally:
        admission.client.close()
    return _joined(admission, applicant, moved)


def join_without_event(
    profile: Profile, url: str, code: str, watch: JoinWatch, clock: Clock
) -> Joined:
    """Receive the event an invitation is for, and make it the current one.

    Raises HubUnreachable, HubRefused, Cancelled, and leaves nothing half-made then.
    """
    private, public = new_device_key()
    applicant = _Applicant(device=str(uuid.uuid4()), private_key=private, public_key=public)
    admission = _apply(applicant, url, code, watch, clock)
    _clear_leftovers(profile)
    draft = profile.events_folder / f".{uuid.uuid4()}.joining"
    try:
        if profile.event_path(admission.event_id).exists():
            raise _is_here()
        moved = _receive(draft, profile, applicant, admission, watch, clock)
        draft.replace(profile.event_path(admission.event_id))
        sync_folder(profile.events_folder)
    finally:
        admission.client.close()
        remove_set(draft)
    profile.set_current(admission.event_id)
    return _joined(admission, applicant, moved)


def _clear_leftovers(profile: Profile) -> None:
    """Delete what a join left behind whose machine went down; one under way is never that old."""
    for left in profile.events_folder.glob(".*.joining"):
        if time.time() - left.stat().st_mtime > LEFT_OVER_SECONDS:
            remove_set(left)


def leave(context: EventContext) -> None:
    """Forget the hub; everything recorded stays here."""
    with context.database.write() as connection:
        keep_hub_link(connection, None)


def find_link(context: EventContext) -> HubLink | None:
    """Return the hub of the open event."""
    with context.database.read() as connection:
        return find_hub_link(connection)


def machine_label() -> str:
    """Return what organizers see this machine as: its network name."""
    return platform.node().partition(".")[0][:60]


def _apply(
    applicant: _Applicant, url: str, code: str, watch: JoinWatch, clock: Clock
) -> _Admission:
    """Know the hub, send the code, wait until somebody admits us where that is asked for."""
    address = hub_url(url)
    if not is_code(code):
        raise _bad_code(
            Words(zh="邀請碼不完整或有錯字。", en="The code is incomplete or mistyped.")
        )
    hello = ask_who_is_there(address)
    if not names_hub(code, hello.hub_key):
        raise _bad_code(
            Words(
                zh="這個邀請碼不是這個同步中心發的，或有錯字。",
                en="This hub did not make this code, or it is mistyped.",
            )
        )
    client = HubClient(
        address,
        hub_key=hello.hub_key,
        device=DeviceKey(applicant.device, applicant.private_key),
        event_id=applicant.event_id,
    )
    seal_private, seal_public = new_seal_key()
    request = EnrolRequest(
        code=code,
        device=applicant.device,
        public_key=applicant.public_key,
        label=machine_label(),
        event_id=applicant.event_id,
        event_name=applicant.event_name,
        seal_key=seal_public,
    )
    try:
        answer = client.ask(EnrolAnswer, "POST", ENROL_PATH, request.model_dump_json().encode())
        words = six_words(hello.hub_key, applicant.public_key, list_device_words())
        answer = _wait_until_admitted(client, answer, watch, words)
        client.event_id = answer.event_id
        bundle_key = _bundle_key(answer, seal_private)
    except BaseException:
        client.close()
        raise
    link = HubLink(
        url=address,
        hub_key=hello.hub_key,
        certificate=client.certificate,
        role=answer.role,
        letter=answer.letter,
        label=machine_label(),
        epoch=answer.epoch,
        words=words,
        joined_ms=clock.wall_ms(),
    )
    return _Admission(
        client=client,
        link=link,
        event_id=answer.event_id,
        event_name=answer.event_name,
        bundle_key=bundle_key,
    )


def _wait_until_admitted(
    client: HubClient, answer: EnrolAnswer, watch: JoinWatch, words: tuple[str, ...]
) -> EnrolAnswer:
    while answer.status is DeviceStatus.WAITING:
        watch.words = words
        if watch.wait(ASK_AGAIN_SECONDS):
            raise Cancelled
        answer = client.ask(EnrolAnswer, "GET", f"/v1/events/{answer.event_id}/devices/me")
    if answer.status is DeviceStatus.REVOKED:
        raise refused(Refusal(code=RefusalCode.REVOKED, message=""))
    if answer.role is DeviceRole.VIEWER:
        raise refused(Refusal(code=RefusalCode.NOT_ALLOWED, message=""))
    return answer


def _bundle_key(answer: EnrolAnswer, seal_private: str) -> str:
    if not answer.bundle_key:
        return ""
    try:
        secret = open_sealed(answer.bundle_key, seal_private, bundle_key_purpose(answer.event_id))
    except ValueError:  # sealed for an earlier attempt of ours; exchange does not need it
        return ""
    return secret.hex()


def _remember(connection: Connection, admission: _Admission) -> None:
    keep_hub_link(connection, admission.link)
    before, fresh = local_state(connection).get(BUNDLE_KEY, ""), admission.bundle_key
    if fresh and before != fresh:
        set_local_state(connection, BUNDLE_KEY, fresh)
        if before:  # bundles sealed with it may be on their way
            earlier = local_state(connection).get(EARLIER_KEYS, "")
            set_local_state(connection, EARLIER_KEYS, f"{earlier},{before}".strip(","))


def _receive(
    draft: Path,
    profile: Profile,
    applicant: _Applicant,
    admission: _Admission,
    watch: JoinWatch,
    clock: Clock,
) -> Moved:
    """Fill a fresh event file with everything the hub has, and begin our own chain in it."""
    database = Database(draft, profile.key().key)
    origin = Origin(admission.event_id, applicant.device, str(uuid.uuid4()))
    journal = Journal(origin, clock)
    try:
        migrations.upgrade(database)
        with database.write() as connection:
            _settle(connection, origin, applicant)
            _remember(connection, admission)
        store = StationStore(database, journal, clock)
        moved = _fill(store, admission.client, watch)
        with database.write() as connection:
            if connection.execute("SELECT 1 FROM event").fetchone() is None:
                raise _has_no_plan()
            drafts: list[Draft] = [enrolment(connection, origin)]
            journal.append(connection, drafts)
        return _fill(store, admission.client, watch, moved)
    finally:
        database.close()


def _settle(connection: Connection, origin: Origin, applicant: _Applicant) -> None:
    state = {
        "device": origin.device,
        "incarnation": origin.incarnation,
        "private_key": applicant.private_key,
        "public_key": applicant.public_key,
        "machine": machine_fingerprint(),
    }
    for key, value in state.items():
        set_local_state(connection, key, value)


def _fill(
    store: StationStore, client: HubClient, watch: JoinWatch, moved: Moved | None = None
) -> Moved:
    def tell(so_far: Moved) -> None:
        watch.received = so_far.received
        watch.expected = client.facts_there

    watch.words = ()
    exchange = Exchange(
        store,
        client,
        list_have=store.list_have,
        on_moved=tell,
        is_stopped=lambda: watch.is_cancelled,
    )
    moved = exchange.run(moved)
    if moved.is_stopped:
        raise Cancelled
    return moved


def _joined(admission: _Admission, applicant: _Applicant, moved: Moved) -> Joined:
    return Joined(
        event_id=admission.event_id,
        event_name=admission.event_name,
        device=applicant.device,
        link=admission.link,
        received=moved.received,
        is_equal=moved.is_equal,
    )


def _bad_code(message: Words) -> InvalidInput:
    return InvalidInput(
        message,
        remedy=Words(
            zh="請核對網址與每個字，或請承辦人再發一個。",
            en="Check the address and every letter, or ask for a new code.",
        ),
        field="code",
    )


def _is_here() -> HubRefused:
    return HubRefused(
        Words(zh="這個活動已經在這台電腦上。", en="This event is on this machine already."),
        remedy=Words(
            zh="請先開啟這個活動，再用新的邀請碼加入。",
            en="Open that event, then join with a new code.",
        ),
        code=RefusalCode.EVENT_HERE,
    )


def _has_no_plan() -> HubRefused:
    return HubRefused(
        Words(zh="同步中心還沒有收到這個活動的計畫。", en="The hub has no plan of this event yet."),
        remedy=Words(
            zh="請等帶活動來的電腦傳完，再用新的邀請碼加入。",
            en="Wait until the machine that brings the event has sent it; join with a new code.",
        ),
        code=RefusalCode.UNKNOWN_EVENT,
    )
