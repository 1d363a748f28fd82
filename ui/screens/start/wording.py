"""Sentences of the start page."""

from app.domain.words import Words

TITLE = Words(zh="歡迎使用會場報到台", en="Welcome to Venue Desk")
SUBTITLE = Words(
    zh="不用網路也能報到；一天結束時，研習時數檔案就在手上。先選一種開始方式：",
    en="Checks people in without a network and ends the day with the credit file. Pick a start:",
)
SAMPLE_TITLE = Words(zh="打開示範日", en="Open the sample day")
SAMPLE_TEXT = Words(
    zh="用虛構的名冊試一整天：掃描、報到、結算。資料在另一個資料夾，不會混進真正的活動。",
    en="Try a whole day with an invented roster. It lives in its own folder "
    "and can never mix with a real event.",
)
PLAN_TITLE = Words(zh="從計畫建立活動", en="Start from a plan")
PLAN_TEXT = Words(
    zh="選一份計畫，先看場次與內容的矛盾，再建立活動。",
    en="Pick a plan, look at its sessions and contradictions, then create the event.",
)
HUB_TITLE = Words(zh="加入同步中心", en="Join a hub")
HUB_TEXT = Words(
    zh="活動已經在別台筆電或縣市的同步中心：用邀請碼加入，活動、名冊與紀錄會自己過來。",
    en="The event is already on another laptop or a county's hub: join with a code; plan, roster "
    "and records come by themselves.",
)
HUB_JOIN = Words(zh="加入…（&H）", en="Join… (&H)")
PLANS = Words(zh="內附的計畫", en="Bundled plans")
PLANS_NONE = Words(
    zh="沒有內附的計畫。請按「選擇計畫檔…」打開一份 TOML 檔。",
    en="No bundled plans. Press “Choose a plan file…” to open a TOML file.",
)
PLAN_NAME = Words(zh="計畫", en="Plan")
PLAN_SESSIONS = Words(zh="場次數", en="Sessions")
PICK_FILE = Words(zh="選擇計畫檔…（&O）", en="Choose a plan file… (&O)")
PICK_FILE_CAPTION = Words(zh="選擇計畫檔", en="Choose a plan file")
PICK_FILE_FILTER = Words(zh="計畫檔 (*.toml)", en="Plan files (*.toml)")
CREATE = Words(zh="建立這個活動（&N）", en="Create this event (&N)")
CREATING = Words(zh="正在建立活動", en="Creating the event")
READING = Words(zh="正在讀取計畫", en="Reading the plan")
OPEN_SAMPLE = Words(zh="打開示範日（&D）", en="Open the sample day (&D)")
PREVIEW_HINT = Words(
    zh="在左邊選一份計畫，這裡會列出場次和提醒。還沒有建立任何東西。",
    en="Pick a plan on the left; its sessions and warnings show here. Nothing is created yet.",
)
SESSION_CODE = Words(zh="代碼", en="Code")
SESSION_DATE = Words(zh="日期", en="Date")
SESSION_TITLE = Words(zh="場次", en="Session")
SESSION_VENUE = Words(zh="地點", en="Venue")
SESSION_HOURS = Words(zh="時數", en="Hours")
NO_WARNINGS = Words(zh="計畫內容沒有發現矛盾。", en="No contradictions found in the plan.")


def warnings_heading(count: int) -> Words:
    """Say how many contradictions a plan has, and that they stop nothing."""
    return Words(
        zh=f"計畫裡有 {count} 處前後不一致；不影響建立，請與主辦單位確認：",
        en=f"{count} contradictions in the plan. They stop nothing; check with the organiser:",
    )


def organiser(name: str) -> Words:
    """Name the organiser."""
    return Words(zh=f"主辦：{name}", en=f"Organiser: {name}")
