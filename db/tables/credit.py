"""Decisions about hours."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class CreditDecisionRow(SQLModel, table=True):
    """The standing decision on one person's hours at one session."""

    __tablename__ = "credit_decision"
    __table_args__ = (Index("ix_credit_course", "course"), {"sqlite_with_rowid": False})

    person_id: str = Field(primary_key=True)
    session: str = Field(primary_key=True)
    course: str
    granted: int
    hours: int
    reason: str
    actor: str
    at_ms: int = Field(sa_type=BigInteger)
