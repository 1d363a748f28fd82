"""The outcome of judging a scan: a verdict, the direction taken, and the numbers behind it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.scans import COUNTING, TONES, Direction, Tone, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The numbers and moments behind a verdict; what does not apply is None or empty."""

    late_minutes: int | None = None
    minutes_present: int | None = None
    short_minutes: int | None = None
    first_in: datetime | None = None
    last_at: datetime | None = None
    """When the earlier scan this verdict refers to happened (already in, already out, repeat)."""
    last_station: str = ""
    other_session: str | None = None
    sub_reason: str = ""
    """For `not_on_roster`: `wrong_batch`, `wrong_day` or empty."""
    revoked_at: datetime | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with the direction taken and its detail."""

    verdict: Verdict
    direction: Direction
    detail: Detail = Detail()

    @property
    def tone(self) -> Tone:
        """How the verdict feels."""
        return TONES[self.verdict]

    @property
    def counts(self) -> bool:
        """Whether the scan changes attendance."""
        return self.verdict in COUNTING
