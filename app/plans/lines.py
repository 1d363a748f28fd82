"""Which line of a TOML text a key stands on, so that a mistake can be pointed at.

Only for texts that `tomllib` has already accepted: nothing is checked here.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

Path = tuple[str | int, ...]
"""Keys and 0-based list positions from the document down, e.g. ("sessions", 0, "held_on")."""

_TOKEN: Final = re.compile(
    r"""
    (?P<skip>[ \t\r]+|\#[^\n]*)
    |(?P<text>\"{3}(?:\\[\s\S]|[^\\])*?\"{3,5}|'{3}[\s\S]*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<end>\n)
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE,
)
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def lines_of(toml: str) -> dict[Path, int]:
    """Return the 1-based line of every table, key and list part of a valid TOML text."""
    walk = _Walk(_tokens(toml))
    with suppress(RecursionError):  # brackets in brackets: the lines found so far must do
        walk.document()
    return walk.lines


def line_at(lines: Mapping[Path, int], path: Path) -> int | None:
    """Return the line of a path, or of the nearest table around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _tokens(toml: str) -> list[_Token]:
    found, line = [], 1
    for match in _TOKEN.finditer(toml):
        if match.lastgroup != "skip":
            found.append(_Token(match.lastgroup or "", match.group(), line))
        line += match.group().count("\n")
    found.append(_Token("end", "", line))
    return found


def _key(token: _Token) -> str:
    """Return a key without its quotes."""
    if token.kind != "text":
        return token.text
    inner = token.text[1:-1]
    if token.text.startswith("'"):
        return inner
    return _ESCAPED.sub(lambda m: m[3] or chr(int(m[1] or m[2], 16)), inner)


@dataclass(slots=True)
class _Walk:
    """One pass over the tokens; `lines` grows as it goes."""

    tokens: list[_Token]
    at: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    last_of: dict[Path, int] = field(default_factory=dict)
    """Position of the newest part of each `[[list of tables]]`."""

    def document(self) -> None:
        table: Path = ()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "end":
                self.at += 1
            elif token.text == "[":
                table = self._header()
            else:
                self._pair(table)

    def _take(self, text: str) -> bool:
        """Step over a mark if it is next."""
        token = self.tokens[self.at]
        hit = token.kind == "mark" and token.text == text
        self.at += hit
        return hit

    def _header(self) -> Path:
        line = self.tokens[self.at].line
        self._take("[")
        is_list = self._take("[")
        path: Path = ()
        keys = self._dotted()
        for depth, key in enumerate(keys, 1):
            path = (*path, key)
            self.lines.setdefault(path, line)
            if is_list and depth == len(keys):
                self.last_of[path] = self.last_of.get(path, -1) + 1
            if path in self.last_of:
                path = (*path, self.last_of[path])
            self.lines.setdefault(path, line)
        while self._take("]"):
            pass
        return path

    def _dotted(self) -> list[str]:
        keys = [_key(self.tokens[self.at])]
        self.at += 1
        while self._take("."):
            keys.append(_key(self.tokens[self.at]))
            self.at += 1
        return keys

    def _pair(self, table: Path) -> None:
        line = self.tokens[self.at].line
        path = table
        for key in self._dotted():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._take("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._take("["):
            self._array(path)
        elif self._take("{"):
            while not self._take("}"):
                self._pair(path)
                self._take(",")
        else:
            self._scalar()

    def _array(self, path: Path) -> None:
        position = 0
        while not self._take("]"):
            token = self.tokens[self.at]
            if token.kind == "end" or self._take(","):
                self.at += token.kind == "end"
                continue
            self.lines[(*path, position)] = token.line
            self._value((*path, position))
            position += 1

    def _scalar(self) -> None:
        """Step over a text, number or date; dates and fractions are several tokens."""
        while not (
            self.tokens[self.at].kind == "end"
            or (self.tokens[self.at].kind == "mark" and self.tokens[self.at].text in ",]}")
        ):
            self.at += 1
