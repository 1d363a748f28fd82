"""Pictures lie in the private part of a fact; removing one erases it here and at every peer."""

from pathlib import Path

import pytest
from desk_facts import opened, png
from factories import KEY, Room

from app.domain.errors import InvalidInput, NotFound
from app.services.attachments import AttachmentService
from db import migrations
from db.engine import Database
from db.journal import COLUMNS
from db.merging import store_foreign
from db.verify import rebuild, verify


@pytest.fixture
def pictures(empty_room: Room) -> AttachmentService:
    return AttachmentService(empty_room.desk.context)


def test_a_picture_comes_back_as_it_was(empty_room: Room, pictures: AttachmentService) -> None:
    visit = opened(empty_room)
    made = pictures.add(visit, "i1", png(), masked=True)
    assert (made.width, made.height, made.masked, made.size) == (4, 3, True, len(png()))
    assert pictures.image(made.id) == png()
    assert pictures.list_attachments(visit) == (made,)
    assert pictures.list_attachments("other") == ()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8 jpeg", png(1601, 1), png(1, 1601), png(extra=b"x" * 700_000)]
)
def test_only_small_pictures_are_kept(
    empty_room: Room, pictures: AttachmentService, data: bytes
) -> None:
    visit = opened(empty_room)
    with pytest.raises(InvalidInput):
        pictures.add(visit, "", data, masked=False)


def test_a_picture_needs_a_visit(pictures: AttachmentService) -> None:
    with pytest.raises(NotFound):
        pictures.add("nobody", "", png(), masked=False)


def test_removing_erases_the_bytes_and_the_journal_stays_sound(
    empty_room: Room, pictures: AttachmentService
) -> None:
    visit = opened(empty_room)
    gone, kept = (pictures.add(visit, "", png(side), masked=False) for side in (5, 6))
    pictures.remove(gone.id)
    assert pictures.list_attachments(visit) == (kept,)
    for act in (pictures.image, pictures.remove):
        with pytest.raises(NotFound):
            act(gone.id)
    left = empty_room.connection.execute(
        "SELECT private, salt FROM fact WHERE subject=? AND kind='attachment.added'",
        (f"attachment:{gone.id}",),
    ).fetchall()
    assert left == [(None, None)]
    assert verify(empty_room.connection).is_sound
    with empty_room.desk.context.database.write() as connection:
        rebuild(connection)
    assert pictures.list_attachments(visit) == (kept,)
    assert verify(empty_room.connection).is_sound


def test_a_peer_that_had_the_bytes_erases_them(
    empty_room: Room, pictures: AttachmentService, tmp_path: Path
) -> None:
    """The peer heard of the picture first, of its removal later; order within chains holds."""
    visit = opened(empty_room)
    made = pictures.add(visit, "", png(), masked=False)
    select = f"SELECT {COLUMNS} FROM fact ORDER BY seq"  # noqa: S608 - constants
    before = empty_room.connection.execute(select).fetchall()
    pictures.remove(made.id)
    after = empty_room.connection.execute(select).fetchall()
    peer = Database(tmp_path / "peer.db", KEY)
    migrations.upgrade(peer)
    context = empty_room.desk.context
    for rows in (before, after):
        with peer.write() as connection:
            store_foreign(
                connection, rows, event_id=context.event_id, wall_ms=context.clock.wall_ms()
            )
    held = peer.connection().execute("SELECT count(*) FROM fact WHERE private LIKE '%png%'")
    assert held.fetchone() == (0,)
    assert peer.connection().execute("SELECT count(*) FROM attachment").fetchone() == (0,)
    assert verify(peer.connection()).is_sound
    peer.close()
