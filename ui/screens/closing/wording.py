"""Sentences of the Closing place."""

from typing import Final

from app.domain.credit import Reason
from app.domain.scans import Direction, Verdict
from app.domain.words import Words

TITLE = Words(zh="結算", en="Closing")
TAB_REVIEW = Words(zh="1 審核", en="1 Review")
TAB_FILES = Words(zh="2 檔案", en="2 Files")
TAB_SEAL = Words(zh="3 封存", en="3 Seal")

CLEAN: Final = "clean"
DECIDED: Final = "decided"
ABSENT: Final = "absent"

REASONS: Final[dict[Reason, Words]] = {
    Reason.NO_ID_NUMBER: Words(zh="缺身分證字號", en="No ID number"),
    Reason.CONFLICT: Words(zh="兩站紀錄不一致", en="Stations disagree"),
    Reason.CLOCK_DOUBTFUL: Words(zh="時鐘可疑", en="Clock doubtful"),
    Reason.NO_SIGN_IN: Words(zh="沒有簽到", en="No sign-in"),
    Reason.NO_SIGN_OUT: Words(zh="沒有簽退", en="No sign-out"),
    Reason.LEFT_EARLY: Words(zh="早退", en="Left early"),
    Reason.LATE: Words(zh="遲到", en="Late"),
    Reason.ABSENT_BETWEEN: Words(zh="中途離開", en="Away in between"),
    Reason.HAND_ENTERED: Words(zh="人工登錄", en="Entered by hand"),
    Reason.ALREADY_CREDITED: Words(zh="另一場次已核給", en="Credited elsewhere"),
}
"""In the order the review lists them: those without an ID number first."""

GROUPS: Final[dict[str, Words]] = {
    **{reason.value: words for reason, words in REASONS.items()},
    CLEAN: Words(zh="無異常，待核准", en="Clean"),
    DECIDED: Words(zh="已決定", en="Decided"),
    ABSENT: Words(zh="未出席", en="Did not come"),
}

# --- review ---
GROUP = Words(zh="原因", en="Reason")
PEOPLE_COUNT = Words(zh="人數", en="People")
PEOPLE = Words(zh="這一組的人", en="People of this group")
NAME = Words(zh="姓名", en="Name")
UNIT = Words(zh="單位", en="Unit")
FINDINGS = Words(zh="情形", en="What was found")
DECISION = Words(zh="決定", en="Decision")
EMPTY = Words(
    zh="這個場次還沒有人報到，也沒有名冊。\n先到「活動」匯入名冊，再到「報到」掃描。",
    en="Nobody is on this session's roster and nobody has come.\n"
    "Import a roster at Event, then scan at Check-in.",
)
GROUP_DONE = Words(zh="這一組都處理完了。", en="This group is done.")
APPROVE = Words(zh="核准全部無異常（A）", en="Approve all clean ones (A)")
GRANT = Words(zh="核給（G）", en="Grant (G)")
DENY = Words(zh="不核給（D）", en="Deny (D)")
NEXT = Words(zh="下一位（N）", en="Next (N)")
REASON_FIRST = Words(
    zh="理由：按 1–5，或寫下來再按 Enter", en="Reason: press 1–5, or write, then Enter"
)
OWN_REASON = Words(zh="其他理由（R）", en="Another reason (R)")
TIMELINE = Words(zh="各站的掃描紀錄", en="Scans from all stations")
TIME = Words(zh="時間", en="Time")
STATION = Words(zh="站", en="Station")
SCAN = Words(zh="紀錄", en="Record")
NO_SCANS = Words(zh="這個人在這個場次沒有任何掃描。", en="No scan of this person at this session.")
VOIDED = Words(zh="已復原", en="undone")
BY_HAND = Words(zh="放行", en="admitted")
PICK_SOMEBODY = Words(
    zh="選一個人，這裡會列出他在各站的進出。", en="Pick somebody to see entries and exits."
)
DIRECTIONS: Final[dict[Direction, Words]] = {
    Direction.IN: Words(zh="進", en="in"),
    Direction.OUT: Words(zh="出", en="out"),
}
READY_REASONS: Final = (
    Words(zh="現場確認全程在場", en="Staff confirmed full presence"),
    Words(zh="忘記刷出，紙本簽退表有簽名", en="Forgot to scan out; signed on paper"),
    Words(zh="設備或時鐘問題", en="Equipment or clock at fault"),
    Words(zh="公務原因，主辦單位同意", en="On duty, agreed by the organiser"),
    Words(zh="未全程參與", en="Did not attend in full"),
)

