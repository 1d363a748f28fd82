"""Makers of roster files of every kind, ordinary and hostile. All people are invented."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

HEADER = ["序號", "姓名", "身分證字號", "服務單位", "職稱", "聯絡電話", "審核狀態", "備註"]
PEOPLE = [
    ["1", "王小明", "A123456789", "縣立海豐國小", "教師", "0912345678", "錄取", ""],
    ["2", "陳大文", "B123456780", "縣立鶴聲國中", "組長", "08-7320415#12", "錄取", "素食"],
]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write(folder: Path, content: bytes | str, name: str = "roster.dat") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def csv_text(rows: Sequence[Sequence[str]], mark: str = ",") -> str:
    return "".join(mark.join(row) + "\r\n" for row in rows)


def xlsx_bytes(sheets: dict[str, Sequence[Sequence[object]]], merges: Sequence[str] = ()) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        on = book.add_format({"num_format": "yyyy/mm/dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    is_date = isinstance(cell, date | datetime)
                    sheet.write(at, column, cell, on) if is_date else sheet.write(at, column, cell)
            for place in merges:
                first = place.split(":")[0]
                column, at = ord(first[0]) - 65, int(first[1:]) - 1
                sheet.merge_range(place, rows[at][column])
    return stream.getvalue()


def zip_bytes(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def raw_xlsx(sheet_data: str, *, before: str = "", strings: str = "") -> bytes:
    """An XLSX whose sheet is given as XML, for cells no writer would write."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return zip_bytes(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"/>',
            "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship '
            f'Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{head}<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets>'
            '<sheet name="名單" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
            "xl/sharedStrings.xml": f'{head}<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'{head}{before}<worksheet xmlns="{MAIN}"><sheetData>'
            f"{sheet_data}</sheetData></worksheet>",
        }
    )


def ods_bytes(table: str, *, before: str = "", manifest: str = "") -> bytes:
    """An ODS whose table is given as XML."""
    names = " ".join(f'xmlns:{part}="{OFFICE}:{part}:1.0"' for part in ("office", "table", "text"))
    return zip_bytes(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">'
            f"{manifest}</manifest:manifest>",
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}'
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="名單">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_rows(rows: Sequence[Sequence[str]]) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )


def ods_cell(text: str, repeated: int = 1) -> str:
    many = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return (
        f'<table:table-cell office:value-type="string"{many}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def html_text(rows: Sequence[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><head><meta charset='utf-8'></head><body><table>{body}</table></body></html>"


def spreadsheet_ml(rows: Sequence[Sequence[str]]) -> str:
    body = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
        for row in rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="名單"><Table>{body}</Table></Worksheet></Workbook>'
    )


def biff_record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def biff_label(row: int, column: int, text: str) -> bytes:
    data = struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")
    return biff_record(0x0204, data)


def xls_stream(cells: bytes, extra: bytes = b"") -> bytes:
    """A BIFF8 workbook of one sheet."""
    name = "名單".encode("utf-16-le")
    begin = biff_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + extra
    at = len(begin) + 4 + 8 + len(name) + 4
    sheet = biff_record(0x0085, struct.pack("<IBBBB", at, 0, 0, 2, 1) + name)
    body = biff_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells
    end = biff_record(0x000A, b"")
    return begin + sheet + end + body + end


def xls_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    cells = b"".join(
        biff_label(at, column, text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    return ole_bytes("Workbook", xls_stream(cells))


def ole_bytes(name: str, stream: bytes, *, loop: bool = False) -> bytes:
    """A compound file with one stream: header, FAT sector 0, directory sector 1, then the data."""
    stream += b"\0" * max(0, 4096 - len(stream))
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512
    chain = [*range(3, count + 2), 2 if loop else 0xFFFFFFFE]
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *chain]
    assert len(fat) <= 128
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:36]
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = _ole_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    directory += _ole_entry(name, 2, 2, len(stream), child=0xFFFFFFFF) + b"\0" * 256
    return header + struct.pack("<128I", *fat) + directory + stream


def _ole_entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)
