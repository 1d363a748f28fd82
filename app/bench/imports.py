"""`bench import`: a large XLSX applied, against merely reading it with the library."""

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from python_calamine import load_workbook

from app.bench.crowd import SESSION, UNITS, invented_name
from app.bench.figures import Report, machine, tell
from app.bootstrap import build_events, open_desk
from app.services.registrations import RegistrationService
from app.services.sample_day import TITLES, invented_id_number

HEADINGS = (
    "序號",
    "課程代碼",
    "研習名稱",
    "姓名",
    "身分證字號",
    "服務單位",
    "職稱",
    "聯絡電話",
    "電子郵件",
    "審核狀態",
    "用餐",
    "備註",
)


def measure(size: int) -> Report:
    """Import `size` rows of twelve columns into an empty event."""
    with TemporaryDirectory(prefix="venuedesk-bench-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "roster.xlsx"
        tell(f"writing {size:,} rows …")
        write_roster(file, size)
        start = time.perf_counter()
        rows = load_workbook(str(file)).get_sheet_by_index(0).to_python()
        read = time.perf_counter() - start
        del rows
        events = build_events(Path(folder) / "profile", actor="bench")[1]
        events.create_event("pingtung-112", rehearsal=True)
        desk = open_desk(events)
        try:
            service = RegistrationService(desk.context)
            start = time.perf_counter()
            done = service.import_roster(file, SESSION)
            applied = time.perf_counter() - start
        finally:
            desk.close()
    return {
        "bench": "import",
        "size": size,
        "added": done.added,
        "seconds": round(applied, 3),
        "rows_per_second": round(size / applied),
        "floor": {"read_seconds": round(read, 3), "ratio": round(applied / read, 2)},
        "machine": machine(),
    }


def write_roster(file: Path, size: int) -> None:
    """Write an invented roster as XLSX."""
    chance = random.Random(112)  # noqa: S311 - invented people
    with file.open("wb") as out:
        book = xlsxwriter.Workbook(out, {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, size + 1):
            row = (
                number,
                "3946101",
                "112學年度學籍系統教育訓練第一天",
                invented_name(chance),
                invented_id_number(chance),
                chance.choice(UNITS),
                chance.choice(TITLES),
                f"09{number % 100_000_000:08d}",
                f"t{number:06d}@example.org",
                "錄取",
                chance.choice(("葷", "素")),
                "",
            )
            sheet.write_row(number, 0, row)
        book.close()
