"""Sentences of the Hub page."""

from typing import Final

from app.domain.devices import DeviceRole, DeviceStatus
from app.domain.exchange import Fault
from app.domain.words import Words
from ui.hub.access import Moved

TAB = Words(zh="同步中心", en="Hub")

# --- joining ---
JOIN = Words(zh="加入同步中心", en="Join a hub")
JOIN_TEXT = Words(
    zh="讓幾台筆電看到同樣的報到紀錄；沒有網路時各自照常，連上後自動補齊。"
    "用掃描器掃邀請的 QR，或貼上邀請文字，或輸入位址與邀請碼。",
    en="Several laptops then show the same records; without a network each goes on alone and "
    "catches up later. Scan the invitation's QR, paste its text, or type address and code.",
)
ADDRESS = Words(zh="同步中心的位址", en="Address of the hub")
ADDRESS_HINT = Words(
    zh="例：192.168.1.20:8710，或貼上整行邀請文字",
    en="Such as 192.168.1.20:8710, or paste the whole invitation",
)
CODE = Words(zh="邀請碼", en="Code")
CODE_HINT = Words(zh="主辦者畫面上的邀請碼", en="The code on the organizer's screen")
JOIN_NOW = Words(zh="加入（&J）", en="Join (&J)")
CANCEL = Words(zh="取消（&C）", en="Cancel (&C)")
NEARBY = Words(zh="這個網路上的同步中心", en="Hubs on this network")
NEARBY_NONE = Words(
    zh="還沒有找到。有些網路不讓機器互相找到：請直接輸入位址。",
    en="None found yet. Some networks hide machines from each other: type the address instead.",
)
NEARBY_NAME = Words(zh="名稱", en="Name")
NEARBY_URL = Words(zh="位址", en="Address")
LOOK_AGAIN = Words(zh="再找一次（&L）", en="Look again (&L)")
FIELDS_EMPTY = Words(zh="位址與邀請碼都要填。", en="Both address and code are needed.")
FIELDS_REMEDY = Words(
    zh="請主辦者在「同步中心」按「邀請」，再照畫面輸入。",
    en="Ask an organizer to press “Invite” on their Hub page and type what it shows.",
)
JOINING = Words(zh="正在加入同步中心…", en="Joining the hub…")
COMPARE = Words(zh="請核對這六個詞", en="Compare these six words")
COMPARE_TEXT = Words(
    zh="主辦者的畫面應該有完全一樣的六個詞。一樣，請他按「核准」；不一樣，請取消，不要加入。",
    en="The organizer's screen must show exactly these six words. If it does, they press "
    "“Approve”; if it does not, cancel and do not join.",
)
LOADING = Words(zh="正在接收紀錄", en="Receiving records")
JOINED = Words(zh="已加入同步中心。", en="Joined the hub.")

# --- the link ---
LINK = Words(zh="與同步中心的連線", en="Connection to the hub")
SYNC_NOW = Words(zh="立即同步（&Y）", en="Sync now (&Y)")
LEAVE = Words(zh="離開同步中心（&V）", en="Leave the hub (&V)")
LEAVE_SURE = Words(
    zh="離開後，這台的紀錄不再送出，要回來需要新的邀請碼。為什麼離開？",
    en="Records of this laptop are then no longer sent, and coming back needs a new code. Why?",
)
LEFT = Words(
    zh="已離開同步中心；紀錄都還在這台電腦。", en="Left the hub; all records are still here."
)
KEPT_ASIDE = Words(zh="另外保留的紀錄", en="Kept aside")
KEPT_ASIDE_NONE = Words(zh="沒有。收到的都收下了。", en="None: everything that came was taken.")
KEPT_DEVICE = Words(zh="來自", en="From")
KEPT_WHY = Words(zh="原因", en="Why")
KEPT_FACTS = Words(zh="筆數", en="Records")
KEPT_WHEN = Words(zh="時間", en="Since")
FAULTS: Final[dict[str, Words]] = {
    Fault.ALTERED: Words(zh="內容被改過", en="its content was altered"),
    Fault.BROKEN: Words(zh="前後接不上", en="it does not follow what is here"),
    Fault.SIGNATURE: Words(zh="簽章不是那台機器的", en="the signature is not that machine's"),
    Fault.OTHER_EVENT: Words(zh="屬於別的活動", en="it belongs to another event"),
    Fault.UNKNOWN_KIND: Words(
        zh="較新版程式寫的；更新程式後會收下", en="from a newer program; update this one"
    ),
    Fault.ID_TAKEN: Words(zh="同號紀錄內容不同", en="a record of that number differs"),
    Fault.MALFORMED: Words(zh="格式不合", en="not well-formed"),
}

