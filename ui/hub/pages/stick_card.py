"""Exchange by stick, and what came by any way and could not be taken."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.dates import age_words
from ui.hub.access import KeptAside
from ui.hub.pages import wording
from ui.hub.pages.hub_view_model import HubViewModel
from ui.language import say
from ui.status import now_utc
from ui.widgets.file_dialog import ask_open, ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, card, column, label, row
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker


def _why(kept: KeptAside) -> str:
    words = wording.FAULTS.get(kept.why)
    return say(words) if words is not None else kept.why


KEPT: tuple[Column[KeptAside], ...] = (
    Column(heading=wording.KEPT_DEVICE, text=lambda kept: kept.device[:12]),
    Column(heading=wording.KEPT_WHY, text=_why),
    Column(
        heading=wording.KEPT_FACTS,
        text=lambda kept: f"{kept.facts:,}",
        sort_key=lambda kept: kept.facts,
        is_number=True,
    ),
    Column(
        heading=wording.KEPT_WHEN,
        text=lambda kept: age_words(datetime.fromtimestamp(kept.noted_ms / 1000, UTC), now_utc()),
        sort_key=lambda kept: -kept.noted_ms,
    ),
)


class StickCard(QWidget):
    """Two buttons; progress is the window's own."""

    def __init__(self, model: HubViewModel) -> None:
        super().__init__()
        self._model = model
        self._speak = Speaker(self)
        heading, text = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.STICK)
        self._speak(text.setText, wording.STICK_TEXT)
        self.export_button = button(self._speak, wording.EXPORT, self._export)
        self.import_button = button(self._speak, wording.IMPORT, self._import)
        buttons = row(self.export_button, self.import_button, None)
        self.setLayout(column(card(heading, text, buttons)))

    def _export(self) -> None:
        ask_save(
            self,
            wording.STICK,
            wording.BUNDLES,
            self._model.export_bundle,
            suggested=Path(papers_folder()) / f"venuedesk-{now_utc():%Y%m%d-%H%M}.vdbundle",
        )

    def _import(self) -> None:
        ask_open(self, wording.STICK, wording.BUNDLES, self._model.import_bundle)


class KeptCard(QWidget):
    """Shown only while there is something: it is rare and needs a person."""

    def __init__(self, model: HubViewModel) -> None:
        super().__init__()
        self._speak = Speaker(self)
        heading = label("heading")
        self._speak(heading.setText, wording.KEPT_ASIDE)
        self.kept = RowView(
            RowTable(KEPT, key=lambda kept: (kept.device, kept.why, kept.noted_ms)),
            name=wording.KEPT_ASIDE,
            stretch=1,
        )
        self.kept.set_widths((130, 0, 92, 110))
        self.kept.set_empty_note(wording.KEPT_ASIDE_NONE)
        self.kept.rows_wanted = 3
        self.setLayout(column(card(heading, self.kept)))
        model.kept_loaded.connect(self.show_kept)
        self.hide()

    def show_kept(self, kept: tuple[KeptAside, ...]) -> None:
        """Show what is kept aside."""
        self.kept.show_rows(kept)
        self.setVisible(bool(kept))
