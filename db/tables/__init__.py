"""The tables, one file a noun. The journal is the truth; all others can be rebuilt from it."""

from db.tables.attendance import AttendanceRow, SessionStateRow, SessionTallyRow
from db.tables.credit import CreditDecisionRow
from db.tables.event import EventRow, LocalStateRow
from db.tables.fact import ChainHeadRow, FactRow, SignedHeadRow
from db.tables.help_desk import (
    AnswerRow,
    ConsultantRow,
    DutyRow,
    FollowupRow,
    LoanRow,
    ProblemRow,
    TopicRow,
)
from db.tables.person import BadgeRow, PersonMergeRow, PersonRow, RegistrationRow
from db.tables.scan import ScanRow
from db.tables.staff import StaffRow
from db.tables.sync import (
    ClockCorrectionRow,
    ConflictResolutionRow,
    DeviceRow,
    ForkFactRow,
    QuarantineRow,
)
from db.tables.unit import UnitRow
from db.tables.visit import (
    AnswerUseRow,
    AttachmentRow,
    IssueRow,
    TallyRow,
    VisitClaimRow,
    VisitDraftRow,
    VisitRow,
)

__all__ = [
    "AnswerRow",
    "AnswerUseRow",
    "AttachmentRow",
    "AttendanceRow",
    "BadgeRow",
    "ChainHeadRow",
    "ClockCorrectionRow",
    "ConflictResolutionRow",
    "ConsultantRow",
    "CreditDecisionRow",
    "DeviceRow",
    "DutyRow",
    "EventRow",
    "FactRow",
    "FollowupRow",
    "ForkFactRow",
    "IssueRow",
    "LoanRow",
    "LocalStateRow",
    "PersonMergeRow",
    "PersonRow",
    "ProblemRow",
    "QuarantineRow",
    "RegistrationRow",
    "ScanRow",
    "SessionStateRow",
    "SessionTallyRow",
    "SignedHeadRow",
    "StaffRow",
    "TallyRow",
    "TopicRow",
    "UnitRow",
    "VisitClaimRow",
    "VisitDraftRow",
    "VisitRow",
]
