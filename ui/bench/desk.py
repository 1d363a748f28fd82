"""`bench desk`: from a key at the Desk page to the painted state; 300 visits, 8 desks, 1 journal.

Each act is measured beside a bare commit of as many rows; what other desks did is measured from the
moment the window hears of it.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bench.crowd import UNITS, crowded_desk
from app.bench.figures import Report, machine, milliseconds, percentile, tell
from app.bootstrap import Desk, build_events
from app.domain.visits import Outcome, ParkReason, Seat, VisitState
from app.help_desk import HelpDesk
from app.services.profile import Profile
from app.services.visit_views import IssueForm, VisitForm
from ui.background import ThreadTaskRunner
from ui.bench.scan import BareCommits
from ui.changes import Change
from ui.main import HAND_OVER_SECONDS
from ui.main_window import MainWindow
from ui.places import places_with
from ui.preferences import WindowPreferences
from ui.scan_filter import ScanFilter
from ui.screens.builders import BUILDERS
from ui.screens.help_desk.desk_page import DeskPage
from ui.screens.help_desk.help_desk_view import HelpDeskView
from ui.sounds import Sounds
from ui.window_services import OpenPlan, ProfileBackups, WindowServices

DAY = "help1"
DESKS = 8
MOST_ROUNDS = 60
WARM_UP = 5
PATIENCE_MS = 10_000
TOPICS = ("01", "02", "03", "04", "05", "06")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def measure(size: int) -> Report:
    """Call, start and finish visits by key among `size` of them, and see other desks' acts."""
    app = QApplication.instance() or QApplication(["bench"])
    if not isinstance(app, QApplication):
        raise TypeError("a bench needs a widget application")
    with crowded_desk(1, badges=False) as (desk, _codes, folder):
        tell(f"a help day of {size:,} visits …")
        floor = BareCommits(folder / "floor.db")
        bench = DeskBench(app, desk, folder, size)
        times, bare = bench.run(floor)
        bench.close()
        floor.close()
    return _report(size, times, bare, bench.held)


def _report(
    size: int, times: dict[str, list[float]], bare: list[float], held: list[float]
) -> Report:
    """`reader_wait`: how long a key is held to be sure that no reader sent it."""
    acts = [taken for name, taken_of in times.items() if name != "others" for taken in taken_of]
    return {
        "bench": "desk",
        "size": size,
        "desks": DESKS,
        "n": len(acts),
        **milliseconds(acts),
        "acts": {name: milliseconds(taken) for name, taken in times.items()},
        "reader_wait": milliseconds(held),
        "floor": {
            **{f"commit_{name}": value for name, value in milliseconds(bare).items()},
            "ratio_p50": round(percentile(acts, 0.5) / percentile(bare, 0.5), 2),
        },
        "promise_ms": 50,
        "machine": machine(),
    }


