"""Which column of the file is read as which of our fields."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app.domain.words import Words
from ui.language import say
from ui.screens.event import wording
from ui.widgets.parts import label
from ui.widgets.speaker import Speaker


class MappingForm(QWidget):
    """One combo box a field.

    Signals:
        column_picked: our field, and the file's column (empty: not used).
    """

    column_picked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(6)
        self._speak = Speaker(self)
        self.boxes: dict[str, QComboBox] = {}
        for field in wording.FIELDS:
            self._add(field)

    def show_mapping(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Show the columns of a file and which of them are read."""
        for field in mapping:
            if field not in self.boxes:
                self._add(field)
        for field, box in self.boxes.items():
            box.clear()
            box.addItem(say(wording.NOT_READ), "")
            for column in columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(mapping.get(field, ""))))

    def _add(self, field: str) -> None:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)
        words = wording.FIELDS.get(field, Words(zh=field, en=field))
        caption = label("muted")
        caption.setBuddy(box)
        self._speak(caption.setText, words)
        self._speak(box.setAccessibleName, words)
        box.activated.connect(lambda _place, field=field: self._tell(field))
        place = len(self.boxes)
        self._grid.addWidget(caption, place, 0)
        self._grid.addWidget(box, place, 1)
        self.boxes[field] = box

    def _tell(self, field: str) -> None:
        self.column_picked.emit(field, str(self.boxes[field].currentData()))
