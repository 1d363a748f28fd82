"""Tables in HTML (what many sites call .xls) and in SpreadsheetML 2003."""

import re
from collections.abc import Iterator

from lxml import etree

from app.roster.encodings import decode_text
from app.roster.limits import ReadLimits
from app.roster.refusals import refusal
from app.roster.sheet import Book, FileKind, Row, Sheet

_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPREADSHEET_ML = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_SPREADSHEET_ML}}}"
_ROWS = "./tr|./thead/tr|./tbody/tr|./tfoot/tr"
_MOST_ROWS_SPANNED = 1_000


def read_markup_book(content: bytes, limits: ReadLimits) -> Book:
    """Read HTML or SpreadsheetML 2003. Raises InvalidInput."""
    # Labels (charset=…) are often wrong; what the bytes can be decides, as for text files.
    decoded = decode_text(content)
    text = _XML_HEAD.sub("", decoded.text, count=1)
    if _SPREADSHEET_ML in text[:5000] and "<html" not in text[:5000].lower():
        return Book(FileKind.XML, decoded.encoding, list(_spreadsheet_ml(text, limits)))
    return Book(FileKind.HTML, decoded.encoding, list(_html_tables(text, limits)))


def _html_tables(text: str, limits: ReadLimits) -> Iterator[Sheet]:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise refusal("broken") from error
    tables = [] if root is None else root.xpath("//table")
    for number, table in enumerate(tables[: limits.sheets], start=1):
        yield Sheet(str(number), list(_table_rows(table, limits)))


def _table_rows(table: etree._Element, limits: ReadLimits) -> Iterator[Row]:
    spans: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(table.xpath(_ROWS)):
        if number >= limits.rows:
            raise refusal("too_many_rows", most=limits.rows)
        yield _table_row(row, spans, limits)


def _table_row(row: etree._Element, spans: dict[int, tuple[int, str]], limits: ReadLimits) -> Row:
    """Lay cells beside those that reach down from rows above; `spans` is column → (rows, text)."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        _lay_spanned(cells, spans)
        text = _element_text(cell)
        width, height = _span(cell, "colspan", limits.columns + 1), _rows_spanned(cell)
        for at in range(len(cells), len(cells) + width):
            if height > 1:
                spans[at] = (height - 1, text)
        cells += [text] + [""] * (width - 1)
        if len(cells) > limits.columns:
            raise refusal("too_many_columns", most=limits.columns)
    _lay_spanned(cells, spans)
    return cells


def _lay_spanned(cells: list[str], spans: dict[int, tuple[int, str]]) -> None:
    while len(cells) in spans:
        rows, text = spans.pop(len(cells))
        if rows > 1:
            spans[len(cells)] = (rows - 1, text)
        cells.append(text)


def _rows_spanned(cell: etree._Element) -> int:
    return _span(cell, "rowspan", _MOST_ROWS_SPANNED)


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = str(cell.get(name) or "1").strip()
    return (
        max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    )


def _element_text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _spreadsheet_ml(text: str, limits: ReadLimits) -> Iterator[Sheet]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refusal("entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise refusal("broken") from error
    if root is None:
        raise refusal("no_table")
    for sheet in list(root.iter(f"{_SS}Worksheet"))[: limits.sheets]:
        yield Sheet(sheet.get(f"{_SS}Name", ""), list(_ml_rows(sheet, limits)))


def _ml_rows(sheet: etree._Element, limits: ReadLimits) -> Iterator[Row]:
    number = 0
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        at = _index(row, number + 1)
        if at > limits.rows:
            raise refusal("too_many_rows", most=limits.rows)
        for _blank in range(number + 1, at):
            yield []
        number = max(at, number + 1)
        yield _ml_row(row, limits)


def _ml_row(row: etree._Element, limits: ReadLimits) -> Row:
    cells: list[str] = []
    for cell in row.iterfind(f"{_SS}Cell"):
        at = _index(cell, len(cells) + 1)
        if at > limits.columns:
            raise refusal("too_many_columns", most=limits.columns)
        cells += [""] * (at - 1 - len(cells))
        data = cell.find(f"{_SS}Data")
        cells.append("" if data is None else _element_text(data))
    return cells


def _index(element: etree._Element, default: int) -> int:
    """Sparse rows and cells say their 1-based place."""
    text = str(element.get(f"{_SS}Index") or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default
