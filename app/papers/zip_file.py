"""Zip containers with the same bytes everywhere."""

import io
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
REGULAR_FILE = 0o100644 << 16


def zip_bytes(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of (name, content), in the order given.

    Stored, not deflated: deflate libraries differ between systems, and re-exporting must give the
    same bytes on all of them. A session's file stays below 1 MB.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = REGULAR_FILE
            entry.create_system = 3
            archive.writestr(entry, content)
    return buffer.getvalue()
