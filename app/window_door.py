"""The way up to the window, which only an installation with Qt has."""

import importlib

from app.domain.errors import NotFound
from app.domain.words import Words

WINDOW_MODULE = "ui.main"
"""Named, not imported: the hub installs without it, and nothing below the window knows Qt."""


def open_window(profile: str | None, *, demo_scale: int | None = None) -> None:
    """Open the window and end with its exit status. Raises NotFound where it is not installed."""
    try:
        module = importlib.import_module(WINDOW_MODULE)
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith(("PySide6", "ui")):
            raise
        raise NotFound(
            Words(zh="這裡沒有安裝視窗。", en="The window is not installed here."),
            remedy=Words(
                zh="請安裝 venuedesk[window]，或使用指令列。",
                en="Install venuedesk[window], or use the commands.",
            ),
        ) from error
    raise SystemExit(module.run(profile, demo_scale=demo_scale))
