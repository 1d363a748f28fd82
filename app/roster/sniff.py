"""What a file really is, told by its content; names and endings often lie."""

from enum import StrEnum
from pathlib import Path

from app.roster.limits import MEGABYTE, ReadLimits
from app.roster.refusals import refusal

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


class Container(StrEnum):
    """The outermost shape of a file."""

    ZIP = "zip"
    OLE = "ole"
    MARKUP = "markup"
    TEXT = "text"


def read_bytes(file: Path, limits: ReadLimits) -> bytes:
    """Return the file's content. Raises InvalidInput for folders, missing, huge and empty files."""
    if file.is_dir():
        raise refusal("directory")
    try:
        with file.open("rb") as stream:
            content = stream.read(limits.file_bytes + 1)
            size = len(content) if len(content) <= limits.file_bytes else file.stat().st_size
    except FileNotFoundError as error:
        raise refusal("missing") from error
    except (OSError, ValueError) as error:
        raise refusal("unreadable") from error
    if size > limits.file_bytes:
        raise refusal("too_big", size=-(-size // MEGABYTE), most=limits.file_bytes // MEGABYTE)
    if not content:
        raise refusal("empty")
    return content


def sniff_container(content: bytes) -> Container:
    """Tell the outermost shape from the first bytes. Raises InvalidInput for PDF, pictures …"""
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return Container.ZIP
    if content.startswith(_OLE):
        return Container.OLE
    if content.startswith(_FOREIGN):
        raise refusal("not_a_table")
    return Container.MARKUP if _begins_with_tag(content) else Container.TEXT


def _begins_with_tag(content: bytes) -> bool:
    head = content[:512]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    # UTF-16 spreads the tag over two bytes a letter; dropping the zeros finds it all the same.
    head = head.replace(b"\0", b"").lstrip()
    return head[:1] == b"<" and (head[1:2].isalpha() or head[1:2] in {b"!", b"?"})
