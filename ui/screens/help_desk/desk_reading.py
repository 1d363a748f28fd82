"""What the Desk page reads at one go, away from the window: the queue, my visit, usual times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.next_in_line import Turn
from app.domain.visits import LIVE, Seat, Visit, VisitState
from app.services.visit_views import HelpTopic, IssueForm
from ui.screens.help_desk.issue_forms import form_of, forms_for
from ui.screens.help_desk.timer import handle_medians

if TYPE_CHECKING:  # imported with the first visit of the place
    from app.help_desk import HelpDesk

LIVE_STATES = tuple(state for state in VisitState if state in LIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPicture:
    """The help day as one seat sees it at one moment."""

    visits: tuple[Visit, ...] = ()
    """Those that are not over, by arrival."""
    turns: tuple[Turn, ...] = ()
    mine: Visit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTopics:
    """The topics the keys choose from, and what codes are called."""

    quick: tuple[HelpTopic, ...] = ()
    all: tuple[HelpTopic, ...] = ()
    titles: Mapping[str, HelpTopic] = field(default_factory=dict)

    def below(self, group: str) -> tuple[HelpTopic, ...]:
        """Return a group's subtopics in the order of their keys."""
        return tuple(topic for topic in self.all if topic.parent == group)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPapers:
    """What lies beside a visit: issues as typed, and who of the school came before."""

    visit_id: str = ""
    forms: tuple[IssueForm, ...] = ()
    front: int = 0
    earlier: tuple[Visit, ...] = ()


def read_picture(services: "HelpDesk", seat: Seat) -> DeskPicture:
    """Read the live visits, whose turn it is, and what this seat holds."""
    if not seat.session:
        return DeskPicture()
    mine = services.visits.my_visit(seat) if seat.staff else None
    return DeskPicture(
        visits=tuple(services.visits.list_visits(seat.session, LIVE_STATES)),
        turns=tuple(services.visits.list_turns(seat)),
        mine=mine,
    )


def read_topics(services: "HelpDesk", session: str) -> DeskTopics:
    """Read the topics of the event; what is put away keeps its title."""
    every = services.topics.list_topics(include_inactive=True)
    return DeskTopics(
        quick=tuple(services.topics.quick_topics(session)),
        all=tuple(topic for topic in every if topic.active),
        titles={topic.code: topic for topic in every},
    )


def read_medians(services: "HelpDesk", session: str) -> dict[str, int]:
    """Read how long each topic usually takes today."""
    return handle_medians(services.visits.list_visits(session, (VisitState.DONE,)))


def read_papers(services: "HelpDesk", visit: Visit) -> VisitPapers:
    """Read a visit's draft and what its school brought before."""
    draft: Mapping[str, Any] | None = services.issues.find_draft(visit.id)
    forms = forms_for(visit, draft)
    front = int((draft or {}).get("front", 0))
    return VisitPapers(
        visit_id=visit.id,
        forms=forms,
        front=front if 0 <= front < len(forms) else 0,
        earlier=tuple(services.visits.earlier_visits(visit))[:6],
    )


def read_last_entry(services: "HelpDesk", seat: Seat) -> IssueForm | None:
    """Read the newest issue this consultant finished today."""
    done = services.visits.list_visits(seat.session, (VisitState.DONE,))
    own = [issue for visit in done for issue in visit.issues.values() if issue.staff == seat.staff]
    newest = max(own, key=lambda issue: issue.at_ms, default=None)
    return form_of(newest) if newest else None
