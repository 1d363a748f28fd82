"""A consultant's details and skills; the same form adds and changes."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit

from app.domain.errors import InvalidInput
from app.domain.help_desk import Consultant
from app.domain.words import Words
from app.services.visit_views import HelpTopic
from ui.errors import describe_error
from ui.language import say
from ui.screens.help_desk import people_wording as wording
from ui.screens.help_desk.door_tile import KeyTile
from ui.screens.help_desk.door_topics import topic_title
from ui.theme import scaled
from ui.widgets.parts import button, column, label, name_widget, row, scrolling
from ui.widgets.speaker import Speaker

_COLUMNS = 2
_HIGHEST = 2


class PeopleForm(QFrame):
    """Fields, then one button for each topic group.

    Signals:
        keep_wanted: id ("" for somebody new) and what the form says.
        new_wanted: the form is to be emptied for somebody new.
    """

    keep_wanted = Signal(str, object)
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._shown: Consultant | None = None
        self._groups: tuple[HelpTopic, ...] = ()
        self._levels: dict[str, int] = {}
        self.skills: dict[str, KeyTile] = {}
        self._speak = Speaker(self)
        self._build()
        self.show_consultant(None)
        self._speak.language_changed.connect(self._retell)

    def show_groups(self, groups: Sequence[HelpTopic]) -> None:
        """Offer a skill for each topic group."""
        if tuple(groups) == self._groups:
            return
        self._groups = tuple(groups)
        for made in self.skills.values():
            made.deleteLater()
        self.skills = {group.code: self._skill_button(group.code) for group in groups}
        rows = -(-len(groups) // _COLUMNS)
        for place, made in enumerate(self.skills.values()):
            self._grid.addWidget(made, place % rows, place // rows)
        self._show_skills()

    def show_consultant(self, consultant: Consultant | None) -> None:
        """Show somebody to change, or an empty form for somebody new."""
        self._shown = consultant
        known = consultant or Consultant(id="", skills={})
        self.name.setText(known.name)
        self.name_en.setText(known.name_en)
        self.unit.setText(known.unit_text)
        self.title.setText(known.title)
        self.active.setChecked(known.active)
        self._levels = dict(known.skills)
        self._say_problem("")
        self._retell()

    def start(self) -> None:
        """Put the focus on the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def save(self) -> None:
        """Ask to keep what the form says."""
        told: dict[str, Any] = {
            "name": self.name.text(),
            "name_en": self.name_en.text(),
            "unit_text": self.unit.text(),
            "title": self.title.text(),
            "active": self.active.isChecked(),
            "skills": {code: level for code, level in self._levels.items() if level},
        }
        self.keep_wanted.emit(self._shown.id if self._shown else "", told)

    def show_refusal(self, error: Exception) -> None:
        """Say what cannot be kept; nothing that was typed is lost."""
        self._say_problem(describe_error(error).sentence)
        if isinstance(error, InvalidInput) and error.field == "name":
            self.start()

    def _build(self) -> None:
        self.heading = label("heading")
        self.name = self._field(wording.NAME)
        self.name_en = self._field(wording.NAME_EN)
        self.unit = self._field(wording.UNIT)
        self.title = self._field(wording.TITLE)
        self.active = QCheckBox()
        self._speak(self.active.setText, wording.ACTIVE)
        self.problem = label("danger", wraps=True)
        self.problem.hide()
        skills = label("muted")
        self._speak(skills.setText, wording.SKILLS)
        self._grid = QGridLayout()
        self._grid.setSpacing(scaled(4))
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        save = button(self._speak, wording.SAVE, self.save, kind="primary")
        new = button(self._speak, wording.NEW, self.new_wanted.emit)
        fields = QFrame()
        inside = column(
            row(self.name, self.name_en, space=8),
            row(self.unit, self.title, space=8),
            self.active,
            self.problem,
            skills,
            self._grid,
            None,
            space=8,
        )
        fields.setLayout(inside)
        whole = column(self.heading, scrolling(fields), row(save, new, None, space=8), space=8)
        whole.setStretch(1, 1)
        whole.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        self.setLayout(whole)
        self._retell()

    def _field(self, words: Words) -> QLineEdit:
        field = QLineEdit()
        name_widget(self._speak, field, words)
        self._speak(field.setPlaceholderText, words)
        field.setMinimumWidth(scaled(80))
        return field

    def _skill_button(self, code: str) -> KeyTile:
        made = KeyTile(tall=36)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setCheckable(True)
        made.clicked.connect(partial(self._on_skill, code))
        return made

    def _on_skill(self, code: str) -> None:
        self._levels[code] = (self._levels.get(code, 0) + 1) % (_HIGHEST + 1)
        self._show_skills()

    def _show_skills(self) -> None:
        for group in self._groups:
            level = self._levels.get(group.code, 0)
            made, title = self.skills[group.code], topic_title(group)
            made.show_key(wording.LEVEL_SIGNS[level])
            made.show_words(title, spoken=f"{title}：{say(wording.LEVELS[level])}")
            made.setChecked(level > 0)

    def _retell(self) -> None:
        self.heading.setText(say(wording.EDIT if self._shown else wording.ADD))
        self._show_skills()

    def _say_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
