"""One door for every kind of file: bytes in, sheets out."""

from pathlib import Path

from app.roster.encodings import decode_text
from app.roster.limits import DEFAULT_LIMITS, ReadLimits
from app.roster.markup import read_markup_book
from app.roster.sheet import Book
from app.roster.sniff import Container, read_bytes, sniff_container
from app.roster.text_file import read_text_book
from app.roster.workbook import read_xls_book, read_zip_book


def read_book(file: Path, limits: ReadLimits = DEFAULT_LIMITS) -> Book:
    """Read a spreadsheet or text table by its content. Raises InvalidInput, nothing else."""
    content = read_bytes(file, limits)
    container = sniff_container(content)
    if container is Container.ZIP:
        return read_zip_book(content, limits)
    if container is Container.OLE:
        return read_xls_book(content, limits)
    if container is Container.MARKUP:
        return read_markup_book(content, limits)
    return read_text_book(decode_text(content), limits)
