"""Presence per person and session, numbers per session, seals."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class AttendanceRow(SQLModel, table=True):
    """What is known of one person at one session."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_session", "session"), {"sqlite_with_rowid": False})

    person_id: str = Field(primary_key=True)
    session: str = Field(primary_key=True)
    first_in_ms: int | None = Field(default=None, sa_type=BigInteger)
    last_out_ms: int | None = Field(default=None, sa_type=BigInteger)
    present: int
    minutes: int


class SessionTallyRow(SQLModel, table=True):
    """Live numbers of a session: unique people, kept by differences."""

    __tablename__ = "session_tally"
    __table_args__ = {"sqlite_with_rowid": False}

    session: str = Field(primary_key=True)
    expected: int
    arrived: int
    present: int


class SessionStateRow(SQLModel, table=True):
    """Whether a session is sealed."""

    __tablename__ = "session_state"
    __table_args__ = {"sqlite_with_rowid": False}

    session: str = Field(primary_key=True)
    sealed_ms: int = Field(sa_type=BigInteger)
    seal: str
    """Body of the closing fact (canonical JSON)."""
    actor: str
