"""The window's frame: rail, places, strips, foot. It paints before any service exists."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import Cancelled, StorageFailed
from app.domain.words import Words
from ui import window_wording as wording
from ui.background import ProgressReport, T, TaskRunner
from ui.changes import Change, Changes
from ui.errors import describe_error
from ui.language import say
from ui.place import Desk, Place, PlaceView, Services
from ui.place_views import PlaceViews
from ui.places import CHECK_IN, places_with
from ui.readers.source import ReaderCondition, ReaderState
from ui.scan_filter import ScannedText
from ui.screens.check_in.verdict_panel import PanelText, VerdictPanel, panel_text
from ui.screens.check_in.wording import OPENING, OPENING_WHY
from ui.sounds import Sounds, sound_of
from ui.station import StationState
from ui.status import DeskStatus, ReaderStatus, now_utc, pieces
from ui.theme import is_dark, scaled
from ui.widgets.foot import Foot
from ui.widgets.help_panel import HelpPanel
from ui.widgets.rail import Rail
from ui.widgets.rehearsal_stripe import RehearsalStripe
from ui.widgets.strips import NoticeStrip, ProgressStrip

if TYPE_CHECKING:
    from app.services.outcomes import ScanOutcome
    from app.sync.status import SyncStatus
    from ui.screens.check_in.check_in_view_model import CheckInViewModel

_FOOT_EVERY_MS = 15_000


class MainWindow(QMainWindow):
    """The shell. `attach` brings the services of an event; scans before that wait and are judged.

    Signals:
        closing: the window is going away; background work should end in order.
        attached: an event's services are here and its door is made.
        storage_failed: a StorageFailed that was just told; something may be done about it.
    """

    closing = Signal()
    attached = Signal()
    storage_failed = Signal(object)

    def __init__(
        self,
        tasks: TaskRunner,
        *,
        places: Sequence[Place] | None = None,
        station: StationState | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        super().__init__()
        self.tasks = tasks
        self.changes = Changes(self)
        self.station = station or StationState(parent=self)
        self.sounds = sounds
        self.desk: Desk | None = None
        self.door: CheckInViewModel | None = None
        self.refuses: Callable[[str], Words | None] | None = None
        """Asked before a place opens: why it stays shut to whoever is here."""
        self._places = {place.key: place for place in places or places_with({})}
        self._current = ""
        self._dress = (is_dark(), scaled(100))
        self._waiting: list[ScannedText] = []
        self._status = DeskStatus()
        self._reader = ReaderStatus()
        self._build()
        self._connect()
        self._retranslate()

    # --- for the composition root

    def attach(self, services: Services) -> None:
        """Open the places over an event's services; replaces those of an event open before."""
        self._forget_views()
        self.desk = Desk(
            services=services,
            tasks=self.tasks,
            changes=self.changes,
            station=self.station,
            report=self.report,
            notice=self.notice,
            long_work=self.long_work,
            go_to=self.go_to,
        )
        self._open_door(self.desk)
        self.go_to(CHECK_IN)
        self.attached.emit()

    def show_page(self, page: QWidget) -> None:
        """Show something instead of a place, such as the first start."""
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def show_status(self, status: DeskStatus) -> None:
        """Tell the foot what is known of this desk."""
        self._status = replace(
            status, sync=status.sync or self._status.sync, own_hub=self._status.own_hub
        )  # told by itself, and more often
        self.stripe.setVisible(status.rehearsal)
        self._show_title()
        self._show_foot()

    def show_sync(self, status: "SyncStatus | None") -> None:
        """Tell the foot how the exchange with the hub stands."""
        self._status = replace(self._status, sync=status)
        self._show_foot()

    def show_own_hub(self, url: str) -> None:
        """Tell the foot whether this laptop is the hub, and where."""
        self._status = replace(self._status, own_hub=url)
        self._show_foot()

    def show_readers(self, states: Sequence[ReaderState]) -> None:
        """Tell the foot whether a reader is gone."""
        lost = (state for state in states if state.condition is ReaderCondition.LOST)
        self._reader = replace(self._reader, gone=next(lost, None))
        self._show_foot()

    def take_scan(self, scanned: ScannedText) -> None:
        """Give a reading to the place in front if it wants it, else to the door of this event."""
        self._reader = replace(
            self._reader,
            truncated=scanned.truncated,
            last_at=scanned.at,
            missing_suffix=scanned.missing_suffix,
            input_method=scanned.input_method,
        )
        front = self.stack.currentWidget()  # a place, or the first start
        if isinstance(front, PlaceView) and front.take_scan(scanned.text):
            return
        if self.door is not None and self.door.sessions:
            self.door.scan(scanned)
        elif self.door is None and isinstance(front, PlaceView):
            self.notice(say(wording.NOT_RECORDED))
        else:
            self._waiting.append(scanned)
        self._foot_soon.start()

    # --- the window's voice

    def report(self, error: Exception) -> None:
        """Show an error with its remedy."""
        if isinstance(error, Cancelled):
            self.notice(say(wording.CANCELLED))
        else:
            self.strip.show_error(describe_error(error))
        if isinstance(error, StorageFailed):
            self.storage_failed.emit(error)

    def notice(self, text: str) -> None:
        """Show a short message that needs no answer."""
        self.strip.show_notice(text)

    def long_work(
        self,
        title: str,
        work: Callable[[ProgressReport], T],
        on_done: Callable[[T], object],
        *,
        owner: QObject,
    ) -> None:
        """Run slow work with a progress strip; a second one replaces the strip, not the work."""
        report = ProgressReport()
        self.progress.start(title, report)

        def done(value: T) -> None:
            self.progress.finish(report)
            on_done(value)

        def failed(error: Exception) -> None:
            self.progress.finish(report)
            self.report(error)

        self.tasks.run(owner, partial(work, report), done, failed, lane="reading")

    # --- places

    @property
    def current_place(self) -> str:
        """Key of the place in front, empty before the first."""
        return self._current

    def go_to(self, key: str) -> None:
        """Bring a place to the front, building it on the first visit."""
        if self.desk is None or key not in self._places:
            self.rail.show_place(self._current)
            self.notice(say(wording.NO_EVENT))
            return
        refusal = self.refuses(key) if self.refuses is not None else None
        if refusal is not None:
            self.rail.show_place(self._current)
            self.notice(say(refusal))
            return
        view = self._views.visit(key, self.desk) if self.door is not None else None
        if view is None:
            self.notice(say(wording.NOT_HERE))
            self.rail.show_place(self._current)
            return
        self._current = key
        if key == CHECK_IN:
            self.strip.hide_verdict()  # the panel says it
        self.stack.setCurrentWidget(view)
        self.rail.show_place(key)
        self.help.hide()
        stale = self._views.take_stale(key)
        if stale:
            view.reload(stale)
        view.opened()

    def view(self, key: str) -> PlaceView | None:
        """Return a place's view if it was visited."""
        return self._views.get(key)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language; put on new colours and sizes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.StyleChange and self._dress != (is_dark(), scaled(100)):
            is_resized = self._dress[1] != scaled(100)
            self._dress = (is_dark(), scaled(100))
            for part in (self.rail, self.foot, self.stripe):
                part.dress()
            if is_resized and self.desk is not None:
                QTimer.singleShot(0, self, self._rebuild_places)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop long work, then let recorded work finish."""
        self.progress.cancel()
        self.closing.emit()
        super().closeEvent(event)

    # --- inside

    def _build(self) -> None:
        self.rail = Rail(tuple(self._places.values()), self)
        self.strip, self.progress = NoticeStrip(), ProgressStrip()
        self.stripe = RehearsalStripe()
        self.stack = QStackedWidget()
        self._views = PlaceViews(self.stack, self._places, self._make_door_view, CHECK_IN)
        self.opening = VerdictPanel()
        self.stack.addWidget(self.opening)
        self.help, self.foot = HelpPanel(), Foot()
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        for widget in (self.strip, self.progress, self.stack):
            middle.addWidget(widget, 1 if widget is self.stack else 0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.rail)
        top.addLayout(middle, 1)
        top.addWidget(self.help)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stripe)
        whole.addLayout(top, 1)
        whole.addWidget(self.foot)
        self.centre = QWidget()
        self.centre.setLayout(whole)
        self.setCentralWidget(self.centre)
        # Even at twice the text size the window must fit a small laptop.
        self.setMinimumSize(min(scaled(960), 1280), min(scaled(600), 700))
        self.resize(1366, 768)

    def _connect(self) -> None:
        self.rail.place_picked.connect(self.go_to)
        self.foot.help_wanted.connect(self.open_help)
        self.help.closed.connect(self._on_help_closed)
        self.changes.changed.connect(self._on_changed)
        self.station.changed.connect(lambda _station: self._show_foot())
        self._foot_often = QTimer(self, interval=_FOOT_EVERY_MS)
        self._foot_often.timeout.connect(self._show_foot)
        self._foot_often.start()
        # After a scan the verdict comes first; the foot can wait for a quiet moment.
        self._foot_soon = QTimer(self, singleShot=True, interval=200)
        self._foot_soon.timeout.connect(self._show_foot)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.open_help)
        # Keyboards differ in whether Shift still counts once it made the question mark.
        keys = QShortcut(self)
        keys.setKeys([QKeySequence("?"), QKeySequence("Shift+?")])
        for pressed in (keys.activated, keys.activatedAmbiguously):
            pressed.connect(self.open_keys)
        close_help = QShortcut(QKeySequence("Esc"), self.help)
        close_help.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close_help.activated.connect(self.help.close_help)

    def open_help(self) -> None:
        """Show the manual page of the place in front."""
        title = self._places[self._current].title if self._current else wording.START
        self.help.show_page(self._current or "start", say(title))

    def open_keys(self) -> None:
        """Show the keys that work here."""
        view = self._views.get(self._current)
        self.help.show_keys(view.keys() if view is not None else ())

    def _make_door_view(self) -> PlaceView | None:
        if self.desk is None or self.door is None:
            return None
        from ui.screens.check_in.check_in_view import CheckInView  # noqa: PLC0415 - paint first

        view = CheckInView(self.door, self.desk)
        view.panel.flashes = lambda: self.sounds is not None and self.sounds.settings.flash
        return view

    def _open_door(self, desk: Desk) -> None:
        from ui.screens.check_in.check_in_view_model import CheckInViewModel  # noqa: PLC0415

        self.door = CheckInViewModel(desk)
        self.door.outcome_shown.connect(self._on_outcome)
        self.door.sessions_changed.connect(self._judge_waiting)
        self.door.load()

    def _forget_views(self) -> None:
        self._views.drop()
        if self.door is not None:
            self.door.deleteLater()
        self.door = None

    def _rebuild_places(self) -> None:
        self._views.rebuild(self._current, self.go_to)

    def _show_title(self) -> None:
        title = wording.REHEARSAL_TITLE if self._status.rehearsal else wording.TITLE
        self.setWindowTitle(say(title))

    def _retranslate(self) -> None:
        self._show_title()
        self.opening.show_text(PanelText(None, "", say(OPENING), why=say(OPENING_WHY)))
        self._show_foot()

    def _show_foot(self) -> None:
        told = pieces(self.station.current, self._status, self._reader, now_utc())
        self.foot.show_pieces(told)

    def _on_help_closed(self) -> None:
        view = self.stack.currentWidget()  # a place, or the first start
        if isinstance(view, PlaceView):
            view.opened()

    def _on_changed(self, kinds: frozenset[Change]) -> None:
        self._views.note(kinds, self._current)

    def _judge_waiting(self) -> None:
        if self.door is None or not self.door.sessions:
            return
        waiting, self._waiting = self._waiting, []
        for scanned in waiting:
            self.door.scan(scanned)

    def _on_outcome(self, outcome: "ScanOutcome") -> None:
        if self.sounds is not None:
            self.sounds.play(sound_of(outcome))
        if self._current != CHECK_IN and self.door is not None:
            text = panel_text(outcome, self.door.session_title)
            said = (text.headline, text.name, text.unit, text.why)
            self.strip.show_verdict("　".join(part for part in said if part), outcome.tone)
