"""What the exchange learns of this machine's clock: carried by new facts, noted of earlier ones.

Within one boot the monotonic clock tells how far the wall clock was off at each fact, also before
somebody set it. Facts whose moment a person or a log told are no readings, and are left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.domain.clock import JUMP_MS, MeasuredClock
from app.domain.facts import Draft, FactKind
from db.engine import Connection, Database
from db.journal import Journal

FACTS_AT_ONCE = 100
"""Facts one correction speaks of: storing it folds their subjects again, between people's acts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One own fact's clocks."""

    seq: int
    at: int
    mono: int
    offset_ms: int
    quality: str

    @property
    def base(self) -> int:
        """Wall against monotonic clock: changes only when somebody sets the wall clock."""
        return self.at - self.mono


@dataclass(frozen=True, slots=True)
class Stretch:
    """Facts in sequence whose clock was off by the same."""

    first_seq: int
    last_seq: int
    offset_ms: int


class ClockNotes:
    """Keeps an event's journal told of the measured clock."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal
        self._noted: MeasuredClock | None = None

    def note(self, offset_ms: int, error_ms: int) -> int:
        """Take a measurement of the machine's wall clock; return how many stretches it corrects."""
        measured = self._journal.set_offset(offset_ms)
        before, self._noted = self._noted, measured
        if before and before.boot == measured.boot:
            return 0  # facts since the first measurement carry what was known
        with self._database.read() as connection:
            readings = self._list_readings(connection, measured.boot)
        base = measured.base_ms - offset_ms
        stretches = list(_corrected(readings, base, measured.base_ms))
        for stretch in stretches:
            with self._database.write_between() as connection:
                self._journal.append(connection, [self._draft(stretch, error_ms)])
        return len(stretches)

    def _list_readings(self, connection: Connection, boot: str) -> list[Reading]:
        origin = self._journal.origin
        rows = connection.execute(
            "SELECT seq, at, mono, offset_ms, offset_quality FROM fact AS f"
            " WHERE device=? AND incarnation=? AND boot=? AND NOT EXISTS"
            " (SELECT 1 FROM clock_correction c WHERE c.device=f.device"
            "  AND c.incarnation=f.incarnation AND f.seq BETWEEN c.first_seq AND c.last_seq)"
            " ORDER BY seq",
            (origin.device, origin.incarnation, boot),
        )
        return [Reading(*row) for row in rows]

    def _draft(self, stretch: Stretch, error_ms: int) -> Draft:
        origin = self._journal.origin
        return Draft(
            kind=FactKind.CLOCK_CORRECTED,
            subject=f"device:{origin.device}",
            body={
                "incarnation": origin.incarnation,
                "first_seq": stretch.first_seq,
                "last_seq": stretch.last_seq,
                "offset_ms": stretch.offset_ms,
                "error_ms": error_ms,
            },
        )


def _corrected(readings: list[Reading], base: int, true_base: int) -> Iterator[Stretch]:
    """Yield what is to be corrected by more than a minute."""
    bases = {base}
    for before, fact in pairwise(readings):
        if fact.quality == "doubtful":  # somebody set the clock between the two
            bases |= {before.base, fact.base}
    wrong = (
        (fact, true_base - fact.base)
        for fact in readings
        if any(abs(fact.base - other) <= JUMP_MS for other in bases)
        and abs(true_base - fact.base - fact.offset_ms) > JUMP_MS
    )
    stretch: Stretch | None = None
    for fact, offset in wrong:
        if (
            stretch is not None
            and fact.seq == stretch.last_seq + 1
            and abs(offset - stretch.offset_ms) < 1000
            and stretch.last_seq - stretch.first_seq + 1 < FACTS_AT_ONCE
        ):
            stretch = Stretch(stretch.first_seq, fact.seq, stretch.offset_ms)
            continue
        if stretch is not None:
            yield stretch
        stretch = Stretch(fact.seq, fact.seq, offset)
    if stretch is not None:
        yield stretch
