"""Sentences of the Desk page: the queue, my visit, keys."""

from typing import Final

from app.domain.visits import GoneReason, ParkReason, VisitState
from app.domain.words import Words

# --- the queue

QUEUE = Words(zh="排隊", en="Queue")
OTHERS = Words(zh="各桌與暫放", en="At the desks and parked")
QUEUE_EMPTY = Words(
    zh="現在沒有人等候。\n有人來時會自己出現在這裡。",
    en="Nobody is waiting.\nWho comes appears here.",
)
NOBODY_KNOWN = Words(zh="（未填單位）", en="(no school given)")
MINE = Words(zh="你保留的", en="kept by you")
ANYBODY = Words(zh="誰都可以接", en="anybody may take it")
RETURNED = Words(zh="回診", en="return visit")
BACK_IN_LINE = Words(zh="回到隊伍", en="back in line")
NOT_READY = Words(zh="缺東西", en="not ready")
PARK_REASONS: Final = {
    ParkReason.PRACTISING.value: Words(zh="自己練習中", en="practising alone"),
    ParkReason.FETCHING.value: Words(zh="去拿憑證或設備", en="fetching card or device"),
    ParkReason.EXPERT.value: Words(zh="請教專人", en="asking an expert"),
    ParkReason.BREAK.value: Words(zh="諮詢人員休息", en="consultant's break"),
    ParkReason.MOVED.value: Words(zh="轉到其他主題", en="moved to another topic"),
    ParkReason.NOT_FOUND.value: Words(zh="叫號未到", en="not found when called"),
}
GONE_REASONS: Final = {
    GoneReason.LEFT.value: Words(zh="自行離開", en="left"),
    GoneReason.NO_SHOW.value: Words(zh="叫號未到", en="did not appear"),
    GoneReason.TURNED_AWAY.value: Words(zh="無法受理", en="turned away"),
    GoneReason.DUPLICATE.value: Words(zh="重複取號", en="second number"),
    GoneReason.VOID.value: Words(zh="取錯號", en="made by mistake"),
}
CLAIM_STATES: Final = {
    VisitState.CALLED: Words(zh="叫號中", en="called"),
    VisitState.SERVING: Words(zh="諮詢中", en="serving"),
}


def queue_waiting(count: int) -> Words:
    """Head those who wait, in the order of call."""
    return Words(zh=f"依序輪到　{count}", en=f"Next in line  {count}")


def queue_parked(count: int) -> Words:
    """Head those who are parked."""
    return Words(zh=f"暫放　{count}", en=f"Parked  {count}")


def queue_served(count: int) -> Words:
    """Head those who are with somebody."""
    return Words(zh=f"在各桌　{count}", en=f"At the desks  {count}")


def minutes(count: int) -> Words:
    """Say a number of minutes, short."""
    return Words(zh=f"{count} 分", en=f"{count} min")


def party(people: int) -> Words:
    """Say how many came together."""
    return Words(zh=f"{people} 人", en=f"{people} people")


def same_school(parties: int) -> Words:
    """Say that a school has several parties here now."""
    return Words(zh=f"同校 {parties} 組", en=f"same school ×{parties}")


def at_desk(desk: str) -> Words:
    """Say at which desk."""
    return Words(zh=f"{desk} 號桌", en=f"desk {desk}")


def called_times(recalls: int) -> Words:
    """Say how often a number was called."""
    return Words(zh=f"第 {recalls} 次叫號", en=f"called {recalls} times")


# --- acts on a row

ROW_CALL = Words(zh="叫這位", en="Call this one")
ROW_SERVE = Words(zh="直接開始諮詢", en="Serve now")
ROW_BACK = Words(zh="放回隊伍", en="Back in line")
ROW_LEFT = Words(zh="已離開", en="Has left")
ROW_PRIORITY = Words(zh="優先", en="Priority")
ROW_JOIN = Words(zh="併入我這組", en="Join my party")
ROW_FINISH = Words(zh="代為結束", en="End it for them")
ROW_MY = Words(zh="取消", en="Leave it")
PRIORITIES: Final = (
    Words(zh="行動不便或懷孕", en="disability or pregnancy"),
    Words(zh="主辦單位指定", en="asked for by the organizer"),
    Words(zh="須趕課或趕車", en="has to teach or to catch a bus"),
)
PRIORITY_OFF = Words(zh="取消優先", en="No priority")


def about_row(ticket: str) -> Words:
    """Ask what to do with a row."""
    return Words(zh=f"{ticket} 要…", en=f"{ticket}:")


def why_priority(ticket: str) -> Words:
    """Ask why somebody goes first."""
    return Words(zh=f"{ticket} 優先的原因", en=f"Why does {ticket} go first?")


def why_left(ticket: str) -> Words:
    """Ask why somebody is gone."""
    return Words(zh=f"{ticket} 離開的原因", en=f"Why is {ticket} gone?")


# --- my visit

