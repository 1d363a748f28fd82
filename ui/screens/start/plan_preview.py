"""A plan before it becomes an event: title, sessions, contradictions."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton

from app.domain.plan import EventSession, Plan, PlanWarning
from ui.dates import short_date
from ui.language import say
from ui.plan_words import plan_warning
from ui.screens.start import wording
from ui.theme import scaled
from ui.widgets.parts import column, label, row, scrolling
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One session of the plan it belongs to."""

    session: EventSession
    plan: Plan


COLUMNS: tuple[Column[PlanLine], ...] = (
    Column(heading=wording.SESSION_CODE, text=lambda line: line.session.code),
    Column(
        heading=wording.SESSION_DATE,
        text=lambda line: short_date(line.session.held_on),
        sort_key=lambda line: line.session.held_on,
    ),
    Column(heading=wording.SESSION_TITLE, text=lambda line: line.session.title),
    Column(heading=wording.SESSION_VENUE, text=lambda line: line.plan.venue_of(line.session).name),
    Column(
        heading=wording.SESSION_HOURS,
        text=lambda line: str(line.plan.course_of(line.session).hours or "–"),
        is_number=True,
    ),
)


class PlanPreview(QFrame):
    """Shows one plan, or says how to get to see one."""

    def __init__(self, create: QPushButton) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._shown: tuple[Plan, tuple[PlanWarning, ...]] | None = None
        self._speak = Speaker(self)
        self._speak.language_changed.connect(self._retell)
        self.heading = label("heading", wraps=True)
        self.organiser = label("muted", wraps=True)
        self.warnings = label("", wraps=True)
        self.warnings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sessions = RowView(
            RowTable(COLUMNS, key=lambda line: line.session.code),
            name=wording.SESSION_TITLE,
            stretch=2,
        )
        self.sessions.set_widths((68, 140, 0, 170, 76))
        self.sessions.set_empty_note(wording.PREVIEW_HINT)
        inside = column(
            self.heading, self.organiser, self.sessions, scrolling(self.warnings), row(None, create)
        )
        inside.setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(14))
        inside.setStretch(2, 5)
        inside.setStretch(3, 4)
        self.setLayout(inside)

    def show_plan(self, plan: Plan, warnings: tuple[PlanWarning, ...]) -> None:
        """Show a plan that was read; nothing is created yet."""
        self._shown = (plan, warnings)
        self.sessions.show_rows([PlanLine(session, plan) for session in plan.sessions])
        self._retell()

    def _retell(self) -> None:
        if self._shown is None:
            return
        plan, warnings = self._shown
        self.heading.setText(plan.title)
        self.organiser.setText(say(wording.organiser(plan.organiser)))
        lines = [plan_warning(warning) for warning in warnings]
        if lines:
            lines.insert(0, say(wording.warnings_heading(len(lines))))
        self.warnings.setText("\n".join(lines) or f"✓ {say(wording.NO_WARNINGS)}")
