"""Sentences of the Overview place."""

from app.domain.words import Words
from app.services.visit_views import DeskNumbers

TITLE = Words(zh="現況", en="Overview")
EXPECTED = Words(zh="應到", en="Expected")
ARRIVED = Words(zh="已到", en="Arrived")
PRESENT = Words(zh="在場", en="In the room")
NOT_YET = Words(zh="未到", en="Not yet")
PER_FIVE = Words(zh="每 5 分鐘報到人數", en="Arrivals per 5 minutes")
NO_ARRIVALS = Words(
    zh="還沒有人報到。第一筆掃描之後，這裡會畫出報到的節奏。",
    en="Nobody has arrived yet. After the first scan this shows the pace.",
)
BY_UNIT = Words(zh="各單位", en="By unit")
UNITS_EMPTY = Words(
    zh="這個場次還沒有名冊。先到「活動」→「匯入」帶入名冊。",
    en="This session has no roster yet. Bring one in at Event → Import.",
)
UNIT = Words(zh="單位", en="Unit")
PHONE = Words(zh="電話", en="Phone")
TOWNSHIP = Words(zh="鄉鎮", en="Township")
REGION = Words(zh="分區", en="Region")
MISSING = Words(zh="這門課還沒有人來的學校", en="Schools nobody of whom has attended this course")
MISSING_NONE = Words(
    zh="清單上的學校都有人到了。（若清單是空的，請先在「活動」匯入學校清單。）",
    en="Every school on the list has sent somebody. "
    "(If the list is empty, import the schools at Event first.)",
)
COPY_ONE = Words(zh="複製電話（Ctrl+C）", en="Copy phone (Ctrl+C)")
COPY_ALL = Words(zh="複製整份清單（&L）", en="Copy the whole list (&L)")
NO_PHONE = Words(zh="這所學校沒有電話資料。", en="No phone number is known for this school.")
WAITING = Words(zh="等候中", en="Waiting")
LONGEST = Words(zh="最久已等", en="Longest wait")
DESKS = Words(zh="服務中的桌", en="Desks open")
CAME = Words(zh="給過的號碼", en="Numbers given")
FINISHED = Words(zh="已完成", en="Finished")
TALLIES = Words(zh="門口問答", en="Quick questions")
PER_HOUR = Words(zh="每小時", en="By the hour")
LEGEND = Words(zh="實心：新到　空心：完成", en="filled: came; outlined: finished")
NO_VISITS = Words(
    zh="今天還沒有人求助。在「駐點」→「報到櫃台」給第一張號碼之後，這裡會畫出每小時的來人。",
    en="Nobody has come yet. After the first number at Help desk → Door this shows the hours.",
)
LOADING = Words(zh="正在計算", en="Counting")


def copied_phone(unit: str, phone: str) -> Words:
    """Say which phone number was copied."""
    return Words(zh=f"已複製 {unit} 的電話 {phone}。", en=f"Copied the phone of {unit}: {phone}.")


def copied_list(count: int) -> Words:
    """Say that the list was copied."""
    return Words(
        zh=f"已複製 {count} 所學校，可貼到試算表或訊息裡。",
        en=f"Copied {count} schools; paste them into a sheet or a message.",
    )


def missing(count: int) -> Words:
    """Head the list of missing schools."""
    return Words(zh=f"這門課還沒有人來的學校　{count}", en=f"Schools not here yet: {count}")


def pace(day: str, by_now: int) -> Words:
    """Head the bars beside those of the day before."""
    return Words(
        zh=f"每 5 分鐘報到人數（外框：{day}，當天此時已到 {by_now:,} 人）",
        en=f"Arrivals per 5 minutes (outlined: {day}, {by_now:,} had come by this time)",
    )


def as_of(time: str, everybody: int) -> Words:
    """Say how old the numbers are, and how many different people the event has seen."""
    if not everybody:
        return Words(zh=f"{time} 的數字", en=f"as of {time}")
    return Words(
        zh=f"全部場次共 {everybody:,} 人到過・{time} 的數字",
        en=f"{everybody:,} different people so far, as of {time}",
    )


def minutes(count: int) -> Words:
    """Count minutes, short enough for a big number."""
    return Words(zh=f"{count} 分", en=f"{count} min")


def help_detail(numbers: DeskNumbers) -> Words:
    """Say how many came, where everybody is, and how long people waited."""
    people, units, wait = numbers.people, numbers.units, numbers.median_wait_min
    return Words(
        zh=f"{people} 人・{units} 所學校・已叫號 {numbers.called}・諮詢中 {numbers.serving}・"
        f"暫離 {numbers.parked}・離開 {numbers.gone}・等候中位數 {wait} 分",
        en=f"{people} people of {units} schools: {numbers.called} called, {numbers.serving} being "
        f"served, {numbers.parked} parked, {numbers.gone} gone; median wait {wait} min",
    )
