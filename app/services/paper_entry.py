"""Paper fallback: a sheet to sign by hand, and its times entered afterwards, each only once."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from app.domain.badge import CodeReading, read_code
from app.domain.clock import ms_of
from app.domain.errors import Cancelled, InvalidInput, NotFound
from app.domain.facts import PersonId
from app.domain.paper_codes import LONG_DIGITS, is_row_code, row_code
from app.domain.scans import Direction, StationDirection, Verdict
from app.domain.verdict import ReadingKind
from app.domain.words import Words
from app.papers.paper_signin import PaperRow, PaperSheet, write_paper_signin
from app.papers.paper_warnings import PaperWarning
from app.services import paper_wording as wording
from app.services.badges import BadgeService
from app.services.cards import PersonCard
from app.services.context import EventContext
from app.services.outcomes import ScanOutcome, Station
from app.services.people import card_of
from app.services.recording import Holder, ScanRecorder
from app.services.rehearsals import leaving_file
from app.services.scan_bodies import PAPER
from db.engine import Connection
from db.queries import desk

SAME_WITHIN = timedelta(minutes=30)
"""A record of the same direction this near is the same coming or going, told twice."""
AT_ONCE = 50
"""Lines of one transaction, so that a scan at the door never waits long."""
_TIME = re.compile(r"(\d{1,2}):?(\d{2})")
_NOTHING = frozenset({"", "-", "—"})
Progress = Callable[[int, int], bool]


class Fate(StrEnum):
    """What became of one time on paper."""

    RECORDED = "recorded"
    KNOWN = "known"
    """Something of the same direction was recorded near that time already."""
    REFUSED = "refused"
    """Recorded with a verdict that does not count, such as cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of the sheet as it was understood."""

    person: PersonCard
    badge: str = ""
    came_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """What became of one time of one line."""

    person: PersonCard
    direction: Direction
    at: datetime
    fate: Fate
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSheet:
    """The file, and what the paper could not show."""

    file: Path
    rows: int
    warnings: tuple[PaperWarning, ...] = ()


class PaperService:
    """Prints sheets to sign by hand and takes their times back."""

    def __init__(self, context: EventContext) -> None:
        self._context = context
        self._recorder = ScanRecorder(context)

    def write_sheet(
        self, session: str, out: Path, *, unit: str = "", by_unit: bool = False
    ) -> WrittenSheet:
        """Write the sheet of a session as PDF, or of one of its units.

        Issues badges to those who have none, for the bar codes. Raises NotFound, NotAllowed.
        """
        held = self._context.get_session(session)
        out = leaving_file(self._context, out)
        rows = [row for row in self._rows(session) if unit in ("", row.unit)]
        if not rows:
            raise NotFound(wording.NOBODY_LISTED, remedy=wording.LOOK_AT_ROSTER)
        plan = self._context.plan
        sheet = PaperSheet(
            event_title=plan.title,
            session_title=held.title,
            held_on=held.held_on,
            venue=plan.venue_of(held).name,
            organiser=plan.organiser,
            rows=tuple(rows),
            by_unit=by_unit,
        )
        warnings = write_paper_signin(out, sheet)
        return WrittenSheet(file=out, rows=len(rows), warnings=warnings)

    def list_units(self, session: str) -> tuple[str, ...]:
        """Return the units of a session's roster, as the sheet names them. Changes nothing."""
        self._context.get_session(session)
        with self._context.database.read() as connection:
            people = self._people(connection, session)
            faces = [desk.find_face(connection, person) for person in people]
        return tuple(sorted({card_of(face).unit for face in faces if face is not None}))

    def read_line(self, session: str, text: str) -> PaperLine:
        """Understand `number in out`: times as 8:41 or 0841, `-` for none. Raises InvalidInput."""
        words = unicodedata.normalize("NFKC", text).replace(",", " ").split()
        if not words:
            raise _bad(wording.NO_NUMBER, "code")
        # A number may be typed as it is printed, in two halves.
        if len(words) > 1 and (joined := words[0] + words[1]) and is_row_code(joined):
            words = [joined, *words[2:]]
        code, times = words[0], (*words[1:], "", "")
        if len(words) > 3:
            raise _bad(wording.TOO_MUCH, "line")
        came_at, left_at = (self._moment(session, word) for word in times[:2])
        if came_at is None and left_at is None:
            raise _bad(wording.NO_TIME, "time")
        if came_at is not None and left_at is not None and left_at <= came_at:
            raise _bad(wording.WRONG_ORDER, "time")
        with self._context.database.read() as connection:
            person, badge = self._find(connection, session, code)
            face = desk.find_face(connection, person)
        if face is None:
            raise _bad(wording.UNKNOWN_NUMBER, "code")
        return PaperLine(person=card_of(face), badge=badge, came_at=came_at, left_at=left_at)

    def enter(
        self,
        session: str,
        lines: Sequence[PaperLine],
        *,
        letter: str = "A",
        progress: Progress | None = None,
    ) -> tuple[PaperEntry, ...]:
        """Record what stands on paper; what is known already is left as it is.

        Entering the same lines again records nothing. Raises NotFound, Cancelled (what was
        recorded so far stands).
        """
        self._context.get_session(session)
        entries: list[PaperEntry] = []
        for start in range(0, len(lines), AT_ONCE):
            with self._context.database.write() as connection:
                for line in lines[start : start + AT_ONCE]:
                    entries += self._enter_line(connection, session, line, letter)
            if progress is not None and not progress(min(start + AT_ONCE, len(lines)), len(lines)):
                raise Cancelled
        return tuple(entries)

    def _enter_line(
        self, connection: Connection, session: str, line: PaperLine, letter: str
    ) -> Iterable[PaperEntry]:
        times = ((Direction.IN, line.came_at), (Direction.OUT, line.left_at))
        for direction, at in times:
            if at is None:
                continue
            outcome = None
            if not self._is_known(connection, session, line.person.id, direction, at):
                outcome = self._record(connection, session, line, letter, direction, at)
            yield PaperEntry(
                person=line.person,
                direction=direction,
                at=at,
                fate=_fate(outcome),
                verdict=outcome.verdict if outcome else None,
            )

    def _record(
        self,
        connection: Connection,
        session: str,
        line: PaperLine,
        letter: str,
        direction: Direction,
        at: datetime,
    ) -> ScanOutcome:
        station = Station(
            session=session, direction=StationDirection(direction.value), letter=letter
        )
        face = desk.find_face(connection, line.person.id)
        reading = CodeReading(kind=ReadingKind.OWN, code=line.badge)
        holder = Holder(line.person.id, face, code=line.badge)
        return self._recorder.record(connection, reading, holder, station, at=at, reader=PAPER)

    def _is_known(
        self,
        connection: Connection,
        session: str,
        person_id: PersonId,
        direction: Direction,
        at: datetime,
    ) -> bool:
        near_ms, at_ms = SAME_WITHIN.total_seconds() * 1000, ms_of(at)
        for scan in desk.person_scans(connection, session, person_id):
            body = json.loads(scan.body)
            if scan.voided_ms is not None or body["direction"] != direction.value:
                continue
            # What did not count is told once only too, when it came from the same paper.
            stands = scan.counts or scan.admitted
            if stands and abs(scan.at_ms - at_ms) <= near_ms:
                return True
            if body.get("reader") == PAPER and scan.at_ms == at_ms:
                return True
        return False

    def _rows(self, session: str) -> list[PaperRow]:
        badges = BadgeService(self._context).badges_for(session)
        with self._context.database.read() as connection:
            numbers = _numbers(self._people(connection, session))
        shown = {person: number for number, person in numbers.items()}
        return [
            PaperRow(
                number=shown[badge.person_id], name=badge.name, unit=badge.unit, badge=badge.code
            )
            for badge in badges
            if badge.person_id in shown
        ]

    def _people(self, connection: Connection, session: str) -> list[PersonId]:
        rows = connection.execute(
            "SELECT person_id FROM registration WHERE session=? ORDER BY person_id", (session,)
        )
        return [PersonId(row[0]) for row in rows]

    def _find(self, connection: Connection, session: str, code: str) -> tuple[PersonId, str]:
        """Return whose line it is, and the badge code where the bar code was scanned."""
        if is_row_code(code):
            people = self._people(connection, session)
            found = _numbers(people).get(code) or _long_numbers(people).get(code)
            if found is not None:
                return found, ""
            raise _bad(wording.UNKNOWN_NUMBER, "code")
        reading = read_code(code, self._context.tag)
        if reading.kind is ReadingKind.OWN:
            holder = desk.find_badge_holder(connection, reading.code)
            if holder is not None:
                return holder[0], reading.code
            raise _bad(wording.UNKNOWN_NUMBER, "code")
        raise _bad(wording.BAD_NUMBER, "code")

    def _moment(self, session: str, word: str) -> datetime | None:
        if word in _NOTHING:
            return None
        match = _TIME.fullmatch(word)
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise _bad(wording.BAD_TIME, "time")
        held = self._context.get_session(session)
        at = self._context.plan.moment(held, time(int(match[1]), int(match[2])))
        if at > self._context.now():
            raise _bad(wording.NOT_YET, "time")
        return at


def _numbers(people: Iterable[PersonId]) -> dict[str, PersonId]:
    """Return the number of everybody; two who would share a short one have long ones."""
    short: dict[str, list[PersonId]] = {}
    for person in people:
        short.setdefault(row_code(person), []).append(person)
    return {
        number if len(sharing) == 1 else row_code(person, digits=LONG_DIGITS): person
        for number, sharing in short.items()
        for person in sharing
    }


def _long_numbers(people: Iterable[PersonId]) -> dict[str, PersonId]:
    """Return everybody's long number: one printed before somebody else came is still known."""
    return {row_code(person, digits=LONG_DIGITS): person for person in people}


def _fate(outcome: ScanOutcome | None) -> Fate:
    if outcome is None:
        return Fate.KNOWN
    return Fate.RECORDED if outcome.counts else Fate.REFUSED


def _bad(message: Words, field: str) -> InvalidInput:
    return InvalidInput(message, remedy=wording.REMEDIES[message], field=field)
