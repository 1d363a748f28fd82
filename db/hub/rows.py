"""Storing many facts at once, as fast as each engine takes them."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Literal

from sqlalchemy import Connection, TextClause, bindparam, text

from db.hub.engine import is_postgresql
from db.hub.intake import COLUMNS, Row

Table = Literal["hub_fact", "hub_fork_fact"]
FACT_TABLES: tuple[Table, ...] = ("hub_fact", "hub_fork_fact")
_ROWS_AT_ONCE = 1_000
"""Times the columns this stays below the 32,766 values SQLite takes at once."""
_BIG = frozenset({"at", "mono", "offset_ms", "hlc", "received_ms"})
_SMALL = frozenset({"seq", "tz", "size"})
_NAMES = ", ".join(COLUMNS)
_MARKS = f"({','.join('?' * len(COLUMNS))})"


def _array(name: str) -> str:
    kind = "int8" if name in _BIG else "int4" if name in _SMALL else "text"
    return f"%s::{kind}[]"


_ARRAYS = ", ".join(map(_array, COLUMNS))


def insert_facts(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    """Store facts (in the order of `COLUMNS`); return how many were not there."""
    if is_postgresql(connection):
        # One array a column: one short statement to plan, whatever the number of rows.
        statement = (
            f"INSERT INTO {table} ({_NAMES}) SELECT * FROM unnest({_ARRAYS})"  # noqa: S608 - constants
            " ON CONFLICT DO NOTHING"
        )
        values = tuple(map(list, zip(*rows, strict=True)))
        return connection.exec_driver_sql(statement, values).rowcount
    stored = 0
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        block = rows[start : start + _ROWS_AT_ONCE]
        statement = (
            f"INSERT INTO {table} ({_NAMES})"  # noqa: S608 - constants
            f" VALUES {','.join([_MARKS] * len(block))} ON CONFLICT DO NOTHING"
        )
        cursor = connection.exec_driver_sql(statement, tuple(chain.from_iterable(block)))
        stored += cursor.rowcount
    return stored


def many(statement: str, *names: str) -> TextClause:
    """Return a statement whose named parameters are lists (`… IN :names`)."""
    return text(statement).bindparams(*(bindparam(name, expanding=True) for name in names))


def as_dicts(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return rows as parameters of a statement with names."""
    return [dict(zip(names, row, strict=True)) for row in rows]
