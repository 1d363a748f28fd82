"""ODS, the format agencies must use: written directly, as the known writers take minutes."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from app.papers.column_widths import column_widths
from app.papers.sheet_cells import Cell, Sheet, sheet_name, xml_safe
from app.papers.zip_file import zip_bytes

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "office": f"{_NAMES}office:1.0",
    "table": f"{_NAMES}table:1.0",
    "text": f"{_NAMES}text:1.0",
    "style": f"{_NAMES}style:1.0",
    "fo": f"{_NAMES}xsl-fo-compatible:1.0",
    "meta": f"{_NAMES}meta:1.0",
    "config": f"{_NAMES}config:1.0",
    "manifest": f"{_NAMES}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BLANKS = re.compile(" {2,}|^ | $|\t")
CHARACTER_CM = 0.21


def ods_bytes(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """Return an ODS file with one sheet, the header bold and always in sight."""
    return ods_book_bytes([Sheet(title, columns, rows)], title=title)


def ods_book_bytes(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """Return an ODS file with sheets in the order given."""
    return zip_bytes(
        (
            ("mimetype", MEDIA_TYPE.encode()),
            ("META-INF/manifest.xml", _manifest()),
            ("content.xml", "".join(_content(sheets)).encode()),
            ("styles.xml", _root("document-styles", "")),
            ("meta.xml", _meta(title)),
            ("settings.xml", _settings([sheet_name(sheet.title) for sheet in sheets])),
        )
    )


def _content(sheets: Sequence[Sheet]) -> Iterator[str]:
    widths = [column_widths(sheet.columns, sheet.rows) for sheet in sheets]
    yield f'{_XML}<office:document-content {_namespaces()} office:version="1.3">'
    yield f"<office:automatic-styles>{_styles(widths)}</office:automatic-styles>"
    yield "<office:body><office:spreadsheet>"
    for number, sheet in enumerate(sheets):
        yield from _table(sheet, _column_style(number))
    yield "</office:spreadsheet></office:body></office:document-content>"


def _column_style(number: int) -> str:
    """Return what a sheet's column styles begin with."""
    return "co" if number == 0 else f"s{number}co"


def _table(sheet: Sheet, style: str) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(sheet_name(sheet.title))}>"
    for index in range(len(sheet.columns)):
        yield f'<table:table-column table:style-name="{style}{index}" '
        yield 'table:default-cell-style-name="text"/>'
    yield "<table:table-header-rows><table:table-row>"
    yield from (_text_cell(header, "head") for header in sheet.columns)
    yield "</table:table-row></table:table-header-rows>"
    for row in sheet.rows:
        yield f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"
    yield "</table:table>"


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return _text_cell(cell, "text")
    return (
        f'<table:table-cell table:style-name="number" office:value-type="float" '
        f'office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def _text_cell(text: str, style: str) -> str:
    lines = xml_safe(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inner = "".join(f"<text:p>{_BLANKS.sub(_blank, escape(line))}</text:p>" for line in lines)
    opening = f'<table:table-cell table:style-name="{style}" office:value-type="string">'
    return f"{opening}{inner}</table:table-cell>"


def _blank(match: re.Match[str]) -> str:
    """Write blanks so that no reader folds them."""
    blanks = match[0]
    return "<text:tab/>" if blanks == "\t" else f'<text:s text:c="{len(blanks)}"/>'


def _styles(widths: Sequence[Sequence[int]]) -> str:
    columns = "".join(
        f'<style:style style:name="{_column_style(number)}{index}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * CHARACTER_CM:.2f}cm"/>'
        "</style:style>"
        for number, each in enumerate(widths)
        for index, width in enumerate(each)
    )
    cell = 'style:family="table-cell"'
    return (
        f"{columns}<number:text-style xmlns:number={quoteattr(_NAMES + 'datastyle:1.0')} "
        'style:name="as-text"><number:text-content/></number:text-style>'
        f'<style:style style:name="text" {cell} style:data-style-name="as-text"/>'
        f'<style:style style:name="number" {cell}/>'
        f'<style:style style:name="head" {cell}><style:text-properties fo:font-weight="bold" '
        'style:font-weight-asian="bold"/></style:style>'
    )


def _settings(names: Sequence[str]) -> bytes:
    """Freeze the header rows."""
    items = (("HorizontalSplitMode", 0), ("VerticalSplitMode", 2), ("VerticalSplitPosition", 1))
    frozen = "".join(
        f'<config:config-item config:name="{key}" config:type="short">{value}</config:config-item>'
        for key, value in (*items, ("PositionBottom", 1))
    )
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{frozen}"
        "</config:config-item-map-entry>"
        for name in names
    )
    return _root(
        "document-settings",
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named>"
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings>",
    )


def _meta(title: str) -> bytes:
    described = f"<meta:generator>Venue Desk</meta:generator><dc:title>{escape(xml_safe(title))}"
    return _root("document-meta", f"<office:meta>{described}</dc:title></office:meta>")


def _manifest() -> bytes:
    parts = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MEDIA_TYPE), *((part, "text/xml") for part in parts))
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_PREFIXES["manifest"]}" '
        f'manifest:version="1.3">{files}</manifest:manifest>'
    ).encode()


def _root(name: str, inner: str) -> bytes:
    opening = f'<office:{name} {_namespaces()} office:version="1.3">'
    return f"{_XML}{opening}{inner}</office:{name}>".encode()


def _namespaces() -> str:
    ooo = 'xmlns:ooo="http://openoffice.org/2004/office"'
    return " ".join([*(f'xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items()), ooo])
