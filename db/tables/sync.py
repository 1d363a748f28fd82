"""What exchange with other machines needs beside the journal."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class ForkFactRow(SQLModel, table=True):
    """A fact whose place in its chain is taken by another: a copied laptop wrote it.

    The branch that came second lies here; both are folded. Guarded like the journal.
    """

    __tablename__ = "fork_fact"
    __table_args__ = (Index("ix_fork_fact_subject", "subject"), {"sqlite_with_rowid": False})

    id: str = Field(unique=True)
    event_id: str
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
    hash: str = Field(primary_key=True)


class QuarantineRow(SQLModel, table=True):
    """A run that could not be taken, kept as it came until somebody looks or it fits."""

    __tablename__ = "quarantine"
    __table_args__ = {"sqlite_with_rowid": False}

    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    first_seq: int = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    """SHA-256 of `payload`, so that the same refusal is kept once."""
    why: str
    facts: int
    noted_ms: int = Field(sa_type=BigInteger)
    payload: str
    """The run as JSON, with private parts: it is as protected as the journal."""


class DeviceRow(SQLModel, table=True):
    """A device of the event: what its own and a hub's facts say of it."""

    __tablename__ = "device"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    public_key: str
    role: str
    """Empty where no hub admitted it."""
    label: str
    letter: str
    admitted_ms: int | None = Field(default=None, sa_type=BigInteger)
    revoked_ms: int | None = Field(default=None, sa_type=BigInteger)


class ClockCorrectionRow(SQLModel, table=True):
    """What was learned later of the clock under some facts of one chain."""

    __tablename__ = "clock_correction"
    __table_args__ = {"sqlite_with_rowid": False}

    device: str = Field(primary_key=True)
    incarnation: str = Field(primary_key=True)
    first_seq: int = Field(primary_key=True)
    last_seq: int = Field(primary_key=True)
    offset_ms: int = Field(sa_type=BigInteger)
    """To add to the recorded wall clock."""
    error_ms: int = Field(sa_type=BigInteger)


class ConflictResolutionRow(SQLModel, table=True):
    """What somebody decided about scans of several stations that do not agree."""

    __tablename__ = "conflict_resolution"
    __table_args__ = {"sqlite_with_rowid": False}

    person_id: str = Field(primary_key=True)
    conflict: str = Field(primary_key=True)
    """Digest of the fact ids it is about: a new scan makes a new conflict."""
    session: str
    choice: str
    reason: str
    actor: str
    at_ms: int = Field(sa_type=BigInteger)
