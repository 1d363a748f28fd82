"""The seal: what stands, what it holds, how to take it back."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services.closing import CreditSheet, Seal
from ui.dates import date_and_time
from ui.language import say
from ui.screens.closing import sentences, wording
from ui.screens.closing.review import count_review
from ui.screens.closing.seal_view_model import SealViewModel
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, card, column, label, row, show_kind
from ui.widgets.reason_bar import ReasonBar
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

Head = tuple[str, str, int, str]
HEADS: tuple[Column[Head], ...] = (
    Column(heading=wording.DEVICE, text=lambda head: head[0]),
    Column(heading=wording.INCARNATION, text=lambda head: head[1]),
    Column(
        heading=wording.LAST_ENTRY,
        text=lambda head: f"{head[2]:,}",
        sort_key=lambda head: head[2],
        is_number=True,
    ),
    Column(heading=wording.HASH, text=lambda head: head[3]),
)


class SealPage(QWidget):
    """One button while open; the evidence once sealed."""

    def __init__(self, model: SealViewModel) -> None:
        super().__init__()
        self._model = model
        self._seal: Seal | None = None
        self._left_to_do = 0
        self._speak = Speaker(self)
        self._build()
        self._lay_out()
        self._connect()
        self._retell()

    def show_sheet(self, sheet: CreditSheet) -> None:
        """Say how many people are still undecided."""
        to_review, clean, _ = count_review(sheet.lines)
        self._left_to_do = to_review + clean
        self._retell()

    def _build(self) -> None:
        self.intro = label("muted", wraps=True)
        self._speak(self.intro.setText, wording.SEAL_INTRO)
        self.ready = label("", wraps=True)
        self.state = label("heading", wraps=True)
        self.seal_button = button(self._speak, wording.SEAL_NOW, self._model.seal, kind="primary")
        self.pdf_button = button(self._speak, wording.SEAL_PDF, self._save, kind="primary")
        self.reopen_button = button(self._speak, wording.REOPEN, self._ask_reopen)
        self.reason = ReasonBar()
        self.saved = label("good", wraps=True)
        self.saved.hide()
        self.heads_heading = label("heading")
        self._speak(self.heads_heading.setText, wording.HEADS)
        self.heads = RowView(RowTable(HEADS, key=lambda head: head[:2]), name=wording.HEADS)
        self.heads.set_widths((280, 280, 110))

    def _lay_out(self) -> None:
        acts = row(self.seal_button, self.pdf_button, self.reopen_button, None)
        inside = column(
            card(self.intro, self.state, self.ready, acts, space=12),
            self.reason,
            self.saved,
            self.heads_heading,
            self.heads,
        )
        inside.setStretch(4, 1)
        inside.addStretch(0)
        inside.setContentsMargins(0, 14, 0, 0)
        self.setLayout(inside)

    def _connect(self) -> None:
        self._model.seal_changed.connect(self._show_seal)
        self._model.sheet_saved.connect(self._show_saved)
        self.reason.reason_given.connect(lambda _what, reason: self._model.reopen(reason))
        self._speak.language_changed.connect(self._retell)

    def _show_seal(self, seal: Seal | None) -> None:
        self._seal = seal
        self.saved.hide()
        self.heads.show_rows(seal.heads if seal else ())
        self._retell()

    def _retell(self) -> None:
        seal = self._seal
        self.seal_button.setVisible(seal is None)
        self.ready.setVisible(seal is None)
        for part in (self.pdf_button, self.reopen_button, self.heads_heading, self.heads):
            part.setVisible(seal is not None)
        words = (
            sentences.sealed(seal, date_and_time(seal.sealed_at)) if seal else wording.NOT_SEALED
        )
        self.state.setText(say(words))
        left = self._left_to_do
        show_kind(self.ready, "caution" if left else "good")
        self.ready.setText(say(sentences.undecided(left) if left else sentences.all_decided()))

    def _ask_reopen(self) -> None:
        self.reason.ask("reopen", wording.REOPEN_WHY, wording.REOPEN_REASONS)

    def _save(self) -> None:
        seal = self._seal
        if seal is not None:
            ask_save(
                self,
                wording.SEAL_SHEET,
                wording.PDF_FILTER,
                partial(self._model.save_sheet, seal),
                suggested=papers_folder() / f"seal-{seal.session}.pdf",
            )

    def _show_saved(self, file: Path) -> None:
        self.saved.setText(say(sentences.sheet_saved(str(file))))
        self.saved.show()
