"""Messages of version 1, validated at both ends; limits are part of the contract.

A fact travels as the object of its stored columns, body and private part as their canonical text,
so that what arrives can be hashed as it is.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain.devices import DeviceRole, DeviceStatus
from app.domain.exchange import MOST_FACTS, Fault, RunFate

API_VERSION = 1
MOST_CHAINS = 5_000

_NO_NUL = r"^[^\x00]*$"  # PostgreSQL cannot store it; canonical JSON never has it
Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:~-]+$")]
Text = Annotated[str, Field(max_length=200, pattern=_NO_NUL)]
Json = Annotated[str, Field(max_length=4 * 2**20, pattern=_NO_NUL)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Whole = Annotated[int, Field(ge=-(2**53) + 1, le=2**53 - 1)]
Hlc = Annotated[int, Field(ge=0, le=2**63 - 1)]
Seq = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Message(BaseModel):
    """What all messages have in common: unknown fields are refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FactMessage(Message):
    """One fact; event, device and incarnation are the run's."""

    id: Name
    seq: Seq
    kind: Name
    subject: Text
    actor: Text
    body: Json
    private: Json | None = None
    salt: Annotated[str, Field(max_length=64, pattern="^[0-9a-f]*$")] | None = None
    private_hash: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]
    at: Whole
    tz: Annotated[int, Field(ge=-1440, le=1440)]
    mono: Whole
    boot: Text
    offset_ms: Whole
    offset_quality: Name
    hlc: Hlc
    prev_hash: Hash
    hash: Hash


class HeadMessage(Message):
    """A signed head."""

    device: Name
    incarnation: Name
    seq: Seq
    hash: Hash
    public_key: Hash
    signature: Annotated[str, Field(pattern="^[0-9a-f]{128}$")]


class TipMessage(Message):
    """How far one branch of a chain reaches."""

    device: Name
    incarnation: Name
    seq: Seq
    hash: Hash


class RunMessage(Message):
    """Facts of one chain in sequence; `head` signs the last of them."""

    head: HeadMessage
    facts: Annotated[list[FactMessage], Field(min_length=1, max_length=MOST_FACTS)]


class PushRequest(Message):
    """Runs for the hub, at most `MOST_FACTS` facts in all."""

    runs: Annotated[list[RunMessage], Field(min_length=1, max_length=MOST_FACTS)]


class RunAnswer(Message):
    """What became of one run, in the order they were sent."""

    device: Name
    incarnation: Name
    fate: RunFate
    stored: int = 0
    have: int = 0
    why: Fault | None = None


class PushAnswer(Message):
    """Sent after the commit."""

    results: list[RunAnswer]
    epoch: Name
    server_ms: Whole
    facts: int
    """Facts of the event here, of all devices; how a device sees that there is more to pull."""


class PullRequest(Message):
    """What we have, and of which hub epoch we think."""

    have: Annotated[list[TipMessage], Field(max_length=MOST_CHAINS)] = []
    epoch: Annotated[str, Field(max_length=64)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_FACTS)] = MOST_FACTS


class PullAnswer(Message):
    """What the asker lacks, per chain in sequence."""

    runs: list[RunMessage]
    has_more: bool
    epoch: Name
    server_ms: Whole
    facts: int


class HeadsAnswer(Message):
    """All tips of an event here; equal tips prove equal journals."""

    tips: list[TipMessage]
    epoch: Name
    server_ms: Whole
    facts: int


class Hello(Message):
    """Who this hub is; signed like every answer, so a captive portal cannot pass for it."""

    product: Literal["venuedesk-hub"] = "venuedesk-hub"
    api: int = API_VERSION
    hub_key: Hash
    certificate: Annotated[str, Field(max_length=64)] = ""
    """SHA-256 of the certificate the hub itself serves, empty behind a proxy."""
    epoch: Name
    server_ms: Whole


class EnrolRequest(Message):
    """A device asks to take part: code, own key, and the event it brings or expects."""

    code: Annotated[str, Field(min_length=8, max_length=200)]
    device: Name
    """Proposed; a device that has no event yet learns the event from the answer."""
    public_key: Hash
    label: Annotated[str, Field(max_length=60, pattern=_NO_NUL)] = ""
    event_id: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f-]*$")] = ""
    """Of the event the laptop has open, empty where it has none."""
    seal_key: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    """A fresh X25519 public key that the event's bundle key is sealed to."""
    event_name: Annotated[str, Field(max_length=200, pattern=_NO_NUL)] = ""


class EnrolAnswer(Message):
    """The device's place; asked again by `GET …/devices/me` while it waits."""

    event_id: Name
    event_name: str
    device: Name
    role: DeviceRole
    status: DeviceStatus
    letter: str
    words: list[str]
    hub_key: Hash
    bundle_key: Annotated[str, Field(max_length=400)] = ""
    """The event's bundle key, sealed to the device's key; empty until admitted."""
    epoch: Name


class InvitationRequest(Message):
    """An organizer wants a one-time code."""

    role: DeviceRole = DeviceRole.STATION
    confirm: bool = True
    """Whether somebody compares the six words before the device is admitted."""


class InvitationAnswer(Message):
    """The code is shown once; only its digest is kept."""

    code: str
    url: str
    role: DeviceRole
    event_id: str
    expires_ms: Whole
    confirm: bool


class RevokeRequest(Message):
    """An organizer says why a device may no longer take part."""

    reason: Text = ""


class QuarantinedMessage(Message):
    """A run that was kept aside, without its content."""

    device: str
    incarnation: str
    first_seq: int
    digest: str
    why: Fault
    facts: int
    is_kept: bool
    """False where only the refusal is noted: too much of this device is kept already."""
    noted_ms: Whole


class QuarantineAnswer(Message):
    """Runs that could not be taken, the newest first."""

    runs: list[QuarantinedMessage]


class NonceAnswer(Message):
    """A nonce for the next request; every answer brings one in its header too."""

    nonce: str
    server_ms: Whole


class DeviceMessage(Message):
    """One device as an organizer sees it."""

    device: Name
    role: DeviceRole
    status: DeviceStatus
    label: str
    letter: str
    words: list[str]
    public_key: Hash
    enrolled_ms: Whole
    last_contact_ms: Whole | None
    facts: int


class DeviceListAnswer(Message):
    """Everybody enrolled for an event."""

    devices: list[DeviceMessage]
    quarantined: int
    forks: int


class RefusalCode(StrEnum):
    """Why a hub said no."""

    CODE_UNKNOWN = "code_unknown"
    CODE_EXPIRED = "code_expired"
    CODE_USED = "code_used"
    NOT_ENROLLED = "not_enrolled"
    WAITING = "waiting"
    REVOKED = "revoked"
    NOT_ALLOWED = "not_allowed"
    NONCE = "nonce"
    """The nonce is used up or too old; the answer carries a fresh one. Try again at once."""
    SIGNATURE = "signature"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    """Rate limit; `retry_after_ms` says when."""
    MALFORMED = "malformed"
    UNKNOWN_EVENT = "unknown_event"
    EVENT_HERE = "event_here"
    BUSY = "busy"
    """The database cannot take it now; nothing was stored, try again."""
    NEEDS_HTTPS = "needs_https"
    NOT_FOUND = "not_found"


class Refusal(Message):
    """The body of every answer that is not a success."""

    code: RefusalCode
    message: str
    retry_after_ms: int | None = None
