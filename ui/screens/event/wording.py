"""Sentences of the Event place."""

from typing import Final

from app.domain.scans import StationDirection
from app.domain.words import Words

TITLE = Words(zh="活動", en="Event")
PAGES = Words(zh="活動的各頁", en="Pages of the event")
KEY_NEXT_PAGE = Words(zh="下一頁", en="Next page")
TAB_PLAN = Words(zh="計畫", en="Plan")
TAB_IMPORT = Words(zh="匯入", en="Import")
TAB_BADGES = Words(zh="名牌", en="Badges")
TAB_DESK = Words(zh="這台筆電", en="This laptop")

WORK: Final[dict[str, Words]] = {
    "preview": Words(zh="正在讀取名冊", en="Reading the roster"),
    "import": Words(zh="正在匯入名冊", en="Importing the roster"),
    "units": Words(zh="正在匯入學校清單", en="Importing the list of schools"),
    "badges": Words(zh="正在製作名牌", en="Making badge sheets"),
    "backup": Words(zh="正在備份", en="Making a backup"),
}

# --- plan ---
EVENT_OPEN = Words(zh="目前的活動", en="Open event")
SESSIONS = Words(zh="場次", en="Sessions")
SESSIONS_EMPTY = Words(
    zh="還沒有場次。請先從計畫建立活動。", en="No sessions yet. Create an event from a plan first."
)
COLUMN_CODE = Words(zh="代碼", en="Code")
COLUMN_DATE = Words(zh="日期", en="Date")
COLUMN_TITLE = Words(zh="場次", en="Session")
COLUMN_VENUE = Words(zh="地點", en="Venue")
COLUMN_HOURS = Words(zh="時數", en="Hours")
COLUMN_ROSTER = Words(zh="名冊人數", en="On roster")
COLUMN_STATE = Words(zh="狀態", en="State")
SEALED = Words(zh="已封存", en="sealed")
HELP_DAY = Words(zh="駐點・不發時數", en="help day, no hours")
NO_ROSTER = Words(zh="還沒有名冊", en="no roster yet")
READY = Words(zh="名冊已匯入", en="roster imported")
WARNINGS = Words(zh="計畫裡前後不一致之處", en="Contradictions in the plan")
NO_WARNINGS = Words(zh="計畫內容沒有發現矛盾。", en="No contradictions found in the plan.")
NEXT_STEP = Words(zh="匯入名冊（&I）", en="Import a roster (&I)")

# --- import ---
DROP_HERE = Words(
    zh="把名冊檔拖到這一頁，或按「選擇名冊檔」。\n"
    "可讀 xlsx、xls、ods、csv（含 Big5）；先給您看會發生什麼事，按「匯入」之前不會寫入任何資料。",
    en="Drop a roster on this page or press “Choose a roster”.\n"
    "Reads xlsx, xls, ods and csv (Big5 too). You see what would happen; "
    "nothing is written before you press “Import”.",
)
PICK_ROSTER = Words(zh="選擇名冊檔（&O）", en="Choose a roster (&O)")
PICK_UNITS = Words(zh="匯入學校清單（&U）", en="Import schools (&U)")
PICK_UNITS_TIP = Words(
    zh="教育部的學校名錄 CSV，或任何有校名（與代碼、鄉鎮）的表格。請在名冊之前匯入，單位才對得上。",
    en="The Ministry's school list, or any sheet with names (and codes, townships). "
    "Import it before the rosters so that units match.",
)
TABLES_FILTER = Words(
    zh="表格 (*.xlsx *.xls *.ods *.csv *.tsv *.txt *.html);;所有檔案 (*)",
    en="Sheets (*.xlsx *.xls *.ods *.csv *.tsv *.txt *.html);;All files (*)",
)
FOR_SESSION = Words(zh="這份名冊屬於", en="This roster is for")
RECOGNISED = Words(zh="認出的內容", en="What was recognised")
COLUMNS_OF_FILE = Words(zh="欄位對應（可修改）", en="Columns (change if wrong)")
NOT_READ = Words(zh="（不使用）", en="(not used)")
PROBLEMS = Words(zh="需要留意的資料", en="Rows to look at")
NOT_READ_YET = Words(zh="還沒有讀出這個檔案的內容。", en="Nothing was read from this file yet.")
PROBLEMS_NONE = Words(zh="沒有發現問題。", en="No problems found.")
PROBLEM_KIND = Words(zh="問題", en="Problem")
PROBLEM_COUNT = Words(zh="筆數", en="Rows")
PROBLEM_ROWS = Words(zh="在第幾列", en="Row numbers")
PROBLEM_DO = Words(zh="處理方式", en="What to do")
TAKE = Words(zh="照樣匯入", en="take them")
LEAVE_OUT = Words(zh="略過", en="leave out")
ALWAYS_OUT = Words(zh="一律略過", en="always left out")
TOGGLE = Words(zh="改為略過／匯入（空白鍵）", en="Leave out / take (Space)")
DIFFERENCE = Words(zh="與目前名冊的差異", en="Difference from what is known")
CHANGE_ROW = Words(zh="列", en="Row")
CHANGE_WHAT = Words(zh="變動", en="Change")
CHANGE_NAME = Words(zh="姓名", en="Name")
CHANGE_UNIT = Words(zh="單位", en="Unit")
CHANGE_FIELDS = Words(zh="不同之處", en="What differs")
CANCEL_GONE = Words(zh="名冊上已經沒有的人，取消其報名", en="Cancel people the file no longer has")
APPLY = Words(zh="匯入（&M）", en="Import (&M)")
NOTHING_TO_APPLY = Words(zh="沒有需要匯入的變動", en="Nothing to import")

