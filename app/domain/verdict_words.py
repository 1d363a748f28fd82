"""A few words for each verdict: the same on the screen, in lists and in histories."""

from typing import Final

from app.domain.scans import Verdict
from app.domain.words import Words

HEADLINES: Final[dict[Verdict, Words]] = {
    Verdict.UNREADABLE: Words("無法辨識", "Not readable"),
    Verdict.OTHER_EVENT: Words("其他活動的名牌", "Badge of another event"),
    Verdict.UNKNOWN: Words("查無此名牌", "Unknown badge"),
    Verdict.REVOKED: Words("名牌已換發", "Badge was replaced"),
    Verdict.REPEAT_READ: Words("重複讀取，已略過", "Read again, ignored"),
    Verdict.CANCELLED: Words("報名已取消", "Registration cancelled"),
    Verdict.NOT_ON_ROSTER: Words("不在本場名冊", "Not on this roster"),
    Verdict.ALREADY_IN: Words("已經簽到過", "Already in"),
    Verdict.ALREADY_OUT: Words("已經簽退過", "Already out"),
    Verdict.NO_ENTRY: Words("簽退，但沒有簽到", "Out, but never in"),
    Verdict.NOT_OPEN: Words("尚未開放報到", "Not open yet"),
    Verdict.LATE: Words("已簽到・遲到", "In, late"),
    Verdict.EARLY_LEAVE: Words("已簽退・早退", "Out, early"),
    Verdict.CHECKED_IN: Words("報到完成", "Checked in"),
    Verdict.CHECKED_OUT: Words("簽退完成", "Checked out"),
    Verdict.BACK_IN: Words("回到場內", "Back in"),
    Verdict.WALK_IN: Words("現場報名・已簽到", "Walk-in, checked in"),
}
