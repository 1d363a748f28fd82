"""What a help desk keeps beside its visits."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class ConsultantRow(SQLModel, table=True):
    """Somebody of the support group."""

    __tablename__ = "consultant"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    name: str
    name_en: str
    unit_text: str
    title: str
    skills: str
    """Topic group → level, as JSON."""
    active: int


class DutyRow(SQLModel, table=True):
    """A stretch on duty or on a break."""

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_session", "session"), {"sqlite_with_rowid": False})

    staff: str = Field(primary_key=True)
    start_ms: int = Field(primary_key=True, sa_type=BigInteger)
    session: str
    state: str
    end_ms: int | None = Field(default=None, sa_type=BigInteger)
    desk: str
    ended_by: str


class TopicRow(SQLModel, table=True):
    """A topic that people added or changed; the plan's others stand beside."""

    __tablename__ = "topic"
    __table_args__ = {"sqlite_with_rowid": False}

    code: str = Field(primary_key=True)
    parent: str
    title: str | None = None
    title_en: str | None = None
    active: int
    quick: int
    position: int | None = None


class AnswerRow(SQLModel, table=True):
    """A canned text."""

    __tablename__ = "answer"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    code: str
    topic: str
    title: str
    body: str
    source_issue: str
    active: int


class ProblemRow(SQLModel, table=True):
    """A known problem."""

    __tablename__ = "problem"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    topic: str
    title: str
    answer: str
    state: str
    first_seen_ms: int = Field(sa_type=BigInteger)


class FollowupRow(SQLModel, table=True):
    """What outlives the day."""

    __tablename__ = "followup"
    __table_args__ = (Index("ix_followup_visit", "visit"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True)
    visit: str
    issue: str
    vendor: str
    owner: str
    due_on: str
    state: str
    reference: str
    contact: str
    note: str
    answer: str
    opened_ms: int = Field(sa_type=BigInteger)
    changed_ms: int = Field(sa_type=BigInteger)


class LoanRow(SQLModel, table=True):
    """A reader, cable or phone lent to a visit."""

    __tablename__ = "loan"
    __table_args__ = (Index("ix_loan_visit", "visit"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True)
    kind: str
    tag: str
    visit: str
    session: str
    out_ms: int = Field(sa_type=BigInteger)
    back_ms: int | None = Field(default=None, sa_type=BigInteger)