# --- this laptop is the hub ---
OWN = Words(zh="這台筆電當會場的同步中心", en="This laptop is the venue's hub")
OWN_TEXT = Words(
    zh="會場只要一台。其他筆電連到這台的位址；它和掃描分開執行，不會拖慢報到。",
    en="One per venue is enough; the others connect to its address. It runs apart from scanning "
    "and never slows the door.",
)
OWN_SWITCH = Words(zh="開啟（&H）", en="On (&H)")
OWN_STARTING = Words(zh="正在啟動…", en="Starting…")
OWN_STOPPED = Words(zh="同步中心停了。", en="The hub has stopped.")
OWN_STOPPED_REMEDY = Words(
    zh="報到照常。請再開一次；若仍停止，把上面這句話告訴維護人員。",
    en="The door goes on. Switch it on again; if it stops again, tell whoever maintains the "
    "program the sentence above.",
)
COPY_ADDRESS = Words(zh="複製位址（&A）", en="Copy the address (&A)")

# --- invitations and devices ---
INVITE = Words(zh="邀請一台機器", en="Invite a machine")
INVITE_TEXT = Words(
    zh="邀請碼只能用一次，十分鐘有效。在另一台筆電的「活動」→「同步中心」掃 QR 或輸入。",
    en="A code works once, for ten minutes. On the other laptop open Event, Hub and scan the QR "
    "or type it.",
)
INVITE_NOW = Words(zh="產生邀請碼（&I）", en="Make a code (&I)")
INVITE_GONE = Words(zh="這個邀請碼過期了，請再產生一個。", en="This code expired; make another.")
ROLE = Words(zh="角色", en="Role")
ROLES: Final[dict[DeviceRole, Words]] = {
    DeviceRole.STATION: Words(zh="報到站", en="Station"),
    DeviceRole.ORGANIZER: Words(zh="主辦者", en="Organizer"),
    DeviceRole.RELAY: Words(zh="會場的同步中心", en="A venue's hub"),
    DeviceRole.VIEWER: Words(zh="只看現況（瀏覽器）", en="Viewer (browser)"),
}
CONFIRM = Words(zh="加入前核對六個詞（&W）", en="Compare six words first (&W)")
DEVICES = Words(zh="加入的機器", en="Machines")
DEVICES_EMPTY = Words(
    zh="還沒有機器加入。產生邀請碼，在另一台筆電輸入。",
    en="No machine has joined yet. Make a code and type it on the other laptop.",
)
DEVICE_NAME = Words(zh="機器", en="Machine")
DEVICE_LETTER = Words(zh="站別", en="Letter")
DEVICE_STATE = Words(zh="狀態", en="State")
DEVICE_CONTACT = Words(zh="最後聯絡", en="Last contact")
DEVICE_FACTS = Words(zh="紀錄", en="Records")
STATUSES: Final[dict[DeviceStatus, Words]] = {
    DeviceStatus.WAITING: Words(zh="等待核准", en="waiting"),
    DeviceStatus.ADMITTED: Words(zh="已加入", en="joined"),
    DeviceStatus.REVOKED: Words(zh="已停用", en="shut out"),
}
NEVER = Words(zh="從未", en="never")
APPROVE = Words(zh="六個詞一樣，核准（&P）", en="The words are the same: approve (&P)")
APPROVED = Words(zh="已核准。", en="Approved.")
REVOKE = Words(zh="停用…（&R）", en="Shut out… (&R)")
REVOKE_WHY = Words(
    zh="停用後，這台機器下次連上就會清除個人資料。為什麼停用？",
    en="At its next contact this machine's personal data is erased. Why shut it out?",
)
REVOKE_REASONS: Final[tuple[Words, ...]] = (
    Words(zh="機器遺失", en="Machine lost"),
    Words(zh="不再使用", en="No longer used"),
    Words(zh="不認得這台機器", en="Nobody knows this machine"),
)
LEAVE_REASONS: Final[tuple[Words, ...]] = (
    Words(zh="活動結束", en="The event is over"),
    Words(zh="換一個同步中心", en="Going to another hub"),
    Words(zh="加錯了", en="Joined by mistake"),
)
REVOKED = Words(zh="已停用這台機器。", en="The machine is shut out.")
SAME_LETTER_REMEDY = Words(
    zh="號碼牌可能重複，請在「這台筆電」換一個字母。",
    en="Numbers could be given twice; choose another letter under This laptop.",
)

