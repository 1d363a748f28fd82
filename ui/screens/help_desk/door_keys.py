"""The keys of the Door page. Plain ones work only where no text is typed: fields come first."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from ui.screens.help_desk.readiness_wording import LETTERS
from ui.widgets.keys import bind_key

if TYPE_CHECKING:
    from ui.screens.help_desk.door_page import DoorPage


def bind_door_keys(page: "DoorPage") -> None:
    """Let every act of the page be reached by a key that no input method takes."""
    model = page.model
    for key, act in (
        ("Ctrl+Return", page.give),
        ("Ctrl+Enter", page.give),
        ("F2", page.who.type_name),
        ("F3", page.to_readiness),
        ("F4", partial(model.add_people, 1)),
        ("Shift+F4", partial(model.add_people, -1)),
        ("F5", page.checks.start),
        ("F6", model.toggle_link),
        ("F7", page.ask_loan),
        ("F8", page.show_loans),
        ("F9", page.join),
        ("F12", page.ask_tally),
        ("Backspace", page.pad.back),
        ("Delete", page.void_marked),
    ):
        bind_key(page, key, act)
    bind_key(page, QKeySequence.StandardKey.Undo, model.undo_last)
    bind_key(page, Qt.Key.Key_Escape, page.leave)
    for digit in range(10):
        bind_key(page, str(digit), partial(page.press_topic, digit))
        bind_key(page, f"Alt+{digit}", partial(page.press_topic, digit))
    for item, letter in LETTERS.items():
        bind_key(page, letter, partial(model.cycle, item))
