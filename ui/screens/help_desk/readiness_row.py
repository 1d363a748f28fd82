"""The readiness row: six items, one key each, and what to do about what is missing."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.scans import Tone
from app.domain.visits import ReadinessItem, Ready
from ui.language import say
from ui.screens.help_desk import readiness_wording as wording
from ui.screens.help_desk.door_draft import DoorDraft
from ui.screens.help_desk.door_tile import KeyTile
from ui.theme import palette, scaled, tone_paint
from ui.widgets.parts import column, label, row
from ui.widgets.speaker import Speaker

_COLUMNS = 3
_TONES = {Ready.OK: Tone.OK, Ready.MISSING: Tone.WARN, Ready.NOT_NEEDED: Tone.QUIET}


class ReadinessRow(QWidget):
    """Shows a draft's readiness.

    Signals:
        cycled: the `ReadinessItem` whose key was pressed.
    """

    cycled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._draft, self._asks_xca = DoorDraft(), False
        self._speak = Speaker(self)
        self._build()
        self._speak.language_changed.connect(self._show)

    def show_draft(self, draft: DoorDraft, *, asks_xca: bool) -> None:
        """Show how the items stand; `asks_xca`: the topic is one of school AA accounts."""
        self._draft, self._asks_xca = draft, asks_xca
        self._show()

    def _build(self) -> None:
        heading, hint = label("heading"), label("muted")
        self._speak(heading.setText, wording.ROW)
        self._speak(hint.setText, wording.ROW_HINT)
        self.tiles = {item: KeyTile(wording.LETTERS[item], tall=42) for item in ReadinessItem}
        grid = QGridLayout()
        grid.setSpacing(scaled(6))
        for place, (item, tile) in enumerate(self.tiles.items()):
            tile.clicked.connect(partial(self._on_clicked, item))
            tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tile.installEventFilter(self)
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        self.advice = label("", wraps=True)
        self.advice.hide()
        self.setFocusProxy(self.tiles[ReadinessItem.CARD])
        head = row(heading, hint, None, space=10)
        self.setLayout(column(head, grid, self.advice, space=6))
        self._show()

    def _on_clicked(self, item: ReadinessItem) -> None:
        self.cycled.emit(item)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let the arrows walk along the row."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: _COLUMNS, Qt.Key.Key_Up: -_COLUMNS,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if step is None:
            return False
        tiles = list(self.tiles.values())
        place = next(at for at, tile in enumerate(tiles) if tile is watched)
        tiles[(place + step) % len(tiles)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _show(self) -> None:
        for item, tile in self.tiles.items():
            self._show_tile(tile, item, self._draft.ready(item))
        lines = [say(wording.REMEDIES[item]) for item in self._draft.missing]
        if self._asks_xca and self._draft.ready(ReadinessItem.XCA) is Ready.UNKNOWN:
            lines.append(say(wording.ASK_XCA))
        self.advice.setText("\n".join(lines))
        self.advice.setVisible(bool(lines))
        self.advice.setStyleSheet(f"color: {palette().caution};")

    def _show_tile(self, tile: KeyTile, item: ReadinessItem, value: Ready) -> None:
        text = f"{wording.SIGNS[value]} {say(wording.ITEMS[item])}"
        tone = _TONES.get(value)
        paint = tone_paint(tone) if tone else None
        spoken = say(wording.standing(item, value))
        tile.show_words(text, spoken=spoken, ink=paint.on_soft if paint else "")
        tile.setStyleSheet(f"KeyTile {{ background: {paint.soft}; }}" if paint else "")

    def changeEvent(self, event: QEvent) -> None:
        """Take up the colours of another scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show()
