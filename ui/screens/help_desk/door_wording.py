"""Sentences of the Door page."""

from typing import Final

from app.domain.help_desk import LoanKind
from app.domain.visits import VisitState
from app.domain.wait_range import LONGEST, WaitRange
from app.domain.words import Words

WHO = Words(zh="誰來了", en="Who is here")
UNIT = Words(zh="學校", en="School")
UNIT_HINT = Words(
    zh="刷名牌，或打一兩個字：學校、姓名、舊號碼",
    en="Scan a badge, or 1-2 characters: school, name, old number",
)
HOW = Words(
    zh="1  刷名牌，或打學校一兩個字再按 Enter\n2  ↓ 選人，或略過\n3  按主題數字\n"
    "4  Ctrl+Enter 取號",
    en="1  Scan a badge, or type the school and press Enter\n2  ↓ picks a person, or skip\n"
    "3  Press the topic's digit\n4  Ctrl+Enter gives the number",
)
HITS = Words(zh="符合的學校與人", en="Schools and people found")
COLLEAGUES = Words(zh="這所學校的人", en="People of this school")
NOBODY = Words(zh="不記姓名", en="No name")
NOBODY_WHY = Words(zh="直接按主題數字；↓ 選人，F2 打姓名", en="Press a topic; ↓ picks, F2 types")
USE_TYPED = Words(zh="就用這幾個字", en="Use it as typed")
USE_TYPED_WHY = Words(zh="名單上沒有的單位也可以取號", en="A unit on no list may have a number too")
NAME = Words(zh="姓名（F2，可不填）", en="Name (F2, optional)")
TITLE = Words(zh="職稱", en="Title")
PHONE = Words(zh="電話（可不填）", en="Phone (optional)")
PARTY = Words(zh="同行人數", en="Party size")
PARTY_TIP = Words(
    zh="F4 多一位，Shift+F4 少一位；同校一起問的人拿一張號碼",
    en="F4 one more, Shift+F4 one less; people who ask together share a number",
)
CLEAR = Words(zh="清除 Esc", en="Clear Esc")
GIVE = Words(zh="取號 Ctrl+Enter", en="Give a number Ctrl+Enter")
TALLY = Words(zh="門口問答計數 F12", en="Count a quick question F12")
TALLY_TIP = Words(
    zh="三分鐘內答完的問題：按 F12 再按主題數字，只計數、不取號",
    en="Answered within three minutes: F12, then a topic digit; counted, no number",
)
TOPIC = Words(zh="什麼事", en="What about")
TOPIC_HINT = Words(zh="按數字 1–9", en="press 1–9")
TALLY_TOPIC = Words(zh="計一次：按主題數字（Esc 取消）", en="Count one: press a topic (Esc leaves)")
MORE_TOPICS = Words(zh="其他主題", en="More topics")
BACK_TO_GROUPS = Words(zh="回到主題", en="Back to topics")

NUMBER = Words(zh="號碼", en="Number")
NO_NUMBER = Words(zh="現在等候（組）", en="Parties waiting now")
AHEAD = Words(zh="前面", en="Ahead")
LONGEST_NOW = Words(zh="最久已等", en="Longest wait")
ESTIMATE = Words(zh="大約要等", en="Likely wait")
DESKS = Words(zh="服務中的桌", en="Desks open")
NO_ESTIMATE = Words(zh="還看不準", en="not yet known")
NO_DESK = Words(zh="沒有人在值班", en="nobody on duty")
NO_DAY = Words(zh="計畫裡沒有駐點日，不能取號。", en="The plan has no help day: no numbers.")

LAST_TICKETS = Words(zh="剛才給的號碼", en="Numbers given last")
LAST_EMPTY = Words(
    zh="還沒有給過號碼。刷名牌或打學校的字，按主題數字，再按 Ctrl+Enter。",
    en="No number yet. Scan a badge or type the school, press a topic digit, then Ctrl+Enter.",
)
LAST_HINT = Words(
    zh="Ctrl+Z 收回最後一張；選一張按 Del 作廢", en="Ctrl+Z takes back the last; Del voids"
)
SCHOOL_EMPTY = Words(zh="這所學校今天還沒來過。", en="Nobody of this school has been here yet.")
NO_UNIT = Words(zh="未填學校", en="No school")
NO_TOPIC = Words(zh="未選主題", en="no topic")
VOIDED = Words(zh="已作廢", en="void")
JOIN_KEY = Words(zh="併入 F9", en="Join F9")
LINK_KEY = Words(zh="接續 F6", en="Link F6")
UNLINK_KEY = Words(zh="不接續 F6", en="Unlink F6")
NOTHING_TO_UNDO = Words(zh="沒有可以收回的號碼或計數。", en="There is no number or count to undo.")
NOTHING_TO_JOIN = Words(zh="這所學校沒有人在等，不能併入。", en="Nobody of this school is waiting.")
NOTHING_TO_LINK = Words(zh="這所學校之前沒有來過。", en="This school has not been here before.")
NOT_LIVE = Words(zh="這張號碼已經結束。", en="This number is over.")
NOT_KNOWN_BADGE = Words(
    zh="不是名冊上的名牌，也不是借出的物品；請打學校的字。",
    en="No badge of this roster and nothing lent; type the school instead.",
)

