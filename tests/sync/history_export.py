"""What nodes have, as lines of a history (`history_checker` says what they mean)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import text

from app.domain.exchange import Tip
from db.engine import Connection
from db.hub.engine import HubDatabase
from db.journal import COLUMNS

_NAMES = tuple(name.strip() for name in COLUMNS.split(","))
_HEAD_NAMES = ("device", "incarnation", "seq", "hash", "public_key", "signature")
_HEADS = ", ".join(_HEAD_NAMES)
Branched = tuple[str, tuple[Any, ...]]
"""`trunk` or `fork`, and a fact's 21 columns."""


def acknowledgement(node: str, row: Sequence[Any]) -> dict[str, Any]:
    """Return the line that says a person was shown this fact as stored."""
    return {
        "record": "ack", "node": node, "id": row[0], "device": row[2], "incarnation": row[3],
        "seq": row[4], "hash": row[20],
    }  # fmt: skip


def list_station_rows(connection: Connection) -> Iterator[Branched]:
    """Yield every fact of a laptop's file."""
    for table, branch in (("fact", "trunk"), ("fork_fact", "fork")):
        for row in connection.execute(f"SELECT {COLUMNS} FROM {table}"):  # noqa: S608 - constants
            yield branch, row


def list_station_heads(connection: Connection) -> list[tuple[Any, ...]]:
    """Return the signed heads of a laptop's file."""
    return connection.execute(f"SELECT {_HEADS} FROM signed_head").fetchall()  # noqa: S608 - constants


def list_hub_rows(database: HubDatabase) -> Iterator[Branched]:
    """Yield every fact of a hub that has one event."""
    with database.read() as connection:
        for table, branch in (("hub_fact", "trunk"), ("hub_fork_fact", "fork")):
            for row in connection.execute(text(f"SELECT {COLUMNS} FROM {table}")):  # noqa: S608 - constants
                yield branch, tuple(row)


def list_hub_heads(database: HubDatabase) -> list[tuple[Any, ...]]:
    """Return the signed heads of a hub."""
    with database.read() as connection:
        found = connection.execute(text(f"SELECT {_HEADS} FROM hub_signed_head"))  # noqa: S608 - constants
        return [tuple(row) for row in found]


def records_of(
    node: str,
    rows: Iterable[Branched],
    heads: Iterable[Sequence[Any]],
    tips: Iterable[Tip],
    *,
    is_goal: bool,
) -> Iterator[dict[str, Any]]:
    """Yield all lines of one node as it is at the end."""
    yield {"record": "node", "name": node, "goal": is_goal}
    for branch, row in rows:
        fact = dict(zip(_NAMES, row, strict=True))
        yield {"record": "fact", "node": node, "branch": branch, **fact}
    for head in heads:
        yield {"record": "head", "node": node, **dict(zip(_HEAD_NAMES, head, strict=True))}
    for tip in tips:
        yield {
            "record": "tip", "node": node, "device": tip.device, "incarnation": tip.incarnation,
            "seq": tip.seq, "hash": tip.hash,
        }  # fmt: skip