class DeskBench:
    """The real window at desk 1 of a busy help day, worked by key events."""

    def __init__(self, app: QApplication, desk: Desk, folder: Path, size: int) -> None:
        preferences = WindowPreferences(app, Sounds(), None)
        preferences.apply()
        sys.setswitchinterval(HAND_OVER_SECONDS)
        self._services = WindowServices(
            desk,
            plan=OpenPlan(desk, build_events(folder)[1]),
            backups=ProfileBackups(desk, Profile(folder)),
            profile=Profile(folder),
            preferences=preferences,
        )
        self.seats = _fill(self._services.help_desk, size)
        mine = self.seats[0]
        preferences.keep_seat({"session": DAY, "staff": mine.staff, "desk": mine.desk})
        self.held: list[float] = []
        """How long each key was held to be sure that no reader sent it."""
        self._shown = 0.0
        self._loop = QEventLoop()
        self._late = QTimer(singleShot=True, interval=PATIENCE_MS)
        self._tasks = ThreadTaskRunner()
        self._window = MainWindow(self._tasks, places=places_with(BUILDERS))
        self._filter = ScanFilter(app)
        self._page = self._open()

    def _open(self) -> DeskPage:
        self._window.show()
        self._window.activateWindow()
        self._wait_until(self._window.isActiveWindow)
        self._window.attach(self._services)
        self._window.go_to("help_desk")
        view = self._window.view("help_desk")
        if not isinstance(view, HelpDeskView) or not isinstance(view.front, DeskPage):
            raise TypeError("the window has no desk")
        page = view.front
        self._wait_until(lambda: bool(page.model.picture.turns and page.model.topics.quick))
        page.come_back()
        page.model.moved.connect(self._on_moved)
        return page

    def run(self, floor: BareCommits) -> tuple[dict[str, list[float]], list[float]]:
        """Return seconds by act, and seconds of the bare commits beside them."""
        times: dict[str, list[float]] = {name: [] for name in ("call", "start", "finish", "others")}
        bare: list[float] = []
        rounds = max(1, min(MOST_ROUNDS, len(self._page.model.picture.turns) // 2 - 1))
        for number in range(rounds):
            taken = self._round()
            bare += [floor.commit() for _ in range(3)]
            if number >= WARM_UP or rounds <= WARM_UP:
                for name, seconds in taken.items():
                    times[name].append(seconds)
        return times, bare

    def _round(self) -> dict[str, float]:
        called = self._seconds(Qt.Key.Key_F5, lambda: self._state() is VisitState.CALLED)
        started = self._seconds(Qt.Key.Key_F6, lambda: self._state() is VisitState.SERVING)
        self._press(Qt.Key.Key_1, ALT)
        finished = self._seconds(Qt.Key.Key_Return, lambda: self._state() is None, CTRL)
        return {
            "call": called, "start": started, "finish": finished, "others": self._others()
        }  # fmt: skip

    def _state(self) -> VisitState | None:
        model = self._page.model
        return model.mine.claims[model.current.staff].state if model.mine else None

    def _others(self) -> float:
        """Let desk 2 call somebody; return seconds until this window shows it, once told."""
        visits, model, seat = self._services.help_desk.visits, self._page.model, self.seats[1]
        visit = visits.call_next(seat)
        if visit is None:
            return 0.0
        start = time.perf_counter()
        self._window.changes.tell(Change.HELP_DESK)
        self._wait_until(lambda: visit.id not in {turn.visit.id for turn in model.picture.turns})
        taken = self._painted() - start
        visits.send_back(visit.id, seat)
        self._window.changes.tell(Change.HELP_DESK)
        self._settle()
        return taken

    def _seconds(
        self,
        key: Qt.Key,
        is_shown: Callable[[], bool],
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> float:
        pressed, self._shown = time.monotonic(), 0.0
        QTest.keyClick(self._window.windowHandle(), key, modifiers)
        self._wait_until(lambda: self._shown > 0 and is_shown())
        heard = self._page.keys_heard.pressed_ms / 1000
        self.held.append(heard - pressed)
        taken = self._shown - heard
        self._settle()
        return taken

    def _on_moved(self, _visit: object) -> None:
        # Connected after the page, whose slot paints before it returns.
        self._shown = time.monotonic()

    def _painted(self) -> float:
        """Let the window paint what changed, and return when that was done."""
        for waiting in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
            QCoreApplication.sendPostedEvents(None, waiting)
        return time.perf_counter()

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self._window.windowHandle(), key, modifiers)
        self._settle()

    def _settle(self) -> None:
        """Let lists and solutions catch up, as they do between two keys of a person."""
        until = time.perf_counter() + 0.06
        while time.perf_counter() < until or self._page.model.is_busy:
            QApplication.processEvents()
            time.sleep(0.002)

    def _wait_until(self, is_done: Callable[[], bool]) -> None:
        self._late.start()  # wakes a loop that would wait for ever
        while not is_done():
            if not self._late.isActive():
                raise TimeoutError("the window did not answer")
            self._loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def close(self) -> None:
        """End the window and its threads."""
        self._filter.set_on(False)
        self._window.close()
        self._tasks.shutdown()


def _fill(services: HelpDesk, size: int) -> list[Seat]:
    """Let eight desks have a day: two in three visits are over, some parked, the rest wait."""
    seats = [_sit(services, number) for number in range(1, DESKS + 1)]
    for number in range(size):
        form = VisitForm(unit_text=UNITS[number % len(UNITS)], topic=TOPICS[number % len(TOPICS)])
        visit = services.visits.open(form, seats[0])
        seat = seats[number % DESKS]
        if number % 3 < 2:
            services.visits.start(visit.id, seat)
            issue = IssueForm(topic=form.topic, outcome=Outcome.RESOLVED, symptom=f"no {number}")
            services.visits.finish(visit.id, seat, [issue])
        elif number % 21 == 2:
            services.visits.start(visit.id, seat)
            services.visits.park(visit.id, ParkReason.PRACTISING, seat)
    for seat in seats[2:]:
        visit_next = services.visits.call_next(seat)
        if visit_next is not None:
            services.visits.start(visit_next.id, seat)
    return seats


def _sit(services: HelpDesk, number: int) -> Seat:
    one = services.consultants.find_or_add(f"desk {number}")
    return Seat(session=DAY, staff=one.id, desk=str(number))