LOAN_KINDS: Final = {
    LoanKind.READER: Words(zh="讀卡機", en="Card reader"),
    LoanKind.CABLE: Words(zh="線材", en="Cable"),
    LoanKind.PHONE: Words(zh="手機", en="Phone"),
    LoanKind.OTHER: Words(zh="其他", en="Other"),
}
LOAN_LETTERS: Final = {
    LoanKind.READER: "R", LoanKind.CABLE: "L", LoanKind.PHONE: "P", LoanKind.OTHER: "X",
}  # fmt: skip
"""Beginnings of the tags offered: R1 is the first reader."""
LEND = Words(zh="借出 Enter", en="Lend Enter")
LEND_BUTTON = Words(zh="借讀卡機 F7", en="Lend a reader F7")
LOAN_KIND = Words(zh="借什麼", en="What is lent")
LOAN_TAG = Words(zh="標籤", en="Tag")
LOANS = Words(zh="借出中", en="Out on loan")
LOANS_NONE = Words(zh="沒有借出的東西。", en="Nothing is lent out.")
LOANS_HINT = Words(
    zh="Enter 收回選取的；刷標籤也可以", en="Enter takes it back; scan its tag as well"
)
GIVE_BACK = Words(zh="收回 Enter", en="Take back Enter")
LOANS_KEY = Words(zh="借出中 F8", en="On loan F8")
NOBODY_TO_LEND = Words(
    zh="先選學校，或先給號碼，再借東西。", en="Choose the school or give the number first."
)
PLANNED = Words(zh="隨號碼借出", en="lent with the number")

CHECK = Words(zh="讀卡測試 F5", en="Test card F5")
CHECK_TIP = Words(
    zh="插卡後按 F5：讀卡號與憑證到期日，不碰 PIN",
    en="Put the card in, press F5: card number and expiry, never the PIN",
)
CHECKING = Words(zh="正在讀卡…", en="Reading the card…")
EXPIRES = Words(zh="到期", en="expires")

KEYS: Final = (
    ("Ctrl+Enter", Words(zh="取號", en="Give a number")),
    ("1–9  Alt+1–9", Words(zh="主題；在文字欄裡用 Alt", en="Topic; with Alt inside a text field")),
    ("0  Backspace", Words(zh="更多主題、回到主題", en="More topics, back to topics")),
    ("F2", Words(zh="打姓名", en="Type a name")),
    ("F3", Words(zh="該帶的東西（C R O X P A）", en="What to bring (C R O X P A)")),
    ("F4 / Shift+F4", Words(zh="同行多一位、少一位", en="One more, one less in the party")),
    ("F5", Words(zh="讀卡測試", en="Test card and reader")),
    ("F6", Words(zh="接續上次的求助", en="Link the earlier visit")),
    ("F7", Words(zh="借讀卡機", en="Lend a reader")),
    ("F8", Words(zh="借出中：收回", en="On loan: take back")),
    ("F9", Words(zh="併入正在等的同校號碼", en="Join the number of the same school")),
    ("F12", Words(zh="門口問答計數，再按主題", en="Count a quick question, then its topic")),
    ("Ctrl+Z", Words(zh="收回最後的號碼或計數", en="Take back the last number or count")),
    ("Del", Words(zh="作廢選取的號碼；再按一次恢復", en="Void the number chosen; again restores")),
    ("Esc", Words(zh="清除，回到學校欄", en="Clear, back to the school")),
)

_SHORT_STATES: Final = {
    VisitState.WAITING: Words(zh="等候", en="waiting"),
    VisitState.CALLED: Words(zh="叫號", en="called"),
    VisitState.SERVING: Words(zh="諮詢", en="served"),
    VisitState.PARKED: Words(zh="暫離", en="parked"),
    VisitState.DONE: Words(zh="完成", en="done"),
    VisitState.GONE: Words(zh="離開", en="gone"),
}


