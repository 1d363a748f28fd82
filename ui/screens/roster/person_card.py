"""What is known of the person who is current in the roster."""

from PySide6.QtWidgets import QFormLayout, QFrame, QLabel

from app.domain.words import Words
from app.services.registrations import RosterRow
from ui.dates import clock_time
from ui.language import say
from ui.screens.roster import columns, wording
from ui.widgets.parts import column, label
from ui.widgets.speaker import Speaker


class PersonCard(QFrame):
    """Name large, then one line a fact; only the last digits of the ID number."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._row: RosterRow | None = None
        self._speak = Speaker(self)
        self._speak.language_changed.connect(lambda: self.show_row(self._row))
        self.name = label("title", wraps=True)
        self.unit = label("", wraps=True)
        self.attention = label("caution", wraps=True)
        self.hint = label("muted", wraps=True)
        self._speak(self.hint.setText, wording.PICK_SOMEBODY)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(6)
        self.lines = {
            words: self._line(words)
            for words in (
                wording.STATUS,
                wording.ORIGIN,
                wording.ARRIVED,
                wording.LEFT,
                wording.HAS_ID,
                wording.PHONE,
                wording.BADGE,
            )
        }
        inside = column(self.hint, self.name, self.unit, self.attention, self._form)
        inside.setContentsMargins(16, 14, 16, 14)
        self.setLayout(inside)
        self.show_row(None)

    def show_row(self, row: RosterRow | None) -> None:
        """Show a person, or say how to get to see one."""
        self._row = row
        self.hint.setVisible(row is None)
        for place in range(self._form.rowCount()):
            self._form.setRowVisible(place, row is not None)
        self.name.setText(row.person.name if row else "")
        self.unit.setText(f"{row.person.unit}　{row.person.title}" if row else "")
        self.attention.setVisible(row is not None and bool(row.person.attention))
        if row is not None:
            self.attention.setText(f"⚑ {say(wording.ATTENTION)}：{row.person.attention}")
            self._fill(row)

    def _fill(self, row: RosterRow) -> None:
        texts = {
            wording.STATUS: columns.status_text(row),
            wording.ORIGIN: columns.origin_text(row),
            wording.ARRIVED: clock_time(row.arrived_at),
            wording.LEFT: clock_time(row.left_at),
            wording.HAS_ID: columns.id_text(row),
            wording.PHONE: row.phone or "–",
            wording.BADGE: row.badge_code or say(wording.NO_BADGE),
        }
        for words, text in texts.items():
            self.lines[words].setText(text)

    def _line(self, words: Words) -> QLabel:
        caption, value = label("muted"), label("", wraps=True)
        self._speak(caption.setText, words)
        self._form.addRow(caption, value)
        return value
