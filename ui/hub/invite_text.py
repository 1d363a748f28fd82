"""The text a QR of an invitation carries, and what people paste: address and code in one line."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from app.domain.invitation_code import is_code

SCHEME = "venuedesk"
_ADDRESS = re.compile(r"(?i)\bhttps?://[^\s?#,，、]+")


def invite_text(url: str, code: str) -> str:
    """Return what the QR of an invitation carries."""
    return f"{SCHEME}://join?url={quote(url, safe=':/')}&code={quote(code)}"


def read_invite(text: str) -> tuple[str, str] | None:
    """Return address and code of a scanned or pasted text, None where it is not an invitation.

    A reader may change case (Caps Lock) and full-width letters are folded by then.
    """
    text = text.strip()
    if text.lower().startswith(f"{SCHEME}://join?"):
        asked = parse_qs(urlsplit(text).query)
        fields = {name.lower(): values[0] for name, values in asked.items()}
        found = (fields.get("url", ""), fields.get("code", ""))
        return _tidy(*found) if all(found) else None
    address = _ADDRESS.search(text)
    if address is None:
        return None
    rest = (text[: address.start()] + text[address.end() :]).strip(" \t\r\n#?+,，、")
    return _tidy(address.group(), rest) if is_code(rest) else None


def _tidy(url: str, code: str) -> tuple[str, str]:
    return url.lower().rstrip("/"), code.strip().upper()