def short_state(state: VisitState) -> Words:
    """Say a state in a word that fits the end of a row."""
    return _SHORT_STATES[state]


def people(count: int) -> Words:
    """Count people."""
    return Words(zh=f"{count} 人", en=f"{count} people" if count != 1 else "1 person")


def parties(count: int) -> Words:
    """Count numbers in line; a party has one."""
    return Words(zh=f"{count} 組", en=f"{count} parties" if count != 1 else "1 party")


def minutes(count: int) -> Words:
    """Count minutes."""
    return Words(zh=f"{count} 分鐘", en=f"{count} min")


def wait(found: WaitRange) -> Words:
    """Say how long a newcomer waits."""
    if found.is_none:
        return Words(zh="不用等", en="no wait")
    if found.is_over_an_hour:
        return Words(zh="超過一小時", en="over an hour")
    if found.is_open:
        return Words(zh=f"{found.low} 分鐘以上", en=f"{found.low} min or more")
    low, high = found.low, min(found.high, LONGEST)
    return Words(zh=f"{low}–{high} 分鐘", en=f"{low}–{high} min")


def group_waits(unit: str, count: int, ticket: str) -> Words:
    """Ask whether somebody belongs to those of the same school who wait."""
    return Words(
        zh=f"{unit} 還有 {count} 人在等（{ticket}）。一起來的？F9 併入同一張號碼。",
        en=f"{unit}: {count} waiting ({ticket}). Came together? F9 joins that number.",
    )


def already_here(ticket: str) -> Words:
    """Say that this person has a number."""
    return Words(
        zh=f"這位已經有號碼 {ticket}。F9 併入，不必再取。",
        en=f"This person already has {ticket}. F9 joins it; no new number is needed.",
    )


def came_before(ticket: str, when: str, *, open_points: int) -> Words:
    """Say that the school or person was here before."""
    points_zh = f"，{open_points} 項未結" if open_points else ""
    points_en = f", {open_points} still open" if open_points else ""
    return Words(
        zh=f"{when} 來過（{ticket}）{points_zh}。同一件事？F6 接續。",
        en=f"Was here {when} ({ticket}){points_en}. The same matter? F6 links it.",
    )


def linked(ticket: str) -> Words:
    """Say that the number continues an earlier visit."""
    return Words(zh=f"接續 {ticket}（F6 取消）", en=f"Continues {ticket} (F6 undoes)")


def joined(ticket: str, size: int) -> Words:
    """Say that somebody joined a number."""
    return Words(zh=f"已併入 {ticket}，共 {size} 人。", en=f"Joined {ticket}: {size} people now.")


def gave_back(tag: str) -> Words:
    """Say that a thing is back."""
    return Words(zh=f"{tag} 已收回。", en=f"{tag} is back.")


def lent(tag: str, ticket: str) -> Words:
    """Say that a thing is out."""
    return Words(zh=f"{tag} 已借給 {ticket}。", en=f"{tag} is lent to {ticket}.")


def lend_to(ticket: str) -> Words:
    """Say to whom a thing will be lent."""
    return Words(zh=f"借給 {ticket}", en=f"Lend to {ticket}")


def tallied(topic: str) -> Words:
    """Say that a question was counted."""
    return Words(zh=f"已計一次：{topic}（Ctrl+Z 收回）", en=f"Counted one: {topic} (Ctrl+Z undoes)")


def voided(ticket: str) -> Words:
    """Say that a number was taken back."""
    return Words(zh=f"{ticket} 已作廢。", en=f"{ticket} is void.")


def restored(ticket: str) -> Words:
    """Say that a number stands again."""
    return Words(zh=f"{ticket} 已恢復。", en=f"{ticket} stands again.")


UNTALLIED = Words(zh="已收回計數。", en="The count was taken back.")


def school_heading(unit: str, here: int, before: int) -> Words:
    """Head what is known of a school."""
    return Words(
        zh=f"{unit}　{here} 組在場・來過 {before} 次",
        en=f"{unit}: {here} here now, {before} before",
    )


def open_points(count: int) -> Words:
    """Count what was left open."""
    return Words(zh=f"{count} 項未結", en=f"{count} open")


def desk_named(sign: str) -> Words:
    """Name a desk by its sign."""
    return Words(zh=f"{sign} 號桌", en=f"desk {sign}")


def party(count: int) -> Words:
    """Say how many share a number; nothing for one."""
    return Words(zh=f"{count} 人同行", en=f"party of {count}")
