"""A pasted picture: small, without what was hidden in it, parts of it gone for good."""

import pytest
from desk_words import opened_room, screenshot, visit, words_desk
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from app.services.attachments_views import LARGEST_BYTES, LONGEST_SIDE
from ui.background import InlineTaskRunner
from ui.screens.help_desk.solutions_pictures import PictureStrip
from ui.widgets.picture_blur import PictureBlur
from ui.widgets.picture_blur_image import Cover, covered, png_of, small_copy


@pytest.fixture
def empty_room(tmp_path):
    yield from opened_room(tmp_path)


def noise(width: int, height: int) -> QImage:
    """Return a picture that packs badly."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    value = 12345
    for y in range(height):
        for x in range(width):
            value = (value * 1103515245 + 12345) & 0x7FFFFFFF
            image.setPixel(x, y, 0xFF000000 | value >> 7)
    return image


def differing(one: QImage, other: QImage) -> set[tuple[int, int]]:
    return {
        (x, y)
        for y in range(one.height())
        for x in range(one.width())
        if one.pixel(x, y) != other.pixel(x, y)
    }


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((800, 600), (800, 600)), ((3200, 1600), (1600, 800)), ((100, 4000), (40, 1600))],
)
def test_a_picture_is_made_small(qapp, size, wanted):
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 128))
    image.setText("Comment", "where and when")
    made = small_copy(image)
    assert (made.width(), made.height()) == wanted
    assert made.textKeys() == []
    assert not made.hasAlphaChannel()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-9, 60), st.integers(-9, 40), st.integers(-20, 40), st.integers(-20, 40)
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_what_is_covered_tells_nothing_and_the_rest_stays(corners, is_mosaic):
    """Two pictures that differ only below solid covers are the same picture afterwards."""
    one = small_copy(noise(48, 32))
    places = [QRect(*corner).normalized().intersected(one.rect()) for corner in corners]
    made = covered(one, [Cover(QRect(*corner), is_mosaic) for corner in corners])
    assert all(any(place.contains(QPoint(*at)) for place in places) for at in differing(one, made))
    if not is_mosaic:
        below = one.copy()
        for place in places:
            for y in range(place.top(), place.bottom() + 1):
                for x in range(place.left(), place.right() + 1):
                    below.setPixel(x, y, 0xFF00FF00)
        assert covered(below, [Cover(place) for place in places]) == covered(
            one, [Cover(place) for place in places]
        )


def test_a_mosaic_has_few_blocks(qapp):
    made = covered(screenshot(), [Cover(QRect(60, 180, 240, 40), is_mosaic=True)])
    part = made.copy(60, 180, 240, 40)
    colours = {part.pixel(x, y) for x in range(240) for y in range(40)}
    assert len(colours) <= 10


def test_the_png_is_small_enough(qapp):
    data = png_of(noise(700, 500))
    assert len(data) <= LARGEST_BYTES
    back = QImage.fromData(data)
    assert 0 < max(back.width(), back.height()) <= LONGEST_SIDE
    plain = png_of(screenshot())
    assert QImage.fromData(plain).convertToFormat(QImage.Format.Format_RGB32) == screenshot()


@pytest.fixture
def blur(qtbot, dressed):
    made = PictureBlur(screenshot(), InlineTaskRunner(), lambda error: pytest.fail(str(error)))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.canvas.hasFocus)
    return made


def drag(qtbot, canvas, start, end):
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_a_drag_covers_what_was_dragged_over(qtbot, blur):
    place, scale = blur.canvas._place(), blur.canvas._scale()
    start = QPoint(round(place.left() + 100 * scale), round(place.top() + 100 * scale))
    drag(qtbot, blur.canvas, start, start + QPoint(round(80 * scale), round(40 * scale)))
    cover = blur.canvas.covers[0].place
    assert abs(cover.left() - 100) <= 2
    assert abs(cover.width() - 81) <= 4
    assert blur.undo_button.isEnabled()
    qtbot.keyClick(blur, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert blur.canvas.covers == []
    assert blur.canvas.result() == screenshot()


def test_a_click_covers_nothing(qtbot, blur):
    at = QPoint(200, 200)
    drag(qtbot, blur.canvas, at, at)
    assert blur.canvas.covers == []


def test_the_keys_cover_too(qtbot, blur):
    start = blur.canvas.frame
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(blur.canvas, key)
    qtbot.keyClick(blur.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(blur.canvas, Qt.Key.Key_Space)
    assert blur.canvas.covers[0].place == start.translated(8, 8).adjusted(0, 0, 8, 0)
    with qtbot.waitSignal(blur.saved) as saved:
        qtbot.keyClick(blur.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    png, is_masked = saved.args
    assert is_masked
    kept = QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB32)
    assert kept == blur.canvas.result()
    assert not blur.isVisible()


def test_the_frame_never_leaves_the_picture(qtbot, blur):
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        for _ in range(120):
            qtbot.keyClick(blur.canvas, key)
    qtbot.keyClick(blur.canvas, Qt.Key.Key_Space)
    assert blur.canvas.covers
    assert blur.canvas.image.rect().contains(blur.canvas.covers[0].place)


@pytest.fixture
def strip(qtbot, dressed, empty_room):
    desk, told, _, help_desk = words_desk(empty_room)
    made = PictureStrip(desk)
    made.told, made.help_desk = told, help_desk
    made.visit = visit(empty_room, "青山國小", "A001")
    qtbot.addWidget(made)
    made.show_visit(made.visit, "i1")
    made.show()
    yield made
    QGuiApplication.clipboard().clear()


def test_paste_cover_keep_look_remove(qtbot, strip):
    QGuiApplication.clipboard().setImage(screenshot())
    qtbot.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    blur = strip.blur
    blur.canvas.cover(QRect(10, 10, 50, 50))
    with qtbot.waitSignal(strip.count_changed):
        blur.keep()
    kept = strip.help_desk.attachments.list_attachments(strip.visit)
    assert [(item.masked, item.issue_id) for item in kept] == [(True, "i1")]
    strip.list.setCurrentRow(0)
    strip._open()
    assert strip.viewer.isVisible()
    strip.viewer.close()
    strip.remove_button.click()
    assert len(strip.help_desk.attachments.list_attachments(strip.visit)) == 1
    strip.sure_button.click()
    assert strip.help_desk.attachments.list_attachments(strip.visit) == ()
    assert strip.list.count() == 0
    assert strip.empty.isVisibleTo(strip)


def test_a_clipboard_without_a_picture_is_told(qtbot, strip):
    QGuiApplication.clipboard().setText("no picture")
    strip.paste_button.click()
    assert strip.told.notices
    strip.show_visit("", "")
    QGuiApplication.clipboard().setImage(screenshot())
    assert not strip.paste()
