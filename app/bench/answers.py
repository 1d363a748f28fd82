"""`bench answers`: earlier solutions found while typing, among many solved issues of many schools.

The floor reads as many rows as one look of the search may, by their numbers.
"""

import random
import time
from collections.abc import Callable, Iterator

from app.bench.crowd import GIVEN, UNITS, crowded_desk
from app.bench.figures import Report, machine, milliseconds, tell
from app.domain.clock import Uuid7Series
from app.domain.facts import Draft, FactKind
from app.services.answers import AnswerService
from app.services.answers_search import NEWEST
from app.services.bulk_work import bulk_work
from app.services.context import EventContext
from db.engine import Connection

QUERIES = 200
CHUNK = 5_000
LIMIT = 8
DAY = "help-1"
WHO = ("老師", "主任", "組長", "管理者", "導師", "代理人")
WHAT = ("OTP 綁定", "自然人憑證", "讀卡機", "XCA 憑證", "H3 表單", "教職員名單", "成績輸入",
        "輔導B卡", "課表匯入", "新生報到", "學生異動", "HiCOS 元件", "B5 檢核表")  # fmt: skip
TROUBLE = ("失敗", "抓不到", "出現紅字", "的按鈕是灰色的", "一直轉圈", "權限不足", "被退回", "重複")
CURE = ("重新安裝元件", "換一個 USB 孔", "改用下載的範本", "請管理者指派職務", "先結算上學期",
        "清除暫存再登入", "轉介系統廠商", "延長期限")  # fmt: skip


def measure(size: int) -> Report:
    """Search among `size` solved issues as somebody types."""
    with crowded_desk(0, badges=False) as (desk, _codes, _profile):
        tell(f"making {size:,} solved issues …")
        _fill(desk.context, size)
        answers, chance = AnswerService(desk.context), random.Random(7)  # noqa: S311 - what to ask
        topics = [topic.code for topic in desk.context.plan.topics]
        report: Report = {"bench": "answers", "size": size, "n": QUERIES, "queries": {}}
        everything: list[float] = []
        for name, make in _kinds(chance).items():
            times = [_timed(answers, make(), chance, topics) for _ in range(QUERIES)]
            report["queries"][name] = milliseconds(times)
            everything += times
        report |= milliseconds(everything)
        report["floor"] = _floor(desk.context.database.connection(), size, chance)
        report["machine"] = machine()
        return report


def _kinds(chance: random.Random) -> dict[str, Callable[[], str]]:
    return {
        "one": lambda: chance.choice("的卡號表課證" + GIVEN[:40]),
        "two": lambda: chance.choice(("憑證", "失敗", "綁定", "匯入", "檢核", "元件", "綁錯")),
        "english": lambda: chance.choice(("o", "ot", "otp", "hi", "hicos", "h3", "usb", "xc")),
        "mixed": lambda: f"{chance.choice(WHAT)} {chance.choice(TROUBLE)}",
        "sentence": lambda: _symptom(chance),
        "nowhere": lambda: f"{chance.choice(TROUBLE)}{chance.choice(WHO)}{chance.choice(GIVEN)}",
        "no_text": lambda: "",
    }


def _timed(answers: AnswerService, text: str, chance: random.Random, topics: list[str]) -> float:
    topic, unit = chance.choice(topics), chance.choice(UNITS)
    start = time.perf_counter()
    answers.search(text, topic=topic, unit_text=unit, limit=LIMIT)
    return time.perf_counter() - start


def _fill(context: EventContext, size: int) -> None:
    chance, ids = random.Random(112), Uuid7Series()  # noqa: S311 - invented issues
    codes = [sub.code for topic in context.plan.topics for sub in topic.subtopics]
    made: list[str] = []
    for start in range(0, size, CHUNK):
        drafts: list[Draft] = []
        for number in range(start, min(start + CHUNK, size)):
            visit_id, issue_id = (ids.next(context.clock.wall_ms()) for _ in range(2))
            reused = [f"issue:{chance.choice(made[:400])}"] if made and number % 3 == 0 else []
            told: dict[str, object] = {
                "issue": issue_id,
                "topic": chance.choice(codes),
                "reused": reused,
            }
            drafts += _visit(f"visit:{visit_id}", number, told, chance)
            made.append(issue_id)
        known: dict[str, tuple[()]] = {draft.subject: () for draft in drafts}
        with bulk_work(), context.database.write() as connection:
            context.journal.append(connection, drafts, known=known)


def _visit(
    subject: str, number: int, told: dict[str, object], chance: random.Random
) -> Iterator[Draft]:
    ticket = f"{'ABCDEFGH'[number % 8]}{number % 999 + 1:03d}"
    yield Draft(
        kind=FactKind.VISIT_OPENED,
        subject=subject,
        body={"session": DAY, "ticket": ticket, "station": ticket[0]},
        private={"unit_text": chance.choice(UNITS)},
    )
    yield Draft(
        kind=FactKind.ISSUE_RECORDED,
        subject=subject,
        body={"outcome": "resolved" if number % 5 else "escalated", **told},
        private={
            "symptom": _symptom(chance),
            "steps": f"{chance.choice(CURE)}，{chance.choice(CURE)}，再確認一次畫面上的訊息。",
            "resolution": f"{chance.choice(CURE)}後恢復正常，{_noise(chance)}。",
        },
    )


def _symptom(chance: random.Random) -> str:
    who, what, trouble = chance.choice(WHO), chance.choice(WHAT), chance.choice(TROUBLE)
    return f"{who}今天早上開始{what}{trouble}，{_noise(chance)}的畫面也一樣"


def _noise(chance: random.Random) -> str:
    """Return what makes every text another one."""
    return "".join(chance.choice(GIVEN) for _ in range(4))


def _floor(connection: Connection, size: int, chance: random.Random) -> dict[str, float]:
    """Return the time to read as many rows as a look may, with nothing to look for."""
    times = []
    for _ in range(QUERIES):
        first = chance.randrange(max(1, size - NEWEST))
        start = time.perf_counter()
        connection.execute("SELECT * FROM issue WHERE row>=? LIMIT ?", (first, NEWEST)).fetchall()
        times.append(time.perf_counter() - start)
    return {f"rows_{name}": value for name, value in milliseconds(times).items()}
