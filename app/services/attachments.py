"""Pictures of issues: the private part of a fact, so encrypted, chained, and erasable."""

import base64
import hashlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.clock import uuid7
from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, FactKind
from app.domain.words import Words
from app.services.attachments_views import LARGEST_BYTES, LONGEST_SIDE, Attachment
from app.services.context import EventContext
from db.engine import Connection
from db.journal import erase_private, find_fact
from db.queries.answers_followups import has_visit
from db.queries.answers_pictures import StoredPicture, find_picture, list_pictures

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HARD_LIMIT = LARGEST_BYTES * 3 // 2


class AttachmentService:
    """Pictures that were pasted at a desk."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def add(self, visit_id: str, issue_id: str, png: bytes, *, masked: bool) -> Attachment:
        """Keep a picture with a visit's issue. Raises InvalidInput for what is no small PNG."""
        width, height = _check_png(png)
        picture_id = uuid7(self._context.clock.wall_ms())
        body = {
            "visit": visit_id,
            "issue": issue_id,
            "sha256": hashlib.sha256(png).hexdigest(),
            "size": len(png),
            "width": width,
            "height": height,
            "masked": masked,
        }
        draft = Draft(
            kind=FactKind.ATTACHMENT_ADDED,
            subject=f"attachment:{picture_id}",
            body=body,
            private={"png": base64.b64encode(png).decode("ascii")},
            actor=self._context.actor,
        )
        with self._context.database.write() as connection:
            if not has_visit(connection, visit_id):
                raise NotFound(Words(zh="找不到這次求助。", en="There is no such visit."))
            self._context.journal.append(connection, [draft])
            return _attachment(_get(connection, picture_id))

    def list_attachments(self, visit_id: str) -> tuple[Attachment, ...]:
        """Return a visit's pictures, oldest first."""
        with self._context.database.read() as connection:
            return tuple(_attachment(item) for item in list_pictures(connection, visit_id))

    def image(self, attachment_id: str) -> bytes:
        """Return a picture as PNG. Raises NotFound where it was removed."""
        with self._context.database.read() as connection:
            fact = find_fact(connection, _get(connection, attachment_id).fact_id)
        if fact is None or fact.private is None:
            raise _gone()
        return base64.b64decode(fact.private["png"])

    def remove(self, attachment_id: str) -> None:
        """Remove a picture: its bytes are erased for good, that it was there stays on record.

        The chain goes on verifying, because it covers only the digest of what was erased; a peer
        that still has the bytes erases them when it hears of it.
        """
        subject = f"attachment:{attachment_id}"
        draft = Draft(
            kind=FactKind.ATTACHMENT_REMOVED, subject=subject, body={}, actor=self._context.actor
        )
        database = self._context.database
        with database.write() as connection, _overwriting(connection):
            _get(connection, attachment_id)
            self._context.journal.append(connection, [draft])
            erase_private(connection, self._context.journal, [subject], self._context.actor)
        # The log of writes may still hold the page as it was.
        database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def _overwriting(connection: Connection) -> Iterator[None]:
    """Let the engine overwrite what it frees: whoever has the key must not find the bytes."""
    connection.execute("PRAGMA secure_delete=ON").fetchall()
    try:
        yield
    finally:
        connection.execute("PRAGMA secure_delete=OFF").fetchall()


def _get(connection: Connection, attachment_id: str) -> StoredPicture:
    found = find_picture(connection, attachment_id)
    if found is None:
        raise _gone()
    return found


def _gone() -> NotFound:
    return NotFound(Words(zh="這張圖片已經移除。", en="This picture was removed."))


def _check_png(png: bytes) -> tuple[int, int]:
    """Return width and height in pixels."""
    if not png.startswith(_SIGNATURE) or png[12:16] != b"IHDR" or len(png) < 45:
        raise InvalidInput(Words(zh="這不是 PNG 圖片。", en="This is no PNG picture."), field="png")
    width, height = struct.unpack(">II", png[16:24])
    if max(width, height) > LONGEST_SIDE or len(png) > _HARD_LIMIT:
        raise InvalidInput(
            Words(zh="圖片太大，沒有存下來。", en="The picture is too large; it was not kept."),
            remedy=Words(zh="請截取較小的範圍再貼一次。", en="Paste a smaller part of the screen."),
            field="png",
        )
    return width, height


def _attachment(item: StoredPicture) -> Attachment:
    return Attachment(
        id=item.id,
        visit_id=item.visit_id,
        issue_id=item.issue_id,
        sha256=item.sha256,
        size=item.size,
        width=item.width,
        height=item.height,
        masked=bool(item.masked),
        at_ms=item.at_ms,
    )