CHANGES: Final[dict[str, Words]] = {
    "added": Words(zh="新增", en="new"),
    "changed": Words(zh="更新", en="changed"),
    "gone": Words(zh="名冊上已無", en="gone"),
    "unchanged": Words(zh="相同", en="unchanged"),
    "skipped": Words(zh="略過", en="left out"),
}

FILE_KINDS: Final[dict[str, Words]] = {
    "csv": Words(zh="文字表格（CSV）", en="Text table (CSV)"),
    "xlsx": Words(zh="Excel 活頁簿", en="Excel workbook"),
    "xls": Words(zh="舊版 Excel", en="Old Excel workbook"),
    "ods": Words(zh="ODF 試算表", en="ODF spreadsheet"),
    "html": Words(zh="網頁表格（副檔名 .xls）", en="Web table named .xls"),
}

FIELDS: Final[dict[str, Words]] = {
    "name": Words(zh="姓名", en="Name"),
    "unit": Words(zh="服務單位", en="Unit"),
    "unit_code": Words(zh="單位代碼", en="Unit code"),
    "id_number": Words(zh="身分證字號", en="ID number"),
    "title": Words(zh="職稱", en="Title"),
    "phone": Words(zh="電話", en="Phone"),
    "email": Words(zh="電子郵件", en="E-mail"),
    "status": Words(zh="報名狀態", en="Status"),
    "meal": Words(zh="用餐", en="Meal"),
    "attention": Words(zh="備註", en="Remark"),
}

# --- badges ---
BADGES_INTRO = Words(
    zh="把一個場次的名牌排成 A4 版面存成 PDF，再用任何印表機列印。還沒有名牌的人會先領到號碼；"
    "已經有的人號碼不變，可以放心重印。",
    en="Lays a session's badges out on A4 as a PDF for any printer. People without a badge get a "
    "code; codes already given stay the same, so printing again is safe.",
)
LAYOUT = Words(zh="版面", en="Layout")
LAYOUTS: Final[dict[str, Words]] = {
    "a4-10": Words(zh="A4 每張 10 枚，90×54 mm，附裁切線", en="A4, 10 of 90×54 mm, cut marks"),
    "a4-21": Words(zh="A4 標籤紙每張 21 枚，63.5×38.1 mm", en="A4 labels, 21 of 63.5×38.1 mm"),
}
OUT_FILE = Words(zh="存成", en="Save as")
BROWSE = Words(zh="更改…（&B）", en="Change… (&B)")
PDF_FILTER = Words(zh="PDF 檔 (*.pdf)", en="PDF files (*.pdf)")
MAKE_SHEETS = Words(zh="製作名牌 PDF（&P）", en="Make the badge PDF (&P)")
OPEN_FILE = Words(zh="打開檔案", en="Open the file")
BADGES_EMPTY = Words(
    zh="這個場次還沒有名冊，名牌會是空的。請先到「匯入」。",
    en="This session has no roster yet, so there are no badges. Go to “Import” first.",
)

# --- this laptop ---
STATION = Words(zh="報到站", en="Station")
STATION_TEXT = Words(
    zh="同一會場有兩台以上筆電時，請用不同字母。方向選「自動」，程式會依時間與出入狀態判斷進出。",
    en="Give each laptop at a venue its own letter. “Automatic” decides in or out "
    "from the time and from whether the person is in the room.",
)
LETTER = Words(zh="站別字母", en="Letter")
DIRECTION = Words(zh="方向", en="Direction")
DIRECTIONS: Final[dict[StationDirection, Words]] = {
    StationDirection.AUTO: Words(zh="自動", en="Automatic"),
    StationDirection.IN: Words(zh="只簽到（進）", en="In only"),
    StationDirection.OUT: Words(zh="只簽退（出）", en="Out only"),
}
STATION_SESSION = Words(zh="報到場次", en="Session")
BACKUP = Words(zh="備份", en="Backup")
BACKUP_NEVER = Words(
    zh="還沒有備份。建議在開場前與收場後各做一次。",
    en="No backup yet. Make one before the doors open and one at the end.",
)
BACKUP_NOW = Words(zh="立即備份（&K）", en="Back up now (&K)")
KEY = Words(zh="資料庫金鑰", en="The database key")
LOOK = Words(zh="語言、外觀與聲音", en="Language, look and sound")
TEXT_SIZE = Words(zh="字體大小", en="Text size")
FLASH = Words(
    zh="判定時畫面閃一下（會場太吵聽不到聲音時）", en="Flash with every verdict (for noisy halls)"
)
LANGUAGE = Words(zh="語言", en="Language")
SCHEME = Words(zh="外觀", en="Look")
VOLUME = Words(zh="音量", en="Volume")
TRY_SOUND = Words(zh="試聽（&T）", en="Try it (&T)")
LANGUAGES: Final[dict[str, str]] = {"zh": "繁體中文", "en": "English"}
SCHEMES: Final[dict[str, Words]] = {
    "system": Words(zh="跟隨系統", en="As the system"),
    "light": Words(zh="淺色", en="Light"),
    "dark": Words(zh="深色", en="Dark"),
}