NO_SEAT = Words(zh="先說你是誰", en="First say who you are")
NO_SEAT_WHY = Words(
    zh="右上角「我是」填姓名，再填桌號。這台筆電會記住。",
    en="Enter your name at “I am” in the top right corner, then the desk; this laptop remembers.",
)
NO_DAY = Words(zh="這個活動沒有駐點日", en="This event has no help day")
NO_DAY_WHY = Words(
    zh="計畫裡要有種類為 helpdesk 的場次。", en="Its plan needs a session of kind helpdesk."
)
FREE = Words(zh="沒有人在你這裡", en="Nobody is with you")
CALL_NEXT = Words(zh="叫下一位（F5）", en="Call next (F5)")
SERVE_NEW = Words(zh="直接受理一位（F2）", en="Serve somebody now (F2)")
NOBODY_NEXT = Words(zh="現在沒有人等候。", en="Nobody is waiting now.")
CALLED = Words(zh="叫號中", en="Called")
SERVING = Words(zh="諮詢中", en="Serving")
START = Words(zh="開始諮詢", en="Start")
RECALL = Words(zh="再叫一次", en="Call again")
NOT_FOUND = Words(zh="找不到人", en="Not found")
FINISH = Words(zh="完成", en="Finish")
FINISH_SHORT = Words(zh="完成＋下一位", en="Finish + next")
PARK = Words(zh="暫放", en="Park")
MORE = Words(zh="全部動作", en="All acts")
EARLIER = Words(zh="以前來過", en="Here before")
NOTHING_ASKED = Words(zh="攜帶物品還沒問", en="Readiness not asked yet")
ALL_READY = Words(zh="東西都齊了", en="Everything is here")


def next_is(ticket: str, school: str) -> Words:
    """Say who would be called."""
    return Words(zh=f"下一位 {ticket}　{school}", en=f"Next: {ticket}  {school}")


def waiting_count(count: int) -> Words:
    """Say how many wait."""
    return Words(zh=f"{count} 組等候中", en=f"{count} waiting")


def also_called(desk: str, name: str, at: str) -> Words:
    """Say that another desk has the same visit."""
    where_zh = f"{desk} 號桌" if desk else "另一台筆電"
    where_en = f"desk {desk}" if desk else "another laptop"
    who_zh, who_en = (f"（{name}）", f" ({name})") if name else ("", "")
    return Words(
        zh=f"{where_zh}{who_zh}也叫了這位，{at}", en=f"Also called at {where_en}{who_en}, {at}"
    )


def handed_by(name: str, note: str) -> Words:
    """Say who handed the visit over, and why."""
    return Words(zh=f"{name} 交給你：{note}", en=f"Handed over by {name}: {note}")


def return_of(ticket: str, day: str) -> Words:
    """Say which visit this one comes back from."""
    return Words(zh=f"回診：上次 {ticket}（{day}）", en=f"Return visit: {ticket} ({day})")


def usual(target_min: int) -> Words:
    """Say how long the topic usually takes."""
    return Words(zh=f"通常 {target_min} 分", en=f"usually {target_min} min")


def still_there(ticket: str, idle_min: int) -> Words:
    """Ask gently whether the visitor is still there."""
    return Words(
        zh=f"{ticket} 還在你這裡嗎？按 F4 當作 {idle_min} 分鐘前結束。",
        en=f"Still with {ticket}? F4 ends it {idle_min} min ago.",
    )


# --- questions in the bar

ASK_PARK = Words(zh="為什麼暫放？", en="Why park it?")
ASK_WAKE = Words(zh="什麼時候回來？", en="Back when?")
WAKES: Final = (
    (0, Words(zh="不定", en="any time")),
    (10, Words(zh="10 分鐘後", en="in 10 min")),
    (20, Words(zh="20 分鐘後", en="in 20 min")),
    (30, Words(zh="30 分鐘後", en="in 30 min")),
    (60, Words(zh="1 小時後", en="in an hour")),
)
ASK_WHO = Words(zh="交給誰？", en="To whom?")
ASK_NOTE = Words(zh="要交代什麼（必填）", en="What should they know? (needed)")
ASK_MINUTES = Words(zh="幾分鐘前結束的？", en="It ended how many minutes ago?")
ASK_VENDOR = Words(zh="上報給誰？", en="Escalate to whom?")
OTHER_VENDOR = Words(zh="其他…", en="Somebody else…")
ASK_PARTY = Words(zh="一起來的有幾人？", en="How many came together?")
ASK_READY = Words(zh="哪一項？（有→缺→不需要）", en="Which? (there → missing → not needed)")
ASK_SCHOOL = Words(zh="哪個學校、誰？（可留白）", en="Which school, who? (may stay blank)")
ASK_CONFIRM = Words(zh="這是別人的諮詢，真的要結束？", en="It is another's visit; really end it?")
NO_COLLEAGUE = Words(
    zh="還沒有其他諮詢人員；到「人員」加入。", en="There is no other consultant; add one at People."
)
ENTER_TO_GO = Words(zh="Enter 送出，Esc 取消", en="Enter to send, Esc to leave")
ESC_LEAVES = Words(zh="Esc 取消", en="Esc to leave")
PALETTE = Words(zh="要做什麼？打字找，Enter 執行", en="Do what? Type to find, Enter to do it")
TOPICS_ALL = Words(zh="找主題：打字，Enter 選", en="Find a topic: type, Enter to choose")

