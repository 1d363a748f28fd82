"""Passphrases on the command line: from a file or typed unseen, never as an argument."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import language
from app.domain.errors import InvalidInput
from app.domain.words import Words

LONGEST = 4096
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Text file whose first line is the passphrase."),
]
_ASK = Words(zh="復原密語", en="Recovery passphrase")
_AGAIN = Words(zh="再輸入一次", en="Once more")


def read_passphrase(file: Path | None, *, twice: bool = False) -> str:
    """Return the passphrase from a file, or typed without an echo. Raises InvalidInput."""
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise InvalidInput(
            Words(zh="沒有給復原密語。", en="No recovery passphrase was given."),
            remedy=Words(
                zh="請用 --passphrase-file 指定檔案，或在終端機裡輸入。",
                en="Name a file with --passphrase-file, or type it on a terminal.",
            ),
            field="passphrase",
        )
    again: bool | str = _AGAIN.in_language(language()) if twice else False
    return str(
        typer.prompt(
            _ASK.in_language(language()), hide_input=True, confirmation_prompt=again, err=True
        )
    )


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            text = stream.read(LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            Words(zh=f"密語檔讀不出來：{file}", en=f"The passphrase file cannot be read: {file}"),
            remedy=Words(zh="它必須是 UTF-8 文字檔。", en="It must be a text file in UTF-8."),
            field="passphrase_file",
        ) from error
    return text.split("\n", 1)[0].strip()
