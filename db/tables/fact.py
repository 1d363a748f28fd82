"""The journal: facts, the head of every chain, and signed heads."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class FactRow(SQLModel, table=True):
    """One immutable fact. Triggers forbid every change but the erasure of its private part."""

    __tablename__ = "fact"
    __table_args__ = (
        UniqueConstraint("device", "incarnation", "seq"),
        Index("ix_fact_subject", "subject"),
    )

    row: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    event_id: str
    device: str
    incarnation: str
    seq: int
    kind: str
    subject: str
    actor: str
    body: str
    """Canonical JSON."""
    private: str | None = None
    """Canonical JSON of personal data; None where there is none or it was erased."""
    salt: str | None = None
    private_hash: str
    """H(salt ‖ private), kept when both are erased."""
    at: int = Field(sa_type=BigInteger)
    tz: int
    mono: int = Field(sa_type=BigInteger)
    boot: str
    offset_ms: int = Field(sa_type=BigInteger)
    offset_quality: str
    hlc: int = Field(sa_type=BigInteger)
    prev_hash: str
    hash: str


class ChainHeadRow(SQLModel, table=True):
    """How far each incarnation's chain reaches here; a cache of the journal."""

    __tablename__ = "chain_head"
    __table_args__ = {"sqlite_with_rowid": False}

    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    seq: int
    hash: str
    hlc: int = Field(sa_type=BigInteger)
    wall_ms: int = Field(sa_type=BigInteger)
    """Clocks of the last own fact, to notice a wall clock that was set."""
    mono_ms: int = Field(sa_type=BigInteger)
    boot: str


class SignedHeadRow(SQLModel, table=True):
    """A head with the device's Ed25519 signature; peers keep each other's."""

    __tablename__ = "signed_head"
    __table_args__ = {"sqlite_with_rowid": False}

    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    hash: str = Field(primary_key=True)
    """Part of the key: a forked chain has two heads of one sequence."""
    public_key: str
    signature: str
