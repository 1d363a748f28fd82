"""XLSX and ODS are zip files of XML: unpacked here under limits, checked, then handed on.

The spreadsheet library gets a fresh zip made of the very bytes that were checked, so a zip with
lying sizes, doubled names or odd ends cannot show it anything else.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.roster.limits import ReadLimits
from app.roster.refusals import refusal
from app.roster.sheet import FileKind

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
           RuntimeError, IndexError, KeyError, UnicodeError)  # fmt: skip
_ENCRYPTED_FLAG = 0x1
_RATIO_MATTERS_FROM = 10_000_000
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ODS_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_MANIFEST = f'<manifest:manifest xmlns:manifest="{_MANIFEST_NAMESPACE}"/>'.encode()


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """The XML parts of a checked XLSX or ODS file, by their names inside the zip."""

    kind: FileKind
    parts: Mapping[str, bytes]

    def as_zip(self) -> io.BytesIO:
        """Return the parts as an unpacked zip in memory."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        stream.seek(0)
        return stream


def open_office_zip(content: bytes, limits: ReadLimits) -> OfficeParts:
    """Unpack and check. Raises InvalidInput for bombs, entities, passwords, damage, other files."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(content), limits)
            names = {entry.filename for entry in entries}
            kind = _kind_of(archive, names)
            wanted = _wanted(entries, kind)
            parts = {entry.filename: _unpack(archive, entry) for entry in wanted}
    except _BROKEN as error:
        raise refusal("broken") from error
    if kind is FileKind.ODS:
        parts = _bare_ods(parts)
    for part in parts.values():
        _check_xml(part)
    return OfficeParts(kind, parts)


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int, limits: ReadLimits) -> None:
    """Refuse by what the directory promises; unpacking never goes beyond the promise."""
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > _RATIO_MATTERS_FROM and unpacked > limits.unpacked_ratio * packed
    if len(entries) > limits.zip_entries or unpacked > limits.unpacked_bytes or swollen:
        raise refusal("bomb")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise refusal("encrypted")


def _kind_of(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if "mimetype" in names and "content.xml" in names:
        if archive.read("mimetype").strip().startswith(_ODS_MIMETYPE):
            return FileKind.ODS
    elif any(name.replace("\\", "/").lower().endswith("xl/workbook.xml") for name in names):
        return FileKind.XLSX
    raise refusal("not_a_table")


def _wanted(entries: Iterable[zipfile.ZipInfo], kind: FileKind) -> list[zipfile.ZipInfo]:
    """Pictures, macros and linked workbooks are not even unpacked."""
    if kind is FileKind.ODS:
        return [e for e in entries if e.filename in {"content.xml", "META-INF/manifest.xml"}]
    return [
        entry
        for entry in entries
        if entry.filename.lower().endswith((".xml", ".rels"))
        and "externallinks" not in entry.filename.lower()
    ]


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(entry.file_size)


def _bare_ods(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Old manifests carry a harmless DOCTYPE; only their word on passwords matters."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise refusal("encrypted")
    return {
        "mimetype": _ODS_MIMETYPE,
        "META-INF/manifest.xml": _MANIFEST,
        "content.xml": parts["content.xml"],
    }


def _check_xml(part: bytes) -> None:
    # In UTF-16 the declarations below would go unseen; no spreadsheet program writes it.
    if b"\0" in part[:200] or _DECLARATIONS.search(part):
        raise refusal("entities")
