"""A window may hear a verdict while it is being stored, and never takes it for stored."""

import pytest
from factories import Room, station

from app.domain.verdict import Verdict


def test_the_outcome_is_told_before_it_is_committed(room: Room) -> None:
    room.at("08:45")
    told = []

    def hear(outcome):
        assert room.connection.in_transaction
        told.append(outcome)

    outcome = room.desk.checkin.scan(room.code(1), station("b1d1"), foretell=hear)
    assert told == [outcome]
    assert outcome.verdict is Verdict.CHECKED_IN
    assert room.desk.checkin.recent_scans("b1d1") == (outcome,)


def test_what_is_told_but_not_committed_never_happened(room: Room) -> None:
    room.at("08:45")

    def hear(_outcome):
        raise LookupError

    with pytest.raises(LookupError):
        room.desk.checkin.scan(room.code(1), station("b1d1"), foretell=hear)
    assert room.desk.checkin.recent_scans("b1d1") == ()
    assert room.scan(room.code(1)).verdict is Verdict.CHECKED_IN
