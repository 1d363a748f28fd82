"""Puts a finished paper in its place: whole or not at all."""

import contextlib
import errno
import os
import secrets
from pathlib import Path

from app.domain.errors import InvalidInput
from app.domain.words import Words

CHOOSE_OTHER = Words(zh="請改選其他資料夾或檔名。", en="Choose another folder or file name.")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def save_paper(out: Path, content: bytes) -> None:
    """Write `content` to `out` through a temporary file beside it; an older file stays until then.

    Raises InvalidInput (field `out`): no such folder, a folder of that name, not writable, full.
    """
    _check_target(out)
    temporary = out.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write_durably(temporary, content)
        temporary.replace(out)
        _sync_folder(out.parent)
    except OSError as error:
        raise _refusal(error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _check_target(out: Path) -> None:
    if out.is_dir():
        raise _invalid("這是一個資料夾，不是檔案。", "This is a folder, not a file.")
    if not out.parent.is_dir():
        raise _invalid("存檔的資料夾不存在。", "The folder to save in does not exist.")
    if out.exists() and not os.access(out, os.W_OK):
        raise _invalid("原有的檔案不可寫入。", "The existing file may not be written.")


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; Windows has no way to ask for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network shares refuse this; the file's content is already safe.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _refusal(error: OSError) -> InvalidInput:
    if error.errno in _FULL:
        return _invalid("磁碟空間不足，檔案沒有寫入。", "The disk is full; nothing was written.")
    if isinstance(error, PermissionError):
        return _invalid(
            "無法寫入：沒有權限，或檔案正由其他程式開啟。",
            "Cannot write: no permission, or another program has the file open.",
        )
    return _invalid("檔案無法寫入。", "The file could not be written.")


def _invalid(zh: str, en: str) -> InvalidInput:
    return InvalidInput(Words(zh=zh, en=en), remedy=CHOOSE_OTHER, field="out")
