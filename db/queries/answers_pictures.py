"""Pictures of issues: their descriptions, and the fact that holds the bytes."""

from dataclasses import dataclass

from db.engine import Connection

_COLUMNS = "id, visit_id, issue_id, fact_id, sha256, size, width, height, masked, at_ms"


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture's row; the columns of `_COLUMNS`."""

    id: str
    visit_id: str
    issue_id: str
    fact_id: str
    sha256: str
    size: int
    width: int
    height: int
    masked: int
    at_ms: int


def list_pictures(connection: Connection, visit_id: str) -> list[StoredPicture]:
    """Return a visit's pictures, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE visit_id=? ORDER BY at_ms, id",  # noqa: S608 - constants
        (visit_id,),
    )
    return [StoredPicture(*row) for row in rows]


def find_picture(connection: Connection, picture_id: str) -> StoredPicture | None:
    """Return a picture's row by its id."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE id=?",  # noqa: S608 - constants
        (picture_id,),
    ).fetchone()
    return StoredPicture(*row) if row else None
