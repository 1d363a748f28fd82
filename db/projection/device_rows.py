"""From the facts of a device to its rows: who it is, and what was learned of its clock."""

from collections.abc import Sequence

from app.domain.facts import Fact, FactKind
from app.domain.fold import corrected_ms, in_order
from db.projection.read_table import ReadTable, TableRows

DEVICE = ReadTable(
    "device", ("id", "public_key", "role", "label", "letter", "admitted_ms", "revoked_ms"), 1
)
CLOCK_CORRECTION = ReadTable(
    "clock_correction",
    ("device", "incarnation", "first_seq", "last_seq", "offset_ms", "error_ms"),
    4,
)
DEVICE_TABLES = (DEVICE, CLOCK_CORRECTION)


def device_rows(device: str, facts: Sequence[Fact]) -> TableRows:
    """Return a device's rows. What is revoked stays so, whatever clock the admission had."""
    key = role = label = letter = ""
    admitted: int | None = None
    revoked: int | None = None
    rows: TableRows = {}
    for fact in in_order(facts):
        body = fact.body
        match fact.kind:
            case FactKind.DEVICE_ENROLLED:
                key = body["public_key"]
            case FactKind.DEVICE_ADMITTED:
                key = body["public_key"]
                role, label, letter = body["role"], body["label"], body["letter"]
                admitted = corrected_ms(fact)
            case FactKind.DEVICE_REVOKED:
                revoked = corrected_ms(fact)
            case FactKind.CLOCK_CORRECTED:
                row = (device, *(body[name] for name in CLOCK_CORRECTION.columns[1:]))
                rows["clock_correction", *row[:4]] = row
            case _:
                pass
    rows["device", device] = (device, key, role, label, letter, admitted, revoked)
    return rows
