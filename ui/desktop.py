"""Holds the running program together: profile, open event, window, timers.

Storage and services are imported by the journal's thread (`ui.opening`), after the first paint.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.errors import FileDamaged, NotAllowed
from app.domain.words import Words
from ui.background import TaskRunner
from ui.changes import Change
from ui.errors import ErrorText, describe_error
from ui.hub.keeping import HubKeeping
from ui.keeping_safe import SafeKeeper
from ui.language import say
from ui.main_window import MainWindow
from ui.preferences import WindowPreferences
from ui.readers.desk_readers import DeskReaders
from ui.scan_filter import ScanFilter, ScannedText
from ui.sign_in.gate import Gate

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from app.bootstrap import Desk
    from app.services.events import EventService
    from app.services.profile import Profile
    from app.services.summaries import EventSummary
    from ui.opening import MadeSample, OpenedProfile
    from ui.window_services import WindowServices

BACKUP_EVERY_MS = 30 * 60 * 1000
STATUS_EVERY_MS = 60 * 1000
STATUS_AFTER_MS = 2000
PRELOAD_AFTER_MS = 1500
KEY_BESIDE_DATA = Words(
    zh="注意：這台電腦沒有鑰匙圈，資料庫金鑰就放在資料旁邊。",
    en="Note: there is no keyring here; the database key lies beside its data.",
)
MOVED_HERE = Words(
    zh="這個資料檔來自另一台電腦，已開始新的紀錄序號。",
    en="This file came from another machine; a new chain of records was begun.",
)
SAMPLE_OPEN = Words(
    zh="這是示範日：人員都是虛構的，關閉視窗就會刪除；金鑰就放在資料旁邊。",
    en="This is the sample day: everybody is invented, all is deleted when you close the window,"
    " and its key lies beside its data.",
)


class Desktop(QObject):
    """The composition root's one long-lived object.

    `sample_scale`: open a rehearsed sample day of that size in a throw-away profile.
    """

    def __init__(
        self, app: QApplication, window: MainWindow, preferences: WindowPreferences
    ) -> None:
        super().__init__()
        self._app = app
        self._window = window
        self._preferences = preferences
        self._tasks: TaskRunner = window.tasks
        self._profile: Profile | None = None
        self._events: EventService | None = None
        self._desk: Desk | None = None
        self._services: WindowServices | None = None
        self._throw_away: TemporaryDirectory[str] | None = None
        self._shift = timedelta(0)
        self.filter = ScanFilter(app)
        self.readers = DeskReaders(self.filter, preferences, self)
        self.readers.scanned.connect(self._take_scan)
        self.readers.changed.connect(lambda: window.show_readers(self.readers.states))
        self._gate = Gate(window, preferences.idle_minutes, self)
        self.filter.scanned.connect(self._gate.note_scan)
        self.readers.start()
        for change in (self._gate.opened, self._gate.locked):
            change.connect(lambda *_: self.refresh_status())
        window.changes.changed.connect(self._on_changed)
        window.station.changed.connect(self._on_station_changed)
        self._keeper = SafeKeeper(window, self)
        self._keeper.damaged.connect(self._lay_anew)
        self._keeper.tended.connect(self.refresh_status)
        self._hub = HubKeeping(window, preferences, self)
        self._hub.shut_out.connect(self._show_shut_out)
        self._is_laying_anew = False
        self._status_often = QTimer(self, interval=STATUS_EVERY_MS)
        self._status_often.timeout.connect(self.refresh_status)
        self._status_soon = QTimer(self, singleShot=True, interval=STATUS_AFTER_MS)
        self._status_soon.timeout.connect(self.refresh_status)
        self._backup_often = QTimer(self, interval=BACKUP_EVERY_MS)
        self._backup_often.timeout.connect(self._back_up)

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self._window

    # --- opening

    def open_profile(self, folder: Path | None) -> None:
        """Open the event used last in a profile, or the first-start page."""
        self._tasks.run(self, partial(_open_last, folder), self._on_profile_open, self._on_not_open)

    def open_sample_day(self, scale: int = 1) -> None:
        """Open an invented, rehearsed day in a profile that is thrown away."""
        from tempfile import TemporaryDirectory  # noqa: PLC0415 - sample days only

        throw_away = TemporaryDirectory(prefix="venuedesk-sample-", ignore_cleanup_errors=True)
        self._throw_away = throw_away
        self._tasks.run(
            self,
            partial(_make_sample, Path(throw_away.name), scale),
            self._on_sample_made,
            self._window.report,
        )

    def _on_sample_made(self, made: "MadeSample") -> None:
        profile, events, desk, shift_ms = made
        self._shift = timedelta(milliseconds=shift_ms)
        self._on_profile_open((profile, events, desk))
        self._window.notice(say(SAMPLE_OPEN))

    def _on_profile_open(self, found: "OpenedProfile") -> None:
        self._close_desk()
        self._profile, self._events, desk = found
        if desk is None:
            self._show_start(self._events)
            return
        self._attach(desk)

    def _attach(self, desk: "Desk") -> None:
        if self._profile is None or self._events is None:
            return
        from ui.window_services import (  # noqa: PLC0415 - imported by now, with the event
            OpenPlan,
            ProfileBackups,
            WindowServices,
        )

        self._desk = desk
        plan = OpenPlan(desk, self._events)
        backups = ProfileBackups(desk, self._profile)
        self._services = WindowServices(
            desk,
            plan=plan,
            backups=backups,
            profile=self._profile,
            preferences=self._preferences,
            hub=self._hub.make_side(desk),
            readers=self.readers,
        )
        if self._throw_away is None:
            self._keeper.watch(self._services)
        self._window.attach(self._services)
        self._hub.watch(desk, self._profile.folder if self._throw_away is None else None)
        self._status_often.start()
        self._backup_often.start()
        QTimer.singleShot(PRELOAD_AFTER_MS, self, self._preload)
        self.refresh_status()
        if desk.opened.recovered is not None:
            self._window.strip.show_error(ErrorText(say(desk.opened.recovered.words()), ""))
        elif desk.opened.new_incarnation:
            self._window.notice(say(MOVED_HERE))
        elif desk.opened.key_place == "profile" and self._throw_away is None:
            self._window.notice(say(KEY_BESIDE_DATA))

    def _preload(self) -> None:
        """Import the back office before somebody visits it, while the door already works."""
        services = self._services
        if services is not None:
            self._tasks.run(
                self, lambda: services.office, lambda _: None, self._window.report, lane="reading"
            )

    def _show_start(self, events: "EventService") -> None:
        from ui.hub.services import FirstJoin  # noqa: PLC0415
        from ui.screens.start.start_view import build_start  # noqa: PLC0415 - first start only

        folder = self._profile.folder if self._profile is not None else None
        view, model = build_start(events, self._tasks, FirstJoin(folder), self._window.report)
        model.failed.connect(self._window.report)
        model.event_joined.connect(self._reopen)
        model.event_created.connect(self._on_event_created)
        model.sample_day_requested.connect(self.open_sample_day)
        self._window.show_page(view)
        view.opened()

    def _show_shut_out(self) -> None:
        from ui.hub.pages.shut_out_page import ShutOutPage  # noqa: PLC0415 - rare

        page = ShutOutPage()
        self._window.show_page(page)
        page.opened()

    def _on_not_open(self, error: Exception) -> None:
        if isinstance(error, NotAllowed):  # the hub shut this laptop out
            self._show_shut_out()
        else:
            self._window.report(error)

    def _on_event_created(self, _created: "EventSummary") -> None:
        self._reopen()

    def _on_changed(self, changes: frozenset[Change]) -> None:
        if Change.EVENT in changes:
            self._reopen()
        elif not self._status_soon.isActive():  # twenty scans a second need one look
            self._status_soon.start()

    def _reopen(self) -> None:
        if self._profile is not None:
            self.open_profile(self._profile.folder)

    # --- while it runs

    def _take_scan(self, scanned: ScannedText) -> None:
        own = self._desk.context.shift_ms if self._desk else 0
        shift = self._shift + timedelta(milliseconds=own)  # a rehearsal's, or a sample day's
        self._window.take_scan(replace(scanned, at=scanned.at + shift))

    def _on_station_changed(self, station: object) -> None:
        del station
        self._preferences.keep_station_letter(self._window.station.current.letter)
        self.refresh_status()

    def refresh_status(self) -> None:
        """Tell the foot of the window how this desk stands."""
        desk, services = self._desk, self._services
        if desk is None or services is None:
            return
        session = self._window.station.current.session
        from ui.opening import read_status  # noqa: PLC0415 - imported by now, with the event

        work = partial(read_status, desk, services, session, self._shift)
        self._tasks.run(self, work, self._window.show_status, self._window.report, lane="reading")

    def _lay_anew(self, damage: FileDamaged) -> None:
        """Let a damaged event be laid anew, once, and open it again; the door goes on."""
        if self._profile is None or self._is_laying_anew:
            return
        self._is_laying_anew = True
        self._keeper.rest()
        self._hub.rest()
        desk, self._desk, self._services = self._desk, None, None
        work = partial(_lay_anew, self._profile.folder, desk, damage)
        self._tasks.run(self, work, self._on_laid_anew, self._on_not_laid_anew)

    def _on_laid_anew(self, found: "OpenedProfile") -> None:
        self._is_laying_anew = False
        self._on_profile_open(found)

    def _on_not_laid_anew(self, error: Exception) -> None:
        # Not through `report`: that would ask for the same again.
        self._is_laying_anew = False
        self._window.strip.show_error(describe_error(error))

    def _back_up(self) -> None:
        services = self._services
        if services is not None and self._throw_away is None:
            self._tasks.run(
                self,
                services.backups.make_backup,
                lambda _file: self.refresh_status(),
                self._window.report,
                lane="reading",
            )

    # --- ending

    def close(self) -> None:
        """Finish recorded work, sign our chain's head, close the file."""
        self.readers.stop()
        self._status_often.stop()
        self._backup_often.stop()
        self._hub.close()
        self._tasks.shutdown()
        self._close_desk()
        if self._throw_away is not None:
            self._throw_away.cleanup()

    def _close_desk(self) -> None:
        self._keeper.rest()
        self._hub.rest()
        if self._desk is not None:
            self._desk.close()
            self._desk = self._services = None


def _open_last(folder: Path | None) -> "OpenedProfile":
    from ui.opening import open_last  # noqa: PLC0415 - see the module's docstring

    return open_last(folder)


def _lay_anew(folder: Path, desk: "Desk | None", damage: FileDamaged) -> "OpenedProfile":
    from ui.opening import lay_anew  # noqa: PLC0415 - see the module's docstring

    return lay_anew(folder, desk, damage)


def _make_sample(folder: Path, scale: int) -> "MadeSample":
    from ui.opening import make_sample  # noqa: PLC0415 - see the module's docstring

    return make_sample(folder, scale)
