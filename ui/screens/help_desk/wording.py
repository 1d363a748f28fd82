"""Sentences of the Help desk place."""

from typing import Final

from app.domain.words import Words

TITLE = Words(zh="駐點", en="Help desk")
HEADING = Words(
    zh="駐點求助的排隊與紀錄會在之後的版本加入", en="The help-desk queue comes in a later version"
)
WILL_BE: Final = (
    Words(
        zh="門口四個欄位內取號；兩台離線筆電的號碼不會重複",
        en="A ticket in four inputs or fewer; two offline laptops never clash",
    ),
    Words(
        zh="叫號、服務、暫離與完成，時間由狀態變化自動記下",
        en="Call, serve, park, finish; times are taken from the steps",
    ),
    Words(
        zh="每個問題的主題、結果與下一步，以及過去的解法",
        en="Topic, outcome and next step of every issue, and earlier solutions",
    ),
    Words(
        zh="駐點日報：各校、各主題、等候時間", en="The day report: schools, topics, waiting times"
    ),
)
MEANWHILE = Words(zh="在那之前，可以這樣做", en="What to do meanwhile")
STEPS: Final = (
    Words(
        zh="到「報到」把場次換成駐點日，掃描或按 F4 登記來訪的人；公差假的出席證明就有依據。",
        en="At Check-in choose the help day and scan people or press F4; proofs rest on that.",
    ),
    Words(
        zh="駐點日不發研習時數，登記再多也不會出現在時數檔。",
        en="A help day never yields hours, whatever is entered.",
    ),
    Words(
        zh="問題內容請先用紙本或原有表單記錄。",
        en="Keep notes on the questions on paper or in your usual form.",
    ),
)
GO_CHECK_IN = Words(zh="到「報到」（&C）", en="Go to Check-in (&C)")
LATER = Words(zh="之後的版本會有", en="What will be here")