# --- files ---
FILE_KINDS: Final[dict[str, Words]] = {
    "credit": Words(zh="研習時數檔", en="Credit file"),
    "attendance": Words(zh="出席紀錄", en="Attendance"),
    "signin": Words(zh="簽到退表", en="Sign-in sheet"),
    "proofs": Words(zh="出席證明", en="Attendance proofs"),
    "participation": Words(zh="學校參與情形", en="School participation"),
    "scans": Words(zh="原始掃描", en="Raw scans"),
}
HELP_FILE_KINDS: Final[dict[str, Words]] = {
    "report": Words(zh="駐點日報", en="Day report"),
    "visits": Words(zh="駐點求助紀錄", en="Visits"),
    "proofs": Words(zh="出席與課務派代證明", en="Proofs of attendance"),
    "vendors": Words(zh="廠商交辦單", en="Hand-over sheets"),
    "slips": Words(zh="帶回單", en="Take-home slips"),
    "scans": Words(zh="原始掃描", en="Raw scans"),
}
"""What a help day has: no credit, no roster."""
LANGUAGES: Final[dict[str, Words]] = {
    "zh": Words(zh="中文", en="Chinese"),
    "en": Words(zh="英文", en="English"),
}
FILE_LANGUAGE = Words(zh="語言", en="Language")
TRANSLATED: Final = frozenset(("report", "visits", "vendors", "slips"))
"""The kinds of file that are written in either language."""
FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "credit": ("ods", "xlsx", "csv"),
    "attendance": ("ods", "xlsx", "csv"),
    "signin": ("pdf",),
    "proofs": ("pdf",),
    "participation": ("ods", "xlsx", "csv"),
    "scans": ("csv", "ods", "xlsx"),
    "report": ("pdf", "ods", "xlsx", "zip"),
    "visits": ("ods", "xlsx", "csv", "pdf"),
    "vendors": ("pdf",),
    "slips": ("pdf",),
}
FORMAT_NAMES: Final[dict[str, Words]] = {
    "ods": Words(zh="ODS（政府機關用）", en="ODS (for agencies)"),
    "xlsx": Words(zh="Excel（xlsx）", en="Excel (xlsx)"),
    "csv": Words(zh="CSV", en="CSV"),
    "pdf": Words(zh="PDF", en="PDF"),
    "zip": Words(zh="各表的 CSV（zip）", en="CSV of every table (zip)"),
}
ENCODINGS: Final[dict[str, Words]] = {
    "utf-8-sig": Words(zh="UTF-8（Excel 可直接開）", en="UTF-8 (opens in Excel)"),
    "cp950": Words(zh="Big5（舊系統）", en="Big5 (old systems)"),
}
PROFILES: Final[dict[str, Words]] = {
    "default": Words(zh="標準欄位", en="Standard columns"),
}
KIND = Words(zh="檔案種類", en="Kind of file")
FORMAT = Words(zh="格式", en="Format")
ENCODING = Words(zh="編碼", en="Encoding")
COLUMNS = Words(zh="欄位", en="Columns")
OUT_FILE = Words(zh="存成", en="Save as")
BROWSE = Words(zh="更改…（&B）", en="Change… (&B)")
SAVE = Words(zh="存檔（&S）", en="Save (&S)")
OPEN_FILE = Words(zh="打開檔案", en="Open the file")
ANY_FILE = Words(zh="所有檔案 (*)", en="All files (*)")
CHECK = Words(zh="存檔前的檢查", en="Checked before saving")
CHECK_CLEAN = Words(zh="✓ 檢查通過，沒有問題。", en="✓ Nothing stands out; the file can be saved.")
PROBLEM_ROW = Words(zh="列", en="Row")
PROBLEM = Words(zh="問題", en="Problem")
WORK_EXPORT = Words(zh="正在寫檔", en="Writing the file")

