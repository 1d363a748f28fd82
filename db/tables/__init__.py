"""The tables, one file a noun. The journal is the truth; all others can be rebuilt from it."""

from db.tables.attendance import AttendanceRow, SessionStateRow, SessionTallyRow
from db.tables.credit import CreditDecisionRow
from db.tables.event import EventRow, LocalStateRow
from db.tables.fact import ChainHeadRow, FactRow, SignedHeadRow
from db.tables.person import BadgeRow, PersonRow, RegistrationRow
from db.tables.scan import ScanRow
from db.tables.unit import UnitRow

__all__ = [
    "AttendanceRow",
    "BadgeRow",
    "ChainHeadRow",
    "CreditDecisionRow",
    "EventRow",
    "FactRow",
    "LocalStateRow",
    "PersonRow",
    "RegistrationRow",
    "ScanRow",
    "SessionStateRow",
    "SessionTallyRow",
    "SignedHeadRow",
    "UnitRow",
]
