"""The readers of this laptop: how each stands, which ports are listened to, and a trial."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLayout, QVBoxLayout, QWidget

from app.domain.text import mask_code
from app.readers.diagnosis import Heard, diagnose
from app.readers.serial_ports import SerialPort
from ui.dates import clock_seconds
from ui.language import current_language, say
from ui.place import Desk
from ui.readers.desk_readers import DeskReaders
from ui.readers.source import ReaderCondition, ReaderState
from ui.screens.event import readers_wording as wording
from ui.theme import palette, scaled
from ui.widgets.file_dialog import ask_save
from ui.widgets.folders import papers_folder
from ui.widgets.parts import button, card, column, label, row, show_kind
from ui.widgets.row_table import Column, RowTable
from ui.widgets.row_view import RowView
from ui.widgets.speaker import Speaker

_SIDE = 440


def _colour(state: ReaderState) -> str | None:
    colours = palette()
    shades = {
        ReaderCondition.READY: colours.good,
        ReaderCondition.TROUBLED: colours.caution,
        ReaderCondition.LOST: colours.danger,
    }
    return shades.get(state.condition)


class ReadersPage(QWidget):
    """Table over ports and trial; what is scanned here goes nowhere else."""

    def __init__(self, readers: DeskReaders, desk: Desk) -> None:
        super().__init__()
        self._readers, self._desk = readers, desk
        self._ports: tuple[SerialPort, ...] | None = None
        self.boxes: list[QCheckBox] = []
        self._speak = Speaker(self)
        self._build()
        readers.changed.connect(self._show_states)
        self._speak.language_changed.connect(self._retell)
        self._show_states()

    def load(self) -> None:
        """Look which ports there are."""
        self._desk.tasks.run(
            self, self._readers.list_ports, self._show_ports, self._desk.report, lane="reading"
        )

    def take_scan(self, text: str) -> bool:
        """Say what a trial shows; nothing is recorded."""
        last = self._readers.last
        marks = last if last is not None and last.text == text else None
        found = diagnose(
            Heard(
                text=text,
                missing_suffix=bool(marks and marks.missing_suffix),
                truncated=bool(marks and marks.truncated),
                input_method=bool(marks and marks.input_method),
            )
        )
        if found.is_fine and found.code is not None:
            self._tell(say(wording.fine(found.code.title)), "good")
        elif found.code is None and not (marks and (marks.truncated or marks.input_method)):
            self._tell(say(wording.not_a_code(mask_code(text))), "muted")
        else:
            lines = (f"{say(each.said)} {say(each.remedy)}" for each in found.advice)
            self._tell("\n".join(lines), "caution")
        return True

    def _build(self) -> None:
        intro = label("muted", wraps=True)
        self._speak(intro.setText, wording.INTRO)
        columns: tuple[Column[ReaderState], ...] = (
            Column(heading=wording.NAME, text=_name),
            Column(
                heading=wording.STATE,
                text=lambda state: f"{wording.MARKS[state.condition]} {say(state.said)}",
                colour=_colour,
            ),
            Column(heading=wording.LAST, text=self._last_read),
            Column(heading=wording.REMEDY, text=lambda state: say(state.remedy)),
        )
        self.list = RowView(RowTable(columns, key=lambda s: s.key), name=wording.LIST, stretch=3)
        self.list.set_widths((220, 190, 110, 0))
        self.find_button = button(self._speak, wording.FIND, self.load)
        self.sheet_button = button(self._speak, wording.SHEET, self._ask_sheet, kind="primary")
        lower = row(self._build_ports(), self._build_trial(), space=16)
        lower.setStretch(1, 1)
        page = column(intro, self.list, lower, space=12)
        page.setStretch(1, 1)
        page.setContentsMargins(0, scaled(4), 0, 0)
        self.setLayout(page)

    def _build_ports(self) -> QWidget:
        heading = label("heading", wraps=True)
        self._speak(heading.setText, wording.PORTS)
        self._port_lines = QVBoxLayout()
        self.no_ports = label("muted", wraps=True)
        self._speak(self.no_ports.setText, wording.NO_PORTS)
        made = card(heading, self.no_ports, self._port_lines, row(self.find_button, None), None)
        made.setFixedWidth(scaled(_SIDE))
        return made

    def _build_trial(self) -> QWidget:
        heading, how = label("heading"), label("muted", wraps=True)
        self._speak(heading.setText, wording.TRY)
        self._speak(how.setText, wording.TRY_HOW)
        self.trial = label("", wraps=True)
        return card(heading, how, row(self.sheet_button, None), self.trial, None)

    def _last_read(self, state: ReaderState) -> str:
        at = self._readers.hub.last_at(state.key)
        return clock_seconds(at.astimezone()) if at is not None else "–"

    def _show_states(self) -> None:
        self.list.show_rows(self._readers.states)

    def _show_ports(self, ports: tuple[SerialPort, ...]) -> None:
        self._ports = ports
        _empty(self._port_lines)
        self.boxes = []
        for port in ports:
            box = QCheckBox(f"{port.name} ({port.device})" if port.name else port.device)
            box.setChecked(self._readers.is_chosen(port))
            box.toggled.connect(partial(self._choose, port))
            self._port_lines.addWidget(box)
            self.boxes.append(box)
        self.no_ports.setVisible(not ports)

    def _choose(self, port: SerialPort, is_on: bool) -> None:
        self._readers.choose(port, is_on=is_on)

    def _tell(self, text: str, kind: str) -> None:
        show_kind(self.trial, kind)
        self.trial.setText(text)

    def _retell(self) -> None:
        self.trial.clear()
        self._show_states()

    def _ask_sheet(self) -> None:
        ask_save(
            self,
            wording.SHEET_AS,
            wording.PDF,
            self._save_sheet,
            suggested=papers_folder() / "readers.pdf",
        )

    def _save_sheet(self, file: Path) -> None:
        spoken = current_language()

        def write() -> Path:
            from app.papers.calibration_sheet import write_calibration_sheet  # noqa: PLC0415
            from app.readers.advice import ADVICE  # noqa: PLC0415 - on demand
            from app.readers.calibration import CODES  # noqa: PLC0415 - on demand

            write_calibration_sheet(file, CODES, ADVICE.values(), language=spoken)
            return file

        self._desk.tasks.run(self, write, self._on_saved, self._desk.report, lane="reading")

    def _on_saved(self, file: Path) -> None:
        self._desk.notice(say(wording.saved(str(file))))


def _name(state: ReaderState) -> str:
    sort = say(wording.SORTS[state.sort])
    return f"{sort}：{state.name}" if state.name else sort


def _empty(lines: QLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
