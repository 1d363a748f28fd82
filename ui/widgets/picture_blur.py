"""Covering parts of a pasted picture before it is kept; never modal, a visitor may be called."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.domain.words import Words
from ui.background import TaskRunner
from ui.language import say
from ui.theme import scaled
from ui.widgets.keys import bind_key
from ui.widgets.parts import button, column, label, name_widget, row
from ui.widgets.picture_blur_canvas import BlurCanvas
from ui.widgets.picture_blur_image import png_of, small_copy
from ui.widgets.speaker import Speaker

TITLE = Words(zh="遮住個資再存入", en="Cover personal data, then keep")
HINT = Words(
    zh="拖曳滑鼠遮住姓名、身分證字號、電話、驗證碼。用鍵盤：方向鍵移動外框，"
    "Shift＋方向鍵改變大小，空白鍵遮住。",
    en="Drag over names, ID numbers, phones, codes. Keys: arrows move the frame, "
    "Shift+arrows size it, Space covers.",
)
PICTURE = Words(zh="要存入的畫面", en="The picture to keep")
MOSAIC = Words(zh="用馬賽克（看得出版面，看不出字）", en="Mosaic (shows the layout, not the words)")
UNDO = Words(zh="復原（Ctrl+Z）", en="Undo (Ctrl+Z)")
KEEP = Words(zh="存入（Ctrl+Enter）", en="Keep (Ctrl+Enter)")
DROP = Words(zh="不要了（Esc）", en="Drop it (Esc)")


def pasted_picture() -> QImage | None:
    """Return the picture of the clipboard, or None where there is none."""
    image = QGuiApplication.clipboard().image()
    return None if image.isNull() else image


class PictureBlur(QDialog):
    """A window over one picture.

    Signals:
        saved: the PNG's bytes, and whether something was covered.
    """

    saved = Signal(object, bool)

    def __init__(
        self,
        image: QImage,
        tasks: TaskRunner,
        on_error: Callable[[Exception], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._on_error = on_error
        self._speak = Speaker(self)
        self.canvas = BlurCanvas(small_copy(image))
        self._build()
        self._connect()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.resize(scaled(1000), scaled(640))
        self.canvas.setFocus()

    def keep(self) -> None:
        """Write the picture as it is now and hand it on."""
        self.keep_button.setEnabled(False)
        image, is_masked = self.canvas.result(), bool(self.canvas.covers)
        self._tasks.run(
            self,
            lambda: png_of(image),
            lambda png: self._on_written(png, is_masked=is_masked),
            self._on_error,
            lane="reading",
        )

    def _on_written(self, png: bytes, *, is_masked: bool) -> None:
        self.saved.emit(png, is_masked)
        self.close()

    def _build(self) -> None:
        hint = label("muted", wraps=True)
        self.count = label("muted")
        self._speak(self.setWindowTitle, TITLE)
        self._speak(hint.setText, HINT)
        name_widget(self._speak, self.canvas, PICTURE)
        self._speak(self.canvas.setAccessibleDescription, HINT)
        self.mosaic = QCheckBox()
        self._speak(self.mosaic.setText, MOSAIC)
        self.undo_button = button(self._speak, UNDO, self.canvas.undo)
        self.keep_button = button(self._speak, KEEP, self.keep, kind="primary")
        self.drop_button = button(self._speak, DROP, self.close)
        for made in (self.undo_button, self.keep_button, self.drop_button):
            made.setAutoDefault(False)
        self.undo_button.setEnabled(False)
        how = row(self.mosaic, None, self.count)
        buttons = row(self.undo_button, None, self.drop_button, self.keep_button)
        layout = column(hint, self.canvas, how, buttons, space=10)
        layout.setStretch(1, 1)
        layout.setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(14))
        self.setLayout(layout)

    def _connect(self) -> None:
        self.mosaic.toggled.connect(self._use_mosaic)
        self.canvas.covers_changed.connect(self._on_covers)
        bind_key(self, "Ctrl+Z", self.canvas.undo)
        bind_key(self, "Ctrl+Return", self.keep)
        bind_key(self, "Ctrl+Enter", self.keep)

    def _use_mosaic(self, is_on: bool) -> None:
        self.canvas.is_mosaic = is_on
        self.canvas.setFocus()

    def _on_covers(self, count: int) -> None:
        self.undo_button.setEnabled(count > 0)
        self.count.setText(say(_covered(count)) if count else "")


def _covered(count: int) -> Words:
    return Words(zh=f"已遮住 {count} 處", en=f"{count} covered")
