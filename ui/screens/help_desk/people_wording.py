"""Sentences of the People page: consultants, duty, loads, the end of the day."""

from collections.abc import Mapping
from typing import Final

from app.domain.help_desk import DutyState
from app.domain.words import Words

PEOPLE = Words(zh="諮詢人員", en="Consultants")
EMPTY = Words(
    zh="還沒有諮詢人員。按 Ctrl+N 加入；或在上方「我是」打姓名。",
    en='No consultants yet. Press Ctrl+N to add one, or type a name at "I am" above.',
)
CASE_MIX = Words(
    zh="每個人接到的問題難易不同：這些數字用來排班，不用來比高下。",
    en="Cases differ in kind: these numbers plan the shifts, they rank nobody.",
)
NAME = Words(zh="姓名", en="Name")
DUTY = Words(zh="狀態", en="Duty")
DESK = Words(zh="桌", en="Desk")
NOW = Words(zh="手上", en="Holds")
VISITS = Words(zh="求助", en="Visits")
ISSUES = Words(zh="問題", en="Issues")
SERVING = Words(zh="諮詢分", en="Serving")
ON_DUTY = Words(zh="值班分", en="On duty")
SHARE = Words(zh="占比", en="Share")
SHARE_TIP = Words(zh="諮詢分鐘 ÷ 值班分鐘", en="serving minutes ÷ minutes on duty")
STATES: Final[Mapping[DutyState, Words]] = {
    DutyState.ON: Words(zh="值班", en="On duty"),
    DutyState.BREAK: Words(zh="休息", en="On a break"),
    DutyState.AWAY: Words(zh="離開", en="Away"),
    DutyState.OFF: Words(zh="下班", en="Off duty"),
}
SIGNS: Final[Mapping[DutyState, str]] = {
    DutyState.ON: "●", DutyState.BREAK: "◐", DutyState.AWAY: "○", DutyState.OFF: "–",
}  # fmt: skip
"""Shapes beside the words and colours."""
AT_DESK = Words(zh="桌號", en="At desk")
PERIODS = Words(zh="今天的時段", en="Periods of this day")
PERIODS_NONE = Words(zh="今天還沒有值班。", en="Not on duty yet on this day.")
OPEN_END = Words(zh="現在", en="now")
FORCED = Words(zh="由別人結束", en="ended by others")

LOANS = Words(zh="借出中", en="Out on loan")
LOANS_NONE = Words(zh="沒有借出的東西。", en="Nothing is lent out.")
WHAT = Words(zh="物品", en="Thing")
TICKET = Words(zh="號碼", en="Number")
SINCE = Words(zh="借出時間", en="Since")
GIVE_BACK = Words(zh="收回 Enter", en="Take back Enter")

ADD = Words(zh="新增諮詢人員", en="Add a consultant")
EDIT = Words(zh="修改資料與專長", en="Change details and skills")
NAME_EN = Words(zh="英文姓名（可不填）", en="English name (optional)")
UNIT = Words(zh="服務單位（可不填）", en="Unit (optional)")
TITLE = Words(zh="職稱（可不填）", en="Title (optional)")
ACTIVE = Words(
    zh="還會來（不勾就不再輪值，紀錄保留）",
    en="Still comes (unticked: no more shifts)",
)
RETIRED = Words(zh="不再輪值", en="No more shifts")
SKILLS = Words(
    zh="專長：按一下換　– 沒有　1 會　2 熟", en="Skills: press to switch  – none  1 can  2 well"
)
LEVELS: Final = (
    Words(zh="沒有", en="none"), Words(zh="會", en="can"), Words(zh="熟", en="knows well"),
)  # fmt: skip
LEVEL_SIGNS: Final = ("–", "1", "2")
SAVE = Words(zh="儲存 Ctrl+Enter", en="Save Ctrl+Enter")
NEW = Words(zh="新增 Ctrl+N", en="New Ctrl+N")
SAVED = Words(zh="已儲存。", en="Saved.")

END_DAY = Words(zh="結束今天 F9", en="End the day F9")
END_TITLE = Words(zh="結束今天", en="End of the day")
END_HINT = Words(
    zh="三件事：還在的號碼、還沒收回的東西、還在值班的人。做完再關電腦。",
    en="Three things: numbers still there, things still out, people still on duty.",
)
LEFTOVERS_NONE = Words(zh="沒有留下的號碼。", en="No number is left.")
SERVING_NOW = Words(zh="諮詢中：請先在諮詢桌完成", en="being served: finish at the desk first")
GONE_ONE = Words(zh="已離開 G", en="Gone G")
CARRY_ONE = Words(zh="帶到下次 K", en="Carry over K")
CARRY_ALL = Words(zh="全部帶到下次", en="Carry all over")
GONE_ALL = Words(zh="全部算離開", en="All are gone")
NO_NEXT_DAY = Words(
    zh="之後沒有駐點日，不能帶過去。", en="No help day follows: nothing to carry to."
)
FORCE_OFF = Words(zh="全員下班", en="Everybody off duty")
BACK = Words(zh="回到人員 Esc", en="Back to people Esc")

KEYS: Final = (
    ("1 2 3 4", Words(zh="值班、休息、離開、下班", en="On duty, break, away, off")),
    ("Ctrl+N", Words(zh="新增諮詢人員", en="Add a consultant")),
    ("Enter  F2", Words(zh="修改選取的人", en="Change the person chosen")),
    ("Ctrl+Enter", Words(zh="儲存", en="Save")),
    ("F8", Words(zh="借出中；Enter 收回", en="Out on loan; Enter takes back")),
    ("F9", Words(zh="結束今天", en="End the day")),
    ("G  K", Words(zh="留下的號碼：已離開、帶到下次", en="Numbers left: gone, carry over")),
)


def duty_button(place: int, state: DutyState) -> Words:
    """Name a duty button with its key."""
    words = STATES[state]
    return Words(zh=f"{words.zh} {place}", en=f"{words.en} {place}")


def now_on(name: str, state: DutyState) -> Words:
    """Say what somebody is doing now."""
    words = STATES[state]
    return Words(zh=f"{name}：{words.zh}", en=f"{name}: {words.en.lower()}")


def leftovers(count: int) -> Words:
    """Head the numbers that are still there."""
    return Words(zh=f"還在的號碼　{count}", en=f"Numbers still there: {count}")


def still_out(count: int) -> Words:
    """Say how many things are out."""
    return Words(zh=f"還沒收回：{count} 件（F8 收回）", en=f"Still out: {count} (F8 takes back)")


def still_on(count: int) -> Words:
    """Say how many people are on duty."""
    return Words(zh=f"還在值班：{count} 人", en=f"Still on duty: {count}")


def forced_off(count: int) -> Words:
    """Say how many periods were ended."""
    return Words(zh=f"已讓 {count} 人下班。", en=f"{count} went off duty.")


def carried(count: int, day: str) -> Words:
    """Say how many numbers were carried over."""
    return Words(
        zh=f"{count} 個號碼帶到 {day}，保留原來的順位。",
        en=f"{count} numbers carried to {day} with their place kept.",
    )


def gone(count: int) -> Words:
    """Say how many numbers ended as gone."""
    return Words(zh=f"{count} 個號碼記為已離開。", en=f"{count} numbers marked as gone.")
