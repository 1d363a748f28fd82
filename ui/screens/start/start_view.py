"""The start page: three ways to begin, and a plan to look at before anything is created."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLayout, QStackedWidget, QWidget

from app.domain.words import Words
from app.services.summaries import PlanSummary
from ui.background import TaskRunner
from ui.hub.pages.join_card import JoinCard
from ui.hub.pages.join_view_model import Joins, JoinViewModel
from ui.place import PlaceView
from ui.screens.start import wording
from ui.screens.start.plan_preview import PlanPreview
from ui.screens.start.start_view_model import StartEvents, StartViewModel
from ui.widgets.file_dialog import ask_open
from ui.widgets.parts import button, card, column, fill_place, label, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

PLANS: tuple[Column[PlanSummary], ...] = (
    Column(heading=wording.PLAN_NAME, text=lambda plan: plan.title),
    Column(
        heading=wording.PLAN_SESSIONS,
        text=lambda plan: str(plan.sessions),
        sort_key=lambda plan: plan.sessions,
        is_number=True,
    ),
)


class StartView(PlaceView):
    """What a person sees before there is an event."""

    def __init__(self, model: StartViewModel, joining: JoinViewModel) -> None:
        super().__init__()
        self._model = model
        self._joining = joining
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def opened(self) -> None:
        """Offer the bundled plans."""
        self._model.load_plans()
        self.plans.setFocus()

    def take_scan(self, text: str) -> bool:
        """Use a scanned invitation, whichever way of starting is in front."""
        if self._joining.is_joining or not self.join.form.take_scan(text):
            return False
        self.sides.setCurrentWidget(self._join_side)
        form = self.join.form
        (form.join_button if form.address.text() else form.address).setFocus()
        return True

    def _build(self) -> None:
        title, subtitle = label("title"), label("muted", wraps=True)
        self._speak(title.setText, wording.TITLE)
        self._speak(subtitle.setText, wording.SUBTITLE)
        self.sample_button = button(
            self._speak, wording.OPEN_SAMPLE, self._model.sample_day_requested.emit
        )
        self.file_button = button(self._speak, wording.PICK_FILE, self._pick_file)
        self.create_button = button(
            self._speak, wording.CREATE, self._model.create_event, kind="primary"
        )
        self.create_button.setEnabled(False)
        self.plans = RowView(
            RowTable(PLANS, key=lambda plan: plan.name), name=wording.PLANS, stretch=0
        )
        self.plans.rows_wanted = 3
        self.plans.set_empty_note(wording.PLANS_NONE)
        self.join_button = button(self._speak, wording.HUB_JOIN, self._show_join)
        self.preview, self.join = PlanPreview(self.create_button), JoinCard(self._joining)
        self._join_side = QWidget()
        self._join_side.setLayout(column(self.join, None))
        self.sides = QStackedWidget()
        self.sides.addWidget(self.preview)
        self.sides.addWidget(self._join_side)
        ways = column(self._sample_card(), self._plan_card(), self._hub_card(), space=12)
        ways.setStretch(1, 1)
        sides = row(ways, self.sides, space=16)
        sides.setStretch(0, 2)
        sides.setStretch(1, 3)
        fill_place(self, title, subtitle, sides).setStretch(2, 1)

    def _sample_card(self) -> QFrame:
        return self._way(wording.SAMPLE_TITLE, wording.SAMPLE_TEXT, row(self.sample_button, None))

    def _plan_card(self) -> QFrame:
        return self._way(
            wording.PLAN_TITLE, wording.PLAN_TEXT, self.plans, row(self.file_button, None)
        )

    def _hub_card(self) -> QFrame:
        return self._way(wording.HUB_TITLE, wording.HUB_TEXT, row(self.join_button, None))

    def _way(self, title: Words, text: Words, *rest: QWidget | QLayout) -> QFrame:
        heading, explained = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, title)
        self._speak(explained.setText, text)
        return card(heading, explained, *rest)

    def _show_join(self) -> None:
        self.sides.setCurrentWidget(self._join_side)
        self.join.form.address.setFocus()

    def _connect(self) -> None:
        self._joining.joined.connect(lambda _made: self._model.event_joined.emit())
        self._model.plans_loaded.connect(self._show_plans)
        self._model.plan_previewed.connect(self.preview.show_plan)
        self._model.plan_previewed.connect(self._allow_create)
        self.plans.row_selected.connect(self._on_plan)
        self.plans.clicked.connect(lambda _index: self.sides.setCurrentWidget(self.preview))
        self.plans.row_chosen.connect(lambda _plan: self.create_button.setFocus())

    def _show_plans(self, plans: tuple[PlanSummary, ...]) -> None:
        self.plans.show_rows(plans)
        self.plans.select_place(0)

    def _on_plan(self, plan: PlanSummary | None) -> None:
        if plan is not None:
            if self.plans.hasFocus():  # else the plans only came in while somebody is joining
                self.sides.setCurrentWidget(self.preview)
            self._model.preview_plan(plan.name)
        self._allow_create()

    def _allow_create(self) -> None:
        self.create_button.setEnabled(self._model.can_create)

    def _pick_file(self) -> None:
        ask_open(
            self, wording.PICK_FILE_CAPTION, wording.PICK_FILE_FILTER, self._model.preview_plan
        )


def build_start(
    events: StartEvents,
    tasks: TaskRunner,
    joins: Joins,
    report: Callable[[Exception], object],
) -> tuple[StartView, StartViewModel]:
    """Make the start page; the root listens to the model and shows the view."""
    model, joining = StartViewModel(events, tasks), JoinViewModel(joins, tasks, report)
    view = StartView(model, joining)
    model.setParent(view)
    joining.setParent(view)
    return view, model
