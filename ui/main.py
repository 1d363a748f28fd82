"""Where the window starts: paint first, open the records behind it."""

import builtins
import gc
import sys

# A start makes a hundred thousand objects and frees hardly any: collecting among them is a third
# of the time to the first paint. `_settle` turns it on again.
gc.disable()

# PySide6 replaces the import function by one that reads the source of every module imported later
# (to look for `from __feature__`), which doubles their cost. We use no features: keep Python's own.
_python_import = builtins.__import__

from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

from PySide6.QtCore import QLockFile, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

builtins.__import__ = _python_import

from app.domain.errors import Conflict  # noqa: E402
from app.domain.words import Words  # noqa: E402
from app.services.profile import open_profile  # noqa: E402
from ui.background import ThreadTaskRunner  # noqa: E402
from ui.desktop import Desktop  # noqa: E402
from ui.language import set_language  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.places import places_with  # noqa: E402
from ui.preferences import WindowPreferences  # noqa: E402
from ui.screens import builders  # noqa: E402
from ui.sounds import Sounds  # noqa: E402

NAME = "venuedesk"
HAND_OVER_SECONDS = 0.0005
"""How long one thread keeps Python's lock while another waits. At Python's own 5 ms the recorder,
which gives the lock away at every statement, would wait for the window several times a scan."""


def run(
    profile: str | None,
    *,
    demo_scale: int | None = None,
    on_shown: Callable[[Desktop], object] = lambda _desktop: None,
) -> int:
    """Show the window until it is closed; return the exit status.

    `on_shown` is called once the shell is shown, before the records are opened.
    """
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication.instance() or QApplication([NAME])
    assert isinstance(app, QApplication)  # noqa: S101 - we made it
    app.setApplicationName(NAME)
    sys.setswitchinterval(HAND_OVER_SECONDS)
    set_language(app, "zh")
    folder = None if demo_scale else open_profile(Path(profile) if profile else None).folder
    lock = _take_lock(folder) if folder else None
    desktop = open_window(app, folder)
    _fill_small_screen(desktop.window)
    on_shown(desktop)
    # The first paint goes before the thread that opens the records: both want Python's lock.
    app.processEvents()
    if demo_scale:
        desktop.open_sample_day(demo_scale)
    else:
        desktop.open_profile(folder)
    QTimer.singleShot(0, _settle)
    try:
        return app.exec()
    finally:
        desktop.close()
        if lock is not None:
            lock.unlock()


def _settle() -> None:
    """Put what the start made out of the collector's sight and let it work from here on."""
    gc.freeze()
    gc.enable()


def open_window(app: QApplication, folder: Path | None) -> Desktop:
    """Show the shell, which captures scans at once, and return what holds it together."""
    sounds = Sounds()
    preferences = WindowPreferences(app, sounds, folder / "window.json" if folder else None)
    preferences.apply()
    window = MainWindow(ThreadTaskRunner(), places=places_with(builders.BUILDERS), sounds=sounds)
    window.station.set_letter(preferences.station_letter())
    window.show()
    return Desktop(app, window, preferences)


def _fill_small_screen(window: QWidget) -> None:
    """Let the screen's manager fit a window that would stick out with its frame."""
    room = window.screen().availableSize()
    if room.width() <= window.width() or room.height() <= window.height():
        window.showMaximized()


def _take_lock(folder: Path) -> QLockFile:
    """Refuse a second window on the same profile. Raises Conflict."""
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        raise Conflict(
            Words(
                zh=f"這個資料夾已經有一個視窗開著：{folder}",
                en=f"Another window already uses this folder: {folder}",
            ),
            remedy=Words(
                zh="請使用那個視窗，或用 --profile 指定另一個資料夾。",
                en="Use that window, or choose another folder with --profile.",
            ),
        )
    return lock


if __name__ == "__main__":
    sys.exit(run(None))
