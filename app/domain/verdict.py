"""What the program says about one scan. `judge_scan` is pure: the same code runs at every desk."""

from datetime import datetime

from app.domain.checks import CHECKS
from app.domain.judgement import Detail, Judgement
from app.domain.scans import (
    CHOICES,
    COUNTING,
    TONES,
    Candidate,
    Direction,
    PastScan,
    ReadingKind,
    RegistrationStatus,
    SessionWindow,
    StationDirection,
    Tone,
    Verdict,
)
from app.domain.situation import Situation

__all__ = [
    "CHOICES",
    "COUNTING",
    "TONES",
    "Candidate",
    "Detail",
    "Direction",
    "Judgement",
    "PastScan",
    "ReadingKind",
    "RegistrationStatus",
    "SessionWindow",
    "StationDirection",
    "Tone",
    "Verdict",
    "judge_scan",
]

_READINGS = {
    ReadingKind.UNREADABLE: Verdict.UNREADABLE,
    ReadingKind.OTHER_EVENT: Verdict.OTHER_EVENT,
    ReadingKind.OWN: Verdict.UNKNOWN,
}


def judge_scan(
    reading: ReadingKind,
    candidate: Candidate | None,
    *,
    window: SessionWindow,
    windows: dict[str, SessionWindow],
    station: str,
    setting: StationDirection,
    now: datetime,
) -> Judgement:
    """Return the verdict for one scan; checks run in the order of `Verdict`, first hit wins.

    `windows` holds every session of the plan by code, to say which session a person is on.
    """
    is_somebody = reading is ReadingKind.OWN and candidate is not None
    situation = Situation(
        candidate=candidate if is_somebody else None,
        window=window,
        windows=windows,
        station=station,
        setting=setting,
        now=now,
    )
    if not is_somebody:
        return Judgement(verdict=_READINGS[reading], direction=situation.direction)
    return next(hit for check in CHECKS if (hit := check(situation)) is not None)
