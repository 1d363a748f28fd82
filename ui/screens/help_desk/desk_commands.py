"""Every act of the Desk page by name, with its chord: for keys, buttons, palette and key map.

Inside this page Ctrl+1…9 are topics while a visit is with me, so that the rail's Ctrl+1…7 wait;
Ctrl+F1…F7 switch places everywhere (decision 0009).
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPlainTextEdit

from app.domain.visits import ReadinessItem, Ready
from ui.language import say
from ui.screens.help_desk import desk_wording as wording
from ui.screens.help_desk import readiness_wording
from ui.screens.help_desk.desk_keys import Command, chord
from ui.screens.help_desk.desk_palette import Offer
from ui.screens.help_desk.issue_topics import topic_path

if TYPE_CHECKING:
    from ui.screens.help_desk.desk_page import DeskPage

CHORDS: Final = {
    "F5": "call_next",
    "F6": "start",
    "F7": "not_found",
    "F8": "park",
    "F9": "escalate",
    "F2": "serve_new",
    "F3": "queue",
    "F4": "end_idle",
    "Ctrl+0": "topics",
    "Ctrl+N": "add_issue",
    "Ctrl+L": "solutions",
    "Ctrl+D": "repeat",
    "Ctrl+Return": "finish",
    "Shift+F5": "finish_next",
    "Ctrl+Z": "undo",
    "Ctrl+B": "earlier",
    "Ctrl+K": "palette",
    "Ctrl+O": "hand_over",
    "Ctrl+V": "screenshot",
}
_TOPIC_CHORDS: Final = {f"Ctrl+{digit}": digit for digit in range(1, 10)}
_OUTCOME_CHORDS: Final = {f"Alt+{digit}": digit for digit in range(1, 6)}
_TOPIC_NUMBERS: Final = frozenset(chord(f"Ctrl+{digit}") for digit in range(10))
_NEXT_READY: Final = {
    Ready.UNKNOWN: Ready.OK,
    Ready.OK: Ready.MISSING,
    Ready.MISSING: Ready.NOT_NEEDED,
    Ready.NOT_NEEDED: Ready.OK,
}


class DeskCommands:
    """The acts of one page; what is pressed while one is stored waits its turn."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        acts, editor = page.acts, page.editor
        self._acts: dict[str, Callable[[], object]] = {
            "call_next": acts.call_next,
            "start": acts.start,
            "not_found": acts.not_found,
            "park": acts.ask_park,
            "escalate": acts.ask_escalate,
            "serve_new": acts.serve_new,
            "queue": page.enter_queue,
            "end_idle": self._end_idle,
            "topics": self._find_topic,
            "add_issue": self._with_visit(editor.add_issue),
            "drop_issue": self._with_visit(acts.drop_issue),
            "solutions": page.solutions.focus_search,
            "repeat": acts.repeat_last,
            "finish": acts.finish,
            "finish_next": acts.finish_next,
            "undo": acts.undo,
            "earlier": acts.ask_earlier,
            "palette": self._open_palette,
            "hand_over": acts.ask_hand_over,
            "send_back": acts.send_back,
            "walked_off": acts.walked_off,
            "who": acts.ask_who,
            "party": acts.ask_party,
            "ready": self._with_visit(self._ask_ready),
            "screenshot": self._with_visit(page.paste_picture),
        }

    def do(self, name: str) -> None:
        """Do an act by its name."""
        self._page.model.when_free(self._acts[name])

    def chords(self) -> dict[str, Command]:
        """Return what each chord does."""
        named: dict[str, Command] = {
            keys: partial(self._press, name) for keys, name in CHORDS.items()
        }
        for keys, digit in _TOPIC_CHORDS.items():
            named[keys] = partial(self._topic, digit)
        for keys, digit in _OUTCOME_CHORDS.items():
            named[keys] = partial(self._outcome, digit)
        return named

    def is_wanted(self, pressed: int) -> bool:
        """Leave the rail its Ctrl+digits while nobody is with me, and text fields their Ctrl+Z."""
        page = self._page
        if page.palette_box.isVisible():
            return False
        if pressed in _TOPIC_NUMBERS:
            return page.model.mine is not None or page.model.is_busy
        if pressed == chord("Ctrl+Z"):
            return not self._has_text_to_undo()
        if pressed == chord("Ctrl+V"):
            return page.has_picture_to_paste()
        return True

    def key_map(self) -> tuple[tuple[str, str], ...]:
        """Return (keys, what they do)."""
        told = {name: keys.replace("Return", "Enter") for keys, name in CHORDS.items()}
        told |= {"topic": "Ctrl+1…9", "outcome": "Alt+1…5"}
        order = [name for name in wording.COMMANDS if name in told]
        places = (wording.PLACE_KEYS, say(wording.PLACE_KEYS_WHAT))
        return (*((told[name], say(wording.COMMANDS[name])) for name in order), places)

    # --- inside

    def _press(self, name: str) -> None:
        self._page.bar.leave()
        self.do(name)

    def _with_visit(self, act: Callable[[], object]) -> Callable[[], object]:
        def do() -> None:
            if self._page.model.mine is None:
                self._page.model.say(wording.NO_VISIT)
            else:
                act()

        return do

    def _topic(self, digit: int) -> None:
        pick = partial(self._page.editor.topic.pick_digit, digit)
        self._page.model.when_free(self._with_visit(pick))

    def _outcome(self, digit: int) -> None:
        pick = partial(self._page.editor.pick_outcome_number, digit)
        self._page.model.when_free(self._with_visit(pick))

    def _has_text_to_undo(self) -> bool:
        focus = self._page.focusWidget()
        return isinstance(focus, QPlainTextEdit) and focus.document().isUndoAvailable()

    def _end_idle(self) -> None:
        if self._page.still.is_asking:
            self._page.acts.finish_ago(self._page.still.idle_minutes)

    def _find_topic(self) -> None:
        page, topics = self._page, self._page.model.topics
        offers = [
            Offer(topic_path(one.code, topics), "", partial(self._take_topic, one.code))
            for one in topics.all
        ]
        page.palette_box.open(say(wording.TOPICS_ALL), offers)

    def _take_topic(self, code: str) -> None:
        editor = self._page.editor
        editor.set_topic(code)
        editor.topic.show_code(code)
        editor.topic.done.emit()

    def _open_palette(self) -> None:
        keys = {name: chords.replace("Return", "Enter") for chords, name in CHORDS.items()}
        offers = [
            Offer(say(words), keys.get(name, ""), partial(self.do, name), also=words.en)
            for name, words in wording.COMMANDS.items()
            if name in self._acts and name != "palette"
        ]
        self._page.palette_box.open(say(wording.PALETTE), offers)

    def _ask_ready(self) -> None:
        items = tuple(ReadinessItem)
        visit = self._page.model.mine
        if visit is None:
            return
        known = [Ready(visit.readiness.get(item.value, Ready.UNKNOWN)) for item in items]
        told = [
            f"{readiness_wording.SIGNS[value]} {say(readiness_wording.ITEMS[item])}"
            for item, value in zip(items, known, strict=True)
        ]

        def switch(place: int) -> None:
            values = {items[place].value: _NEXT_READY[known[place]].value}
            work = partial(self._page.model.services.visits.set_readiness, visit.id, values)
            self._page.model.act(work, lambda _visit: self._ask_ready(), counts=False)

        self._page.bar.choose(say(wording.ASK_READY), told, switch)
