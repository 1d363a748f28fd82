"""The event's plan, and what only this device needs to know."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """The plan last published."""

    __tablename__ = "event"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    plan: str
    """Plan as JSON (`app.domain.plan.plan_to_json`)."""
    published_ms: int = Field(sa_type=BigInteger)
    rehearsal: int


class LocalStateRow(SQLModel, table=True):
    """Settings and secrets of this device for this event: no facts, never synced."""

    __tablename__ = "local_state"
    __table_args__ = {"sqlite_with_rowid": False}

    key: str = Field(primary_key=True)
    value: str
