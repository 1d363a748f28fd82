"""What the Closing place asks of the services."""

from pathlib import Path
from typing import Protocol

from app.domain.facts import PersonId
from app.domain.plan import Plan
from app.domain.words import Language
from app.papers.credit_check import ExportProblem
from app.services.closing import CreditLine, CreditSheet, Seal
from app.services.exports import ExportReport
from app.services.outcomes import ScanOutcome
from app.services.summaries import SessionSummary


class Events(Protocol):
    """The plan and its sessions."""

    def list_sessions(self) -> tuple[SessionSummary, ...]:
        """Return the sessions of the open event."""
        ...

    def plan(self) -> Plan:
        """Return the plan of the open event: session times and breaks."""
        ...


class Closing(Protocol):
    """Proposals, decisions, the seal."""

    def credit_sheet(self, session: str) -> CreditSheet:
        """Return a session's closing list."""
        ...

    def approve_clean(self, session: str) -> int:
        """Grant all undecided clean proposals."""
        ...

    def decide(self, person_id: PersonId, session: str, *, grant: bool, reason: str) -> CreditLine:
        """Record a decision."""
        ...

    def timeline(self, person_id: PersonId, session: str) -> tuple[ScanOutcome, ...]:
        """Return a person's scans at a session."""
        ...

    def find_seal(self, session: str) -> Seal | None:
        """Return the seal in force, or None."""
        ...

    def close_session(self, session: str) -> Seal:
        """Seal a session."""
        ...

    def reopen_session(self, session: str, reason: str) -> None:
        """Take the seal back."""
        ...


class Exports(Protocol):
    """Files of a session."""

    def check(self, kind: str, session: str, columns: str = "default") -> tuple[ExportProblem, ...]:
        """Say what is odd before anything is written."""
        ...

    def export(
        self,
        kind: str,
        session: str,
        format: str,  # noqa: A002 - the service's own name
        out: Path,
        *,
        columns: str = "default",
        encoding: str = "utf-8-sig",
        language: Language = "zh",
    ) -> ExportReport:
        """Write a file."""
        ...

    def file_for(self, out: Path) -> Path:
        """Return where a file asked for goes: a rehearsal's has another name."""
        ...

    def write_seal(self, seal: Seal, out: Path) -> str:
        """Write a seal sheet as PDF; return the digest its QR carries."""
        ...
