"""A hub's tables. The event's id comes first in every key of an event's data, so that any
PostgreSQL-wire engine can spread events over machines by it.

They have their own metadata: a laptop's file never gets them, a hub never gets a laptop's tables.
"""

from sqlalchemy import BigInteger, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

HUB_TABLES = MetaData()


class HubTable(SQLModel, registry=registry(metadata=HUB_TABLES)):
    """What all hub tables share."""

    metadata = HUB_TABLES


class HubStateRow(HubTable, table=True):
    """What the hub remembers for itself: its key, its nonce secret, its epoch."""

    __tablename__ = "hub_state"

    key: str = Field(primary_key=True)
    value: str


class HubEventRow(HubTable, table=True):
    """An event that is exchanged here."""

    __tablename__ = "hub_event"

    event_id: str = Field(primary_key=True)
    name: str
    bundle_key: str = ""
    """The event's bundle key (hex), where its organizer entrusted it to the hub."""
    created_ms: int = Field(sa_type=BigInteger)


class _FactColumns(HubTable):
    """The 21 columns of a fact as everywhere, and two of the hub's own."""

    id: str
    event_id: str = Field(primary_key=True)
    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    subject: str
    actor: str
    body: str
    private: str | None = None
    salt: str | None = None
    private_hash: str
    at: int = Field(sa_type=BigInteger)
    tz: int
    mono: int = Field(sa_type=BigInteger)
    boot: str
    offset_ms: int = Field(sa_type=BigInteger)
    offset_quality: str
    hlc: int = Field(sa_type=BigInteger)
    prev_hash: str


class HubFactRow(_FactColumns, table=True):
    """A fact of somebody's chain."""

    __tablename__ = "hub_fact"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_hub_fact_subject", "event_id", "subject"),
    )

    hash: str
    size: int
    """Characters of its texts; batches are cut by it."""
    received_ms: int = Field(sa_type=BigInteger)


class HubForkFactRow(_FactColumns, table=True):
    """A fact whose place in its chain is taken by another: a copied laptop wrote it."""

    __tablename__ = "hub_fork_fact"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_hub_fork_fact_subject", "event_id", "subject"),
    )

    hash: str = Field(primary_key=True)
    size: int
    received_ms: int = Field(sa_type=BigInteger)


class HubChainRow(HubTable, table=True):
    """How far each chain reaches here, and whose key signs it. Locked by whoever continues it."""

    __tablename__ = "hub_chain"
    __table_args__ = {"sqlite_with_rowid": False}

    event_id: str = Field(primary_key=True)
    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    seq: int
    """0 while its first facts are being stored."""
    hash: str
    public_key: str
    hlc: int = Field(sa_type=BigInteger)


class HubSignedHeadRow(HubTable, table=True):
    """Where chains may be cut: their devices signed them there."""

    __tablename__ = "hub_signed_head"
    __table_args__ = {"sqlite_with_rowid": False}

    event_id: str = Field(primary_key=True)
    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    hash: str = Field(primary_key=True)
    """Part of the key: a forked chain has two heads of one sequence."""
    public_key: str
    signature: str


class HubQuarantineRow(HubTable, table=True):
    """A run that could not be taken, kept as it came, up to a limit for each device."""

    __tablename__ = "hub_quarantine"

    event_id: str = Field(primary_key=True)
    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    first_seq: int = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    """SHA-256 of the run, so that the same refusal is kept once."""
    why: str
    facts: int
    size: int
    """Characters of `payload`."""
    noted_ms: int = Field(sa_type=BigInteger)
    payload: str
    """The run as JSON; empty where the limit of what is kept was reached."""


class HubErasureRow(HubTable, table=True):
    """Up to when a subject's private parts are erased, for what comes later of before."""

    __tablename__ = "hub_erasure"
    __table_args__ = {"sqlite_with_rowid": False}

    event_id: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    hlc: int = Field(sa_type=BigInteger)


class HubDeviceRow(HubTable, table=True):
    """A device (or a venue's hub) that enrolled for an event."""

    __tablename__ = "hub_device"
    __table_args__ = (
        UniqueConstraint("event_id", "letter"),
        {"sqlite_with_rowid": False},
    )

    event_id: str = Field(primary_key=True)
    device: str = Field(primary_key=True)
    role: str
    status: str
    label: str
    letter: str | None
    """None for who needs none; each letter is handed out once."""
    public_key: str
    seal_key: str
    words: str
    """The six words, with spaces between."""
    enrolled_ms: int = Field(sa_type=BigInteger)
    admitted_ms: int | None = Field(default=None, sa_type=BigInteger)
    revoked_ms: int | None = Field(default=None, sa_type=BigInteger)
    last_contact_ms: int | None = Field(default=None, sa_type=BigInteger)


class HubInvitationRow(HubTable, table=True):
    """A one-time code, known only by its digest."""

    __tablename__ = "hub_invitation"

    digest: str = Field(primary_key=True)
    event_id: str
    """Empty: for whatever event an organizer brings."""
    role: str
    confirm: bool
    created_ms: int = Field(sa_type=BigInteger)
    expires_ms: int = Field(sa_type=BigInteger)
    used_ms: int | None = Field(default=None, sa_type=BigInteger)
    used_by: str = ""
    """The device, so that one whose answer was lost may ask again."""


class HubViewerRow(HubTable, table=True):
    """A browser that is signed in to the live page."""

    __tablename__ = "hub_viewer"

    digest: str = Field(primary_key=True)
    """Of the cookie."""
    event_id: str
    """Empty: every event."""
    expires_ms: int = Field(sa_type=BigInteger)


class HubNonceRow(HubTable, table=True):
    """A nonce that was used for a request that must not be repeated."""

    __tablename__ = "hub_nonce"

    nonce: str = Field(primary_key=True)
    expires_ms: int = Field(sa_type=BigInteger)
