"""The chosen topic's names, star and state, to be changed and saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout

from app.services.visit_views import HelpTopic
from ui.language import say
from ui.screens.topics import wording
from ui.widgets.parts import button, card, label, name_widget, row
from ui.widgets.speaker import Speaker

LONGEST_NAME = 60


class TopicForm(QFrame):
    """Keeps what is typed until it is saved, even when the list is read again meanwhile.

    Signals:
        save_wanted: the HelpTopic and a dict of title, title_en, quick, active.
        move_wanted: -1 for up, 1 for down.
    """

    save_wanted = Signal(object, object)
    move_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.topic: HelpTopic | None = None
        self._speak = Speaker(self)
        self._build()
        self._speak.language_changed.connect(self._retell)
        self.show_topic(None)

    def show_topic(self, topic: HelpTopic | None) -> None:
        """Show another topic, or the same as it is now unless it is being changed."""
        before = self.topic
        is_same = topic is not None and before is not None and topic.code == before.code
        if is_same and self._typed() not in (_values(before), _values(topic)):
            return
        self.topic = topic
        values = _values(topic)
        self.title.setText(str(values["title"]))
        self.title_en.setText(str(values["title_en"]))
        self.quick.setChecked(bool(values["quick"]))
        self.active.setChecked(bool(values["active"]))
        for part in (self.title, self.title_en, self.quick, self.active, *self.buttons):
            part.setEnabled(topic is not None)
        self.quick.setVisible(topic is None or not topic.parent)
        self._retell()

    def _build(self) -> None:
        self.heading = label("heading")
        self.title, self.title_en = QLineEdit(), QLineEdit()
        fields = ((self.title, wording.TITLE_ZH), (self.title_en, wording.TITLE_EN))
        captions = []
        for field, words in fields:
            field.setMaxLength(LONGEST_NAME)
            field.returnPressed.connect(self._save)
            name_widget(self._speak, field, words)
            caption = label("muted")
            caption.setBuddy(field)
            self._speak(caption.setText, words)
            captions.append(caption)
        self.quick, self.active = QCheckBox(), QCheckBox()
        self._speak(self.quick.setText, wording.QUICK)
        self._speak(self.active.setText, wording.ACTIVE)
        kept = label("muted", wraps=True)
        self._speak(kept.setText, wording.KEPT)
        acts = self._acts()
        pairs = [
            part
            for pair in zip(captions, (self.title, self.title_en), strict=True)
            for part in pair
        ]
        framed = card(self.heading, *pairs, self.quick, self.active, kept, acts)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(framed)

    def _acts(self) -> QVBoxLayout:
        save = button(self._speak, wording.SAVE, self._save, kind="primary")
        up = button(
            self._speak, wording.MOVE_UP, lambda: self.move_wanted.emit(-1), tip=wording.MOVE_UP_TIP
        )
        down = button(
            self._speak, wording.MOVE_DOWN, lambda: self.move_wanted.emit(1),
            tip=wording.MOVE_DOWN_TIP,
        )  # fmt: skip
        self.save_button, self.up_button, self.down_button = save, up, down
        self.buttons = (save, up, down)
        holder = QVBoxLayout()
        holder.addLayout(row(save, None, up, down))
        return holder

    def _typed(self) -> dict[str, object]:
        return {
            "title": self.title.text().strip(),
            "title_en": self.title_en.text().strip(),
            "quick": self.quick.isChecked(),
            "active": self.active.isChecked(),
        }

    def _save(self) -> None:
        typed = self._typed()
        if self.topic is not None and typed["title"]:
            self.save_wanted.emit(self.topic, typed)

    def _retell(self) -> None:
        words = wording.CHOSEN_NONE if self.topic is None else wording.code_of(self.topic.code)
        self.heading.setText(say(words))


def _values(topic: HelpTopic | None) -> dict[str, object]:
    """Return what the form changes of a topic."""
    if topic is None:
        return {"title": "", "title_en": "", "quick": False, "active": False}
    return {name: getattr(topic, name) for name in ("title", "title_en", "quick", "active")}
