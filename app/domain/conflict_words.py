"""Conflicts in words: what does not agree, what to do about it, what a choice means."""

from typing import Final

from app.domain.conflicts import Choice, Conflict, ConflictKind, Option
from app.domain.words import Words

TITLES: Final[dict[ConflictKind, Words]] = {
    ConflictKind.TWO_ENTRIES: Words(zh="兩站都簽到", en="Checked in twice"),
    ConflictKind.TWO_EXITS: Words(zh="兩站都簽退", en="Checked out twice"),
    ConflictKind.MISSED_ENTRY: Words(zh="回到會場沒有計入", en="Return not counted"),
    ConflictKind.MISSED_EXIT: Words(zh="簽退沒有計入", en="Exit not counted"),
    ConflictKind.OUT_BEFORE_IN: Words(zh="先出後進", en="Out before in"),
    ConflictKind.CLOCK_SET_BACK: Words(zh="時鐘被調回", en="Clock set back"),
    ConflictKind.TWO_ROOMS: Words(zh="同時在兩個場次", en="In two rooms at once"),
    ConflictKind.BADGE_REVOKED: Words(zh="名牌已在別站作廢", en="Badge revoked elsewhere"),
    ConflictKind.CANCELLED: Words(zh="報名已在別處取消", en="Cancelled elsewhere"),
    ConflictKind.REGISTERED: Words(zh="別處已報名，這站擋下", en="Registered elsewhere"),
}
EXPLANATIONS: Final[dict[ConflictKind, Words]] = {
    ConflictKind.TWO_ENTRIES: Words(
        zh="兩站當時互不相通，都讓同一個人簽到。以先到的為準，時數不受影響；"
        "若名牌是別人拿去刷的，請撤銷那一筆。",
        en="Two stations that could not hear each other let the same person in. The first entry"
        " counts. If somebody else carried the badge, undo that scan.",
    ),
    ConflictKind.TWO_EXITS: Words(
        zh="兩站都刷了簽退，中間沒有再簽到。以先刷的為準；若那時其實還沒離開，請撤銷先刷的那一筆。",
        en="Both stations recorded an exit with no entry between. The first one counts. If the"
        " person had not left then, undo the first.",
    ),
    ConflictKind.MISSED_ENTRY: Words(
        zh="這站以為他還在場，其實已在另一站簽退。這次回來應該計入。",
        en="This station believed the person was in the room, but another had seen the exit."
        " The return should count.",
    ),
    ConflictKind.MISSED_EXIT: Words(
        zh="這站以為他已離場，其實已從另一站回來。這次簽退應該計入。",
        en="This station believed the person had left, but another had seen the return."
        " This exit should count.",
    ),
    ConflictKind.OUT_BEFORE_IN: Words(
        zh="簽退比另一站的簽到還早，之後沒有再簽退。可能有一站的時鐘不準；請核對後再決定。",
        en="The exit is earlier than the entry at another station, and none follows. A clock may"
        " be wrong; compare them before deciding.",
    ),
    ConflictKind.CLOCK_SET_BACK: Words(
        zh="這台筆電的時鐘中途被調回，掃描的先後與時間對不上。請核對後再決定。",
        en="This laptop's clock was set back in between: the order of scans and their times do"
        " not agree. Compare before deciding.",
    ),
    ConflictKind.TWO_ROOMS: Words(
        zh="同一個人在兩個場次的時間重疊。若是換場時忘了簽退，維持即可；"
        "若名牌借給別人，請撤銷其中一個場次。",
        en="The same person's times at two sessions overlap. If the sign-out was forgotten when"
        " changing rooms, keep both; if the badge was lent, undo one of the rooms.",
    ),
    ConflictKind.BADGE_REVOKED: Words(
        zh="這張名牌在別站已作廢，這站還不知道就放行了。若本人已換新名牌，請撤銷舊名牌這一筆。",
        en="Another station had revoked this badge; this one had not heard. If the person came"
        " with the new badge, undo the scan of the old one.",
    ),
    ConflictKind.CANCELLED: Words(
        zh="報名先在別處取消，這站還不知道就讓他簽到了。人既然來了，建議恢復這個場次的報名。",
        en="The registration had been cancelled elsewhere; this station had not heard. The person"
        " came all the same: registering here again is suggested.",
    ),
    ConflictKind.REGISTERED: Words(
        zh="別處已先為他報名，這站還不知道就擋下了。若他當時進場，請計入這一筆。",
        en="The person had been registered elsewhere; this station had not heard and refused."
        " If the person went in, count the scan.",
    ),
}
"""What happened, what it means, what is suggested."""

CHOICES: Final[dict[Choice, Words]] = {
    Choice.KEEP: Words(zh="維持原紀錄", en="Keep as recorded"),
    Choice.VOID: Words(zh="撤銷", en="Undo"),
    Choice.COUNT: Words(zh="計入", en="Count"),
    Choice.MOVE: Words(zh="恢復在這個場次的報名", en="Register here again"),
}


def option_words(conflict: Conflict, option: Option, clocks: dict[str, str]) -> Words:
    """Say what a choice does; `clocks`: scan → its time as text."""
    words = CHOICES[option.choice]
    named = [scan for scan in conflict.scans if scan.fact_id in option.scans]
    stations = "、".join(f"{scan.station} {clocks[scan.fact_id]}" for scan in named)
    if not stations:
        return words
    return Words(zh=f"{words.zh} {stations}", en=f"{words.en} {stations.replace('、', ', ')}")


def minutes_words(option: Option) -> Words:
    """Say what a choice does to the minutes."""
    if not option.changes:
        return Words(zh="分鐘數不變", en="minutes stay")
    told = "、".join(f"{item.session} {item.before}→{item.after}" for item in option.changes)
    return Words(zh=f"{told} 分", en=f"{told.replace('、', ', ')} min")
