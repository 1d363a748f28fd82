"""Long texts in cells: as drawn as ever, and measured a few times over, not once a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.papers.flow import Flow, FlowColumn, FlowTable, Heading
from app.papers.fonts import FontBook, Run
from app.papers.pages import Pages, clipped
from app.papers.wrapped_table import LONGEST_LINES, WrappedColumn, WrappedTable, draw_wrapped_table
from app.papers.wrapping import wrap

BOOK = FontBook()
TEXTS = st.text(st.sampled_from("電子公文簽核。，（）「」WiFi .-x\u0301"), max_size=80)


class CountingBook(FontBook):
    """Counts the characters it is asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def runs(self, text: str) -> tuple[Run, ...]:
        self.asked += len(text)
        return super().runs(text)


class LinePages(Pages):
    """Keeps the lines that were drawn."""

    def text(self, at, text, size, **how):
        self.lines = [*getattr(self, "lines", []), (text, size)]
        super().text(at, text, size, **how)


@given(TEXTS, st.integers(20, 200))
def test_a_fitted_line_is_the_longest_that_fits(text, width):
    pages = LinePages("", fonts=BOOK)
    pages.fitted((0, 0), text, width, size=10)
    [(drawn, size)] = pages.lines
    if drawn != text:
        kept = len(drawn) - 1
        assert drawn.endswith("…")
        assert BOOK.width(drawn, size) <= width + 0.01
        assert BOOK.width(text[: kept + 3] + "…", size) > width


@given(TEXTS, st.integers(30, 200))
def test_wrapped_lines_hold_the_text_and_are_no_wider(text, width):
    lines = wrap(BOOK, text, width, 10)
    packed = "".join(lines).replace(" ", "")
    assert packed == "".join(wrap(BOOK, text, 9999, 10)).replace(" ", "")
    # What no line may begin with goes along to the next, which that may widen.
    assert all(BOOK.width(line, 10) <= width or set(line) & set("。，（）「」.") for line in lines)
    assert wrap(BOOK, text, width, 10, most=2) == lines[:2]


@pytest.mark.parametrize("text", ["電子公文，簽核。" * 5000, "abc " * 10000, "x" * 40000])
def test_a_very_long_cell_is_measured_little(text):
    book = CountingBook()
    flow = Flow(Heading(title="問題"), book, total=1)
    columns = (FlowColumn(header="問題", share=1), FlowColumn(header="處理", share=1))
    flow.table(FlowTable(columns=columns, rows=[(text, text)], row_mm=12))
    assert book.asked < 20_000


def test_a_very_long_wrapped_cell_is_measured_little():
    book = CountingBook()
    flow = Flow(Heading(title="問題"), book, total=1)
    text = "電子公文，簽核。" * 5000
    column = WrappedColumn(header="問題", share=1)
    draw_wrapped_table(flow, WrappedTable(columns=(column,), rows=[(text,)]))
    assert book.asked < LONGEST_LINES * 1_000


def test_what_is_cut_off_is_told_by_an_ellipsis():
    assert clipped("短", 100, 6) == "短"
    assert clipped("長" * 4000, 100, 6).endswith("長…")
