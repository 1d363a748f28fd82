"""Sentences of the Help desk place that all its pages share."""

from app.domain.words import Words

TITLE = Words(zh="駐點", en="Help desk")
PAGE_DESK = Words(zh="諮詢桌", en="Desk")
PAGE_DOOR = Words(zh="報到櫃台", en="Door")
PAGE_FOLLOWUPS = Words(zh="追蹤", en="Follow-ups")
PAGE_PROBLEMS = Words(zh="已知問題", en="Known problems")
PAGE_PEOPLE = Words(zh="人員", en="People")
PAGE_TOPICS = Words(zh="主題", en="Topics")
KEY_PAGES = Words(zh="前一頁、後一頁", en="Page before, page after")
DAY = Words(zh="駐點日", en="Help day")
I_AM = Words(zh="我是", en="I am")
DESK = Words(zh="桌號", en="Desk")
WHO_AM_I = Words(
    zh="坐在這裡的諮詢人員；打新名字按 Enter 就會加入", en="Who sits here; Enter adds a new name"
)
WHO_HINT = Words(zh="你的姓名", en="your name")
DESK_SIGN = Words(zh="桌號，看板上會顯示", en="The desk's sign, shown on the board")
