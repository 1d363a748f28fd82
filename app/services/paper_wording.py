"""Sentences of the paper fallback."""

from typing import Final

from app.domain.words import Words

NOBODY_LISTED = Words(zh="沒有人可以列在表上。", en="There is nobody to list.")
LOOK_AT_ROSTER = Words(
    zh="請先匯入這個場次的名冊，或改選單位。",
    en="Import this session's roster first, or choose another unit.",
)
NO_NUMBER = Words(zh="沒有代號。", en="There is no number.")
TOO_MUCH = Words(
    zh="一行只有代號、簽到、簽退三樣。", en="A line has a number, a time in and a time out."
)
NO_TIME = Words(zh="沒有時刻。", en="There is no time.")
WRONG_ORDER = Words(zh="簽退不能早於簽到。", en="The time out is not after the time in.")
UNKNOWN_NUMBER = Words(zh="這個場次沒有這個代號。", en="Nobody of this session has this number.")
BAD_NUMBER = Words(zh="代號打錯了（檢查碼不符）。", en="The number is mistyped (its check fails).")
BAD_TIME = Words(zh="時刻看不懂。", en="The time cannot be read.")
NOT_YET = Words(zh="這個時刻還沒到。", en="That time is still to come.")

_AS_PRINTED = Words(
    zh="請照表上印的代號再打一次，或掃該列的條碼。",
    en="Type the number as printed, or scan the line's bar code.",
)
_TIMES = Words(zh="請寫成 8:41 或 0841；沒有就寫 -。", en="Write 8:41 or 0841, and - for none.")
REMEDIES: Final[dict[Words, Words]] = {
    NO_NUMBER: _AS_PRINTED,
    BAD_NUMBER: _AS_PRINTED,
    UNKNOWN_NUMBER: Words(
        zh="請看場次選對了沒有；名冊外的人用「現場報名」登記。",
        en="Is it the right session? People off the roster are walk-ins.",
    ),
    TOO_MUCH: _TIMES,
    NO_TIME: _TIMES,
    WRONG_ORDER: _TIMES,
    BAD_TIME: _TIMES,
    NOT_YET: Words(zh="請看場次的日期與時刻。", en="Look at the session's day and the time."),
}
