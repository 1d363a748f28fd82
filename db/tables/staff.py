"""Staff who sign in at a desk."""

from sqlmodel import Field, SQLModel


class StaffRow(SQLModel, table=True):
    """Somebody who signs in, as last recorded."""

    __tablename__ = "staff"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    name: str
    role: str
    active: int
    pin: str
    """Argon2 hash of the PIN, empty while none is set."""
