"""Visits to the help desk, their claims and issues, and what hangs on them."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class VisitRow(SQLModel, table=True):
    """A visit as the facts have it; `doc` is the whole of it (`app.domain.visit_json`)."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_session", "session", "state"),
        # Covers the question who was called since: documents are long, and stay unread.
        Index("ix_visit_arrival", "session", "arrived_ms", "called_ms"),
        Index("ix_visit_unit", "unit_id"),
        Index("ix_visit_person", "person_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(primary_key=True)
    session: str
    ticket: str = Field(index=True)
    state: str
    unit_id: str
    unit_key: str
    """Folded unit name, where the unit is in no list."""
    person_id: str
    name_key: str
    arrived_ms: int = Field(sa_type=BigInteger)
    changed_ms: int = Field(sa_type=BigInteger)
    called_ms: int | None = Field(default=None, sa_type=BigInteger)
    """When it was first called."""
    doc: str


class VisitClaimRow(SQLModel, table=True):
    """Who holds a visit now."""

    __tablename__ = "visit_claim"
    __table_args__ = (Index("ix_visit_claim_staff", "staff"), {"sqlite_with_rowid": False})

    visit_id: str = Field(primary_key=True)
    staff: str = Field(primary_key=True)
    desk: str
    state: str


class IssueRow(SQLModel, table=True):
    """One issue of a visit, searchable by its words."""

    __tablename__ = "issue"
    __table_args__ = (
        Index("ix_issue_visit", "visit_id"),
        Index("ix_issue_problem", "known_problem"),
    )

    row: int | None = Field(default=None, primary_key=True)
    """Row number that the search index refers to."""
    id: str = Field(unique=True)
    visit_id: str
    session: str
    ticket: str
    unit_id: str
    unit_text: str
    topic: str
    outcome: str
    known_problem: str
    staff: str
    at_ms: int = Field(sa_type=BigInteger)
    symptom: str
    steps: str
    resolution: str
    next_step: str
    terms: str
    """What the full-text index holds of it (`app.domain.answer_terms`)."""
    folded: str
    """Its texts folded, one a line: proves what the index only suspects."""


class AnswerUseRow(SQLModel, table=True):
    """An earlier issue or canned text whose words an issue used."""

    __tablename__ = "answer_use"
    __table_args__ = (Index("ix_answer_use_source", "source"), {"sqlite_with_rowid": False})

    issue_id: str = Field(primary_key=True)
    source: str = Field(primary_key=True)


class AttachmentRow(SQLModel, table=True):
    """A picture of an issue; its bytes are the private part of the fact."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_visit", "visit_id"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True)
    visit_id: str
    issue_id: str
    fact_id: str
    sha256: str
    size: int
    width: int
    height: int
    masked: int
    at_ms: int = Field(sa_type=BigInteger)


class TallyRow(SQLModel, table=True):
    """A door question answered on the spot."""

    __tablename__ = "tally"
    __table_args__ = (Index("ix_tally_session", "session"), {"sqlite_with_rowid": False})

    fact_id: str = Field(primary_key=True)
    session: str
    station: str
    topic: str
    staff: str
    at_ms: int = Field(sa_type=BigInteger)


class VisitDraftRow(SQLModel, table=True):
    """What is typed for a visit on this laptop and not recorded yet: no fact, never synced."""

    __tablename__ = "visit_draft"
    __table_args__ = {"sqlite_with_rowid": False}

    visit_id: str = Field(primary_key=True)
    doc: str
    changed_ms: int = Field(sa_type=BigInteger)
