"""What the check-in place says. Every tone and direction has its words; verdicts have theirs."""

from app.domain.scans import Direction, StationDirection, Tone
from app.domain.words import Words

TONE_WORDS: dict[Tone, Words] = {
    Tone.OK: Words("可以", "OK"),
    Tone.NOTICE: Words("注意", "Note"),
    Tone.QUIET: Words("略過", "Ignored"),
    Tone.WARN: Words("請處理", "Look here"),
    Tone.REFUSE: Words("不受理", "Refused"),
}

DIRECTIONS: dict[Direction, Words] = {
    Direction.IN: Words("簽到", "In"),
    Direction.OUT: Words("簽退", "Out"),
}

STATION_DIRECTIONS: dict[StationDirection, Words] = {
    StationDirection.AUTO: Words("自動", "Auto"),
    StationDirection.IN: Words("簽到", "In"),
    StationDirection.OUT: Words("簽退", "Out"),
}

SUB_REASONS: dict[str, Words] = {
    "": Words("", ""),
    "wrong_batch": Words("另一梯次", "another batch"),
    "wrong_day": Words("另一天", "another day"),
}

UNDO_REASONS: tuple[Words, ...] = (
    Words("掃錯人", "Wrong person"),
    Words("誤掃", "Scanned by mistake"),
    Words("方向錯誤", "Wrong direction"),
    Words("測試", "A test"),
    Words("其他", "Other"),
)

ADMIT_REASONS: tuple[Words, ...] = (
    Words("改來這一場", "Came to this session instead"),
    Words("承辦同意", "Organiser agreed"),
    Words("名冊漏列", "Left off the roster"),
    Words("代理出席", "Stands in for a colleague"),
    Words("其他", "Other"),
)

READY = Words("請掃描名牌", "Scan a badge")
READY_WHY = Words(
    "不必先點任何欄位；沒帶名牌的人按 / 查姓名，沒報名的人按 F4。",
    "No need to click anything first. No badge: press / and a name. Not registered: F4.",
)
OPENING = Words("正在開啟資料…", "Opening the records…")
OPENING_WHY = Words(
    "現在就可以掃描，開好之後會依序判定。",
    "You may scan already; it is judged as soon as they open.",
)
NO_SESSION = Words("還沒有場次", "No session yet")
NO_SESSION_WHY = Words(
    "請先到「活動」建立活動並匯入名冊。",
    "Create an event and import a roster in the Event place first.",
)
JUDGING = Words("判定中…", "Judging…")

ARRIVED = Words("已到", "Arrived")
EXPECTED = Words("應到", "Expected")
PRESENT = Words("在場", "In the room")
SESSION = Words("場次", "Session")
DIRECTION = Words("方向", "Direction")
DIRECTION_TIP = Words("切換簽到／簽退（F6）", "Switch in/out (F6)")
STATION = Words("站別", "Station")
STATION_TIP = Words(
    "本機的報到站字母；同一會場的每台筆電要不同",
    "The letter of this station; every laptop at a venue has its own",
)
VERDICT_PANEL = Words("判定", "Verdict")

SEARCH = Words("查姓名、單位、末幾碼（/）", "Find by name, unit, last digits (/)")
SEARCH_NAME = Words("查人", "Find a person")
RECENT = Words("最近掃描", "Last scans")
RECENT_EMPTY = Words("還沒有人報到。", "Nobody has been scanned yet.")
FOUND = Words("查詢結果", "Found")
FOUND_NONE = Words(
    "找不到。可只打姓氏、單位簡稱或末三碼；沒報名的人按 F4。",
    "Nobody found. Try the surname, a short unit name or the last three digits; F4 for a walk-in.",
)
FOUND_HINT = Words(
    "↑↓ 選人，Enter 簽到或簽退，Esc 回到清單", "↑↓ choose, Enter checks in or out, Esc goes back"
)
HERE_PRESENT = Words("在場", "In the room")
HERE_ARRIVED = Words("已簽退", "Left")
HERE_REGISTERED = Words("本場", "This session")
ELSEWHERE = Words("在 {sessions}", "On {sessions}")
NOWHERE = Words("無報名", "Not registered")

WALK_IN = Words("現場報名", "Walk-in")
WALK_IN_BUTTON = Words("現場報名 F4", "Walk-in F4")
UNDO_BUTTON = Words("復原 Ctrl+Z", "Undo Ctrl+Z")
ADMIT_BUTTON = Words("放行 F2", "Admit F2")
UNIT = Words("單位", "Unit")
UNIT_HINT = Words("打一兩個字就會列出", "One or two characters are enough")
NAME = Words("姓名", "Name")
TITLE = Words("職稱", "Title")
ID_NUMBER = Words("身分證字號（可不填）", "ID number (optional)")
SIMILAR = Words("可能已在名冊上，是不是這位？", "May be on the roster already. This person?")
SAVE_WALK_IN = Words("報名並簽到 Ctrl+Enter", "Register and check in Ctrl+Enter")
CANCEL = Words("取消 Esc", "Cancel Esc")
NAME_MISSING = Words("請填姓名。", "A name is needed.")
UNIT_MISSING = Words("請填單位。", "A unit is needed.")

ASK_UNDO = Words("為什麼復原？按數字鍵", "Why undo? Press a digit")
ASK_ADMIT = Words("為什麼放行？按數字鍵", "Why admit? Press a digit")
NOTHING_TO_UNDO = Words("沒有可以復原的掃描。", "There is no scan to undo.")
NOTHING_TO_ADMIT = Words("目前沒有需要放行的人。", "Nobody is waiting to be admitted.")
VOIDED = Words("已復原", "Undone")
ADMITTED = Words("已放行", "Admitted")
VOIDED_WHY = Words("這次掃描已作廢，紀錄仍保留。", "This scan no longer counts; the record stays.")


def station_named(letter: str) -> Words:
    """Name a station by its letter."""
    return Words(f"{letter} 站", f"Station {letter}")


KEYS: tuple[tuple[str, Words], ...] = (
    ("/  F3", Words("查人", "Find a person")),
    ("F4", Words("現場報名", "Walk-in")),
    ("F2", Words("放行（不在名冊、已取消、未開放）", "Admit (not on roster, cancelled, not open)")),
    ("Ctrl+Z", Words("復原最後一次掃描", "Undo the last scan")),
    ("1–5", Words("選擇原因", "Pick a reason")),
    ("F6", Words("切換簽到／簽退／自動", "Switch in / out / auto")),
    ("Esc", Words("關閉表單或查詢", "Close a form or a search")),
)
