"""Plan files that cannot be used are refused with every mistake in words."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.plans.reading import LoadedPlan, find_plan_file, list_bundled_plans, read_plan
from app.plans.written import UnreadableTextError, find_weekday, read_date, read_time

SAMPLE = find_plan_file("sample-workshop").read_text(encoding="utf-8")
Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(content: str | bytes) -> Path:
        file = tmp_path / "計畫.toml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return _write


def _changed(old: str, new: str) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1)


def _line(text: str, fragment: str) -> int:
    """Return the 1-based line a fragment first stands on."""
    return text[: text.index(fragment)].count("\n") + 1


# (what stands there, what is written instead, expected in zh, expected in en); a line is expected
# where the new text stands.
MISTAKES: list[tuple[str, str, str, str]] = [
    ("grace_minutes", "grace_minute", "是不是要寫 grace_minutes？", "did you mean grace_minutes?"),
    ("held_on = 2024", "on = 2024", "不認得這個欄位；可以寫 batch", "unknown key; allowed: batch"),
    ("[[topics]]", "[[topic]]", "是不是要寫 topics？", "did you mean topics?"),
    ("hours = 3", "hours = -3", "不能小於 0", "must not be less than 0"),
    ("hours = 3", "hours = 999", "不能大於 200", "must not be more than 200"),
    ("hours = 3", 'hours = "3"', "要寫整數", "must be a whole number"),
    ("hours = 3", "hours = 2.5", "要寫整數", "must be a whole number"),
    ("hours = 3", "hours = true", "要寫整數", "must be a whole number"),
    ("hours = 0", "hours = 2", "不核給研習時數，請寫 0", "never yields hours; write 0"),
    (
        'kind = "helpdesk"',
        'kind = "desk"',
        '只能寫 "briefing"、"helpdesk"',
        '"briefing", "helpdesk"',
    ),
    ('course = "clinic"', 'course = "clinik"', "是不是要寫 clinic？", "did you mean clinic?"),
    ('venue = "hall"', 'venue = "roof"', "venues 裡沒有 roof", "roof is not among the venues"),
    ('venue = "hall"', 'venue = "hall"\nbatch = "b9"', "batches 裡沒有 b9", "among the batches"),
    ('code = "pm"', 'code = "am"', "am 已經用過了", "am is used twice"),
    ('code = "clinic"', 'code = "basics"', "basics 已經用過了", "basics is used twice"),
    ('code = "99"', 'code = "01"', "01 已經用過了", "01 is used twice"),
    ('code = "0102"', 'code = "0101"', "0101 已經用過了", "0101 is used twice"),
    ('code = "am"', 'code = "上午"', "只能用半形英文字母", "may only have the letters A-Z"),
    ('title = "借還書"', "title = 5", "要寫文字，並加引號", "must be text in quotes"),
    ('title = "借還書"', 'title = " "', "不能是空白", "must not be empty"),
    ('bring = ["請自備筆記型電腦。"]', 'bring = "電腦"', "要寫成清單", "must be a list"),
    ("Asia/Taipei", "Asia/Taipe", "沒有這個時區", "not a known time zone"),
    ("held_on = 2024-05-04", 'held_on = "May 4"', "不是日期", "is not a date"),
    ("held_on = 2024-05-04", "held_on = 2024-02-30", "確有這一天", "a day that exists"),
    (
        "held_on = 2024-05-04",
        'held_on = "113-02-30"',
        "沒有 113-02-30",
        "does not exist: 113-02-30",
    ),
    ("held_on = 2024-05-04", "held_on = 113/5/4", "民國年要加引號", "an ROC date needs quotes"),
    ("held_on = 2024-05-04", "held_on = 1924-05-04", "年份不合理", "year that cannot be meant"),
    ("held_on = 2024-05-04", "held_on = 2024-05-04T09:00:00", "不是日期", "is not a date"),
    ('sign_in_from = "13:15"', "sign_in_from = 13:15", "時間要加引號", "a time needs quotes"),
    ('sign_in_from = "13:15"', 'sign_in_from = "25:00"', "不是時間", "is not a time"),
    ('sign_in_until = "13:30"', 'sign_in_until = "13:00"', "必須晚於 sign_in_from", "later than"),
    ('ends_at = "16:30"\n', 'ends_at = "12:30"\n', "必須晚於 starts_at", "later than starts_at"),
    ('ends_at = "10:30"', 'ends_at = "08:30"', "必須晚於 starts_at", "later than starts_at"),
    ('starts_at = "10:40"', 'starts_at = "08:30"', "還早，請依時間先後", "the order of the day"),
    ("hours = 3", 'hours = 3\nweekday = "一"', "不認得這個欄位", "is an unknown key"),
    ('code = "pm"', 'code = "pm"\nweekday = "某日"', "不是星期", "is not a weekday"),
    ("hours = 3", "hours ＝ 3", "全形的符號", "full-width marks"),
    ("hours = 3", "hours = three", "文字要加引號", "not valid TOML: Invalid value"),
    ("hours = 3", "hours 3", "欄位名稱後面要有 =", "Expected '='"),
    ("hours = 3", "hours = 3\nhours = 4", "寫了兩次", "Cannot overwrite"),
    ("[policy]\ngrace_minutes = 5", "policy = 5", "要寫成表格", "must be a table"),
]


@pytest.mark.parametrize(("old", "new", "zh", "en"), MISTAKES)
def test_mistakes_in_words(write: Write, old: str, new: str, zh: str, en: str) -> None:
    text = _changed(old, new)
    with pytest.raises(InvalidInput) as refused:
        read_plan(write(text))
    error = refused.value
    assert zh in error.sentence("zh")
    assert en in error.sentence("en")
    first = SAMPLE.index(old)
    lines = range(text.count("\n", 0, first) + 1, text.count("\n", 0, first + len(new)) + 2)
    assert any(f"第 {line} 行" in error.sentence("zh") for line in lines)
    assert any(f"line {line}:" in error.sentence("en") for line in lines)
    assert error.field.endswith("計畫.toml")


def test_the_line_is_the_very_line(write: Write) -> None:
    text = _changed("hours = 3", "hours = -3")
    with pytest.raises(InvalidInput) as refused:
        read_plan(write(text))
    line = _line(text, "hours = -3")
    assert f"第 {line} 行 courses[basics].hours：不能小於 0。" in refused.value.message.zh
    assert f"line {line}: courses[basics].hours must not be less" in refused.value.message.en


def test_all_mistakes_come_at_once_in_the_order_of_the_file(write: Write) -> None:
    text = _changed("hours = 3", "hours = -3").replace('code = "pm"', 'code = "am"')
    text = text.replace("Asia/Taipei", "Mars")
    with pytest.raises(InvalidInput) as refused:
        read_plan(write(text))
    message = refused.value.message.en
    assert "3 mistakes" in message
    assert message.index("timezone") < message.index("hours") < message.index("sessions")


def test_a_flood_of_mistakes_is_cut_short(write: Write) -> None:
    many = "".join(f"x{number} = 1\n" for number in range(50))
    with pytest.raises(InvalidInput) as refused:
        read_plan(write(many + SAMPLE))
    assert "有 50 處要改" in refused.value.message.zh
    assert "and 30 more" in refused.value.message.en


def test_an_empty_list_needs_an_entry_but_a_wrong_one_does_not_count_as_empty(write: Write) -> None:
    text = SAMPLE[: SAMPLE.index("[[venues]]")]
    with pytest.raises(InvalidInput) as refused:
        read_plan(
            write(text.replace("[policy]", "venues = []\nsessions = [1]\ncourses = []\n[policy]"))
        )
    message = refused.value.message.en
    assert "venues needs at least one entry" in message
    assert "sessions[#1] must be a table" in message
    assert "sessions needs" not in message


BYTES: list[tuple[bytes, str, str]] = [
    (SAMPLE.encode("cp950"), "看起來是 Big5（CP950），請在文字編輯器另存成 UTF-8", "Big5 (CP950)"),
    (SAMPLE.encode("utf-16"), "UTF-16", "seems to be UTF-16; save it as UTF-8"),
    (b"title = '\xff\xff\x81'", "不明的編碼", "unknown encoding"),
    (b"PK\x03\x04rest", "試算表", "is a spreadsheet"),
    (b"#" * (2 * 1024 * 1024 + 1), "超過 2 MB", "larger than 2 MB"),
    (b"a = " + b"[" * 100_000, "括號的層數太多", "nested too deeply"),
    (b"", "code：缺少這個欄位", "code is missing"),
    (SAMPLE.encode() + b"\0", "第 80 行", "line 80:"),
]


@pytest.mark.parametrize(("content", "zh", "en"), BYTES)
def test_files_that_are_no_plan(write: Write, content: bytes, zh: str, en: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_plan(write(content))
    assert zh in refused.value.sentence("zh")
    assert en in refused.value.sentence("en")


def test_wrong_bytes_have_a_line(write: Write) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_plan(write(b"code = 'x'\ntitle = 'y'\ncounty = '" + "屏東".encode("cp950") + b"'\n"))
    assert "第 3 行" in refused.value.message.zh


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    for place, zh in ((tmp_path, "不是檔案"), (tmp_path / "none.toml", "沒有這個檔案")):
        with pytest.raises(InvalidInput) as refused:
            read_plan(place)
        assert zh in refused.value.message.zh


def test_a_roster_given_by_mistake_is_not_repeated(write: Write) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_plan(write("姓名,身分證字號\n測試甲,A800000014\n"))
    assert "A800000014" not in refused.value.sentence("en") + refused.value.sentence("zh")


@pytest.mark.parametrize("before", ["\ufeff", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_notepad_files_are_read(write: Write, before: str, newline: str) -> None:
    assert _read(write, before + SAMPLE.replace("\n", newline)).plan == _read(write, SAMPLE).plan


def _read(write: Write, text: str) -> LoadedPlan:
    return read_plan(write(text))


DATES = [
    "2023-08-07",
    "2023/8/7",
    "112-08-07",
    "112/8/7",
    "112.8.7",
    "1120807",
    "20230807",
    "112年8月7日",
    "中華民國112年8月7日",
    "１１２/０８/０７",
    "112年8月7日(一)",
    "112年8月7日（星期一）",
]


@pytest.mark.parametrize("written", DATES)
def test_dates_as_organisers_write_them(written: str) -> None:
    assert read_date(written).on == date(2023, 8, 7)


def test_a_native_date_with_an_roc_year_is_that_year() -> None:
    assert read_date(date(112, 8, 7)).on == date(2023, 8, 7)


@given(day=st.dates(date(2011, 1, 1), date(2100, 12, 31)))
def test_both_calendars_name_the_same_day(day: date) -> None:
    roc = f"{day.year - 1911}-{day.month}-{day.day}"
    assert read_date(roc) == read_date(day.isoformat()) == read_date(day)


@given(text=st.text() | st.integers() | st.none())
def test_any_other_value_is_read_or_refused(text: object) -> None:
    for read in (read_date, read_time):
        with suppress(UnreadableTextError):
            read(text)


@pytest.mark.parametrize("written", ["9:05", "09:05", "09:05:00", "０９：０５", time(9, 5)])
def test_times_as_organisers_write_them(written: object) -> None:
    assert read_time(written) == time(9, 5)


@pytest.mark.parametrize("written", ["09:05:30", "24:00", "9", "9:5", "", None, 905])
def test_times_that_are_none(written: object) -> None:
    with pytest.raises(UnreadableTextError):
        read_time(written)


@pytest.mark.parametrize(
    "written", ["日", "(日)", "（日）", "星期天", "週日", "Sun", "sunday", "(Sun)"]
)
def test_sunday(written: str) -> None:
    assert find_weekday(written) == 7


def test_a_weekday_behind_the_date_is_kept(write: Write) -> None:
    plan = _read(write, SAMPLE).plan
    assert [session.weekday for session in plan.sessions] == ["(六)", ""]


def test_policies_inherit_from_the_file_and_the_program(write: Write) -> None:
    own = "hours = 3\npolicy = { sign_out_required = false, grace_minutes = 7 }"
    basics, clinic = _read(write, _changed("hours = 3", own)).plan.courses
    assert (basics.policy.grace_minutes, basics.policy.sign_out_required) == (7, False)
    assert (clinic.policy.grace_minutes, clinic.policy.sign_out_required) == (5, True)
    assert basics.policy.min_gap_seconds == 120


def test_registration_follows_the_kind_unless_stated(write: Write) -> None:
    plan = _read(write, SAMPLE).plan
    assert [session.registration for session in plan.sessions] == ["required", "none"]
    stated = _read(write, _changed('code = "am"', 'code = "am"\nregistration = "none"')).plan
    assert stated.sessions[0].registration == "none"


def test_find_plan_file(write: Write) -> None:
    assert find_plan_file("pingtung-112").name == "pingtung-112.toml"
    file = write(SAMPLE)
    assert find_plan_file(str(file)) == find_plan_file(file) == file


@pytest.mark.parametrize("name", ["pingtung-113", "../pingtung-112", "", "\0", "x" * 5000])
def test_unknown_plans_are_explained(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_plan(find_plan_file(name))
    assert refused.value.sentence("zh")
    assert len(refused.value.sentence("en")) < 400


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(InvalidInput) as refused:
        find_plan_file("pingtung-113")
    assert "是不是要寫 pingtung-112？" in refused.value.message.zh


_CUTS = st.integers(0, len(SAMPLE))


@settings(max_examples=150, deadline=None)
@given(start=_CUTS, length=st.integers(0, 30), inserted=st.text(max_size=8))
def test_damaged_files_are_read_or_refused_but_never_crash(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, inserted: str
) -> None:
    text = SAMPLE[:start] + inserted + SAMPLE[start + length :]
    file = tmp_path_factory.getbasetemp() / "damaged.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(InvalidInput):
        assert read_plan(file).plan.sessions


def test_bundled_plans_are_listed() -> None:
    assert {"pingtung-112", "sample-workshop"} <= set(list_bundled_plans())
