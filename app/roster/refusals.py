"""Why a file cannot be read, in words with a remedy; never with anything from inside a row."""

from app.domain.errors import InvalidInput
from app.domain.words import Words

_SAVE_AGAIN = Words(
    zh="請在試算表程式開啟，另存為 .xlsx、.ods 或 CSV UTF-8 後再匯入。",
    en="Open it in a spreadsheet program, save it as .xlsx, .ods or CSV UTF-8, and import that.",
)
_SPLIT = Words(
    zh="請只留下名單所在的工作表，或分成幾個檔案。",
    en="Keep only the sheet with the list, or split it into several files.",
)
_CHOOSE = Words(zh="請改選名冊檔。", en="Choose the roster file instead.")

_REFUSALS: dict[str, tuple[Words, Words]] = {
    "missing": (Words(zh="找不到這個檔案。", en="There is no such file."), _CHOOSE),
    "directory": (Words(zh="這是資料夾，不是檔案。", en="This is a folder, not a file."), _CHOOSE),
    "unreadable": (
        Words(zh="這個檔案打不開，可能沒有讀取權限。", en="The file cannot be opened or read."),
        Words(
            zh="請關閉正在使用它的程式，或複製到別處再選一次。",
            en="Close the program that uses it, or copy it elsewhere and choose the copy.",
        ),
    ),
    "empty": (Words(zh="這是空的檔案。", en="The file is empty."), _CHOOSE),
    "too_big": (
        Words(
            zh="檔案有 {size} MB，超過上限 {most} MB。",
            en="The file is {size} MB; the limit is {most}.",
        ),
        _SPLIT,
    ),
    "too_many_rows": (
        Words(zh="超過 {most} 列，無法讀取。", en="There are more than {most} rows."),
        _SPLIT,
    ),
    "too_many_columns": (
        Words(zh="超過 {most} 欄，無法讀取。", en="There are more than {most} columns."),
        _SPLIT,
    ),
    "too_many_cells": (
        Words(zh="這張工作表太大，無法讀取。", en="The sheet is too large to be read."),
        _SPLIT,
    ),
    "bomb": (
        Words(
            zh="這個檔案解壓縮後異常龐大，為安全起見不讀取。",
            en="The file unpacks to an abnormal size and is not read, for safety.",
        ),
        _SAVE_AGAIN,
    ),
    "entities": (
        Words(
            zh="這個檔案內含試算表不該有的 XML 宣告，為安全起見不讀取。",
            en="The file declares XML entities, which spreadsheets never need; it is not read.",
        ),
        _SAVE_AGAIN,
    ),
    "encrypted": (
        Words(zh="這個檔案有密碼保護。", en="The file is protected by a password."),
        Words(
            zh="請開啟後取消密碼，另存一份再匯入。",
            en="Open it, remove the password, save a copy and import that.",
        ),
    ),
    "broken": (
        Words(zh="這個檔案損壞或不完整。", en="The file is damaged or incomplete."),
        Words(zh="請重新下載，或另存一份再匯入。", en="Download it again, or save a fresh copy."),
    ),
    "not_a_table": (
        Words(zh="這不是試算表或文字表格。", en="This is neither a spreadsheet nor a text table."),
        _SAVE_AGAIN,
    ),
    "undecodable": (
        Words(
            zh="第 {row} 列第 {place} 個位元組（{byte}）不是 UTF-8 也不是 Big5，無法判讀編碼。",
            en="Row {row}, byte {place} ({byte}): neither UTF-8 nor Big5; the encoding is unknown.",
        ),
        _SAVE_AGAIN,
    ),
    "text_structure": (
        Words(
            zh="第 {row} 列附近的引號或欄位不完整，無法拆成欄位。",
            en="Quotes or cells near row {row} cannot be told apart.",
        ),
        _SAVE_AGAIN,
    ),
    "no_table": (
        Words(zh="檔案裡沒有表格。", en="There is no table in the file."),
        _CHOOSE,
    ),
    "no_header": (
        Words(
            zh="前 {most} 列裡找不到有「姓名」的標題列。",
            en="No row of column names with a name column in the first {most} rows.",
        ),
        Words(
            zh="請指定哪一欄是姓名，或在名單上方加一列欄位名稱。",
            en="Say which column holds the names, or add a row of column names above the list.",
        ),
    ),
    "no_such_column": (
        Words(
            zh="檔案裡沒有對應設定所指的欄位。",
            en="A column named by the mapping is not in the file.",
        ),
        Words(zh="請重新選擇欄位對應。", en="Choose the mapping again."),
    ),
    "unknown_field": (
        Words(
            zh="欄位對應含有本程式沒有的項目。",
            en="The mapping names a field this program does not have.",
        ),
        Words(zh="請重新選擇欄位對應。", en="Choose the mapping again."),
    ),
    "no_unit_header": (
        Words(
            zh="前 {most} 列裡找不到有「學校名稱」或「單位名稱」的標題列。",
            en="No row of column names with a unit name in the first {most} rows.",
        ),
        Words(
            zh="請在清單上方加一列欄位名稱，例如：代碼、學校名稱、鄉鎮市區。",
            en="Add a row of column names above the list, such as code, name, township.",
        ),
    ),
}


def refusal(what: str, *, field: str = "file", **values: object) -> InvalidInput:
    """Return the refusal of this kind; `values` fill the numbers of its sentence."""
    message, remedy = _REFUSALS[what]
    filled = Words(zh=message.zh.format(**values), en=message.en.format(**values))
    return InvalidInput(filled, remedy=remedy, field=field)
