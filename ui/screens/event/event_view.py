"""The Event place: pages behind a list, and a file may be dropped on any of them."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.changes import Change
from ui.hub.pages import wording as hub_wording
from ui.hub.pages.hub_page import HubPage
from ui.hub.pages.hub_view_model import HubViewModel
from ui.hub.pages.join_view_model import JoinViewModel
from ui.language import say
from ui.office import office_of
from ui.place import Desk, PlaceView
from ui.screens.event import ready_wording, wording
from ui.screens.event.badges_page import BadgesPage
from ui.screens.event.badges_view_model import BadgesViewModel
from ui.screens.event.desk_page import DeskPage
from ui.screens.event.desk_view_model import DeskViewModel
from ui.screens.event.import_page import ImportPage
from ui.screens.event.import_view_model import ImportViewModel
from ui.screens.event.paper_page import PaperPage
from ui.screens.event.paper_view_model import PaperViewModel
from ui.screens.event.plan_page import PlanPage
from ui.screens.event.plan_view_model import PlanViewModel
from ui.screens.event.preflight_page import PreflightPage, PreflightViewModel
from ui.screens.event.readers_page import ReadersPage
from ui.screens.event.readers_wording import TAB as TAB_READERS
from ui.screens.event.rehearsal_page import RehearsalPage, RehearsalViewModel
from ui.screens.event.safety_view_model import SafetyViewModel
from ui.screens.event.staff_page import StaffPage
from ui.screens.event.staff_view_model import StaffViewModel
from ui.screens.event.staff_wording import TAB as TAB_STAFF
from ui.widgets.page_list import PageList
from ui.widgets.parts import fill_place, label
from ui.widgets.speaker import Speaker


class EventView(PlaceView):
    """Plan, import, badges, getting ready, paper, this laptop, the hub and staff."""

    def __init__(
        self,
        plan: PlanPage,
        imports: ImportPage,
        badges: BadgesPage,
        laptop: DeskPage,
        hub: HubPage,
        staff: StaffPage,
        *,
        preflight: PreflightPage,
        rehearsal: RehearsalPage,
        paper: PaperPage,
        readers: ReadersPage | None = None,
    ) -> None:
        super().__init__()
        self.plan, self.imports, self.badges, self.laptop = plan, imports, badges, laptop
        self.hub, self.staff = hub, staff
        self.preflight, self.rehearsal, self.paper = preflight, rehearsal, paper
        self.readers = readers
        self._speak = Speaker(self)
        self.setAcceptDrops(True)
        self._build()
        plan.import_wanted.connect(self._on_import_wanted)

    def opened(self) -> None:
        """Load every page's state; the focus stays with the page in front."""
        self._load()
        self.tabs.focus_list()

    def reload(self, changes: frozenset[Change]) -> None:
        """Show rosters, badges and stations as they are now."""
        if changes & {Change.EVENT, Change.ROSTER, Change.UNITS, Change.CREDITS}:
            self._load()
        elif Change.DEVICES in changes:
            self.hub.load()
        elif Change.STAFF in changes:
            self.staff.load()

    def take_scan(self, text: str) -> bool:
        """Let the page in front have what was scanned, where it wants that."""
        page = self.tabs.currentWidget()
        if isinstance(page, HubPage | PreflightPage | PaperPage | ReadersPage):
            return page.take_scan(text)
        return False

    def show_page(self, page: str) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentWidget(getattr(self, page))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (("Ctrl+Tab", say(wording.KEY_NEXT_PAGE)), ("Space", say(wording.TOGGLE)))

    def dragEnterEvent(self, qt_event: QDragEnterEvent) -> None:
        """Welcome a file."""
        if _dropped_file(qt_event.mimeData()) is not None:
            qt_event.acceptProposedAction()

    def dropEvent(self, qt_event: QDropEvent) -> None:
        """Take a file to the import page."""
        file = _dropped_file(qt_event.mimeData())
        if file is not None:
            qt_event.acceptProposedAction()
            self.tabs.setCurrentWidget(self.imports)
            self.imports.open_file(file)

    def _build(self) -> None:
        title = label("title")
        self._speak(title.setText, wording.TITLE)
        self.tabs = PageList(wording.PAGES)
        for page, words in (
            (self.plan, wording.TAB_PLAN),
            (self.imports, wording.TAB_IMPORT),
            (self.badges, wording.TAB_BADGES),
            (self.laptop, wording.TAB_DESK),
            *(((self.readers, TAB_READERS),) if self.readers is not None else ()),
            (self.hub, hub_wording.TAB),
            (self.staff, TAB_STAFF),
            (self.preflight, ready_wording.TAB_PREFLIGHT),
            (self.rehearsal, ready_wording.TAB_REHEARSAL),
            (self.paper, ready_wording.TAB_PAPER),
        ):
            self.tabs.add_page(page, words)
        self.tabs.page_shown.connect(self._on_shown)
        fill_place(self, title, self.tabs).setStretch(1, 1)

    def _on_shown(self, page: QWidget) -> None:
        if page is self.preflight:  # a look is of now, not of when the place was opened
            self.preflight.look()

    def _on_import_wanted(self, session: str) -> None:
        self.imports.sessions.pick(session)
        self.tabs.setCurrentWidget(self.imports)
        self.imports.pick_button.setFocus()

    def _load(self) -> None:
        self.plan.load()
        self.imports.load()
        self.badges.load()
        self.laptop.load()
        if self.readers is not None:
            self.readers.load()
        self.hub.load()
        self.staff.load()
        self.preflight.load()
        self.rehearsal.load()
        self.paper.load()


def _dropped_file(data: QMimeData) -> Path | None:
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].is_file() else None


def build(desk: Desk) -> PlaceView:
    """Make the place for the window."""
    office = office_of(desk)
    plan = PlanViewModel(office.events, desk)
    imports = ImportViewModel(office.registrations, office.events, desk)
    badges = BadgesViewModel(office.badges, office.events, desk)
    laptop = DeskViewModel(office.backups, office.events, desk)
    safety = SafetyViewModel(office.safety, desk)
    hub = HubViewModel(office.hub, desk)
    staff = StaffViewModel(office.staff, desk)
    preflight = PreflightViewModel(office.preflight, office.events, desk)
    rehearsal = RehearsalViewModel(office.rehearsals, office.events, desk)
    paper = PaperViewModel(office.paper, office.events, desk)
    joining = JoinViewModel(office.hub.access, desk.tasks, desk.report)
    view = EventView(
        PlanPage(plan),
        ImportPage(imports),
        BadgesPage(badges),
        DeskPage(laptop, safety, desk, office.preferences),
        HubPage(hub, joining),
        StaffPage(staff, office.preferences),
        preflight=PreflightPage(preflight),
        rehearsal=RehearsalPage(rehearsal),
        paper=PaperPage(paper),
        readers=ReadersPage(office.readers, desk) if office.readers is not None else None,
    )
    ready = (preflight, rehearsal, paper)
    for model in (plan, imports, badges, laptop, safety, hub, joining, staff, *ready):
        model.setParent(view)
    return view
