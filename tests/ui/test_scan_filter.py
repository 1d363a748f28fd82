"""Bursts are heard wherever the focus is and leak nowhere; typing arrives whole and in order."""

import itertools

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from ui.scan_filter import ScanFilter

CODE = "VD-7K3M9-Q4X2"
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys at the window as the system does, with time stamps of its own."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.at = 10_000

    def press(self, key, text="", *, gap=2, modifiers=NONE, repeat=False):
        self.at += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text, repeat)
            event.setTimestamp(self.at)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def type(self, text, *, gap=2):
        for character in text:
            self.press(Qt.Key(ord(character.upper())), character, gap=gap)

    def enter(self, gap=2):
        self.press(Qt.Key.Key_Return, "\r", gap=gap)


@pytest.fixture
def heard(qapp):
    listener = ScanFilter(qapp)
    readings = []
    listener.scanned.connect(readings.append)
    yield readings
    qapp.focusWindowChanged.disconnect(listener._listen_to)
    qapp.focusObjectChanged.disconnect(listener._listen_to)
    listener.setParent(None)
    listener.deleteLater()


@pytest.fixture
def form(qtbot, heard):
    widget = QWidget()
    widget.editor, widget.button = QLineEdit(), QPushButton("Go")
    widget.table, widget.combo = QTableWidget(3, 1), QComboBox()
    widget.combo.addItems(["A", "V", "Q"])
    layout = QVBoxLayout(widget)
    for part in (widget.editor, widget.button, widget.table, widget.combo):
        layout.addWidget(part)
    widget.fired = []
    for key in ("Ctrl+O", "7", "/", "Return"):
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.activated.connect(lambda k=key: widget.fired.append(k))
    widget.button.clicked.connect(lambda: widget.fired.append("click"))
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.mark.parametrize("place", ["editor", "button", "table", "combo"])
def test_a_scan_is_heard_and_touches_nothing(place, form, heard):
    getattr(form, place).setFocus()
    keyboard = Keyboard(form)
    keyboard.type(CODE)
    keyboard.enter()
    assert [reading.text for reading in heard] == [CODE]
    assert form.editor.text() == ""
    assert form.combo.currentText() == "A"
    assert form.fired == []


def test_typing_arrives_whole(form, heard, qtbot):
    form.editor.setFocus()
    keyboard = Keyboard(form)
    keyboard.type("hello7/", gap=90)
    qtbot.waitUntil(lambda: form.editor.text() == "hello7/")
    keyboard.press(Qt.Key.Key_Backspace, "\b", gap=90)
    qtbot.waitUntil(lambda: form.editor.text() == "hello7")
    assert heard == []


def test_typing_finds_its_shortcuts_and_buttons(form, heard, qtbot):
    form.button.setFocus()
    keyboard = Keyboard(form)
    keyboard.press(Qt.Key.Key_O, "\x0f", gap=500, modifiers=CTRL)
    qtbot.waitUntil(lambda: form.fired == ["Ctrl+O"])
    keyboard.press(Qt.Key.Key_Slash, "/", gap=500)
    qtbot.waitUntil(lambda: form.fired == ["Ctrl+O", "/"])
    keyboard.press(Qt.Key.Key_Space, " ", gap=500)
    qtbot.waitUntil(lambda: form.fired[-1] == "click")


def test_control_codes_in_a_barcode_fire_nothing(form, heard):
    keyboard = Keyboard(form)
    keyboard.press(Qt.Key.Key_O, "\x0f", gap=500, modifiers=CTRL)
    keyboard.type("ABCDEF")
    keyboard.press(Qt.Key.Key_F4, modifiers=Qt.KeyboardModifier.AltModifier)
    keyboard.type("7/")
    keyboard.enter()
    assert [reading.text for reading in heard] == ["ABCDEF7/"]
    assert form.fired == []


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_F5, NONE),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Return, CTRL),
    ],
)
def test_keys_that_begin_no_code_arrive_at_once(form, heard, key, modifiers):
    sequence = QKeySequence(key | modifiers)
    shortcut = QShortcut(sequence, form)
    shortcut.activated.connect(lambda: form.fired.append("now"))
    keyboard = Keyboard(form)
    keyboard.press(key, gap=500, modifiers=modifiers)
    assert form.fired == ["now"]  # nothing was waited for
    keyboard.type("VD", gap=2)
    keyboard.press(key, modifiers=modifiers)
    assert form.fired == ["now"]  # behind keys that are held it waits its turn


def test_a_function_key_inside_or_behind_a_code_fires_nothing(form, heard):
    shortcut = QShortcut(QKeySequence("F5"), form)
    shortcut.activated.connect(lambda: form.fired.append("F5"))
    keyboard = Keyboard(form)
    keyboard.type(CODE[:8])
    keyboard.press(Qt.Key.Key_F5)
    keyboard.type(CODE[8:])
    keyboard.enter()
    keyboard.press(Qt.Key.Key_F5)
    assert [reading.text for reading in heard] == [CODE]
    assert form.fired == []


def test_a_reader_without_suffix_is_heard_after_a_pause(form, heard, qtbot):
    form.editor.setFocus()
    Keyboard(form).type(CODE)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].missing_suffix
    assert form.editor.text() == ""


def test_a_scan_in_a_dialog_is_heard(form, heard, qtbot):
    dialog = QDialog(form)
    field = QLineEdit(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    keyboard = Keyboard(dialog)
    keyboard.type(CODE)
    keyboard.enter()
    assert [reading.text for reading in heard] == [CODE]
    assert field.text() == ""
    assert dialog.isVisible()


def test_a_key_held_down_repeats_in_the_editor(form, heard, qtbot):
    form.editor.setFocus()
    keyboard = Keyboard(form)
    keyboard.press(Qt.Key.Key_A, "a", gap=500)
    for _ in range(20):
        keyboard.press(Qt.Key.Key_A, "a", gap=10, repeat=True)
    qtbot.waitUntil(lambda: form.editor.text() == "a" * 21)
    assert heard == []


def test_scans_back_to_back_are_all_heard(form, heard):
    keyboard = Keyboard(form)
    codes = ["".join(group) for group in itertools.islice(itertools.permutations("ABC123"), 60)]
    for code in codes:
        keyboard.type(code, gap=0)
        keyboard.enter(gap=0)
    assert [reading.text for reading in heard] == codes


def commit(text: str, preedit: str = "") -> QInputMethodEvent:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    return event


def test_a_scan_through_an_input_method_is_heard(form, heard):
    form.editor.setFocus()
    for character in CODE:
        QCoreApplication.sendEvent(form.editor, commit(character))
    Keyboard(form).enter(gap=0)
    assert [reading.text for reading in heard] == [CODE]
    assert heard[0].input_method is False
    assert form.editor.text() == ""


def test_a_scan_chewed_by_an_input_method_is_one_unreadable_reading(form, heard, qtbot):
    form.editor.setFocus()
    for length in range(1, 9):
        QCoreApplication.sendEvent(form.editor, commit("", "ㄅ" * length))
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].input_method
    assert set(heard[0].text) == {"\ufffd"}
    assert form.editor.text() == ""


def test_a_person_composing_chinese_is_left_alone(form, heard, qtbot):
    form.editor.setFocus()
    for preedit in ("ㄔ", "ㄔㄣ", "陳"):
        QCoreApplication.sendEvent(form.editor, commit("", preedit))
    QCoreApplication.sendEvent(form.editor, commit("陳大文先生與林采潔主任一起來"))
    qtbot.waitUntil(lambda: form.editor.text() == "陳大文先生與林采潔主任一起來")
    assert heard == []
