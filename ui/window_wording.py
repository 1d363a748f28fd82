"""The sentences of the window's frame."""

from app.domain.words import Words

TITLE = Words("會場報到台", "Venue Desk")
REHEARSAL_TITLE = Words("【演練】會場報到台", "REHEARSAL - Venue Desk")
NOT_HERE = Words("這個位置還沒有做好。", "This place is not made yet.")
NO_EVENT = Words("請先打開或建立一個活動。", "Open or create an event first.")
NOT_RECORDED = Words(
    "還沒有活動，這次掃描沒有記錄。", "There is no event yet: this scan was not recorded."
)
START = Words("開始", "Start")
CANCELLED = Words("已取消，沒有任何變更。", "Cancelled; nothing was changed.")
