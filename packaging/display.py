"""Is there a screen to open the window on? Asked before Qt is, because Qt aborts without one."""

import ctypes
import os
import sys

from say import CannotGoOnError

QUIET_OPTIONS = {"--help", "-h", "--version"}
WINDOW_COMMANDS = {"demo"}
HOW = "    sudo apt install xvfb && xvfb-run -a python3 packaging/run.py"


def opens_window(arguments: list[str]) -> bool:
    """Whether `venuedesk` with these arguments opens the window rather than printing something."""
    if QUIET_OPTIONS.intersection(arguments):
        return False
    return not arguments or arguments[0] in WINDOW_COMMANDS or arguments[0].startswith("-")


def wants_x() -> bool:
    """Whether Qt will look for an X display: Linux, no Wayland, no other platform asked for."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return False
    return os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb")


def _answers() -> bool:
    """Whether the X server that DISPLAY names lets us in."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # cannot ask; the missing library is reported by itself
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return refused == 0


def require_name() -> None:
    """Raise with words when no X display is named at all."""
    if not os.environ.get("DISPLAY"):
        raise CannotGoOnError(
            "沒有可以開視窗的螢幕（DISPLAY 未設定）。請在桌面環境的終端機執行，或用虛擬螢幕：",
            "There is no screen to open a window on (DISPLAY is not set). "
            f"Use a terminal of the desktop session, or a virtual screen:\n{HOW}",
        )


def require_answer() -> None:
    """Raise with words when the named X display does not let us in."""
    if not _answers():
        name = os.environ.get("DISPLAY")
        raise CannotGoOnError(
            f"螢幕 {name} 沒有回應或拒絕連線。請在桌面環境的終端機執行，或用虛擬螢幕：",
            f"The screen {name} does not answer or refuses us. "
            f"Use a terminal of the desktop session, or a virtual screen:\n{HOW}",
        )
