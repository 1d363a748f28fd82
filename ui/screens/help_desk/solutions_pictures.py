"""The pictures of a visit: pasted, covered, kept, looked at, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.words import Words
from app.services.attachments_views import Attachment
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.theme import scaled
from ui.widgets.parts import button, column, label, name_widget, row
from ui.widgets.picture_blur import PictureBlur, pasted_picture
from ui.widgets.picture_blur_viewer import PictureViewer
from ui.widgets.speaker import Speaker

TITLE = Words(zh="畫面截圖", en="Pictures")
PASTE = Words(zh="貼上（Ctrl+V）", en="Paste (Ctrl+V)")
EMPTY = Words(zh="複製畫面後按 Ctrl+V 貼到這裡。", en="Copy a picture, then Ctrl+V here.")
NO_PICTURE = Words(
    zh="剪貼簿裡沒有圖片；先用 Win+Shift+S 截圖再貼。",
    en="The clipboard holds no picture; take a screenshot first.",
)
REMOVE = Words(zh="移除（Del）", en="Remove (Del)")
SURE = Words(zh="確定移除，無法復原", en="Remove for good")
ADDED = Words(zh="截圖已加密存入這次求助。", en="The picture is kept, encrypted, with this visit.")
REMOVED = Words(zh="截圖已移除，內容已抹除。", en="The picture is removed and its content erased.")
MASKED = Words(zh="已遮住個資", en="covered")
PLAIN = Words(zh="沒有遮蓋", en="nothing covered")
THUMB = QSize(120, 76)
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Thumb:
    attachment: Attachment
    image: QImage


class PictureStrip(QWidget):
    """A row of thumbnails with what one can do to them.

    Signals:
        count_changed: how many pictures the visit has.
    """

    count_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visit_id, self._issue_id = "", ""
        self._speak = Speaker(self)
        self.blur: PictureBlur | None = None
        self.viewer: PictureViewer | None = None
        self._build()
        self._show("", ())

    def show_visit(self, visit_id: str, issue_id: str = "") -> None:
        """Show a visit's pictures; what is pasted goes to this issue."""
        is_new = visit_id != self._visit_id
        self._visit_id, self._issue_id = visit_id, issue_id
        self.paste_button.setEnabled(bool(visit_id))
        if is_new:
            self.reload()

    def reload(self) -> None:
        """Read the visit's pictures again."""
        if not self._visit_id:
            self._show("", ())
            return
        visit_id = self._visit_id
        self._desk.tasks.run(
            self,
            partial(self._load, visit_id),
            partial(self._show, visit_id),
            self._desk.report,
            lane="reading",
        )

    def paste(self) -> bool:
        """Open the clipboard's picture for covering; False where there is none."""
        image = pasted_picture() if self._visit_id else None
        if image is None:
            return False
        self.blur = PictureBlur(image, self._desk.tasks, self._desk.report, self.window())
        self.blur.saved.connect(partial(self._add, self._visit_id, self._issue_id))
        self.blur.destroyed.connect(self._forget_blur)
        self.blur.show()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste and remove by key."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste_or_tell()
        elif event.key() == Qt.Key.Key_Delete:
            self._ask_remove()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        title = label("heading")
        self._speak(title.setText, TITLE)
        self.paste_button = button(self._speak, PASTE, self._paste_or_tell)
        self.remove_button = button(self._speak, REMOVE, self._ask_remove)
        self.sure_button = button(self._speak, SURE, self._remove)
        self.empty = label("muted", wraps=True)
        self._speak(self.empty.setText, EMPTY)
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setFlow(QListWidget.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(QSize(scaled(THUMB.width()), scaled(THUMB.height())))
        self.list.setFixedHeight(scaled(THUMB.height() + 30))
        name_widget(self._speak, self.list, TITLE)
        self.list.itemActivated.connect(lambda _item: self._open())
        self.list.currentRowChanged.connect(self._on_current)
        head = row(title, None, self.sure_button, self.remove_button, self.paste_button)
        self.setLayout(column(head, self.empty, self.list, space=6))

    def _load(self, visit_id: str) -> tuple[_Thumb, ...]:
        """Read and shrink the pictures; runs in the background."""
        attachments = self._desk.services.help_desk.attachments
        side = QSize(THUMB.width() * 2, THUMB.height() * 2)
        thumbs = []
        for item in attachments.list_attachments(visit_id):
            image = QImage.fromData(attachments.image(item.id))
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
            small = image.scaled(side, keep, smooth.SmoothTransformation)
            thumbs.append(_Thumb(item, _framed(small)))
        return tuple(thumbs)

    def _show(self, visit_id: str, thumbs: Sequence[_Thumb]) -> None:
        if visit_id != self._visit_id:
            return
        self.list.clear()
        for thumb in thumbs:
            item = QListWidgetItem(QIcon(QPixmap.fromImage(thumb.image)), "")
            told = say(MASKED if thumb.attachment.masked else PLAIN)
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{say(TITLE)} {told}")
            item.setData(_ROLE, thumb.attachment.id)
            self.list.addItem(item)
        self.list.setVisible(bool(thumbs))
        self.empty.setVisible(not thumbs)
        self._on_current()
        self.count_changed.emit(len(thumbs))

    def _on_current(self, *_place: int) -> None:
        self.remove_button.setVisible(self.list.currentRow() >= 0)
        self.sure_button.hide()

    def _current(self) -> str:
        place = self.list.currentRow()
        return str(self.list.item(place).data(_ROLE)) if place >= 0 else ""

    def _paste_or_tell(self) -> None:
        if not self.paste():
            self._desk.notice(say(NO_PICTURE))

    def _add(self, visit_id: str, issue_id: str, png: bytes, is_masked: bool) -> None:
        attachments = self._desk.services.help_desk.attachments
        work = partial(attachments.add, visit_id, issue_id, png, masked=is_masked)
        self._desk.tasks.run(self, work, self._on_added, self._desk.report)

    def _on_added(self, _made: Attachment) -> None:
        self._desk.notice(say(ADDED))
        self.reload()
        self._desk.changes.tell(Change.HELP_DESK)

    def _ask_remove(self) -> None:
        """Ask once more: what is erased does not come back."""
        if self._current():
            self.remove_button.hide()
            self.sure_button.show()
            self.sure_button.setFocus()

    def _remove(self) -> None:
        picture = self._current()
        if picture:
            work = partial(self._desk.services.help_desk.attachments.remove, picture)
            self._desk.tasks.run(self, work, self._on_removed, self._desk.report)

    def _on_removed(self, _nothing: None) -> None:
        self._desk.notice(say(REMOVED))
        self.reload()
        self._desk.changes.tell(Change.HELP_DESK)

    def _open(self) -> None:
        picture = self._current()
        if picture:
            work = partial(self._desk.services.help_desk.attachments.image, picture)
            self._desk.tasks.run(self, work, self._on_image, self._desk.report, lane="reading")

    def _on_image(self, png: bytes) -> None:
        self.viewer = PictureViewer(QImage.fromData(png), self.window())
        self.viewer.destroyed.connect(self._forget_viewer)
        self.viewer.show()

    def _forget_blur(self, *_gone: object) -> None:
        self.blur = None

    def _forget_viewer(self, *_gone: object) -> None:
        self.viewer = None


def _framed(image: QImage) -> QImage:
    """Return a thumbnail with an edge: most screens are as white as the list."""
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.setPen(QPen(QColor("#7B8796"), 3))
    painter.drawRect(made.rect().adjusted(1, 1, -2, -2))
    painter.end()
    return made
