"""Sentences of the pages Pre-flight, Rehearsal and Paper."""

from app.domain.words import Words

# --- pre-flight ---
TAB_PREFLIGHT = Words(zh="開場前檢查", en="Pre-flight")
PREFLIGHT_INTRO = Words(
    zh="開門前看一遍。在這一頁掃一枚名牌，就會試讀取器（不會記錄）。",
    en="Look before the doors open. Scan a badge on this page to try the reader; "
    "nothing is recorded.",
)
LOOK_AGAIN = Words(zh="再檢查一次（&R）", en="Look again (&R)")
SAVE_SHEET = Words(zh="存成檢查單 PDF（&P）", en="Save the sheet as PDF (&P)")
ITEM = Words(zh="項目", en="Item")
RESULT = Words(zh="結果", en="Result")
FOUND = Words(zh="情形", en="Found")
REMEDY = Words(zh="怎麼辦", en="What to do")
FINDINGS = Words(zh="檢查結果", en="Findings")
SAVE_AS = Words(zh="存成", en="Save as")
ALL_GREEN = Words(zh="全部就緒，可以開門。", en="All ready: open the doors.")
SOME_AMBER = Words(zh="可以開門，請留意幾項。", en="You can open; look at what is marked.")
SOME_RED = Words(zh="請先處理標示「先處理」的項目。", en="Mend what is marked red first.")

# --- rehearsal ---
TAB_REHEARSAL = Words(zh="演練", en="Rehearsal")
REHEARSAL_INTRO = Words(
    zh="演練是這個活動的分身：同樣的名冊與名牌，另一個檔案，時鐘停在簽到開始前兩分鐘。"
    "不能匯出、封存或同步，結束就整個丟掉，正式活動一筆也不會多。",
    en="A rehearsal is a double of this event: the same roster and badges in another file, its "
    "clock two minutes before sign-in. It exports, seals and syncs nothing; when it ends it is "
    "thrown away, and the real event has not one record more.",
)
BEGIN = Words(zh="開始演練（&B）", en="Begin a rehearsal (&B)")
END = Words(zh="結束並丟掉演練（&E）", en="End it and throw it away (&E)")
IS_REAL = Words(zh="現在是正式活動。", en="This is the real event.")
IS_SAMPLE = Words(
    zh="這是示範日，本來就是演練。", en="This is the sample day, a rehearsal already."
)
SESSION = Words(zh="場次", en="Session")
RUSH = Words(zh="模擬人潮", en="Simulated rush")
RUSH_WHY = Words(
    zh="讓名冊上的人依序到場，走的是真正報到的路；期間您照樣可以掃描，看看跟不跟得上。",
    en="Lets the roster's people arrive on the same path as real scans; scan meanwhile and see "
    "whether the desk keeps up.",
)
PER_MINUTE = Words(zh="每分鐘人數", en="Arrivals per minute")
START_RUSH = Words(zh="開始人潮（&S）", en="Start the rush (&S)")
STOP_RUSH = Words(zh="停止（&S）", en="Stop (&S)")

# --- paper ---
TAB_PAPER = Words(zh="紙本備援", en="Paper")
PAPER_INTRO = Words(
    zh="停電或電腦都壞了時用的簽到表：每列有代號與條碼。先印好帶著，事後在下面補登。",
    en="A sheet to sign when nothing works: a number and a bar code a line. Print it beforehand "
    "and enter its times below afterwards.",
)
UNIT = Words(zh="單位", en="Unit")
ALL_UNITS = Words(zh="全部單位", en="All units")
BY_UNIT = Words(zh="每個單位另起一頁", en="Every unit begins a page")
MAKE_SHEET = Words(zh="製作簽到表 PDF（&P）", en="Make the sheet PDF (&P)")
ENTER_HEADING = Words(zh="補登時刻", en="Enter the times")
ENTER_WHY = Words(
    zh="一列打一次：代號（或掃條碼）、簽到、簽退，例如 123456 0841 1702；"
    "沒有就打 -。按 Enter 下一列。",
    en="One line at a time: number (or scan the bar code), in, out, such as 123456 0841 1702; "
    "- for none. Enter takes the line.",
)
LINE = Words(zh="代號 簽到 簽退", en="Number, in, out")
NUMBER_OF = Words(zh="姓名", en="Name")
CAME = Words(zh="簽到", en="In")
LEFT = Words(zh="簽退", en="Out")
STATE = Words(zh="狀態", en="State")
WAITING = Words(zh="待記錄", en="not recorded yet")
LINES = Words(zh="已打的列", en="Lines typed")
LINES_EMPTY = Words(zh="還沒有打任何一列。", en="Nothing was typed yet.")
TAKE_BACK = Words(zh="拿掉這一列", en="Take this line out")
RECORD = Words(zh="全部記錄（&M）", en="Record all (&M)")
PDF_FILTER = Words(zh="PDF 檔 (*.pdf)", en="PDF files (*.pdf)")
FATES = {
    "recorded": Words(zh="已記錄", en="recorded"),
    "known": Words(zh="本來就有", en="known already"),
    "refused": Words(zh="已記下但不算", en="kept, does not count"),
}


def rehearsing(session: str, people: int) -> Words:
    """Say what is being rehearsed."""
    return Words(
        zh=f"演練中：{session}，{people:,} 人。", en=f"Rehearsing {session}: {people:,} people."
    )


def rush_figures(recorded: int, counted: int, p50: float, p99: float) -> Words:
    """Say how a rush goes."""
    return Words(
        zh=f"到場 {recorded:,} 次・簽到 {counted:,} 人・"
        f"每次 {p50:.0f} ms（99% 在 {p99:.0f} ms 內）",
        en=f"{recorded:,} readings · {counted:,} checked in · {p50:.0f} ms each "
        f"(99% within {p99:.0f} ms)",
    )


def saved(file: str) -> Words:
    """Say where a file went."""
    return Words(zh=f"已存成 {file}。", en=f"Saved as {file}.")


def entered(recorded: int, known: int, refused: int) -> Words:
    """Say what entering came to."""
    return Words(
        zh=f"記錄 {recorded:,} 筆・本來就有 {known:,} 筆・不算 {refused:,} 筆。",
        en=f"{recorded:,} recorded · {known:,} known already · {refused:,} do not count.",
    )
