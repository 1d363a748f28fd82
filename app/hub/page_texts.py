"""The page's files: templates filled with the reader's language, style, scripts, pictures."""

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources

_KINDS = {
    "hub.css": "text/css; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "draw.js": "text/javascript; charset=utf-8",
    "parts.js": "text/javascript; charset=utf-8",
    "words.json": "application/json",
    "icon.svg": "image/svg+xml",
}
_SLOT = re.compile(r"\{\{(\w+)\}\}")
LANGUAGES = {"zh": "zh-Hant-TW", "en": "en"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the page as it is sent."""

    body: bytes
    kind: str
    tag: str


@lru_cache(maxsize=len(_KINDS))
def find_file(name: str) -> PageFile | None:
    """Return a file by its name; only those listed here are ever served."""
    kind = _KINDS.get(name)
    if kind is None:
        return None
    body = resources.path(f"hub/{name}").read_bytes()
    return PageFile(body, kind, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def fill(template: str, language: str, **more: str) -> bytes:
    """Return a page in a language; every word is escaped."""
    other = "en" if language == "zh" else "zh"
    words = {name: both[language] for name, both in _words().items()}
    words |= {"lang": LANGUAGES[language], "other_lang": other, **more}
    text = _template(template)
    return _SLOT.sub(lambda found: html.escape(words[found[1]]), text).encode()


def word(name: str, language: str) -> str:
    """Return one word of the page."""
    return _words()[name][language]


def choose_language(asked: str, kept: str, accepted: str) -> str:
    """Return `zh` or `en`: what was asked for, else chosen before, else the browser's first."""
    for wish in (asked, kept):
        if wish in LANGUAGES:
            return wish
    for part in accepted.lower().split(","):
        language = part.strip()[:2]
        if language in LANGUAGES:
            return language
    return "zh"


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = json.loads(
        resources.path("hub/words.json").read_text("utf-8")
    )
    return words


@lru_cache(maxsize=2)
def _template(name: str) -> str:
    return resources.path(f"hub/{name}").read_text("utf-8")
