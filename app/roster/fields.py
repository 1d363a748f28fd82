"""The fields a roster's columns can hold, and the names columns go by."""

import re
from collections.abc import Mapping
from enum import StrEnum

from app.domain.text import fold_text


class RosterField(StrEnum):
    """What a column of a roster means."""

    NAME = "name"
    ID_NUMBER = "id_number"
    UNIT = "unit"
    TITLE = "title"
    PHONE = "phone"
    EMAIL = "email"
    STATUS = "status"
    MEAL = "meal"
    ATTENTION = "attention"
    COURSE_CODE = "course_code"
    COURSE_TITLE = "course_title"
    NUMBER = "number"
    GENDER = "gender"
    DATE = "date"


class UnitField(StrEnum):
    """What a column of a school list means."""

    NAME = "name"
    CODE = "code"
    LEVEL = "level"
    TOWNSHIP = "township"
    REGION = "region"
    PHONE = "phone"
    ADDRESS = "address"
    COUNTY = "county"


# Earlier names win where a sheet has several columns for one field.
_ROSTER_NAMES: Mapping[str, str] = {
    RosterField.NAME: """
        姓名 教師姓名 學員姓名 教職員姓名 參加人員 參加者姓名 研習人員 人員姓名 中文姓名
        參加人員姓名 研習人員姓名 與會人員 與會人員姓名 出席人員 教師 學員 學員名稱 名字 報名者
        報名人姓名 name full_name fullname participant teacher
    """,
    RosterField.ID_NUMBER: """
        身分證字號 身份證字號 身分證統一編號 國民身分證統一編號 身分證號 身份證號 身分證
        身份證 身分證號碼 身份證號碼 身分證統編 證號 身分證字號/居留證號
        身分證字號或居留證號 居留證號 統一證號 id_number idnumber id_no idno national_id
        nationalid id
    """,
    RosterField.UNIT: """
        服務單位 服務學校 任職學校 任教學校 服務機關 服務單位名稱 服務學校名稱 單位名稱
        學校名稱 單位 學校 校名 機關名稱 機關 所屬單位 現職學校 現職單位 任職單位 unit
        unit_name school organization organisation
    """,
    RosterField.TITLE: "職稱 職務 職別 現職 擔任職務 職務名稱 title job_title position post",
    RosterField.PHONE: """
        行動電話 手機 手機號碼 聯絡手機 行動電話號碼 聯絡電話 連絡電話 電話 電話號碼
        聯絡方式 公務電話 mobile phone telephone tel cell
    """,
    RosterField.EMAIL: "電子郵件 電子信箱 電子郵件信箱 電子郵件地址 信箱 email e_mail e-mail mail",
    RosterField.STATUS: """
        審核狀態 報名狀態 錄取狀態 錄取情形 審核結果 狀態
        錄取與否 是否錄取 status state
    """,
    RosterField.MEAL: """
        用餐 葷素 葷/素 餐點 飲食 用餐需求 飲食習慣 午餐 餐食
        用餐方式 便當 meal diet lunch
    """,
    RosterField.ATTENTION: """
        備註 備考 附註 特殊需求 注意事項 說明 remark
        remarks note notes attention
    """,
    RosterField.COURSE_CODE: "課程代碼 課程代號 研習代碼 研習代號 課程編號 course_code course_id",
    RosterField.COURSE_TITLE: """
        研習名稱 課程名稱 研習課程名稱 研習主題 研習班名稱 活動名稱 course course_title
        course_name
    """,
    RosterField.NUMBER: "序號 編號 項次 號次 no no. number # 序",
    RosterField.GENDER: "性別 gender sex",
    RosterField.DATE: "研習日期 課程日期 報名日期 參與日期 日期 上課日期 報名時間 登錄日期 date",
}
_UNIT_NAMES: Mapping[str, str] = {
    UnitField.NAME: """
        學校名稱 單位名稱 校名 名稱 學校 單位 服務單位 機關名稱 name school unit unit_name
        school_name
    """,
    UnitField.CODE: "代碼 學校代碼 單位代碼 學校代號 單位代號 機關代碼 code school_code unit_code",
    UnitField.LEVEL: "學制 級別 學校級別 等級 層級 學程 level",
    UnitField.TOWNSHIP: "鄉鎮市區 鄉鎮 鄉鎮市 行政區 所在鄉鎮 township seed_township town district",
    UnitField.REGION: "區域 分區 區別 責任區 region area",
    UnitField.PHONE: "電話 聯絡電話 學校電話 電話號碼 公務電話 phone tel telephone",
    UnitField.ADDRESS: "地址 學校地址 住址 address",
    UnitField.COUNTY: "縣市名稱 縣市 縣市別 county city",
}
_MARKS = re.compile(r"[\s_*＊※★:：]+")
_LATIN = re.compile(r"[a-z/.]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】")


def fold_column(name: str) -> str:
    """Fold a column's name for matching: width, case, line breaks, stars and the like."""
    return _MARKS.sub("", fold_text(name))


def column_forms(name: str) -> tuple[str, ...]:
    """Return the folded name, then without notes in brackets (姓名(必填)), without Latin, cut.

    Cut at a slash: 服務學校/單位 is 服務學校; 葷/素 is a name of its own and found before.
    """
    folded = fold_column(name)
    bare = _BRACKETS.sub("", folded)
    forms = (folded, bare, _LATIN.sub("", bare), bare.split("/")[0])
    return tuple(form for form in dict.fromkeys(forms) if form)


def _ranked(names: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return folded column name → (field, rank among the names of that field)."""
    return {
        fold_column(alias): (str(field), rank)
        for field, aliases in names.items()
        for rank, alias in enumerate(aliases.split())
    }


ROSTER_COLUMNS = _ranked(_ROSTER_NAMES)
UNIT_COLUMNS = _ranked(_UNIT_NAMES)
