"""Words of the recovery passphrase and the paper tape."""

from app.domain.words import Words

RECOVERY = Words(zh="復原密語", en="Recovery passphrase")
RECOVERY_WHY = Words(
    zh="資料與備份都上了鎖，金鑰只在這台電腦裡。電腦遺失、重灌或鑰匙圈壞掉時，只有復原密語能打開備份。"
    "請抄在紙上，和電腦分開保管；程式不會再顯示它。",
    en="Data and backups are locked, and the key is only in this computer. If it is lost, "
    "reinstalled or its keyring breaks, only the recovery passphrase opens a backup. Write it on "
    "paper and keep it away from the laptop; it is never shown again.",
)
NOT_SET = Words(
    zh="還沒有設定。現在若遺失這台電腦，備份也打不開。",
    en="Not set. If this laptop is lost now, its backups cannot be opened either.",
)
DAMAGED = Words(
    zh="存放密語的檔案壞了。請重新設定一次。",
    en="The file that holds it is damaged. Please set it again.",
)
PASSPHRASE = Words(zh="密語：六個以上的詞，或一句長句", en="Six words or more, or a long sentence")
AGAIN = Words(zh="照紙上抄的再輸入一次", en="Type it again from your paper")
SUGGEST = Words(zh="產生六個詞（&G）", en="Make six words (&G)")
SET = Words(zh="設定（&S）", en="Set it (&S)")
SET_DONE = Words(
    zh="復原密語已設定；之後的備份都可以用它打開。",
    en="The recovery passphrase is set; it opens every backup made from now on.",
)
NOT_THE_SAME = Words(zh="兩次輸入的不一樣。", en="The two are not the same.")
WORK_SET = Words(zh="正在設定復原密語", en="Setting the recovery passphrase")

TAPE = Words(zh="紙帶", en="Paper tape")
TAPE_WHY = Words(
    zh="每一筆紀錄同時寫到另一個資料夾（最好是隨身碟）。資料檔壞掉時，備份之後的紀錄靠它找回。"
    "內容已加密；隨身碟可以隨時拔掉，接回後自動補寫。",
    en="Every record is also written to another folder, best on a stick. If the data file breaks, "
    "it brings back what came after the last backup. It is encrypted; the stick may be pulled out "
    "at any time, and what it missed is written when it is back.",
)
TAPE_OFF = Words(zh="沒有開。", en="Off.")
TAPE_CHOOSE = Words(zh="選擇資料夾…（&F）", en="Choose a folder… (&F)")
TAPE_STOP = Words(zh="關閉紙帶（&X）", en="Stop the tape (&X)")
SAME_DISK = Words(
    zh="它和資料在同一顆磁碟：檔案壞掉時有用，磁碟壞掉時沒有。",
    en="It lies on the disk of the data: it helps when the file breaks, not the disk.",
)


def set_on(when: str) -> Words:
    """Say when the passphrase was set."""
    return Words(zh=f"已設定（{when}）。", en=f"Set ({when}).")


def tape_at(folder: str, written: int) -> Words:
    """Say where the tape goes and how much is on it."""
    return Words(
        zh=f"寫到 {folder}・已記 {written:,} 筆。", en=f"Goes to {folder}; {written:,} records."
    )


def tape_behind(folder: str, behind: int) -> Words:
    """Say how much the tape lacks."""
    return Words(
        zh=f"{folder}：還有 {behind:,} 筆沒寫上。", en=f"{folder}: {behind:,} records not on it."
    )
