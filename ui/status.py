"""What the foot of the window says, as words with a remedy, never a code alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.words import Words
from app.services.outcomes import Station
from ui.dates import age_words
from ui.language import say
from ui.readers.source import ReaderState
from ui.safety_status import safety_words
from ui.screens.check_in.wording import STATION_DIRECTIONS

if TYPE_CHECKING:
    from app.services.safety import SafetyState
    from app.sync.status import SyncStatus


class Mood(StrEnum):
    """How loud a piece of the foot is. Offline is calm: it is the normal state."""

    CALM = "calm"
    GOOD = "good"
    CAUTION = "caution"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the foot: what it says, what a click or a long look explains."""

    text: str
    remedy: str
    mood: Mood = Mood.CALM


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStatus:
    """What the composition root knows about this desk; None is not known or not there."""

    roster_size: int | None = None
    roster_as_of: datetime | None = None
    sync: "SyncStatus | None" = None
    """How the exchange with the hub stands, None where this desk works alone."""
    own_hub: str = ""
    """Address of the hub this laptop itself is, while it serves."""
    backup_at: datetime | None = None
    safety: "SafetyState | None" = None
    """Paper tape and disk; what is wrong with them comes before the backup's age."""
    signed_in: str = ""
    rehearsal: bool = False
    zone: tzinfo | None = None
    """The venue's; None: this laptop's."""
    shift: timedelta = timedelta(0)
    """How far a sample day's clock is moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderStatus:
    """What was last heard from a reader."""

    last_at: datetime | None = None
    missing_suffix: bool = False
    input_method: bool = False
    truncated: bool = False
    gone: ReaderState | None = None
    """A reader that was there and is not now; the others go on."""


def pieces(
    station: Station, desk: DeskStatus, reader: ReaderStatus, now: datetime
) -> dict[str, Piece]:
    """Return every piece of the foot by the key of its icon."""
    return {
        "admit": _station(station),
        "roster": _roster(desk, now),
        "hub": _hub(desk, now),
        "scanner": _reader(reader, now + desk.shift),
        "clock": _clock(desk, now),
        "backup": _safety(desk) or _backup(desk, now),
        "person": _person(desk),
    }


def _station(station: Station) -> Piece:
    direction = say(STATION_DIRECTIONS[station.direction])
    return Piece(
        say(Words(f"{station.letter} 站・{direction}", f"Station {station.letter}, {direction}")),
        say(
            Words(
                "本機的站別與方向。F6 切換方向；站別在「活動」設定。",
                "Letter and direction of this station. F6 switches the direction; "
                "the letter is set in the Event place.",
            )
        ),
    )


def _roster(desk: DeskStatus, now: datetime) -> Piece:
    if not desk.roster_size:
        return Piece(
            say(Words("沒有名冊", "No roster")),
            say(Words("到「活動」匯入名冊。", "Import a roster in the Event place.")),
            Mood.CAUTION,
        )
    age = f"・{age_words(desk.roster_as_of, now)}" if desk.roster_as_of else ""
    return Piece(
        say(Words(f"名冊 {desk.roster_size:,} 人{age}", f"Roster {desk.roster_size:,}{age}")),
        say(
            Words(
                "查無此人時，先看名冊夠不夠新；更新名冊在「活動」。",
                "Before turning somebody away, see whether the roster is new enough; "
                "update it in the Event place.",
            )
        ),
    )


def _hub(desk: DeskStatus, now: datetime) -> Piece:
    if desk.sync is None and not desk.own_hub:
        return Piece(
            say(Words("單機", "On its own")),
            say(
                Words(
                    "沒有加入同步中心，一切照常。要多站同步到「活動」加入。",
                    "Not joined to a hub; everything works. Join one in the Event place.",
                )
            ),
        )
    from ui.hub import state_words as told  # noqa: PLC0415 - after the first paint

    if desk.sync is None:
        return Piece(
            say(Words("本機是同步中心", "This is the hub")),
            f"{desk.own_hub}　{say(told.OWN_HUB_REMEDY)}",
            Mood.GOOD,
        )
    return Piece(
        told.short_words(desk.sync, now),
        told.remedy_words(desk.sync),
        Mood(told.mood_of(desk.sync)),
    )


def _reader(reader: ReaderStatus, now: datetime) -> Piece:
    if reader.gone is not None:
        name = reader.gone.name
        return Piece(
            say(Words(f"掃描器：{name} 不見了", f"Reader: {name} is gone")),
            say(reader.gone.remedy),
            Mood.DANGER,
        )
    if reader.truncated:
        return Piece(
            say(Words("掃描器：送來的太長", "Reader: sends too much")),
            say(
                Words(
                    "這不是名牌；若一再出現，拔掉讀取器再插上。",
                    "This is no badge; if it goes on, unplug the reader and plug it in again.",
                )
            ),
            Mood.CAUTION,
        )
    if reader.input_method:
        return Piece(
            say(Words("掃描器：輸入法開著", "Reader: input method on")),
            say(Words("請切換到英數輸入再掃描。", "Switch the input method off and scan again.")),
            Mood.CAUTION,
        )
    if reader.last_at is None:
        return Piece(
            say(Words("掃描器：還沒讀過", "Reader: nothing read yet")),
            say(
                Words(
                    "掃一張名牌試試；沒反應時檢查插頭與電源。",
                    "Try any badge; if nothing happens look at plug and power.",
                )
            ),
        )
    age = age_words(reader.last_at, now)
    if reader.missing_suffix:
        return Piece(
            say(Words(f"掃描器：沒有結尾鍵・{age}", f"Reader: no suffix, {age}")),
            say(
                Words(
                    "讀得到，但要等一下。用說明書的條碼把結尾設成 Enter 會更快。",
                    "It reads, but waits a moment. Set its suffix to Enter for faster scans.",
                )
            ),
            Mood.CAUTION,
        )
    return Piece(
        say(Words(f"掃描器：{age}", f"Reader: {age}")),
        say(Words("最後一次讀到的時間。", "When something was last read.")),
    )


def _clock(desk: DeskStatus, now: datetime) -> Piece:
    shown = f"{(now + desk.shift).astimezone(desk.zone):%H:%M}"
    offset = desk.sync.clock_offset_ms if desk.sync is not None else None
    if offset is not None and abs(offset) > 60_000:
        minutes = round(abs(offset) / 60_000)
        return Piece(
            say(Words(f"{shown}・差 {minutes} 分", f"{shown}, {minutes} min off")),
            say(
                Words(
                    "本機時間與同步中心不同；出席時間會自動校正，請順手調準時鐘。",
                    "This clock differs from the hub's; times are corrected, but please set it.",
                )
            ),
            Mood.CAUTION,
        )
    if desk.shift:
        moved = Words("示範日的時鐘：總是早上。", "The sample day's clock: always morning.")
        return Piece(shown, say(moved))
    return Piece(shown, say(Words("會場的時間。", "The time at the venue.")))


def _safety(desk: DeskStatus) -> Piece | None:
    told = safety_words(desk.safety)
    return Piece(say(told[0]), say(told[1]), Mood(told[2])) if told else None


def _backup(desk: DeskStatus, now: datetime) -> Piece:
    if desk.backup_at is None:
        return Piece(
            say(Words("尚未備份", "No backup yet")),
            say(Words("到「活動」按「立即備份」。", "Press “Back up now” in the Event place.")),
            Mood.CAUTION,
        )
    is_old = now - desk.backup_at > timedelta(hours=2)
    return Piece(
        say(
            Words(
                f"備份 {age_words(desk.backup_at, now)}", f"Backup {age_words(desk.backup_at, now)}"
            )
        ),
        say(Words("備份在「活動」設定。", "Backups are set in the Event place.")),
        Mood.CAUTION if is_old else Mood.CALM,
    )


def _person(desk: DeskStatus) -> Piece:
    if desk.rehearsal:
        return Piece(
            say(Words("演練模式", "Rehearsal")),
            say(Words("這裡的掃描不會進入正式紀錄。", "Scans here never reach the real records.")),
            Mood.DANGER,
        )
    return Piece(
        desk.signed_in or say(Words("工作人員", "Staff")),
        say(Words("目前使用者。Ctrl+L 鎖定或換人。", "Who is signed in. Ctrl+L locks or changes.")),
    )


def now_utc() -> datetime:
    """Return the moment the foot is told for."""
    return datetime.now(UTC)
