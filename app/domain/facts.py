"""Facts: immutable entries of the journal, and the kinds there are.

The envelope is that of the design's sync page: origin, sequence, chain, clocks, private part.
A fact's `body` never holds personal data; names, numbers, phones and free text live in `private`,
which can be erased later without breaking the chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

PersonId = NewType("PersonId", str)
UnitId = NewType("UnitId", str)
FactId = NewType("FactId", str)


class FactKind(StrEnum):
    """Everything that can happen. A correction is a new fact that names the old one."""

    PLAN_PUBLISHED = "plan.published"
    UNIT_ADDED = "unit.added"
    UNIT_AMENDED = "unit.amended"
    REGISTRATION_ADDED = "registration.added"
    REGISTRATION_AMENDED = "registration.amended"
    REGISTRATION_CANCELLED = "registration.cancelled"
    PERSON_MERGED = "person.merged"
    PERSON_SEPARATED = "person.separated"
    BADGE_ISSUED = "badge.issued"
    BADGE_REVOKED = "badge.revoked"
    BADGE_PRINTED = "badge.printed"
    EVENT_KEY_MADE = "event_key.made"
    SCAN_RECORDED = "scan.recorded"
    SCAN_VOIDED = "scan.voided"
    SCAN_ADMITTED = "scan.admitted"
    CONFLICT_RESOLVED = "conflict.resolved"
    CREDIT_DECIDED = "credit.decided"
    SESSION_CLOSED = "session.closed"
    SESSION_REOPENED = "session.reopened"
    DEVICE_ENROLLED = "device.enrolled"
    DEVICE_ADMITTED = "device.admitted"
    DEVICE_REVOKED = "device.revoked"
    CLOCK_CORRECTED = "clock.corrected"
    PRIVATE_ERASED = "private.erased"
    STAFF_RECORDED = "staff.recorded"
    VISIT_OPENED = "visit.opened"
    VISIT_CALLED = "visit.called"
    VISIT_STARTED = "visit.started"
    VISIT_PARKED = "visit.parked"
    VISIT_RETURNED = "visit.returned"
    VISIT_HANDED_OVER = "visit.handed_over"
    VISIT_FINISHED = "visit.finished"
    VISIT_LEFT = "visit.left"
    VISIT_CARRIED = "visit.carried"
    VISIT_AMENDED = "visit.amended"
    VISIT_UNDONE = "visit.undone"
    ISSUE_RECORDED = "issue.recorded"
    ATTACHMENT_ADDED = "attachment.added"
    ATTACHMENT_REMOVED = "attachment.removed"
    TALLY_COUNTED = "tally.counted"
    TALLY_UNDONE = "tally.undone"
    CONSULTANT_RECORDED = "consultant.recorded"
    DUTY_CHANGED = "duty.changed"
    TOPIC_AMENDED = "topic.amended"
    ANSWER_RECORDED = "answer.recorded"
    PROBLEM_RECORDED = "problem.recorded"
    FOLLOWUP_RECORDED = "followup.recorded"
    LOAN_MADE = "loan.made"
    LOAN_RETURNED = "loan.returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a service wants recorded; the journal adds origin, clocks and chain."""

    kind: FactKind
    subject: str
    """`person:<id>`, `unit:<id>`, `session:<code>`, `station:<letter>`, `device:<id>`,
    `event:<id>`, `staff:<id>`, `visit:<id>` (issues too), `attachment:<id>`, `tally:<session>`,
    `consultant:<id>`, `topic:<code>`, `answer:<id>`, `problem:<id>`, `followup:<id>`,
    `loan:<id>`."""
    body: Mapping[str, Any]
    private: Mapping[str, Any] | None = None
    actor: str = ""
    at_ms: int | None = None
    """When it happened (UTC ms); None means now. Given only where a person or a log says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One recorded fact with its envelope."""

    id: FactId
    event_id: str
    device: str
    incarnation: str
    seq: int
    kind: FactKind
    subject: str
    actor: str
    body: Mapping[str, Any]
    private: Mapping[str, Any] | None
    salt: str | None
    private_hash: str
    """H(salt ‖ private), empty where there was no private part; kept when both are erased."""
    at: int
    """UTC milliseconds of the wall clock at that moment; never rewritten."""
    tz: int
    """Minutes east of UTC of the machine's zone."""
    mono: int
    boot: str
    offset_ms: int
    offset_quality: str
    """`unknown`, `measured` or `doubtful`."""
    hlc: int
    prev_hash: str
    hash: str
