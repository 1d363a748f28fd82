"""The Door page: from somebody in front of you to a number in at most four inputs."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.clock import moment_of
from app.domain.help_desk import LoanKind
from app.domain.visits import Visit
from app.services.visit_views import UnitCard
from ui.changes import Change
from ui.dates import clock_time, short_date
from ui.language import say
from ui.office import office_of
from ui.place import Desk
from ui.screens.help_desk import door_wording as wording
from ui.screens.help_desk.card_check_line import CardCheckLine
from ui.screens.help_desk.card_check_ready import readiness_of
from ui.screens.help_desk.door_draft import DoorDraft
from ui.screens.help_desk.door_keys import bind_door_keys
from ui.screens.help_desk.door_number import NumberCard
from ui.screens.help_desk.door_offers import Offers
from ui.screens.help_desk.door_questions import Given
from ui.screens.help_desk.door_rows import DoorNames
from ui.screens.help_desk.door_side import DoorSide
from ui.screens.help_desk.door_topics import TopicPad, topic_title
from ui.screens.help_desk.door_view_model import DoorViewModel
from ui.screens.help_desk.door_who import WhoCard
from ui.screens.help_desk.loans_line import LoanLine
from ui.screens.help_desk.readiness_row import ReadinessRow
from ui.screens.help_desk.seat import SeatState
from ui.theme import scaled
from ui.widgets.parts import button, card, column, row, scrolling
from ui.widgets.speaker import Speaker

_WIDE = 1060
"""Width in pixels at 100 % from which there are three columns."""
_SHARES = (12, 17, 12)


class DoorPage(QWidget):
    """Who, what about, the number; everything else beside, by one key each."""

    def __init__(self, model: DoorViewModel, desk: Desk, checks: CardCheckLine) -> None:
        super().__init__()
        self._model = model
        self._desk = desk
        self.checks = checks
        self._speak = Speaker(self)
        self._build()
        self._connect()
        bind_door_keys(self)

    # --- the protocol of the place's pages

    def opened(self) -> None:
        """Be ready for the next visitor."""
        self._model.load()
        if self._model.draft.is_blank:
            self.who.start()

    def reload(self, changes: frozenset[Change]) -> None:
        """Read the line again."""
        if changes & {Change.HELP_DESK, Change.EVENT, Change.ROSTER, Change.UNITS}:
            self._model.load()

    def take_scan(self, text: str) -> bool:
        """Every reading at this page is a visitor's badge, a number slip or a loan's tag."""
        self._model.take_scan(text)
        return True

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this page."""
        return tuple((key, say(words)) for key, words in wording.KEYS)

    @property
    def model(self) -> DoorViewModel:
        """What the page shows."""
        return self._model

    # --- acts

    def give(self) -> None:
        """Give the number."""
        self._model.give(self.pad.topic)

    def press_topic(self, digit: int) -> None:
        """Press a topic key."""
        self.pad.press(digit)

    def ask_tally(self) -> None:
        """Let the next digit count a question; the focus leaves the text for it."""
        self.pad.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pad.ask_tally()

    def to_readiness(self) -> None:
        """Put the focus on the row of what to bring."""
        self.readiness.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_loan(self) -> None:
        """Lend to the visitor in front, else to the number marked or given last."""
        visit = self._loan_target()
        if visit is None and self._model.draft.is_blank:
            self._desk.notice(say(wording.NOBODY_TO_LEND))
            return
        whom = wording.lend_to(visit.ticket) if visit else wording.PLANNED
        self.loan_line.ask(say(whom))

    def show_loans(self) -> None:
        """Show what is out; Enter takes the marked one back."""
        self.side.setCurrentWidget(self.side.loans)
        self.side.loans.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.side.loans.current() is None:
            self.side.loans.list.move_selection(1)

    def join(self) -> None:
        """Put the visitor under the number offered."""
        self._model.join(self.pad.topic)

    def void_marked(self) -> None:
        """Void the number marked in the list, or let it stand again."""
        visit = self.side.tickets.current()
        if visit is not None and self.side.tickets.list.hasFocus():
            self._model.toggle_void(visit)

    def leave(self) -> None:
        """Close what is open, else clear the form and begin again."""
        if not self.loan_line.isHidden():
            self.loan_line.leave()
            return
        if self.pad.is_tallying:
            self.pad.end_tally()
        elif self.side.currentWidget() is self.side.loans:
            self._show_side()
        else:
            self._model.clear()
            self.pad.clear()
        self.who.start()

    # --- building

    def _build(self) -> None:
        names = DoorNames(topic=self._topic_name, clock=self._clock)
        self.who = WhoCard(self._model)
        self.pad = TopicPad()
        self.readiness = ReadinessRow()
        self.loan_line = LoanLine(self._model.loans)
        self.number = NumberCard()
        self.side = DoorSide(names)
        self.what = card(self.pad, self.readiness, self.loan_line, self.checks, None, space=10)
        self.beside = card(self.side)
        self._columns = tuple(column(space=12) for _ in range(3))
        content = QWidget()
        content.setLayout(row(*self._columns, space=12))
        whole = column(scrolling(content), self._actions(), space=10)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._is_wide: bool | None = None
        self._arrange(is_wide=True)

    def _arrange(self, *, is_wide: bool) -> None:
        """Lay out three columns, or two where the text is large: the number stays in view."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        self.number.set_compact(not is_wide)
        self.who.set_compact(not is_wide)
        parts: tuple[tuple[QWidget, ...], ...]
        if is_wide:
            parts = ((self.who,), (self.what,), (self.number, self.beside))
        else:
            parts = ((self.who, self.beside), (self.number, self.what), ())
        for laid, widgets in zip(self._columns, parts, strict=True):
            for widget in widgets:
                laid.addWidget(widget)  # and takes it from the column it was in
            for place, widget in enumerate(widgets):
                laid.setStretch(place, int(widget is widgets[-1]))
        content = self._columns[0].parent()
        assert isinstance(content, QHBoxLayout)  # noqa: S101 - it was made above
        for place, share in enumerate(_SHARES if is_wide else (6, 9, 0)):
            content.setStretch(place, share)

    def _actions(self) -> QWidget:
        self.give_button = button(self._speak, wording.GIVE, self.give, kind="primary")
        others = (
            button(self._speak, wording.TALLY, self.ask_tally, tip=wording.TALLY_TIP),
            button(self._speak, wording.CHECK, self.checks.start, tip=wording.CHECK_TIP),
            button(self._speak, wording.LEND_BUTTON, self.ask_loan),
            button(self._speak, wording.LOANS_KEY, self.show_loans),
        )
        clear = button(self._speak, wording.CLEAR, self.leave, kind="flat")
        bar = QWidget()
        bar.setLayout(row(self.give_button, *others, None, clear, space=6))
        return bar

    def _connect(self) -> None:
        model = self._model
        model.draft_changed.connect(self._on_draft)
        model.school_loaded.connect(self._on_school)
        model.offers_changed.connect(self._on_offers)
        model.given.connect(self._on_given)
        model.board_read.connect(self.number.show_board)
        model.tickets_read.connect(self.side.show_tickets)
        model.tickets_read.connect(self.number.drop_void)
        model.loans.loans_read.connect(self.side.show_loans)
        model.topics_read.connect(self.pad.show_topics)
        self.side.give_back_wanted.connect(model.loans.give_back)
        self.side.school.join_button.clicked.connect(self.join)
        self.side.school.link_button.clicked.connect(model.toggle_link)
        self.who.unit_chosen.connect(self._to_people)
        model.visitor_read.connect(self._to_topics)
        self.who.left.connect(self._to_topics)
        self.pad.topic_chosen.connect(lambda _code: self._on_draft(model.draft))
        self.pad.tally_wanted.connect(self._on_tally)
        self.readiness.cycled.connect(model.cycle)
        self.checks.checked.connect(lambda check: model.take_ready(readiness_of(check)))
        self.loan_line.lent.connect(self._on_lent)
        self.loan_line.closed.connect(self._after_line)
        self._speak.language_changed.connect(self._retell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use two columns where the text is large."""
        super().resizeEvent(event)
        self._arrange(is_wide=self.width() >= scaled(_WIDE))

    # --- answers

    def _on_draft(self, draft: DoorDraft) -> None:
        self.readiness.show_draft(draft, asks_xca=self._asks_xca())
        if not draft.is_blank and self.number.visit is not None:
            self.number.forget()
        if draft.is_blank:
            self.checks.clear()

    def _on_school(self, school: UnitCard | None) -> None:
        if school is not None:
            self.side.school.show_card(school)
        self._show_side()

    def _on_offers(self, offers: Offers) -> None:
        self.side.school.show_offers(offers, self._model.draft)

    def _on_given(self, given: Given) -> None:
        self.pad.clear()
        self.number.show_given(given)
        self.who.start()

    def _on_tally(self, code: str) -> None:
        self._model.tally(code, self._topic_name(code))
        if self._model.draft.is_blank:
            self.who.start()

    def _on_lent(self, kind: LoanKind, tag: str) -> None:
        visit = self._loan_target()
        if visit is None:
            self._model.plan_loan(kind, tag)
        else:
            self._model.loans.lend(kind, tag, visit)

    def _after_line(self) -> None:
        if self._model.draft.is_blank:
            self.who.start()
        else:
            self._to_topics()

    def _loan_target(self) -> Visit | None:
        if not self._model.draft.is_blank:
            return None
        return self.side.tickets.current() or self.number.visit

    def _to_people(self) -> None:
        self.who.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_topics(self) -> None:
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self) -> None:
        has_school = self._model.card is not None
        self.side.setCurrentWidget(self.side.school if has_school else self.side.tickets)

    def _retell(self) -> None:
        self.side.show_tickets(self._model.tickets)
        self._on_draft(self._model.draft)
        if self._model.card is not None:
            self._on_school(self._model.card)
            self._on_offers(self._model.offers)

    # --- what codes and moments are called

    def _topic_name(self, code: str) -> str:
        found = self.pad.find_topic(code)
        return topic_title(found) if found else code

    def _clock(self, at_ms: int) -> str:
        events = office_of(self._desk).events
        at = moment_of(at_ms).astimezone(events.plan().zone)
        same_day = at.date() == events.now().date()
        return clock_time(at) if same_day else f"{short_day(at)} {clock_time(at)}"

    def _asks_xca(self) -> bool:
        """Whether the topic is one of the school's AA account (the plan's module code)."""
        plan = office_of(self._desk).events.plan()
        group = next((one for one in plan.topics if self.pad.topic.startswith(one.code)), None)
        return bool(self.pad.topic) and group is not None and "AA" in group.module_codes


def short_day(at: datetime) -> str:
    """Return month and day as the window writes dates, without the year."""
    return short_date(at.date()).split("/", 1)[-1].removeprefix(f"{at.year}-")


def build_door_page(desk: Desk, seat: SeatState) -> QWidget:
    """Make the page for the place."""
    model = DoorViewModel(desk, seat)
    page = DoorPage(model, desk, CardCheckLine(desk.report))
    model.setParent(page)
    return page