# --- seal ---
SEAL_INTRO = Words(
    zh="封存會把這個場次的人數與每台筆電日誌的最後一筆摘要寫進紀錄，日後任何人都能核對資料沒有被動過。"
    "封存之後仍可附理由重新開啟。",
    en="Sealing records the counts and the last entry of every laptop's journal, so that anybody "
    "can check later that nothing was touched. A sealed session can be reopened with a reason.",
)
SEAL_NOW = Words(zh="封存這個場次（&S）", en="Seal this session (&S)")
SEAL_SHEET = Words(zh="封存單", en="Seal sheet")
SEAL_PDF = Words(zh="存成封存單 PDF（&P）", en="Save the seal sheet as PDF (&P)")
REOPEN = Words(zh="重新開啟（&O）", en="Reopen (&O)")
REOPEN_WHY = Words(zh="重新開啟的理由（必填）", en="Why it is reopened (required)")
REOPEN_REASONS: Final = (
    Words(zh="補登現場紀錄", en="Records from the venue came in late"),
    Words(zh="更正核給決定", en="A decision must be corrected"),
    Words(zh="封存錯場次", en="The wrong session was sealed"),
)
NOT_SEALED = Words(zh="這個場次還沒有封存。", en="This session is not sealed yet.")
DEVICE = Words(zh="裝置", en="Device")
INCARNATION = Words(zh="代次", en="Incarnation")
LAST_ENTRY = Words(zh="最後一筆", en="Last entry")
HASH = Words(zh="摘要", en="Hash")
HEADS = Words(zh="各裝置日誌的最後一筆", en="Heads of all journals")
PDF_FILTER = Words(zh="PDF 檔 (*.pdf)", en="PDF files (*.pdf)")

VERDICTS: Final[dict[Verdict, Words]] = {
    Verdict.UNREADABLE: Words(zh="讀不出來", en="not readable"),
    Verdict.OTHER_EVENT: Words(zh="別的活動的名牌", en="badge of another event"),
    Verdict.UNKNOWN: Words(zh="名冊上沒有", en="not on any roster"),
    Verdict.REVOKED: Words(zh="已作廢的名牌", en="revoked badge"),
    Verdict.REPEAT_READ: Words(zh="重複讀取", en="read again"),
    Verdict.CANCELLED: Words(zh="報名已取消", en="registration cancelled"),
    Verdict.NOT_ON_ROSTER: Words(zh="不在這個場次", en="not on this session"),
    Verdict.ALREADY_IN: Words(zh="已在場", en="already in"),
    Verdict.ALREADY_OUT: Words(zh="已離場", en="already out"),
    Verdict.NO_ENTRY: Words(zh="沒有簽到就簽退", en="exit without entry"),
    Verdict.NOT_OPEN: Words(zh="尚未開放", en="not open yet"),
    Verdict.LATE: Words(zh="遲到", en="late"),
    Verdict.EARLY_LEAVE: Words(zh="早退", en="left early"),
    Verdict.CHECKED_IN: Words(zh="簽到", en="checked in"),
    Verdict.CHECKED_OUT: Words(zh="簽退", en="checked out"),
    Verdict.BACK_IN: Words(zh="回到會場", en="back in"),
    Verdict.WALK_IN: Words(zh="現場報名", en="walk-in"),
}
SEVERITY = Words(zh="程度", en="Severity")
SEVERITIES: Final[dict[str, Words]] = {
    "block": Words(zh="會被退件", en="will be refused"),
    "warn": Words(zh="請確認", en="check"),
    "notice": Words(zh="提醒", en="note"),
}
KEY_DECIDE = Words(zh="核給／不核給／下一位", en="Grant / deny / next")
KEY_REASON = Words(zh="選理由", en="Pick the reason")
KEY_APPROVE = Words(zh="核准全部無異常", en="Approve all clean ones")
