"""Nonces by the hub's own clock: made without storing anything, remembered only once spent."""

import base64
import binascii
import hmac
import os
from collections.abc import Callable

_TIME, _RANDOM, _MARK = 8, 12, 16


class Nonces:
    """Makes nonces and tells good ones; every process with the hub's key knows the others'."""

    def __init__(self, secret: bytes, wall_ms: Callable[[], int], *, seconds: int) -> None:
        """`secret` is the hub's, the same in each of its processes."""
        self._secret = secret
        self._wall_ms = wall_ms
        self._lifetime_ms = seconds * 1000

    def make(self) -> str:
        """Return a fresh nonce."""
        body = self._wall_ms().to_bytes(_TIME, "big") + os.urandom(_RANDOM)
        return base64.urlsafe_b64encode(body + self._mark(body)).decode()

    def find_expiry_ms(self, nonce: str) -> int | None:
        """Return until when a nonce is good; None where it is not ours or is too old."""
        try:
            raw = base64.urlsafe_b64decode(nonce.encode("ascii"))
        except (binascii.Error, UnicodeError):
            return None
        body, mark = raw[: _TIME + _RANDOM], raw[_TIME + _RANDOM :]
        if not hmac.compare_digest(mark, self._mark(body)):
            return None
        made_ms = int.from_bytes(body[:_TIME], "big")
        expires_ms = made_ms + self._lifetime_ms
        # Another process's clock may be a little ahead; far ahead would live too long.
        is_in_time = made_ms - 60_000 <= self._wall_ms() < expires_ms
        return expires_ms if is_in_time else None

    def _mark(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, "sha256")[:_MARK]
