"""The services of the help desk: visits, issues, answers, topics, people, loans, follow-ups."""

from dataclasses import dataclass

from app.services.answers import AnswerService
from app.services.attachments import AttachmentService
from app.services.consultants import ConsultantService
from app.services.context import EventContext
from app.services.followups import FollowupService
from app.services.issues import IssueService
from app.services.loans import LoanService
from app.services.topics import TopicService
from app.services.visits import VisitService


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDesk:
    """What the help desk's places use."""

    visits: VisitService
    issues: IssueService
    answers: AnswerService
    topics: TopicService
    consultants: ConsultantService
    followups: FollowupService
    loans: LoanService
    attachments: AttachmentService


def build_help_desk(context: EventContext) -> HelpDesk:
    """Return the help desk of an open event."""
    return HelpDesk(
        visits=VisitService(context),
        issues=IssueService(context),
        answers=AnswerService(context),
        topics=TopicService(context),
        consultants=ConsultantService(context),
        followups=FollowupService(context),
        loans=LoanService(context),
        attachments=AttachmentService(context),
    )
