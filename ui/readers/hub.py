"""All readers of this desk in one: what any of them scans, and how each stands."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.domain.words import Words
from ui.readers.source import ReaderCondition, ReaderSort, ReaderSource, ReaderState
from ui.scan_filter import ScanFilter, ScannedText

SAME_SCAN = timedelta(seconds=1)
"""One badge seen by two readers within this time was shown once."""
_KEYBOARD = ReaderState(
    key="keyboard",
    sort=ReaderSort.KEYBOARD,
    name="",
    condition=ReaderCondition.READY,
    said=Words("就緒", "Ready"),
    remedy=Words(
        "插上就能用；沒反應時檢查插頭與電源。",
        "Plug in and scan; if nothing happens look at the plug.",
    ),
)
_TROUBLES: tuple[tuple[str, Words, Words], ...] = (
    (
        "input_method",
        Words("輸入法開著", "Input method on"),
        Words("請切換到英數輸入再掃描。", "Switch the input method off and scan again."),
    ),
    (
        "truncated",
        Words("讀到的太長，只留前面", "Too long, cut off"),
        Words(
            "這不是名牌；若一再出現，拔掉讀取器再插上。",
            "This is no badge; if it goes on, unplug the reader and plug it in again.",
        ),
    ),
    (
        "missing_suffix",
        Words("沒有結尾鍵", "No suffix"),
        Words(
            "讀得到，但要等一下。用說明書的條碼把結尾設成 Enter 會更快。",
            "It reads, but waits a moment. Set its suffix to Enter for faster scans.",
        ),
    ),
)


class KeyboardSource(ReaderSource):
    """Readers that type like a keyboard, heard by the window's filter."""

    def __init__(self, keys: ScanFilter) -> None:
        super().__init__(keys)
        self._keys = keys
        keys.scanned.connect(self.scanned)

    def start(self) -> None:
        """Say that keyboards are listened to; the filter does since the window is there."""
        self._keys.set_on(True)
        self.state_changed.emit(_KEYBOARD)

    def stop(self) -> None:
        """Let every key pass."""
        self._keys.set_on(False)


class ReaderHub(QObject):
    """Joins any number of sources; each keeps its own buffer, so codes of two never mix.

    Signals:
        scanned: a `ScannedText`; a code that two readers saw at once comes once.
        states_changed: all `ReaderState`s, in the order the readers came.
    """

    scanned = Signal(object)
    states_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: list[ReaderSource] = []
        self._states: dict[str, ReaderState] = {}
        self._base: dict[str, ReaderState] = {}
        self._owners: dict[str, ReaderSource] = {}
        self._last: dict[str, ScannedText] = {}
        self._is_on = False

    @property
    def states(self) -> tuple[ReaderState, ...]:
        """How every reader stands now."""
        return tuple(self._states.values())

    def last_at(self, key: str) -> datetime | None:
        """Return when a reader last read something."""
        last = self._last.get(key)
        return last.at if last is not None else None

    def add(self, source: ReaderSource) -> None:
        """Take a source in; it starts at once when the hub runs."""
        self._sources.append(source)
        source.scanned.connect(self._on_scanned)
        source.state_changed.connect(self._on_state)
        source.state_dropped.connect(self._on_dropped)
        if self._is_on:
            source.start()

    def remove(self, source: ReaderSource) -> None:
        """Stop a source and forget its readers."""
        if source not in self._sources:
            return
        source.stop()
        self._sources.remove(source)
        source.scanned.disconnect(self._on_scanned)
        source.state_changed.disconnect(self._on_state)
        source.state_dropped.disconnect(self._on_dropped)
        for key in [key for key, owner in self._owners.items() if owner is source]:
            self._on_dropped(key)

    def start(self) -> None:
        """Let every source read."""
        self._is_on = True
        for source in tuple(self._sources):
            source.start()

    def stop(self) -> None:
        """Stop every source."""
        self._is_on = False
        for source in tuple(self._sources):
            source.stop()

    def _on_state(self, state: ReaderState) -> None:
        owner = self.sender()
        if isinstance(owner, ReaderSource):
            self._owners[state.key] = owner
        self._base[state.key] = self._states[state.key] = state
        self.states_changed.emit(self.states)

    def _on_dropped(self, key: str) -> None:
        self._owners.pop(key, None)
        self._base.pop(key, None)
        if self._states.pop(key, None) is not None:
            self.states_changed.emit(self.states)

    def _on_scanned(self, scanned: ScannedText) -> None:
        is_echo = self._is_echo(scanned)
        self._last[scanned.reader] = scanned
        self._judge(scanned)
        if not is_echo:
            self.scanned.emit(scanned)

    def _is_echo(self, scanned: ScannedText) -> bool:
        """Whether another reader just read the same; by one reader twice is the door's to tell."""
        text = scanned.text.casefold()
        return any(
            reader != scanned.reader
            and last.text.casefold() == text
            and abs(scanned.at - last.at) < SAME_SCAN
            for reader, last in self._last.items()
        )

    def _judge(self, scanned: ScannedText) -> None:
        """Tell what the reading shows of its reader, until a better reading comes."""
        base = self._base.get(scanned.reader)
        if base is None:
            return
        told = next((trouble for trouble in _TROUBLES if getattr(scanned, trouble[0])), None)
        if told is not None:
            base = replace(base, condition=ReaderCondition.TROUBLED, said=told[1], remedy=told[2])
        self._states[scanned.reader] = base
        self.states_changed.emit(self.states)
