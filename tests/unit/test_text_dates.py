from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import parse_date, roc_date

MONDAY = date(2023, 8, 7)


@pytest.mark.parametrize(
    "text",
    [
        "112年8月7日",
        "112年8月7日(一)",
        "112年8月7日（星期一）",
        "112 年 8 月 7 日 週一",
        "中華民國112年8月7日",
        "民國112年8月7日",
        "112/08/07",
        "112.8.7",
        "112-8-7",
        "1120807",
        "01120807",
        "20230807",
        "2023/8/7",
        "2023-08-07",
        "2023-08-07 00:00:00",
        "2023-08-07T08:30",
        "2023/8/7 上午 12:00:00",
        "西元2023年8月7日",
        "１１２年８月７日（一）",
        "一百一十二年八月七日",
        "民國一一二年八月七日(一)",
    ],
)
def test_all_written_forms_are_read(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert (parsed.value, parsed.weekday_mismatch, parsed.is_ambiguous) == (MONDAY, False, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("民國元年1月1日", date(1912, 1, 1)),
        ("民國前1年10月10日", date(1911, 10, 10)),
        ("112年8月廿一日", date(2023, 8, 21)),
        ("112年十月三十日", date(2023, 10, 30)),
        ("98年2月3日", date(2009, 2, 3)),
        ("113/2/29", date(2024, 2, 29)),
    ],
)
def test_rarer_dates_are_read(text: str, value: date) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert (parsed.value, parsed.is_ambiguous) == (value, False)


@pytest.mark.parametrize("text", ["990101", "99/1/1"])
def test_two_digit_years_are_read_with_a_doubt(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert (parsed.value, parsed.is_ambiguous) == (date(2010, 1, 1), True)


@pytest.mark.parametrize("text", ["112年8月7日(二)", "2023/8/7 星期日", "112/08/07（天）"])
def test_a_weekday_that_disagrees_is_told(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert parsed.weekday_mismatch


@pytest.mark.parametrize("text", ["8/7", "8月7日(一)", "８／７", "八月七日"])
def test_dates_without_a_year_need_one(text: str) -> None:
    assert parse_date(text) is None
    parsed = parse_date(text, year=2023)
    assert parsed is not None
    assert (parsed.value, parsed.weekday_mismatch) == (MONDAY, False)


@pytest.mark.parametrize(
    "text",
    ["", "一", "(一)", "112/13/01", "112/2/29", "300/1/1", "1500/1/1", "112/8-7", "45145", "明天"],
)
def test_other_texts_are_no_dates(text: str) -> None:
    assert parse_date(text) is None


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_date(text, year=2023)


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2110, 12, 31)))
def test_what_is_written_reads_back(on: date) -> None:
    written = roc_date(on)
    era = "民國" if written.startswith("民國") or on.year < 2011 else ""
    parsed = parse_date(era + written.removeprefix("民國"))
    assert parsed is not None
    assert (parsed.value, parsed.weekday_mismatch) == (on, False)


def test_papers_show_years_of_the_republic() -> None:
    assert roc_date(MONDAY) == "112年8月7日(一)"
    assert roc_date(MONDAY, weekday=False) == "112年8月7日"
    assert roc_date(date(1911, 10, 10)).startswith("民國前1年")
