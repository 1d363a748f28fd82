"""Visits as the rows of the visit table, in one language."""

from collections.abc import Iterable

from app.domain.desk_records import VisitRecord
from app.domain.desk_times import first_served_ms, help_ms, total_ms, wait_ms
from app.domain.words import Words
from app.papers.desk_report_texts import DeskReport
from app.papers.desk_words import (
    BARRIERS,
    GONE,
    OUTCOMES,
    QUALITIES,
    READINESS,
    STATES,
    word,
)
from app.papers.export_rows import VisitRow

MINUTE_MS = 60_000
YES = Words(zh="是", en="yes")


def visit_rows(report: DeskReport) -> list[VisitRow]:
    """Return a help day's visits, those carried to it too, by arrival."""
    visits = sorted(report.day.visits, key=lambda visit: (visit.arrived_ms, visit.ticket))
    return [_row(report, visit) for visit in visits]


def _row(report: DeskReport, visit: VisitRecord) -> VisitRow:
    language, local = report.language, report.local
    served_ms = first_served_ms(visit)
    issues = visit.issues
    helpers = (part.staff for part in visit.stretches if part.state == "serving")
    return VisitRow(
        ticket=visit.ticket,
        held_on=local(visit.arrived_ms).date(),
        unit=visit.unit,
        people=_joined(report, visit.people),
        party_size=visit.party_size,
        topics=_joined(report, (report.topic(issue.subtopic or issue.topic) for issue in issues)),
        outcome=_joined(report, (word(OUTCOMES, issue.outcome, language) for issue in issues)),
        consultant=_joined(report, helpers),
        state=word(STATES, visit.state, language),
        gone_reason=word(GONE, visit.gone_reason, language),
        arrived_at=local(visit.arrived_ms),
        started_at=None if served_ms is None else local(served_ms),
        finished_at=None if visit.ended_ms is None else local(visit.ended_ms),
        wait_minutes=_minutes(wait_ms(visit)),
        minutes=_minutes(help_ms(visit)),
        parked_minutes=_minutes(total_ms(visit.stretches, "parked")),
        missing=_joined(report, (word(READINESS, item, language) for item in visit.missing)),
        barriers=_joined(
            report, (word(BARRIERS, item, language) for issue in issues for item in issue.barriers)
        ),
        symptom=_lines(issue.symptom for issue in issues),
        resolution=_lines(issue.resolution for issue in issues),
        next_step=_lines(issue.next_step for issue in issues),
        returned=YES.in_language(language) if visit.is_return else "",
        time_quality=word(QUALITIES, visit.time_quality, language),
    )


def _minutes(time_ms: int | None) -> int | None:
    return None if time_ms is None else (time_ms + MINUTE_MS // 2) // MINUTE_MS


def _joined(report: DeskReport, words: Iterable[str]) -> str:
    return report.say("、", ", ").join(dict.fromkeys(each for each in words if each))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
