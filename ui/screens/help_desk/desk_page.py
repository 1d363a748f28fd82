"""The Desk page: my visit, the queue, earlier solutions; worked by keyboard alone."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from app.domain.clock import moment_of
from app.domain.visits import Visit, VisitState
from app.services.answers_views import Suggestion
from ui.changes import Change
from ui.dates import short_date
from ui.office import office_of
from ui.place import Desk
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk.desk_acts import DeskActs
from ui.screens.help_desk.desk_bar import DeskBar
from ui.screens.help_desk.desk_commands import DeskCommands
from ui.screens.help_desk.desk_keys import DeskKeys
from ui.screens.help_desk.desk_my_visit import MyVisit
from ui.screens.help_desk.desk_palette import DeskPalette
from ui.screens.help_desk.desk_reading import DeskPicture, DeskTopics, VisitPapers
from ui.screens.help_desk.desk_row_acts import DeskRowActs
from ui.screens.help_desk.desk_still_there import StillThere
from ui.screens.help_desk.desk_view_model import DeskViewModel
from ui.screens.help_desk.desk_visit_card import Around
from ui.screens.help_desk.issue_topics import short_topic
from ui.screens.help_desk.queue_list import QueueList
from ui.screens.help_desk.queue_rows import Names, other_rows, waiting_rows
from ui.screens.help_desk.seat import SeatState
from ui.screens.help_desk.solutions_panel import SolutionsPanel
from ui.screens.help_desk.solutions_pictures import PictureStrip
from ui.theme import scaled
from ui.widgets.parts import column, row
from ui.widgets.speaker import Speaker

TICK_MS = 1000
LOOK_AFTER_MS = 250
"""A pause in typing after which earlier solutions are looked for."""

SHARES = (42, 31, 27)
"""How my visit, the queue and earlier solutions share the width."""


class DeskPage(QWidget):
    """One screen for one consultant."""

    def __init__(self, desk: Desk, seat: SeatState, model: DeskViewModel) -> None:
        super().__init__()
        self._desk = desk
        self.seat = seat
        self.model = model
        model.setParent(self)
        self._speak = Speaker(self)
        self._shown_for = ""
        self._build()
        self.acts = DeskActs(desk, model, self.editor, self.bar)
        self.row_acts = DeskRowActs(model, self.bar)
        self.commands = DeskCommands(self)
        self.keys_heard = DeskKeys(self, self.commands.chords())
        self.keys_heard.only_when(self.commands.is_wanted)
        self._connect()
        self._start_timers()

    # --- what a page is

    def opened(self) -> None:
        """Be ready for F5, or for typing on where one was."""
        self.model.load()
        self.come_back()

    def reload(self, changes: frozenset[Change]) -> None:
        """Follow what other desks and other pages did."""
        if Change.EVENT in changes:
            self.model.load()
        elif changes & {Change.HELP_DESK, Change.STAFF}:
            self.model.refresh()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this page."""
        return self.commands.key_map()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height of the middle column anew."""
        super().resizeEvent(event)
        self._share_height()

    # --- where the focus goes

    def come_back(self) -> None:
        """Put the focus where work goes on: the text of my visit, else the page itself."""
        if self.model.mine is not None and self.mine.is_serving:
            self.editor.focus_text()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pictures = PictureStrip(self._desk)
        self.mine = MyVisit(self._around(), self.model.now_ms, self.pictures)
        self.editor = self.mine.editor
        self.queue, self.others = QueueList(), QueueList(wording.OTHERS)
        self.solutions = SolutionsPanel(self._desk, self)
        found = self.solutions.layout()
        if isinstance(found, QVBoxLayout):
            found.addStretch(0)  # holds what there is at the top while nothing was found
        self.still = StillThere()
        self.bar = DeskBar()
        # Widths by share alone: no long name pushes a column, at any text size.
        for part in (self.mine, self.queue, self.others, self.solutions):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, part.sizePolicy().verticalPolicy())
        left = column(self.still, self.mine, space=6)
        middle = column(self.queue, self.others, space=8)
        columns = row(left, middle, self.solutions, space=12)
        for place, share in enumerate(SHARES):
            columns.setStretch(place, share)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(scaled(8))
        inside.addLayout(columns, 1)
        inside.addWidget(self.bar)
        self.palette_box = DeskPalette(self)

    def _around(self) -> Around:
        return Around(
            staff=self.seat.name_of,
            clock=self._clock,
            day=self._day,
            now_ms=self.model.now_ms,
            medians=lambda: self.model.medians,
        )

    def _connect(self) -> None:
        model, editor = self.model, self.editor
        model.picture_changed.connect(self._show_picture)
        model.papers_changed.connect(self._show_papers)
        model.topics_changed.connect(self._show_topics)
        model.moved.connect(self._on_moved)
        self.seat.changed.connect(lambda _seat: self._show_picture(model.picture))
        self.seat.consultants_changed.connect(lambda _who: self._show_picture(model.picture))
        self.mine.wanted.connect(self.commands.do)
        for part in (self.queue, self.others):
            part.row_chosen.connect(lambda row: self.row_acts.ask(row.visit_id))
        self.keys_heard.focus_came.connect(self.mine.bring_into_view)
        editor.edited.connect(self._on_edited)
        editor.paused.connect(self.acts.keeper.flush)
        editor.front_changed.connect(self._on_front)
        editor.topic.search_wanted.connect(partial(self.commands.do, "topics"))
        editor.topic.done.connect(self._on_topic_done)
        self.solutions.chosen.connect(self._on_solution)
        self.solutions.problem_chosen.connect(editor.set_problem)
        self.solutions.left.connect(self.come_back)
        self.bar.closed.connect(self.come_back)
        self.palette_box.closed.connect(self.come_back)
        self._speak.language_changed.connect(lambda: self._show_picture(model.picture))

    def _start_timers(self) -> None:
        self._tick_often = QTimer(self, interval=TICK_MS)
        self._tick_often.timeout.connect(self.tick)
        self._tick_often.start()
        self._look_later = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look_later.timeout.connect(self._look_for_solutions)

    def tick(self) -> None:
        """Let a second pass: the timer, and whether somebody forgot to finish."""
        if self.isVisible():
            self.mine.card.tick()
            self.still.look(self.model, self.mine.is_serving, self.keys_heard.pressed_ms)

    def _show_picture(self, picture: DeskPicture) -> None:
        was_typing = self.editor.isAncestorOf(self.focusWidget())
        self.mine.show_picture(picture, self.seat)
        names = Names(
            staff=self.seat.name_of,
            topic=lambda code: short_topic(code, self.model.topics),
            clock=self._clock,
            now_ms=self.model.now_ms(),
        )
        self.queue.show_rows(waiting_rows(picture.visits, picture.turns, names))
        seat = self.seat.current
        self.others.show_rows(other_rows(picture.visits, picture.turns, seat, names))
        self._share_height()
        if was_typing and picture.mine is None and self.isVisible():
            self.come_back()

    def _share_height(self) -> None:
        """Give those at the desks what they need, at most a third; the queue gets the rest."""
        wanted = self.others.content_height()
        self.others.setFixedHeight(min(wanted, self.height() * 3 // 8))
        self.others.setVisible(bool(self.others.entries.rows))

    def enter_queue(self) -> None:
        """Go to the queue; from there to those at the desks."""
        (self.others if self.queue.hasFocus() else self.queue).enter()

    def _show_papers(self, papers: VisitPapers) -> None:
        self.acts.keeper.follow(papers.visit_id)
        self.mine.card.show_earlier(papers.earlier)
        self.editor.show_papers(papers)
        self.pictures.show_visit(papers.visit_id, self.editor.front.id or "")
        if papers.visit_id:
            self.model.ask(
                self._desk.services.help_desk.answers.list_canned, self.editor.show_canned
            )
        if self.isVisible() and not self.bar.is_asking:
            self.come_back()

    def _show_topics(self, topics: DeskTopics) -> None:
        self.editor.show_topics(topics)
        self._show_picture(self.model.picture)

    def _on_moved(self, visit: Visit) -> None:
        if visit.state is VisitState.SERVING and self.isVisible() and not self.bar.is_asking:
            self.come_back()
        for waiting in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
            QCoreApplication.sendPostedEvents(None, waiting)  # paint before anything is read again

    def _on_edited(self) -> None:
        self.acts.keeper.touch()
        self._look_soon()

    def _on_topic_done(self) -> None:
        self.come_back()
        self.model.when_free(self.acts.note_topic)

    def _on_solution(self, found: Suggestion) -> None:
        if self.model.mine is not None:
            self.editor.use_words(found.words, found.source, known_problem=found.known_problem)

    def _on_front(self) -> None:
        if self.model.mine is not None:
            self.pictures.show_visit(self.model.mine.id, self.editor.front.id or "")
        self._look_soon()

    def paste_picture(self) -> None:
        """Take the clipboard's picture to my visit."""
        self.acts.keeper.flush()
        self.pictures.paste()

    def _look_soon(self) -> None:
        self._look_later.start()

    def _look_for_solutions(self) -> None:
        visit, form = self.model.mine, self.editor.front
        if visit is None:
            self.solutions.show_for("", "", "")
            return
        self.solutions.show_for(
            form.symptom,
            form.topic or visit.topic,
            visit.unit_id,
            unit_text=visit.unit_text,
            not_visit=visit.id,
        )

    def _clock(self, at_ms: int) -> str:
        zone = office_of(self._desk).events.now().tzinfo
        return f"{moment_of(at_ms).astimezone(zone):%H:%M}"

    def _day(self, session: str) -> str:
        day = next((one for one in self.seat.days if one.code == session), None)
        return short_date(day.held_on) if day else session

    def has_picture_to_paste(self) -> bool:
        """Whether the clipboard holds a picture and no text."""
        data = QApplication.clipboard().mimeData()
        return data.hasImage() and not data.hasText()


def build_desk_page(desk: Desk, seat: SeatState) -> QWidget:
    """Make the page for the place."""
    return DeskPage(desk, seat, DeskViewModel(desk, seat))
