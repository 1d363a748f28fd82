"""People, their registrations and badges."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """A person as the last facts have it."""

    __tablename__ = "person"

    row: int | None = Field(default=None, primary_key=True)
    """Row number that the search index refers to."""
    id: str = Field(unique=True)
    name: str
    name_key: str = Field(index=True)
    """Folded name, for matching and search."""
    unit_id: str | None = None
    unit_text: str
    title: str
    id_number: str
    phone: str
    email: str
    attention: str
    meal: str
    grams: str
    """Single and double characters of name and unit, and last digits; indexed by full text."""


class RegistrationRow(SQLModel, table=True):
    """A person on a session's roster."""

    __tablename__ = "registration"
    __table_args__ = (
        Index("ix_registration_session", "session", "added_ms"),
        {"sqlite_with_rowid": False},
    )

    person_id: str = Field(primary_key=True)
    session: str = Field(primary_key=True)
    status: str
    origin: str
    added_ms: int = Field(sa_type=BigInteger)
    cancelled_ms: int | None = Field(default=None, sa_type=BigInteger)


class BadgeRow(SQLModel, table=True):
    """A code a person carries or carried."""

    __tablename__ = "badge"
    __table_args__ = (Index("ix_badge_person", "person_id"), {"sqlite_with_rowid": False})

    code: str = Field(primary_key=True)
    person_id: str
    issued_ms: int = Field(sa_type=BigInteger)
    revoked_ms: int | None = Field(default=None, sa_type=BigInteger)


class PersonMergeRow(SQLModel, table=True):
    """A merge that stands: who gave way to whom. Everything else of both is under one of them."""

    __tablename__ = "person_merge"
    __table_args__ = {"sqlite_with_rowid": False}

    fact_id: str = Field(primary_key=True)
    person_id: str
    into_id: str
    at_ms: int = Field(sa_type=BigInteger)
    actor: str
    reason: str
