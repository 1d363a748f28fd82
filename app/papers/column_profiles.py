"""Column profiles: which fields an export has, in which order and form; data, not code."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import resources
from app.domain.errors import InvalidInput
from app.domain.words import Words
from app.papers.export_rows import ROW_TYPES, ExportRow
from app.papers.field_styles import STYLES, fields_of
from app.papers.sheet_cells import Cell
from app.papers.tables import Table

FOLDER = "columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header, the field it shows and in which style."""

    header: str
    field: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """A named choice of columns for one kind of export."""

    kind: str
    name: str
    title: str
    columns: tuple[Column, ...]
    confirmed: bool = False
    """Whether the receiving system's own template was seen."""
    note: str = ""


def list_profiles(kind: str) -> tuple[str, ...]:
    """Return the names of the bundled profiles of a kind, `default` first."""
    found = resources.path(FOLDER).glob(f"{kind}-*.toml")
    names = (path.stem.removeprefix(f"{kind}-") for path in found)
    return tuple(sorted(names, key=lambda name: (name != "default", name)))


def load_profile(kind: str, name_or_path: str = "default") -> ColumnProfile:
    """Load a bundled profile by name, or one from a TOML file. Raises InvalidInput (`columns`)."""
    if kind not in ROW_TYPES:
        _refuse(f"沒有「{kind}」這種匯出。", f"There is no export of kind {kind}.")
    path = Path(name_or_path)
    if name_or_path in list_profiles(kind):
        path = resources.path(f"{FOLDER}/{kind}-{name_or_path}.toml")
    return parse_profile(kind, path.stem.removeprefix(f"{kind}-"), _read(path, kind))


def parse_profile(kind: str, name: str, text: str) -> ColumnProfile:
    """Build a profile from TOML text. Raises InvalidInput (`columns`) naming line or column."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _refuse(f"欄位設定檔不是正確的 TOML：{error}", f"The profile is not valid TOML: {error}")
    if data.get("kind", kind) != kind:
        _refuse("這份欄位設定是給另一種匯出的。", "This profile is for another kind of export.")
    entries = data.get("column")
    if not isinstance(entries, list) or not entries:
        _refuse("欄位設定檔沒有 [[column]]。", "The profile has no [[column]].")
    return ColumnProfile(
        kind=kind,
        name=name,
        title=str(data.get("title", name)),
        columns=tuple(_column(kind, number, entry) for number, entry in enumerate(entries, 1)),
        confirmed=data.get("confirmed") is True,
        note=str(data.get("note", "")),
    )


def profile_table(rows: Sequence[ExportRow], profile: ColumnProfile, *, title: str) -> Table:
    """Return rows as a table with the profile's columns."""
    fields = fields_of(profile.kind)
    return Table(
        columns=tuple(column.header for column in profile.columns),
        rows=[[_cell(row, column, fields) for column in profile.columns] for row in rows],
        title=title,
    )


def _column(kind: str, number: int, entry: object) -> Column:
    at = Words(zh=f"第 {number} 欄：", en=f"Column {number}: ")
    if not isinstance(entry, dict) or not {"header", "field"} <= entry.keys():
        _refuse(f"{at.zh}要有 header 和 field。", f"{at.en}it needs header and field.")
    unknown = entry.keys() - {"header", "field", "style"}
    if unknown or not all(isinstance(value, str) for value in entry.values()):
        _refuse(
            f"{at.zh}只能有 header、field、style，值都是文字。",
            f"{at.en}only header, field and style, all of them text.",
        )
    fields = fields_of(kind)
    if entry["field"] not in fields:
        _refuse(f"{at.zh}沒有這個 field。", f"{at.en}no such field.", known=fields)
    styles = STYLES[fields[entry["field"]]]
    style = entry.get("style", next(iter(styles)))
    if style not in styles:
        _refuse(f"{at.zh}這個 field 沒有這種 style。", f"{at.en}no such style.", known=styles)
    return Column(header=entry["header"], field=entry["field"], style=style)


def _cell(row: ExportRow, column: Column, fields: Mapping[str, type]) -> Cell:
    value = getattr(row, column.field)
    return None if value is None else STYLES[fields[column.field]][column.style](value)


def _read(path: Path, kind: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        known = list_profiles(kind)
        _refuse("找不到或無法讀取欄位設定。", "No such column profile.", known=known)


def _refuse(zh: str, en: str, *, known: Sequence[str] | Mapping[str, object] = ()) -> NoReturn:
    names = ", ".join(known)
    remedy = Words(zh=f"可用：{names}。", en=f"Use one of: {names}.") if names else None
    raise InvalidInput(Words(zh=zh, en=en), remedy=remedy or Words(zh="", en=""), field="columns")
