"""Hears a keyboard-wedge reader wherever the focus is, and keeps its keys from everything else.

Keys are seen at the window, before shortcuts and widgets; input-method events at the widget that
has the focus. All are held for a moment (see `app.readers.burst`): a burst becomes one signal,
anything else is delivered again, in order, and then finds shortcuts and widgets as ever.
"""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from shiboken6 import isValid

from app.readers.burst import UNKNOWN_CHARACTER, BurstRecogniser, BurstSettings, Key, Reading, Step

_KEY_EVENTS: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
)
_SUFFIXES: Final = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
)
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ALT_GR: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_FUNCTIONS: Final = frozenset(Qt.Key(Qt.Key.Key_F1 + place) for place in range(12))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedText:
    """One reading as it left the reader; what it means is decided elsewhere."""

    text: str
    reader: str
    at: datetime
    missing_suffix: bool = False
    truncated: bool = False
    input_method: bool = False
    """An input method was on and chewed the code: it has to be switched off."""
    pressed: float = 0.0
    """`time.perf_counter()` when the key that ended it arrived."""


@dataclass(frozen=True, slots=True)
class _Held:
    """An event to deliver after all, and where it was going."""

    target: QObject
    event: QKeyEvent | QInputMethodEvent


class ScanFilter(QObject):
    """Listens to whichever window and widget have the focus.

    Signals:
        scanned: a `ScannedText`.
    """

    scanned = Signal(object)

    def __init__(self, app: QGuiApplication, settings: BurstSettings | None = None) -> None:
        super().__init__(app)
        self._recogniser: BurstRecogniser[_Held] = BurstRecogniser(settings)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_silence)
        self._asked_twice = False
        self._is_on = True
        self._deliveries = 0
        self._skew: float | None = None
        self._composed = 0
        self._preedit = ""
        self._swallowed: set[int] = set()
        app.focusWindowChanged.connect(self._listen_to)
        app.focusObjectChanged.connect(self._listen_to)
        self._listen_to(app.focusWindow())
        self._listen_to(app.focusObject())

    def set_on(self, is_on: bool) -> None:
        """Stop or resume listening, for instance while a key map is recorded."""
        self._is_on = is_on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take keys at windows and compositions at widgets; leave everything else."""
        kind = event.type()
        if kind in _KEY_EVENTS:
            if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
                return False
            return self._is_on and not self._is_delivery(kind) and self._take_key(watched, event)
        if kind is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._is_on and not self._is_delivery(kind) and self._compose(watched, event)
        return False

    def _listen_to(self, target: QObject | None) -> None:
        if target is not None:
            target.removeEventFilter(self)
            target.installEventFilter(self)

    def _is_delivery(self, kind: QEvent.Type) -> bool:
        if not self._deliveries:
            return False
        if kind is not QEvent.Type.ShortcutOverride:
            self._deliveries -= 1
        return True

    # --- keys

    def _take_key(self, window: QWindow, event: QKeyEvent) -> bool:
        if _begins_no_code(event) and self._recogniser.is_quiet(time.monotonic() * 1000):
            return False  # a person waits for this key: it goes its way at once
        if event.type() is QEvent.Type.ShortcutOverride:
            # Claimed, so that the key arrives as a press first; shortcuts are found on delivery.
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyRelease or event.key() in _MODIFIERS:
            return self._follow(window, event)
        self._swallowed.add(event.key())
        self._press(
            Key(
                at_ms=self._moment(event),
                token=_Held(window, event.clone()),
                text=_typed(event),
                ends=event.key() in _SUFFIXES and not event.modifiers() & _COMMANDS,
                repeat=event.isAutoRepeat(),
            )
        )
        return True

    def _follow(self, window: QWindow, event: QKeyEvent) -> bool:
        if self._recogniser.follow(_Held(window, event.clone())):
            return True
        if event.type() is QEvent.Type.KeyRelease and event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        return False

    def _moment(self, event: QKeyEvent) -> float:
        """Return when the key was pressed, on our clock.

        The event's own time stamp keeps a busy window from making typing look like a burst.
        """
        now = time.monotonic() * 1000
        if not event.timestamp():
            return now
        if self._skew is None or not self._recogniser.is_holding:
            self._skew = now - event.timestamp()
        return event.timestamp() + self._skew

    # --- input methods

    def _compose(self, widget: QObject, event: QInputMethodEvent) -> bool:
        committed, preedit = event.commitString(), event.preeditString()
        grew, self._preedit = bool(preedit) and preedit != self._preedit, preedit
        if len(committed) > 1 and not self._recogniser.is_burst:
            # A whole phrase at once is a person choosing it, never a reader.
            self._apply(self._recogniser.silence())
            return False
        self._composed += grew
        text = committed or (UNKNOWN_CHARACTER if grew else "")
        held = _Held(widget, event.clone())
        self._press(Key(at_ms=time.monotonic() * 1000, token=held, text=text))
        if self._recogniser.is_burst and preedit:
            self._preedit = ""
            QGuiApplication.inputMethod().reset()
        return True

    # --- what comes of it

    def _press(self, key: Key[_Held]) -> None:
        pressed = time.perf_counter()
        self._apply(self._recogniser.press(key), pressed)
        self._asked_twice = False
        if self._recogniser.is_holding:
            self._timer.start(math.ceil(self._recogniser.wait_ms))
        else:
            self._timer.stop()

    def _on_silence(self) -> None:
        if not self._asked_twice:
            # Keys that came while the window was busy may still wait behind this timer.
            self._asked_twice = True
            self._timer.start(0)
            return
        self._apply(self._recogniser.silence(), time.perf_counter())

    def _apply(self, step: Step[_Held], pressed: float = 0.0) -> None:
        least = self._recogniser.settings.min_length
        if step.reading is None and step.release and self._composed >= least:
            # Too short without suffix, but no person composes at this speed.
            garbage = Reading(text=UNKNOWN_CHARACTER * self._composed, at_ms=0, missing_suffix=True)
            step = Step(reading=garbage)
        for held in step.release:
            self._deliver(held)
        if step.reading is not None:
            self._announce(step.reading, pressed)
        if step.release or not self._recogniser.is_holding:
            self._composed = 0

    def _announce(self, reading: Reading, pressed: float) -> None:
        self.scanned.emit(
            ScannedText(
                text=reading.text,
                reader="keyboard",
                at=datetime.now(UTC),
                missing_suffix=reading.missing_suffix,
                truncated=reading.truncated,
                input_method=self._composed > 0,
                pressed=pressed,
            )
        )

    def _deliver(self, held: _Held) -> None:
        if not isValid(held.target):
            return
        if isinstance(held.event, QKeyEvent):
            self._swallowed.discard(held.event.key())
        self._deliveries += 1
        QCoreApplication.sendEvent(held.target, held.event)
        # A delivery that met no filter (its window went away meanwhile) must not excuse the next.
        self._deliveries = 0


def _typed(event: QKeyEvent) -> str:
    """Return what a key types: nothing for Ctrl and Alt codes, though AltGr does type."""
    commands = event.modifiers() & _COMMANDS
    if commands and commands != _ALT_GR:
        return ""
    return event.text()


def _begins_no_code(event: QKeyEvent) -> bool:
    """Whether no reader begins a code with this key: F5, Shift+F5, Ctrl+Enter.

    Other chords may be the control characters of a barcode, Alt and digits those of its codes.
    """
    if event.type() is QEvent.Type.KeyRelease:
        return False
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _FUNCTIONS:
        return modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return is_enter and modifiers == Qt.KeyboardModifier.ControlModifier
