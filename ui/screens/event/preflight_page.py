"""The look at this desk before the doors open: ten lights, and the sheet to sign."""

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.preflight import LIGHT_MARKS, LIGHT_WORDS, Finding, Light, worst
from ui.language import say
from ui.place import Desk
from ui.screens.event import ready_wording as wording
from ui.screens.event.import_choice import Sessions
from ui.theme import palette, scaled
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, column, label, row, show_kind
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker

Findings = tuple[Finding, ...]
_WHOLE = {
    Light.GREEN: (wording.ALL_GREEN, "good"),
    Light.AMBER: (wording.SOME_AMBER, "caution"),
    Light.RED: (wording.SOME_RED, "danger"),
}


class Preflight(Protocol):
    """What the page asks of the service."""

    def look(self, session: str, *, tried: str | None = None) -> Findings:
        """Return the findings."""
        ...

    def write_sheet(self, session: str, findings: Findings, out: Path) -> Path:
        """Write the sheet as PDF."""
        ...


class PreflightViewModel(QObject):
    """Looks in the background.

    Signals:
        sessions_loaded: tuple of SessionSummary.
        looked: tuple of Finding.
    """

    sessions_loaded = Signal(tuple)
    looked = Signal(tuple)

    def __init__(self, preflight: Preflight, sessions: Sessions, desk: Desk) -> None:
        super().__init__()
        self._preflight = preflight
        self._sessions = sessions
        self._desk = desk

    def load(self) -> None:
        """Fetch the sessions."""
        fetch, run = self._sessions.list_sessions, self._desk.tasks.run
        run(self, fetch, self.sessions_loaded.emit, self._desk.report, lane="reading")

    def look(self, session: str, tried: str | None = None) -> None:
        """Look at everything."""
        work = partial(self._preflight.look, session, tried=tried)
        run = self._desk.tasks.run
        run(self, work, self.looked.emit, self._desk.report, lane="reading")

    def write_sheet(self, session: str, findings: Findings, out: Path) -> None:
        """Write the sheet to sign."""
        work = partial(self._preflight.write_sheet, session, findings, out)
        self._desk.tasks.run(self, work, self._on_written, self._desk.report, lane="reading")

    def _on_written(self, file: Path) -> None:
        self._desk.notice(say(wording.saved(str(file))))


def _colour(finding: Finding) -> str:
    colours = palette()
    shades = {Light.GREEN: colours.good, Light.AMBER: colours.caution, Light.RED: colours.danger}
    return shades[finding.light]


_COLUMNS: tuple[Column[Finding], ...] = (
    Column(
        heading=wording.RESULT,
        text=lambda found: f"{LIGHT_MARKS[found.light]} {say(LIGHT_WORDS[found.light])}",
        colour=_colour,
    ),
    Column(heading=wording.ITEM, text=lambda found: say(found.title)),
    Column(heading=wording.FOUND, text=lambda found: say(found.told)),
    Column(heading=wording.REMEDY, text=lambda found: say(found.remedy) if found.remedy else ""),
)


class PreflightPage(QWidget):
    """A table of findings; looks when it comes to the front."""

    def __init__(self, model: PreflightViewModel) -> None:
        super().__init__()
        self._model = model
        self._found: Findings = ()
        self._speak = Speaker(self)
        self._build()
        model.sessions_loaded.connect(self.sessions.show_sessions)
        model.looked.connect(self._show)
        self.sessions.session_picked.connect(self._on_session)
        self._speak.language_changed.connect(self._retell)

    def load(self) -> None:
        """Fetch the sessions; a look is taken when the page is in front."""
        self._model.load()
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Look at everything again."""
        if self.sessions.session():
            self._model.look(self.sessions.session())

    def take_scan(self, text: str) -> bool:
        """Try the reader with what it read; nothing is recorded."""
        if self.sessions.session():
            self._model.look(self.sessions.session(), text)
        return True

    def _build(self) -> None:
        intro = label("muted", wraps=True)
        self._speak(intro.setText, wording.PREFLIGHT_INTRO)
        self.sessions = SessionPicker()
        self.whole = label("muted", wraps=True)
        self.list = RowView(
            RowTable(_COLUMNS, key=lambda found: found.code), name=wording.FINDINGS, stretch=2
        )
        self.list.set_widths((120, 150, 0, 380))
        self.detail = label("", wraps=True)
        self.list.row_selected.connect(self._tell)
        self.again_button = button(self._speak, wording.LOOK_AGAIN, self.look)
        self.sheet_button = button(self._speak, wording.SAVE_SHEET, self._save, kind="primary")
        page = column(
            intro,
            row(self.sessions, self.again_button, self.sheet_button, None),
            self.whole,
            self.list,
            self.detail,
            space=12,
        )
        page.setStretch(3, 1)
        page.setContentsMargins(0, scaled(4), 0, 0)
        self.setLayout(page)

    def _show(self, found: Findings) -> None:
        self._found = found
        self.list.show_rows(found)
        self._retell()

    def _on_session(self, _session: str) -> None:
        if self.isVisible():
            self.look()

    def _tell(self, found: Finding | None) -> None:
        """Say one finding in full: large letters cut a table's cells short."""
        remedy = say(found.remedy) if found is not None and found.remedy else ""
        told = f"{say(found.title)} — {say(found.told)} {remedy}" if found is not None else ""
        self.detail.setText(told)
        self.detail.setVisible(bool(told))

    def _retell(self) -> None:
        self._tell(self.list.current_row())
        self.sheet_button.setEnabled(bool(self._found))
        if self._found:
            words, kind = _WHOLE[worst(self._found)]
            self.whole.setText(say(words))
            show_kind(self.whole, kind)

    def _save(self) -> None:
        session, found = self.sessions.session(), self._found
        ask_save(
            self,
            wording.SAVE_AS,
            wording.PDF_FILTER,
            lambda file: self._model.write_sheet(session, found, file),
            suggested=papers_folder() / f"preflight-{session}.pdf",
        )
