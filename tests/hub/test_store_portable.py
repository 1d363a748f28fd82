"""What a hub's sources may not lean on: other engines that speak PostgreSQL's tongue lack it."""

import re
from pathlib import Path

import pytest

from db.hub.tables import HUB_TABLES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for part in ("db", "app") for path in (ROOT / part / "hub").rglob("*.py"))
FORBIDDEN = {
    "an order by serial numbers": r"\b(BIG)?SERIAL\b|\bnextval\b|autoincrement|\browid\b",
    "LISTEN and NOTIFY": r"\bLISTEN\s+\w|\bNOTIFY\s+\w|pg_notify",
    "advisory locks": r"advisory",
    "transaction ids": r"\bxmin\b|\bxid8?\b|pg_snapshot|txid_|\bctid\b",
    "whole tables locked": r"LOCK\s+TABLE",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_needs_what_only_postgresql_has(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE if what != "LISTEN and NOTIFY" else 0)
    found = [path.name for path in SOURCES if pattern.search(path.read_text("utf-8"))]
    assert SOURCES
    assert found == []


def test_event_data_is_spread_by_event() -> None:
    alone = {"hub_state", "hub_invitation", "hub_viewer", "hub_nonce"}
    for table in HUB_TABLES.sorted_tables:
        if table.name not in alone:
            keys = [column.name for column in table.columns if column.primary_key]
            assert "event_id" in keys, table.name
            unique = [
                constraint
                for constraint in table.constraints
                if constraint is not table.primary_key
            ]
            assert all("event_id" in constraint.columns for constraint in unique), table.name
