"""The verdict panel repaints only what differs, and shows the same as if it painted everything."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from app.domain.scans import Tone
from ui.screens.check_in.verdict_panel import PanelText, VerdictPanel
from ui.theme import apply_theme

WHY = "準時到達，請入座。"
SEQUENCE = (
    PanelText(None, "", "請掃描名牌", why="任何地方都可以掃描。"),
    PanelText(Tone.OK, "通過・簽到・第一天", "報到完成", "林采潔", "縣立青山國小　組長", WHY),
    PanelText(Tone.OK, "通過・簽到・第一天", "報到完成", "陳大文", "縣立和平國小", WHY),
    PanelText(Tone.OK, "通過・簽到・第一天", "報到完成", "歐陽萬萬歲", "縣立和平國小", "很長" * 80),
    PanelText(Tone.OK, "通過・簽到・第一天", "報到完成", "王一", "", WHY, "素食"),
    PanelText(
        Tone.OK, "通過・簽到・第一天", "報到完成", "一個非常非常非常長的外國名字" * 2, "", WHY
    ),
    PanelText(Tone.WARN, "注意・簽到・第一天", "不在名單", why="請按 / 查姓名。"),
    PanelText(Tone.OK, "通過・簽退・第一天", "簽退完成", "林采潔", "縣立青山國小　組長", WHY),
)


@pytest.fixture
def panel(qapp, qtbot):
    apply_theme(qapp, "light")
    made = VerdictPanel()
    qtbot.addWidget(made)
    made.resize(QSize(860, 560))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    apply_theme(qapp, "light")


def on_screen(panel: VerdictPanel) -> QImage:
    return panel.screen().grabWindow(panel.winId()).toImage().convertToFormat(FORMAT)


def painted_anew(panel: VerdictPanel) -> QImage:
    return panel.grab().toImage().convertToFormat(FORMAT)


FORMAT = QImage.Format.Format_RGB32


def test_every_verdict_looks_as_if_painted_anew(panel):
    for text in (*SEQUENCE, *reversed(SEQUENCE)):
        panel.show_text(text)
        assert on_screen(panel) == painted_anew(panel), text.headline


def test_the_same_verdict_again_looks_the_same(panel):
    panel.show_text(SEQUENCE[1])
    before = on_screen(panel)
    panel.show_text(SEQUENCE[1])
    assert on_screen(panel) == before


def test_a_dimmed_panel_comes_back_whole(qapp, panel):
    panel.show_text(SEQUENCE[1])
    fresh = on_screen(panel)
    panel.dim()
    qapp.processEvents()
    assert on_screen(panel) != fresh
    panel.show_text(SEQUENCE[1])
    assert on_screen(panel) == fresh


def test_another_scheme_is_put_on_at_once(qapp, panel):
    panel.show_text(SEQUENCE[0])
    light = on_screen(panel)
    apply_theme(qapp, "dark")
    qapp.processEvents()
    assert on_screen(panel) == painted_anew(panel) != light
    apply_theme(qapp, "light")
    qapp.processEvents()
    assert on_screen(panel) == light


def test_a_tiny_panel_is_empty_and_does_not_fail(qapp, panel):
    panel.setMinimumSize(1, 1)
    panel.resize(40, 40)
    qapp.processEvents()
    panel.show_text(SEQUENCE[1])
    panel.resize(860, 560)
    qapp.processEvents()
    assert on_screen(panel) == painted_anew(panel)
