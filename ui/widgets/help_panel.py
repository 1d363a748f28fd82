"""Help beside the work: the manual page of the place, and its keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QTextBrowser, QWidget

from app.domain.words import Words
from ui.language import current_language, latin_quotes, say
from ui.theme import RESOURCES, scaled
from ui.widgets.parts import column, label, row
from ui.widgets.speaker import Speaker

KEY_MAP = Words("按鍵", "Keys")
NO_PAGE = Words("這個位置還沒有說明。", "There is no page about this place yet.")
GLOBAL_KEYS: tuple[tuple[str, Words], ...] = (
    ("Ctrl+1…7", Words("換到另一個位置", "Go to another place")),
    (
        "Ctrl+L",
        Words("鎖定／換人（有設工作人員時）", "Lock or change who is here, where staff is set"),
    ),
    ("F1", Words("這個位置的說明", "Help about this place")),
    ("?", Words("按鍵一覽", "The keys")),
)


class HelpPanel(QFrame):
    """Slides in at the right; scanning goes on.

    Signals:
        closed: the panel was put away.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self._speak = Speaker(self)
        self.heading = label("heading")
        self.close_button = QPushButton()
        self.close_button.setProperty("kind", "flat")
        self._speak(self.close_button.setText, Words("關閉 Esc", "Close Esc"))
        self.close_button.clicked.connect(self.close_help)
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(True)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        layout = column(row(self.heading, None, self.close_button), self.page)
        layout.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        self.setLayout(layout)
        self.setFixedWidth(scaled(400))
        self.hide()

    def show_page(self, key: str, title: str) -> None:
        """Show the manual page of a place."""
        file = RESOURCES / "help" / current_language() / f"{key}.md"
        text = file.read_text(encoding="utf-8") if file.exists() else say(NO_PAGE)
        self.page.setMarkdown(latin_quotes(text) if current_language() == "en" else text)
        self._show(title)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show the key map: the place's keys, then those that work everywhere."""
        from html import escape  # noqa: PLC0415 - two thousand names of characters, rarely needed

        everywhere = tuple((key, say(words)) for key, words in GLOBAL_KEYS)
        rows = "".join(
            f"<tr><td><b>{escape(key)}</b></td><td>{escape(what)}</td></tr>"
            for key, what in (*keys, *everywhere)
        )
        self.page.setHtml(f'<table cellpadding="5">{rows}</table>')
        self._show(say(KEY_MAP))

    def close_help(self) -> None:
        """Put the panel away."""
        self.hide()
        self.closed.emit()

    def _show(self, title: str) -> None:
        self.heading.setText(title)
        self.show()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
