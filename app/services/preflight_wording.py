"""Sentences of the look at a desk before the doors open."""

from app.domain.words import Words

CLOCK = Words(zh="時鐘", en="Clock")
DISK = Words(zh="磁碟空間", en="Disk space")
POWER = Words(zh="電源", en="Power")
KEYRING = Words(zh="資料庫金鑰", en="Database key")
PASSPHRASE = Words(zh="復原密語", en="Recovery passphrase")
ROSTER = Words(zh="名冊", en="Roster")
BADGES = Words(zh="名牌", en="Badges")
READERS = Words(zh="讀取器", en="Reader")
HUB = Words(zh="同步中心", en="Hub")
BACKUP = Words(zh="備份", en="Backup")

ZONE_WRONG = Words(
    zh="這台電腦的時區和會場不同。", en="This machine's time zone is not the venue's."
)
SET_ZONE = Words(
    zh="請在系統設定把時區改成活動所在地。", en="Set the time zone of the venue in the system."
)
SET_CLOCK = Words(
    zh="請在系統設定打開自動校時，或用手機對時。",
    en="Turn on automatic time in the system, or set it by a phone.",
)
COMPARE_CLOCK = Words(zh="請和手機對一下。", en="Compare it with a phone.")
FREE_SPACE = Words(zh="請清出空間。", en="Free some space.")
NO_POWER_WORD = Words(zh="系統沒有說用的是什麼電。", en="The system does not tell.")
LOOK_AT_PLUG = Words(zh="請看一下插頭。", en="Look at the plug.")
NO_BATTERY = Words(zh="接著電源，沒有電池。", en="On the mains; there is no battery.")
PLUG_IN = Words(zh="請接上電源。", en="Plug it in.")
KEY_IN_KEYRING = Words(zh="在系統鑰匙圈。", en="In the system's keyring.")
KEY_IN_FILE = Words(zh="在指定的檔案裡。", en="In the file that was named.")
KEY_BESIDE = Words(
    zh="就放在資料旁邊：拿到電腦的人就能解開。", en="It lies beside its data, open to a thief."
)
MIND_LAPTOP = Words(
    zh="請看好這台電腦，或開啟磁碟加密。", en="Keep an eye on the laptop, or encrypt its disk."
)
PASSPHRASE_SET = Words(zh="已設定。", en="It is set.")
NO_PASSPHRASE = Words(
    zh="還沒設定：電腦壞了，備份在別台打不開。",
    en="Not set: should this machine break, no other one opens its backups.",
)
SET_PASSPHRASE = Words(zh="請到「這台筆電」設定。", en="Set it on the page “This laptop”.")
NO_ROSTER = Words(zh="這個場次還沒有名冊。", en="This session has no roster yet.")
IMPORT_ROSTER = Words(zh="請到「匯入」讀入名冊。", en="Read it on the page “Import”.")
NO_ROSTER_NEEDED = Words(zh="駐點日不需要名冊。", en="A help day needs none.")
IS_ROSTER_NEW = Words(
    zh="請問承辦人有沒有更新的名冊。", en="Ask the organizer whether there is a newer one."
)
MAKE_BADGES = Words(
    zh="請到「名牌」補印；沒有名牌的人可以用姓名報到。",
    en="Print them on the page “Badges”; people without one can be found by name.",
)
READER_WORKS = Words(
    zh="剛才讀到一枚本活動的名牌。", en="It read one of this event's badges just now."
)
READER_STRANGE = Words(
    zh="讀到了東西，但不是本活動的名牌。", en="It read something that is no badge of this event."
)
TRY_ANOTHER = Words(
    zh="請換一枚本活動的名牌；還是不行就檢查讀取器的鍵盤設定與輸入法。",
    en="Try a badge of this event; if it fails again, check the reader's keyboard layout.",
)
NO_READER = Words(zh="今天還沒讀過任何名牌。", en="Nothing was read today.")
TRY_READER = Words(
    zh="請在這一頁掃一枚名牌試試（不會記錄）。",
    en="Scan a badge on this page to try; nothing is recorded.",
)
WORKS_ALONE = Words(zh="這台單獨工作，不需要同步中心。", en="This laptop works alone, without one.")
HUB_REACHED = Words(zh="連得到。", en="It can be reached.")
HUB_AWAY = Words(zh="現在連不到；照樣可以報到。", en="Cannot be reached now; check-in goes on.")
LOOK_AT_HUB = Words(
    zh="請看「同步中心」頁與網路。", en="Look at the page “Hub” and at the network."
)
NO_BACKUP = Words(zh="還沒有備份。", en="There is none yet.")
BACK_UP = Words(
    zh="請到「這台筆電」按「立即備份」。", en="Press “Back up now” on the page “This laptop”."
)


def clock_shows(when: str, off_seconds: float | None) -> Words:
    """Say what the clock shows, and how far a hub found it off."""
    if off_seconds is None:
        return Words(zh=f"現在顯示 {when}，沒有對照過。", en=f"Shows {when}; not compared yet.")
    return Words(
        zh=f"現在顯示 {when}，與同步中心差 {off_seconds:.0f} 秒（已自動修正）。",
        en=f"Shows {when}; {off_seconds:.0f} s off the hub (set right in records).",
    )


def days_after(when: str) -> Words:
    """Say that the machine believes the session is over."""
    return Words(
        zh=f"顯示 {when}，已經過了這個場次的日子。", en=f"Shows {when}: past this session."
    )


def free_space(gigabytes: float) -> Words:
    """Say how much room there is."""
    return Words(zh=f"還有 {gigabytes:.1f} GB。", en=f"{gigabytes:.1f} GB are free.")


def battery(percent: int, *, on_mains: bool) -> Words:
    """Say how full the battery is."""
    if on_mains:
        return Words(zh=f"接著電源，電池 {percent}%。", en=f"On the mains, battery {percent}%.")
    return Words(zh=f"用電池，剩 {percent}%。", en=f"On battery, {percent}% left.")


def roster_of(people: int, day: str) -> Words:
    """Say how many are expected."""
    return Words(zh=f"{people:,} 人，{day} 讀入。", en=f"{people:,} people, read on {day}.")


def badges_of(people: int, missing: int) -> Words:
    """Say who has a badge."""
    if not missing:
        return Words(zh=f"{people:,} 人都有名牌。", en=f"All {people:,} have one.")
    return Words(
        zh=f"{people:,} 人中 {missing:,} 人還沒有名牌。",
        en=f"{missing:,} of {people:,} have none yet.",
    )


def read_today(number: int) -> Words:
    """Say how much was read today."""
    return Words(zh=f"今天讀過 {number:,} 次。", en=f"{number:,} readings today.")


def backup_age(hours: float) -> Words:
    """Say how old the newest backup is."""
    if hours < 1:
        return Words(zh="一小時內做過。", en="Made within the hour.")
    return Words(zh=f"{hours:.0f} 小時前。", en=f"{hours:.0f} hours old.")
