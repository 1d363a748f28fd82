"""Scans, refused and undone ones included."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class ScanRow(SQLModel, table=True):
    """One reading at a station and the verdict that was shown."""

    __tablename__ = "scan"
    __table_args__ = (
        Index("ix_scan_session", "session", "at_ms"),
        {"sqlite_with_rowid": False},
    )

    fact_id: str = Field(primary_key=True)
    person_id: str | None = None
    session: str
    station: str
    at_ms: int = Field(sa_type=BigInteger)
    body: str
    """The fact's body: verdict, direction, code, detail (canonical JSON)."""
    counts: int
    voided_ms: int | None = Field(default=None, sa_type=BigInteger)
    admitted: int
    offset_quality: str
