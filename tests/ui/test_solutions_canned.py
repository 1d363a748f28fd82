"""`::code` becomes the canned text with the cursor at its mark; one undo takes it back."""

import pytest
from desk_words import type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

from app.domain.help_desk import Answer
from ui.screens.help_desk.canned_expander import CannedExpander, insert_at_cursor

TEXTS = (
    Answer(id="1", code="otp", body="先解除|再綁定"),
    Answer(id="2", code="otp2", body="第二則"),
    Answer(id="3", code="卡", body="換一個 USB 孔\n再試|"),
)


@pytest.fixture(params=[QLineEdit, QPlainTextEdit, QTextEdit])
def editor(qtbot, dressed, request):
    made = request.param()
    qtbot.addWidget(made)
    made.show()
    made.expander = CannedExpander(made, TEXTS)
    return made


def text_of(editor):
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def cursor_of(editor):
    is_line = isinstance(editor, QLineEdit)
    return editor.cursorPosition() if is_line else editor.textCursor().position()


@pytest.mark.parametrize("typed", ["::otp ", "：：otp ", "::ＯＴＰ　", "::OTP "])
def test_a_code_and_a_space_expand(qtbot, editor, typed):
    type_in(editor, "先說 ")
    with qtbot.waitSignal(editor.expander.expanded) as expanded:
        type_in(editor, typed)
    assert expanded.args[0].id == "1"
    assert text_of(editor) == "先說 先解除再綁定"
    assert cursor_of(editor) == len("先說 先解除")


def test_a_code_no_other_goes_on_from_expands_at_once(qtbot, editor):
    type_in(editor, "::otp")
    assert text_of(editor) == "::otp"
    type_in(editor, "2")
    assert text_of(editor) == "第二則"


def test_what_is_no_code_stays(qtbot, editor):
    with qtbot.assertNotEmitted(editor.expander.expanded):
        type_in(editor, "12:30 ::nothing :: :otp ")
    assert text_of(editor) == "12:30 ::nothing :: :otp "


def test_it_expands_where_the_cursor_is(qtbot, editor):
    type_in(editor, "前後")
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    type_in(editor, "::otp2")
    assert text_of(editor) == "前第二則後"


def test_one_undo_takes_it_back(qtbot, editor):
    type_in(editor, "::otp2")
    editor.undo()
    assert text_of(editor).startswith("::otp")


def test_a_line_keeps_to_one_line(qtbot, editor):
    type_in(editor, "::卡")
    between = " " if isinstance(editor, QLineEdit) else "\n"
    assert text_of(editor) == f"換一個 USB 孔{between}再試"


def test_new_texts_are_taken_up(qtbot, editor):
    editor.expander.show_texts([Answer(id="9", code="new", body="新的")])
    type_in(editor, "::otp2 ::new")
    assert text_of(editor) == "::otp2 新的"


def test_words_go_in_at_the_cursor(qtbot, editor):
    type_in(editor, "甲乙")
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    insert_at_cursor(editor, "一|二")
    assert text_of(editor) == "甲一二乙"
    assert cursor_of(editor) == 2
