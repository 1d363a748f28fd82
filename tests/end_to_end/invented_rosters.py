"""Six roster files and a school list that the tests write themselves. Everybody is invented."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

HEADER = ("序號", "姓名", "身分證字號", "服務單位", "職稱", "聯絡電話", "審核狀態", "備註")
SCHOOLS = ("雲海國小", "青山國小", "白石國中", "星光國小", "長風國小", "月見國中")
SURNAMES, GIVEN = "甲乙丙丁戊己庚辛", "春夏秋冬梅蘭竹菊"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


@dataclass(frozen=True)
class Invented:
    """A person of a roster."""

    name: str
    id_number: str
    unit: str


def people(first: int, count: int) -> list[Invented]:
    """Return people numbered from `first`; each name and number only once."""
    return [_person(number) for number in range(first, first + count)]


def _person(number: int) -> Invented:
    name = SURNAMES[number % 8] + GIVEN[number // 8 % 8] + GIVEN[number // 64 % 8]
    return Invented(name, id_number(number), f"縣立{SCHOOLS[number % len(SCHOOLS)]}")


def id_number(number: int) -> str:
    """Return an ID number with a right check digit (T = 27, weights 1 9 8 … 1 1)."""
    body = f"1990{number:04d}"
    digits = [2, 7, *map(int, body)]
    weighed = sum(
        digit * weight for digit, weight in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)
    )
    return f"T{body}{-weighed % 10}"


def rows_of(listed: Sequence[Invented]) -> list[list[str]]:
    """Return the rows of a roster, column names first."""
    rows = [
        [str(at), one.name, one.id_number, one.unit, "教師", "0912345678", "錄取", ""]
        for at, one in enumerate(listed, 1)
    ]
    return [list(HEADER), *rows]


def write_schools(file: Path) -> Path:
    """Write a school list with codes and townships of the plan."""
    lines = ["代碼,學校名稱,學制,鄉鎮市區,區域"]
    for at, name in enumerate(SCHOOLS):
        level = "國中" if name.endswith("國中") else "國小"
        lines.append(f"9990{at},{name},{level},屏東市,屏東區")
    file.write_text("\r\n".join(lines), "utf-8-sig")
    return file


def write_xlsx(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a workbook of one sheet."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("名單")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file


def write_titled_csv(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a Big5 CSV with two title rows."""
    text = "研習名單\r\n製表日期：112/08/01\r\n" + "".join(",".join(row) + "\r\n" for row in rows)
    file.write_bytes(text.encode("cp950"))
    return file


def write_ods(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write an OpenDocument sheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows
    )
    names = " ".join(f'xmlns:{part}="{OFFICE}:{part}:1.0"' for part in ("office", "table", "text"))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
            f'<office:spreadsheet><table:table table:name="名單">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file


def write_html_named_xls(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write what many sites call Excel: a web page named .xls."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    file.write_text(f"<html><meta charset='utf-8'><table>{body}</table></html>", "utf-8")
    return file


def write_tabbed_text(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write the text a spreadsheet program calls Unicode text: UTF-16 with tabs."""
    file.write_text("".join("\t".join(row) + "\r\n" for row in rows), "utf-16")
    return file


def write_problem_csv(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a CSV in UTF-8 with one problem of several kinds added."""
    odd = [
        ["90", "錯一碼", "T199000001", "縣立雲海國小", "教師", "", "錄取", ""],
        ["91", "無證號", "", "縣立雲海國小", "教師", "", "錄取", ""],
        ["92", "", id_number(990), "縣立雲海國小", "教師", "", "錄取", ""],
        ["93", "已取消", id_number(991), "縣立雲海國小", "教師", "", "取消", ""],
        ["94", "候補者", id_number(992), "縣立雲海國小", "教師", "", "備取", ""],
        ["95", "遠方客", id_number(993), "縣立無此國小", "教師", "", "錄取", ""],
        ["", "合計 7 人", "", "", "", "", "", ""],
    ]
    text = "".join(",".join(row) + "\r\n" for row in [*rows, *odd])
    file.write_text(text, "utf-8-sig", newline="")
    return file