# --- what was done


def finished(ticket: str) -> Words:
    """Say that a visit is over, and how to take it back."""
    return Words(zh=f"{ticket} 已完成。Ctrl+Z 復原。", en=f"{ticket} is finished. Ctrl+Z undoes.")


def undone(ticket: str) -> Words:
    """Say that the last act on a visit was taken back."""
    return Words(zh=f"{ticket} 已復原上一步。", en=f"{ticket}: the last act was undone.")


def escalated(vendor: str) -> Words:
    """Say to whom an issue was escalated."""
    return Words(
        zh=f"已上報給「{vendor}」，列入追蹤。", en=f"Escalated to {vendor}; see Follow-ups."
    )


NOTHING_TO_UNDO = Words(zh="沒有可以復原的動作。", en="There is nothing to undo.")
NOTHING_BEFORE = Words(zh="還沒有上一筆可以照抄。", en="There is no entry before to repeat.")
NO_VISIT = Words(zh="先叫一位（F5）。", en="Call somebody first (F5).")
NOT_STARTED = Words(zh="先開始諮詢（F6）。", en="Start serving first (F6).")
PARKED_BY_ITSELF = Words(
    zh="叫了沒來，已自動暫放，位子保留。", en="Not there when called: parked by itself, place kept."
)

HINTS: Final = (
    ("F5", Words(zh="叫號", en="call")),
    ("F6", Words(zh="開始", en="start")),
    ("F7", Words(zh="找不到", en="not found")),
    ("F8", Words(zh="暫放", en="park")),
    ("Ctrl+1…9", Words(zh="主題", en="topic")),
    ("Alt+1…5", Words(zh="結果", en="outcome")),
    ("Ctrl+Enter", Words(zh="完成", en="finish")),
    ("Ctrl+Z", Words(zh="復原", en="undo")),
    ("Ctrl+K", Words(zh="全部", en="all")),
)
"""What stands in the bar while nothing is asked."""

COMMANDS: Final = {
    "call_next": Words(zh="叫下一位；再按一次是再叫", en="Call next; again, call again"),
    "start": Words(zh="開始諮詢", en="Start serving"),
    "not_found": Words(zh="找不到人，暫放並保留位子", en="Not found: park, place kept"),
    "park": Words(zh="暫放，再按原因數字", en="Park, then a digit for the reason"),
    "escalate": Words(zh="上報，再選對象", en="Escalate, then to whom"),
    "serve_new": Words(zh="直接受理沒有取號的人", en="Serve somebody without a number"),
    "queue": Words(zh="到排隊清單；Enter 看可做的事", en="Go to the queue; Enter for acts"),
    "end_idle": Words(zh="提醒出現時：當作先前就結束", en="When reminded: end it back then"),
    "topic": Words(zh="主題，再按子題數字", en="Topic, then a digit for the subtopic"),
    "topics": Words(zh="找全部主題", en="Find among all topics"),
    "outcome": Words(zh="結果", en="Outcome"),
    "add_issue": Words(zh="再一個問題", en="Another issue"),
    "drop_issue": Words(zh="刪除這個問題", en="Drop this issue"),
    "solutions": Words(zh="找以前的解法；Enter 帶入", en="Earlier solutions; Enter inserts"),
    "repeat": Words(zh="跟我上一筆一樣", en="Same as my entry before"),
    "finish": Words(zh="完成，桌子空出來", en="Finish and free the desk"),
    "finish_next": Words(zh="完成並叫下一位", en="Finish and call next"),
    "undo": Words(
        zh="復原上一步（欄位裡有打字時：文字）", en="Undo the last act (in a field: text)"
    ),
    "earlier": Words(zh="其實幾分鐘前就結束了", en="It ended some minutes ago"),
    "palette": Words(zh="全部動作", en="Every act"),
    "hand_over": Words(zh="交給同事", en="Hand over to a colleague"),
    "send_back": Words(zh="放回隊伍", en="Send back to the line"),
    "walked_off": Words(zh="人走掉了，結束", en="The visitor walked off"),
    "who": Words(zh="改學校與姓名", en="Change school and name"),
    "party": Words(zh="改人數", en="Change how many came"),
    "ready": Words(zh="攜帶物品", en="Readiness"),
    "screenshot": Words(zh="貼上截圖（先遮住個資）", en="Paste a picture (cover personal data)"),
}
"""Every act of the page, as the palette and the key map name it."""
PLACE_KEYS: Final = "Ctrl+F1…F7"
PLACE_KEYS_WHAT = Words(
    zh="換位置（這裡有人時 Ctrl+1…9 是主題）", en="Switch places (with a visit Ctrl+1…9 are topics)"
)
