"""How the exchange stands, in words with a remedy. Offline is calm: it is the normal state."""

from datetime import UTC, datetime
from typing import Final

from app.domain.words import Words
from app.sync.status import SyncState, SyncStatus
from ui.dates import age_words
from ui.language import say

HEADLINES: Final[dict[SyncState, Words]] = {
    SyncState.OFF: Words("單機", "On its own"),
    SyncState.CONNECTING: Words("連線中", "Connecting"),
    SyncState.WAITING: Words("等待核准", "Waiting for approval"),
    SyncState.OFFLINE: Words("離線", "Offline"),
    SyncState.SENDING: Words("傳送中", "Sending"),
    SyncState.RECEIVING: Words("接收中", "Receiving"),
    SyncState.SYNCED: Words("已同步", "In step"),
    SyncState.REFUSED: Words("同步中心拒絕", "Refused by the hub"),
    SyncState.REVOKED: Words("這台筆電已停用", "This laptop is shut out"),
}
OFF_REMEDY = Words(
    "沒有加入同步中心，一切照常。要多站同步到「活動」加入。",
    "Not joined to a hub; everything works. Join one in the Event place.",
)
CALM_REMEDY = Words(
    "離線是正常的：掃描都存在本機，連上後自動送出。",
    "Offline is normal: scans are kept here and sent when the hub is in reach.",
)
GOOD_REMEDY = Words(
    "這台的紀錄會自動送出，其他站的紀錄會自動收進來。",
    "Records go out and others' records come in by themselves.",
)
WAITING_REMEDY = Words(
    "請主辦者在他的畫面核對同樣的六個詞，再按核准。",
    "An organizer compares the same six words on their screen and approves.",
)
REVOKED_REMEDY = Words(
    "個人資料已從這台筆電清除。請找主辦者。",
    "Personal data was erased here. Talk to the organizer.",
)
KEPT_ASIDE_REMEDY = Words(
    "有資料無法收下，已另外保留，沒有遺失。到「活動」的「同步中心」查看。",
    "Something that came could not be taken; it is kept aside, not lost. See Event, Hub.",
)
FORK_REMEDY = Words(
    "有兩台電腦用了同一份資料檔（可能是複製或還原）。兩邊的紀錄都保留，請到「活動」的「同步中心」查看。",
    "Two machines used one data file (a copy or a restore). Both sides are kept; see Event, Hub.",
)
OWN_HUB_REMEDY = Words(
    "其他筆電在「活動」的「同步中心」輸入這台的位址與邀請碼即可加入。",
    "Other laptops join in Event, Hub with this laptop's address and a code.",
)
_GOOD: Final = frozenset({SyncState.SENDING, SyncState.RECEIVING, SyncState.SYNCED})
_LOUD: Final = frozenset({SyncState.WAITING, SyncState.REFUSED})


def moment_of_contact(status: SyncStatus) -> datetime | None:
    """Return when the hub was last spoken to."""
    if status.last_contact_ms is None:
        return None
    return datetime.fromtimestamp(status.last_contact_ms / 1000, UTC)


def short_words(status: SyncStatus, now: datetime) -> str:
    """Return the state, the queue and the age of the last contact in one short line."""
    parts = [say(HEADLINES[status.state])]
    reached = moment_of_contact(status)
    if status.state is SyncState.RECEIVING and status.expected:
        parts.append(f"{min(100, status.received * 100 // status.expected)} %")
    elif reached is not None and status.state is not SyncState.REVOKED:
        parts.append(age_words(reached, now))
    if status.queue:
        parts.append(say(Words(f"待送 {status.queue:,}", f"{status.queue:,} to send")))
    if status.quarantined:
        count = status.quarantined
        parts.append(say(Words(f"另存 {count:,} 筆", f"{count:,} kept aside")))
    if status.forks:
        parts.append(say(Words("重複的機器", "a copied machine")))
    return say(Words("・", ", ")).join(parts)


def remedy_words(status: SyncStatus) -> str:
    """Return what went wrong last and what to do, or what the state means."""
    told = [words for words in (status.problem, status.remedy) if words is not None]
    if status.state is SyncState.REVOKED:
        told = [REVOKED_REMEDY]
    elif status.state is SyncState.WAITING:
        told = [WAITING_REMEDY]
    if status.forks:
        told.append(FORK_REMEDY)
    if status.quarantined:
        told.append(KEPT_ASIDE_REMEDY)
    if not told:
        good = GOOD_REMEDY if status.state in _GOOD else CALM_REMEDY
        told = [OFF_REMEDY if status.state is SyncState.OFF else good]
    return say(Words("", " ")).join(say(words) for words in told)


def mood_of(status: SyncStatus) -> str:
    """Return how loud it is: `calm`, `good`, `caution` or `danger`."""
    if status.state is SyncState.REVOKED:
        return "danger"
    if status.state in _LOUD or status.quarantined or status.forks:
        return "caution"
    return "good" if status.state in _GOOD else "calm"
