"""Joining a hub: the form, the hubs that were found, six words, the first load."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QProgressBar, QWidget

from app.domain.invitation_code import is_code
from app.domain.words import Words
from ui.hub.access import FoundHub, JoinProgress
from ui.hub.invite_text import read_invite
from ui.hub.pages import wording
from ui.hub.pages.join_view_model import JoinViewModel
from ui.language import say
from ui.theme import scaled
from ui.widgets.parts import button, card, column, label, name_widget, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

LOOK_AROUND_MS = 5_000
NEARBY: tuple[Column[FoundHub], ...] = (
    Column(heading=wording.NEARBY_NAME, text=lambda hub: hub.label or "–"),
    Column(heading=wording.NEARBY_URL, text=lambda hub: hub.url),
)


class SixWords(QWidget):
    """Six words large enough to be read from another screen."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[QLabel] = [label("word") for _ in range(6)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, scaled(6), 0, scaled(6))
        grid.setHorizontalSpacing(scaled(22))
        grid.setVerticalSpacing(scaled(6))
        for place, word in enumerate(self.words):
            grid.addWidget(word, place // 3, place % 3)
        grid.setColumnStretch(3, 1)

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show other words."""
        for place, word in enumerate(self.words):
            text = words[place] if place < len(words) else ""
            word.setText(f"{place + 1}. {text}" if text else "")
        self.setAccessibleName(" ".join(words))


class JoinForm(QWidget):
    """Address and code, typed, pasted or scanned, and what this network answers."""

    def __init__(self, model: JoinViewModel) -> None:
        super().__init__()
        self._model = model
        self._speak = Speaker(self)
        self._build()
        model.nearby_found.connect(self._on_nearby)
        self._look = QTimer(self, interval=LOOK_AROUND_MS)
        self._look.timeout.connect(model.look_around)

    def take_invite(self, text: str) -> bool:
        """Fill the fields from a scanned or pasted invitation; False if it is none."""
        found = read_invite(text)
        if found is None:
            return False
        for field, value in zip((self.address, self.code), found, strict=True):
            field.setText(value)
        self.join_button.setFocus()
        return True

    def take_scan(self, text: str) -> bool:
        """Fill in what a reader read: an invitation or its code alone; False if it is neither."""
        if self.take_invite(text):
            return True
        if not is_code(text):
            return False
        self.code.setText(text.strip().upper())
        (self.join_button if self.address.text() else self.address).setFocus()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Look for hubs while somebody looks at the form."""
        super().showEvent(event)
        self._model.look_around()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no longer."""
        super().hideEvent(event)
        self._look.stop()

    def _build(self) -> None:
        self.address, self.code = QLineEdit(), QLineEdit()
        for field, words, hint in (
            (self.address, wording.ADDRESS, wording.ADDRESS_HINT),
            (self.code, wording.CODE, wording.CODE_HINT),
        ):
            name_widget(self._speak, field, words)
            self._speak(field.setPlaceholderText, hint)
            field.textChanged.connect(self.take_invite)
            field.returnPressed.connect(self._on_enter)
        self.join_button = button(self._speak, wording.JOIN_NOW, self._join, kind="primary")
        self.nearby = RowView(
            RowTable(NEARBY, key=lambda hub: hub.url), name=wording.NEARBY, stretch=1
        )
        self.nearby.set_widths((180, 0))
        self.nearby.rows_wanted = 2
        self.nearby.setFixedHeight(scaled(110))
        self.nearby.set_empty_note(wording.NEARBY_NONE)
        self.nearby.row_chosen.connect(self._take_found)
        self.nearby.clicked.connect(lambda _index: self._take_found(self.nearby.current_row()))
        fields = QGridLayout()
        fields.setHorizontalSpacing(scaled(12))
        fields.setVerticalSpacing(scaled(8))
        for place, (words, field) in enumerate(
            ((wording.ADDRESS, self.address), (wording.CODE, self.code))
        ):
            fields.addWidget(self._caption(words), place, 0)
            fields.addWidget(field, place, 1)
        self.setLayout(
            column(fields, row(None, self.join_button), self._caption(wording.NEARBY), self.nearby)
        )

    def _caption(self, words: Words) -> QLabel:
        made = label("muted")
        self._speak(made.setText, words)
        return made

    def _on_enter(self) -> None:
        if self.address.hasFocus() and not self.code.text().strip():
            self.code.setFocus()
        else:
            self._join()

    def _join(self) -> None:
        self._model.join(self.address.text(), self.code.text())

    def _on_nearby(self, found: tuple[FoundHub, ...]) -> None:
        self.nearby.show_rows(found)

    def _take_found(self, hub: FoundHub | None) -> None:
        if hub is not None:
            self.address.setText(hub.url)
            self.code.setFocus()


class JoinWait(QWidget):
    """Six words while somebody compares them, then how far the first load is."""

    def __init__(self, model: JoinViewModel) -> None:
        super().__init__()
        self._speak = Speaker(self)
        self.heading, self.text = label("heading", wraps=True), label("muted", wraps=True)
        self.words = SixWords()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        name_widget(self._speak, self.bar, wording.LOADING)
        self.received = label("muted")
        self.cancel_button = button(self._speak, wording.CANCEL, model.cancel)
        self.setLayout(
            column(
                self.heading,
                self.text,
                self.words,
                self.bar,
                row(self.received, None, self.cancel_button),
            )
        )
        model.began.connect(lambda: self.show_progress(JoinProgress()))
        model.moved.connect(self.show_progress)

    def show_progress(self, progress: JoinProgress) -> None:
        """Say how far joining is."""
        has_words = bool(progress.words) and not progress.received
        self.heading.setText(say(wording.COMPARE if has_words else wording.JOINING))
        self.text.setText(say(wording.COMPARE_TEXT) if has_words else "")
        self.text.setVisible(has_words)
        self.words.setVisible(has_words)
        self.words.show_words(progress.words)
        self.bar.setVisible(not has_words)
        self.bar.setMaximum(progress.expected or 0)
        self.bar.setValue(progress.received)
        told = wording.progress(progress.received, progress.expected)
        self.received.setText(say(told) if progress.received else "")


class JoinCard(QWidget):
    """The form, or how far joining is, in one card."""

    def __init__(self, model: JoinViewModel) -> None:
        super().__init__()
        self._speak = Speaker(self)
        heading, text = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.JOIN)
        self._speak(text.setText, wording.JOIN_TEXT)
        self.form, self.wait = JoinForm(model), JoinWait(model)
        self.setLayout(column(card(heading, text, self.form, self.wait)))
        self.wait.hide()
        model.began.connect(self._on_began)
        model.ended.connect(self._on_ended)

    def _on_began(self) -> None:
        self.form.hide()
        self.wait.show()
        self.wait.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ended(self) -> None:
        self.wait.hide()
        self.form.show()
        self.form.code.setFocus(Qt.FocusReason.OtherFocusReason)
