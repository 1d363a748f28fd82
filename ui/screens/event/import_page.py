"""Bringing in a roster: what was recognised, what is odd, what would change, then import."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.domain.words import Words
from app.services.registrations import RosterPreview, UnitImport
from ui.language import say
from ui.screens.event import import_columns, sentences, wording
from ui.screens.event.drop_zone import DropZone
from ui.screens.event.import_choice import ImportChoice, ProblemGroup
from ui.screens.event.import_view_model import ImportViewModel
from ui.screens.event.mapping_form import MappingForm
from ui.theme import scaled
from ui.widgets.file_dialog import ask_open
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, card, column, label, row, scrolling
from ui.widgets.row_table import RowTable
from ui.widgets.row_view import RowView
from ui.widgets.session_picker import SessionPicker
from ui.widgets.speaker import Speaker


class ImportPage(QWidget):
    """One page from file to import; nothing is written before the last button."""

    def __init__(self, model: ImportViewModel) -> None:
        super().__init__()
        self._model = model
        self._shown_file: Path | None = None
        self._speak = Speaker(self)
        self._build_source()
        self._build_lists()
        self._build_apply()
        self._lay_out()
        self._connect()
        self._show_choice(model.choice)

    def open_file(self, file: Path) -> None:
        """Take a file that was dropped on the place."""
        self._model.choose_file(file)

    def load(self) -> None:
        """Fetch what the page shows."""
        self._model.load_sessions()

    def _build_source(self) -> None:
        self.pick_button = button(
            self._speak, wording.PICK_ROSTER, self._pick_roster, kind="primary"
        )
        self.units_button = button(
            self._speak, wording.PICK_UNITS, self._pick_units, tip=wording.PICK_UNITS_TIP
        )
        self.sessions = SessionPicker()
        self.file_name = label("heading")
        self.file_name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = label("muted", wraps=True)
        self.mapping = MappingForm()
        self.intro = DropZone()
        self.result = label("good", wraps=True)
        self.result.hide()

    def _build_lists(self) -> None:
        self.problems = RowView(
            RowTable(import_columns.PROBLEMS, key=lambda g: g.kind), name=wording.PROBLEMS
        )
        self.problems.set_widths((260, 72, 130))
        self.problems.set_empty_note(wording.PROBLEMS_NONE)
        self.problems.setMaximumHeight(scaled(200))
        self.problems.rows_wanted = 3
        self.toggle_button = button(self._speak, wording.TOGGLE, self._toggle_problem)
        self.changes = RowView(
            RowTable(import_columns.CHANGES, key=lambda c: (c.row, c.name)),
            name=wording.DIFFERENCE,
        )
        self.changes.set_widths((60, 100, 120, 200))
        self.changes.setSortingEnabled(True)

    def _build_apply(self) -> None:
        self.counts = label("")
        self.gone_box = QCheckBox()
        self._speak(self.gone_box.setText, wording.CANCEL_GONE)
        self.apply_button = button(self._speak, wording.APPLY, self._model.apply, kind="primary")

    def _lay_out(self) -> None:
        session_name = label("muted")
        self._speak(session_name.setText, wording.FOR_SESSION)
        form = scrolling(self.mapping)
        form.viewport().setAutoFillBackground(False)
        self.mapping.setAutoFillBackground(False)
        left = card(self.file_name, self.facts, self._heading(wording.COLUMNS_OF_FILE), form)
        left.setFixedWidth(scaled(320))
        right = QWidget()
        lists = column(
            row(self._heading(wording.PROBLEMS), None, self.toggle_button),
            self.problems,
            row(self._heading(wording.DIFFERENCE), None, self.counts),
            self.changes,
            row(self.gone_box, None, self.apply_button),
            space=8,
        )
        lists.setStretch(3, 1)
        right.setLayout(lists)
        self.body = QWidget()
        self.body.setLayout(row(left, right, space=16))
        inside = column(
            row(session_name, self.sessions, None, self.units_button, self.pick_button),
            self.result,
            self.intro,
            self.body,
            space=12,
        )
        inside.setStretch(2, 1)
        inside.setStretch(3, 1)
        inside.setContentsMargins(0, 14, 0, 0)
        self.setLayout(inside)

    def _heading(self, words: Words) -> QLabel:
        made = label("heading")
        self._speak(made.setText, words)
        return made

    def _connect(self) -> None:
        model = self._model
        model.sessions_loaded.connect(self.sessions.show_sessions)
        model.choice_changed.connect(self._show_choice)
        model.preview_ready.connect(self._show_preview)
        model.roster_imported.connect(self._show_imported)
        model.units_imported.connect(self._show_units)
        self.sessions.session_picked.connect(model.choose_session)
        self.mapping.column_picked.connect(model.map_column)
        self.problems.row_chosen.connect(self._toggle_problem)
        self.gone_box.clicked.connect(lambda on: model.cancel_gone(cancelled=on))
        self._speak.language_changed.connect(self._retell)
        bind_key(self.problems, Qt.Key.Key_Space, self._toggle_problem)

    def _show_choice(self, choice: ImportChoice) -> None:
        has_file = choice.file is not None
        self.intro.setVisible(not has_file)
        self.body.setVisible(has_file)
        self.file_name.setText(choice.file.name if choice.file else "")
        self.apply_button.setEnabled(self._model.preview is not None)
        if choice.file != self._shown_file:
            self._forget_preview()
        self._shown_file = choice.file
        if has_file:
            self.result.hide()

    def _forget_preview(self) -> None:
        # What was read from another file must not stand beside this one's name.
        self.facts.setText("")
        self.counts.setText("")
        self.mapping.show_mapping((), {})
        self.mapping.setEnabled(False)
        for shown in (self.problems, self.changes):
            shown.show_rows(())
            shown.set_empty_note(wording.NOT_READ_YET)

    def _show_preview(self, preview: RosterPreview) -> None:
        kind = wording.FILE_KINDS.get(preview.kind)
        self.facts.setText(say(sentences.recognised(say(kind) if kind else preview.kind, preview)))
        self.mapping.setEnabled(True)
        self.problems.set_empty_note(wording.PROBLEMS_NONE)
        self.mapping.show_mapping(preview.columns, preview.mapping)
        self.problems.show_rows(self._model.problem_groups())
        self.toggle_button.setEnabled(bool(preview.problems))
        self.changes.show_rows([c for c in preview.changes if c.what != "unchanged"])
        self.counts.setText(say(sentences.would_do(preview)))
        self.gone_box.setEnabled(bool(preview.gone))
        self._offer_import(preview)

    def _offer_import(self, preview: RosterPreview) -> None:
        gone = preview.gone if self._model.choice.cancel_gone else 0
        has_work = bool(preview.added or preview.changed or gone)
        self.apply_button.setEnabled(has_work)
        self.apply_button.setToolTip("" if has_work else say(wording.NOTHING_TO_APPLY))
        self.changes.set_empty_note(None if has_work else wording.NOTHING_TO_APPLY)

    def _show_imported(self, done: RosterPreview) -> None:
        self._show_preview(done)
        self.apply_button.setEnabled(False)
        self._tell(say(sentences.was_done(done)))

    def _show_units(self, done: UnitImport) -> None:
        self._tell(say(sentences.units_done(done)))

    def _tell(self, text: str) -> None:
        self.result.setText(f"✓ {text}")
        self.result.show()

    def _toggle_problem(self, _group: ProblemGroup | None = None) -> None:
        group: ProblemGroup | None = self.problems.current_row()
        if group is not None and not group.is_always_left_out:
            self._model.leave_out(group.kind, left_out=not group.is_left_out)

    def _retell(self) -> None:
        if self._model.preview is not None:
            self._show_preview(self._model.preview)

    def _pick_roster(self) -> None:
        ask_open(self, wording.TAB_IMPORT, wording.TABLES_FILTER, self._model.choose_file)

    def _pick_units(self) -> None:
        ask_open(self, wording.TAB_IMPORT, wording.TABLES_FILTER, self._model.import_units)