# --- bundles ---
STICK = Words(zh="用隨身碟交換", en="Exchange by stick")
STICK_TEXT = Words(
    zh="沒有網路也能交換：匯出一個加密檔，在另一台匯入。順序不拘，重複匯入也無妨。",
    en="Without any network: export one encrypted file and import it on the other machine, in any "
    "order and as often as you like.",
)
EXPORT = Words(zh="匯出…（&E）", en="Export… (&E)")
IMPORT = Words(zh="匯入…（&M）", en="Import… (&M)")
EXPORTING = Words(zh="正在匯出交換檔", en="Exporting a bundle")
IMPORTING = Words(zh="正在匯入交換檔", en="Importing a bundle")
BUNDLES = Words(zh="交換檔 (*.vdbundle)", en="Bundles (*.vdbundle)")

# --- shut out ---
SHUT_OUT = Words(zh="這台筆電已停用", en="This laptop is shut out")
SHUT_OUT_TEXT = Words(
    zh="主辦者在同步中心停用了這台筆電，這裡的個人資料（姓名、身分證字號、電話）已經清除，"
    "這個活動也不會再打開。已送出的報到紀錄不受影響。\n\n"
    "請找主辦者。要再用這台筆電時，請用另一個資料夾開啟程式（--profile），以新的邀請碼加入；"
    "資料會再送來。",
    en="An organizer shut this laptop out at the hub. Personal data (names, ID numbers, phones) "
    "was erased here and this event is not opened any more. Records already sent are not "
    "affected.\n\nTalk to the organizer. To use this laptop again, start the program with another "
    "folder (--profile) and join with a new code; the data comes back.",
)


def hub_health(facts: int, devices: int) -> Words:
    """Say how much lies at the hub and how many machines joined."""
    return Words(
        zh=f"{facts:,} 筆紀錄・{devices} 台機器", en=f"{facts:,} records, {devices} machines"
    )


def linked_to(url: str) -> Words:
    """Name the hub."""
    return Words(zh=f"同步中心：{url}", en=f"Hub: {url}")


def taken_part(role: DeviceRole | None, letter: str, label: str) -> Words:
    """Say what this laptop is at the hub."""
    named = ROLES.get(role) if role is not None else None
    zh, en = [named.zh] if named is not None else [], [named.en] if named is not None else []
    if letter:
        zh, en = [*zh, f"站別 {letter}"], [*en, f"letter {letter}"]
    if label:
        zh, en = [*zh, f"名稱 {label}"], [*en, f"called {label}"]
    return Words(zh=f"這台：{'・'.join(zh)}", en=f"This laptop: {', '.join(en)}")


def progress(received: int, expected: int | None) -> Words:
    """Say how far a load is."""
    if not expected:
        return Words(zh=f"已收 {received:,} 筆", en=f"{received:,} received")
    return Words(
        zh=f"已收 {received:,} / {expected:,} 筆", en=f"{received:,} of {expected:,} received"
    )


def good_for(seconds: int) -> Words:
    """Say how long a code is still good."""
    clock = f"{seconds // 60}:{seconds % 60:02d}"
    return Words(zh=f"還有 {clock} 有效", en=f"good for {clock}")


def compare_with(label: str) -> Words:
    """Ask an organizer to compare the words of one machine."""
    return Words(
        zh=f"「{label}」要加入。它的畫面應該有這六個詞：",
        en=f"“{label}” wants to join. Its screen must show these six words:",
    )


def same_letter(letter: str, others: str) -> Words:
    """Warn that two stations share a letter."""
    return Words(
        zh=f"站別 {letter} 也有別台在用（{others}）。",
        en=f"Letter {letter} is also used by {others}.",
    )


def exported(facts: int, file: str) -> Words:
    """Say what was written."""
    return Words(zh=f"已匯出 {facts:,} 筆到 {file}。", en=f"{facts:,} records exported to {file}.")


def imported(moved: Moved) -> Words:
    """Say what a bundle brought."""
    zh = [f"收下 {moved.facts:,} 筆", f"{moved.known:,} 筆本來就有"]
    en = [f"{moved.facts:,} records taken", f"{moved.known:,} were here already"]
    if moved.kept_aside:
        zh.append(f"{moved.kept_aside:,} 筆另外保留")
        en.append(f"{moved.kept_aside:,} kept aside")
    if moved.waiting:
        zh.append(f"{moved.waiting:,} 筆缺前面的紀錄，請再匯入較早的交換檔")
        en.append(f"{moved.waiting:,} need an earlier bundle first")
    return Words(zh=f"{'，'.join(zh)}。", en=f"{', '.join(en)}.")
