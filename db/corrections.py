"""What was learned later of a clock, laid over facts as they are read: no fact is rewritten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.facts import Fact
from db.engine import Connection

ChainKey = tuple[str, str]
CorrectionRow = tuple[str, str, int, int, int, int]
"""The columns of `clock_correction`."""
_SELECT = (
    "SELECT device, incarnation, first_seq, last_seq, offset_ms, error_ms FROM clock_correction"
)


class Corrections:
    """Offsets of stretches of chains. Where two overlap, the one with the smaller error holds."""

    def __init__(self, rows: Iterable[CorrectionRow]) -> None:
        self._stretches: dict[ChainKey, list[CorrectionRow]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row[5], row[2:])):
            self._stretches[row[:2]].append(row)

    def apply(self, facts: list[Fact]) -> list[Fact]:
        """Return facts with the offsets they should have carried."""
        if not self._stretches:
            return facts
        return [self._corrected(fact) for fact in facts]

    def _corrected(self, fact: Fact) -> Fact:
        # What a device says of itself is read as recorded: corrections come from it.
        if fact.subject.startswith("device:"):
            return fact
        for _device, _chain, first, last, offset, _error in self._stretches.get(
            (fact.device, fact.incarnation), ()
        ):
            if first <= fact.seq <= last:
                return replace(fact, offset_ms=offset, offset_quality="measured")
        return fact


def find_corrections(connection: Connection) -> Corrections:
    """Return every correction that is known here."""
    return Corrections(connection.execute(_SELECT).fetchall())


def list_corrected_subjects(connection: Connection, facts: Sequence[Fact]) -> list[str]:
    """Return the subjects of the facts that these `clock.corrected` facts speak of."""
    subjects: dict[str, None] = {}
    for fact in facts:
        body = fact.body
        device = fact.subject.removeprefix("device:")
        stretch = (device, body["incarnation"], body["first_seq"], body["last_seq"])
        for table in ("fact", "fork_fact"):
            found = connection.execute(
                f"SELECT DISTINCT subject FROM {table}"  # noqa: S608 - constants
                " WHERE device=? AND incarnation=? AND seq BETWEEN ? AND ?",
                stretch,
            )
            subjects.update((row[0], None) for row in found)
    return [subject for subject in subjects if not subject.startswith("device:")]
