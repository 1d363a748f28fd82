"""Strips at the top of a place: notices and errors, and progress of long work. Never modal."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.domain.scans import Tone
from app.domain.words import Words
from ui.background import ProgressReport
from ui.errors import ErrorText
from ui.theme import scaled, tone_paint
from ui.widgets.parts import label, row
from ui.widgets.speaker import Speaker
from ui.widgets.tone_mark import ToneMark

_NOTICE_MS = 6_000
_SHOW_AFTER_MS = 300
_LOOK_EVERY_MS = 100


class _Strip(QFrame):
    """A rounded bar in a tone's soft colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tone = Tone.QUIET

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tone_paint(self._tone).soft))
        painter.fillRect(0, 0, scaled(5), self.height(), QColor(tone_paint(self._tone).panel))


class NoticeStrip(_Strip):
    """The last notice or error. Good news goes by itself, errors stay until closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speak = Speaker(self)
        self._details = ""
        self._is_verdict = False
        self.mark = ToneMark()
        self.message = label(wraps=True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button, self.close_button = QPushButton(), QPushButton()
        self._speak(self.copy_button.setText, Words("複製細節", "Copy details"))
        self._speak(self.close_button.setText, Words("關閉", "Close"))
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.hide)
        layout = row(self.mark, self.message, self.copy_button, self.close_button)
        layout.setStretch(1, 1)
        layout.setContentsMargins(scaled(18), scaled(8), scaled(12), scaled(8))
        self.setLayout(layout)
        self._later = QTimer(self, singleShot=True, interval=_NOTICE_MS)
        self._later.timeout.connect(self.hide)
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Put on the colours of another scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._paint_message()

    def show_notice(self, text: str, tone: Tone = Tone.NOTICE) -> None:
        """Say something that needs no answer."""
        self._say(text, tone, "")
        self._later.start()

    def show_verdict(self, text: str, tone: Tone) -> None:
        """Say what came of a scan while another place than the door is in front."""
        self.show_notice(text, tone)
        self._is_verdict = True

    def hide_verdict(self) -> None:
        """Go, if what is shown is a verdict."""
        if self._is_verdict:
            self.hide()

    def show_error(self, error: ErrorText) -> None:
        """Say what went wrong and what to do; stays."""
        self._later.stop()
        self._say(error.sentence, Tone.REFUSE, error.details)

    def _say(self, text: str, tone: Tone, details: str) -> None:
        self._tone, self._details, self._is_verdict = tone, details, False
        self.mark.show_tone(tone)
        self.message.setText(text)
        self._paint_message()
        self.setAccessibleName(text)
        self.copy_button.setVisible(bool(details))
        self.show()
        self.update()

    def _paint_message(self) -> None:
        self.message.setStyleSheet(f"color: {tone_paint(self._tone).on_soft};")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.message.text()}\n\n{self._details}")


class ProgressStrip(_Strip):
    """How far long work is, with a cancel button; appears only when it takes a while.

    Signals:
        cancelled: somebody pressed cancel.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speak = Speaker(self)
        self._report: ProgressReport | None = None
        self.title = label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = QPushButton()
        self._speak(self.cancel_button.setText, Words("取消", "Cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        layout = row(self.title, self.bar, self.cancel_button)
        layout.setStretch(1, 1)
        layout.setContentsMargins(scaled(18), scaled(8), scaled(12), scaled(8))
        self.setLayout(layout)
        self._appear = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._appear.timeout.connect(self.show)
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._show_progress)
        self.hide()

    @property
    def report(self) -> ProgressReport | None:
        """The report of the work under way."""
        return self._report

    def start(self, title: str, report: ProgressReport) -> None:
        """Follow some work."""
        self._report = report
        self.title.setText(title)
        self.setAccessibleName(title)
        self.cancel_button.setEnabled(True)
        self._show_progress()
        self._appear.start()
        self._look.start()

    def finish(self, report: ProgressReport) -> None:
        """Stop following, unless other work is followed by now."""
        if report is self._report:
            self._report = None
            self._appear.stop()
            self._look.stop()
            self.hide()

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._report is not None:
            self._report.cancel()
            self.cancel_button.setEnabled(False)
            self.cancelled.emit()

    def _show_progress(self) -> None:
        if self._report is None:
            return
        self.bar.setMaximum(self._report.total)
        self.bar.setValue(self._report.done)
