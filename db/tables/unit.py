"""Schools and offices."""

from sqlmodel import Field, SQLModel


class UnitRow(SQLModel, table=True):
    """A unit as the last facts have it."""

    __tablename__ = "unit"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    code: str
    name: str
    level: str
    township: str
    region: str
    phone: str
