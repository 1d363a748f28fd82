"""The Closing place: review, files, seal, in the order of the day; and where stations disagree."""

from PySide6.QtWidgets import QTabWidget, QWidget

from app.domain.words import Words
from app.services.summaries import SessionSummary
from ui.changes import Change
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.closing import conflict_wording, wording
from ui.screens.closing.conflicts_page import ConflictsPage
from ui.screens.closing.conflicts_view_model import ConflictsViewModel
from ui.screens.closing.files_page import FilesPage
from ui.screens.closing.files_view_model import FilesViewModel
from ui.screens.closing.review_page import ReviewPage
from ui.screens.closing.review_view_model import ReviewViewModel
from ui.screens.closing.seal_page import SealPage
from ui.screens.closing.seal_view_model import SealViewModel
from ui.widgets.parts import fill_place, label, row
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


class ClosingView(PlaceView):
    """One session picker above four pages."""

    def __init__(
        self,
        desk: Desk,
        *,
        review: ReviewViewModel,
        seal: SealViewModel,
        conflicts: ConflictsViewModel,
        pages: tuple[ReviewPage, FilesPage, SealPage, ConflictsPage],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._review, self._seal, self._conflicts = review, seal, conflicts
        self.review, self.files, self.seal, self.conflicts = pages
        self._open_conflicts = 0
        self._speak = Speaker(self)
        self._build()
        self._connect()

    def opened(self) -> None:
        """Read sessions, list and plan; keys work in the list of people."""
        self._review.load_sessions()
        self._review.load_plan()
        self._review.reload()
        self.review.people.setFocus()

    def reload(self, changes: frozenset[Change]) -> None:
        """Show scans, registrations and decisions as they are now."""
        if Change.EVENT in changes:
            self._review.load_sessions()
            self._review.load_plan()
        if changes & {Change.SCANS, Change.ROSTER, Change.CREDITS, Change.EVENT}:
            self._review.reload()
            self._seal.reload()
        if changes & {Change.SCANS, Change.ROSTER, Change.BADGES, Change.HELP_DESK}:
            self._conflicts.reload()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (
            ("G / D / N", say(wording.KEY_DECIDE)),
            ("1–5 / R", say(wording.KEY_REASON)),
            ("A", say(wording.KEY_APPROVE)),
            ("1–5", say(conflict_wording.KEY_OPTION)),
            ("Q / W / E / R", say(conflict_wording.KEY_REASON)),
            ("Z", say(conflict_wording.KEY_UNDO)),
        )

    def _build(self) -> None:
        title = label("title")
        self._speak(title.setText, wording.TITLE)
        self.sessions = SessionPicker()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._add(self.review, wording.TAB_REVIEW)
        self._add(self.files, wording.TAB_FILES)
        self._add(self.seal, wording.TAB_SEAL)
        self.tabs.addTab(self.conflicts, "")
        self._tell_conflicts()
        head = row(title, self.sessions, None, self.review.head, space=12)
        fill_place(self, head, self.tabs).setStretch(1, 1)

    def _add(self, page: QWidget, words: Words) -> None:
        place = self.tabs.addTab(page, "")
        self._speak(lambda text: self.tabs.setTabText(place, text), words)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda place: self.review.head.setVisible(place == 0))
        self.sessions.session_picked.connect(self._choose)
        self._review.sessions_loaded.connect(self._show_sessions)
        self._review.sheet_changed.connect(self.seal.show_sheet)
        self._review.plan_loaded.connect(self.conflicts.show_plan)
        self.conflicts.open_count_changed.connect(self._count_conflicts)
        self._speak.language_changed.connect(self._tell_conflicts)

    def _show_sessions(self, sessions: tuple[SessionSummary, ...]) -> None:
        self.sessions.show_sessions(sessions, prefer=self._desk.station.current.session)

    def _choose(self, session: str) -> None:
        """Show a session; a help day has files, but nothing to decide or to seal."""
        summary = self.sessions.summary()
        is_help_day = summary is not None and summary.kind == "helpdesk"
        for page in (self.review, self.seal):
            self.tabs.setTabVisible(self.tabs.indexOf(page), not is_help_day)
        self.files.choose_session(session, is_help_day=is_help_day)
        self._conflicts.choose_session(session)
        if not is_help_day:
            self._review.choose_session(session)
            self._seal.choose_session(session)

    def _count_conflicts(self, count: int) -> None:
        self._open_conflicts = count
        self._tell_conflicts()

    def _tell_conflicts(self) -> None:
        """Say on the tab how many wait for somebody."""
        told = say(conflict_wording.TAB)
        place = self.tabs.indexOf(self.conflicts)
        count = self._open_conflicts
        self.tabs.setTabText(place, f"{told} ({count})" if count else told)


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    office = office_of(desk)
    review = ReviewViewModel(office.closing, office.events, desk)
    files = FilesViewModel(office.exports, desk)
    seal = SealViewModel(office.closing, office.exports, desk)
    conflicts = ConflictsViewModel(office.conflicts, desk)
    pages = (ReviewPage(review), FilesPage(files), SealPage(seal), ConflictsPage(conflicts))
    view = ClosingView(desk, review=review, seal=seal, conflicts=conflicts, pages=pages)
    for model in (review, files, seal, conflicts):
        model.setParent(view)
    return view
