"""From a checked plan file to the domain's `Plan`."""

from app.domain.plan import (
    AgendaItem,
    Batch,
    Course,
    CreditPolicy,
    EventSession,
    Plan,
    Region,
    SessionKind,
    Subtopic,
    Topic,
    Venue,
)
from app.plans.schema import CourseTable, PlanFile, PolicyTable, SessionTable, TopicTable


def build_plan(file: PlanFile) -> Plan:
    """Return the plan a file describes; defaults that depend on other tables are filled in."""
    return Plan(
        code=file.code,
        title=file.title,
        organiser=file.organiser,
        timezone=file.timezone,
        county=file.county,
        sessions=tuple(_session(row) for row in file.sessions),
        courses=tuple(_course(row, file.policy) for row in file.courses),
        venues=tuple(Venue(**dict(row)) for row in file.venues),
        batches=tuple(Batch(**dict(row)) for row in file.batches),
        regions=tuple(Region(**dict(row)) for row in file.regions),
        bring=file.bring,
        topics=tuple(_topic(row) for row in file.topics),
        notes=file.notes,
        school_count=file.school_count,
        official_names=tuple(file.official_names.items()),
    )


def _course(row: CourseTable, default: PolicyTable) -> Course:
    """Return a course; its policy overrides the file's, which overrides the program's."""
    policy = default.model_dump(exclude_unset=True) | row.policy.model_dump(exclude_unset=True)
    return Course(
        code=row.code,
        title=row.title,
        hours=row.hours,
        agenda=tuple(AgendaItem(**dict(item)) for item in row.agenda),
        policy=CreditPolicy(**policy),
        audience=row.audience,
    )


def _session(row: SessionTable) -> EventSession:
    """Return a session; a help day needs no registration unless the file says so."""
    kind = SessionKind(row.kind)
    usual = "none" if kind is SessionKind.HELPDESK else "required"
    own = {
        "kind": kind,
        "held_on": row.held_on.on,
        "weekday": row.weekday or row.held_on.weekday,
        "registration": row.registration or usual,
    }
    return EventSession(**{**dict(row), **own})


def _topic(row: TopicTable) -> Topic:
    subtopics = tuple(Subtopic(**dict(part)) for part in row.subtopics)
    return Topic(**{**dict(row), "subtopics": subtopics})
