"""The door: scans, admissions, undo, walk-ins, live counts."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.badge import CodeReading, read_code
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, FactId, FactKind, PersonId
from app.domain.fold import PersonState, fold_person
from app.domain.verdict import CHOICES, ReadingKind, RegistrationStatus
from app.domain.words import Words
from app.services.context import EventContext
from app.services.outcomes import Counts, ScanOutcome, Station, WalkIn
from app.services.people import PersonCard
from app.services.recording import Holder, ScanRecorder
from app.services.stored_scans import stored_outcome
from app.services.walk_ins import find_similar, register_walk_in
from db.engine import Connection
from db.journal import find_fact, load_subject
from db.queries import desk

__all__ = ["CheckinService", "Counts", "ScanOutcome", "Station", "WalkIn"]


class CheckinService:
    """Judge scans at one event and record them; acknowledges after commit only."""

    def __init__(self, context: EventContext) -> None:
        self._context = context
        self._recorder = ScanRecorder(context)

    def scan(
        self,
        raw: str,
        station: Station,
        *,
        at: datetime | None = None,
        reader: str = "keyboard",
    ) -> ScanOutcome:
        """Record one reading, whatever came of it, and return its verdict."""
        self._context.get_session(station.session)
        reading = read_code(raw, self._context.tag)
        with self._context.database.write() as connection:
            holder = self._recorder.find_holder(connection, reading)
            return self._recorder.record(connection, reading, holder, station, at=at, reader=reader)

    def scan_person(
        self, person_id: PersonId, station: Station, *, at: datetime | None = None
    ) -> ScanOutcome:
        """Check in or out a person picked from a search, as if the badge had been read."""
        self._context.get_session(station.session)
        picked = CodeReading(kind=ReadingKind.OWN, code="")
        with self._context.database.write() as connection:
            face = desk.find_face(connection, person_id)
            if face is None:
                raise _no_such_person()
            return self._recorder.record(
                connection, picked, Holder(person_id, face), station, at=at, reader="search"
            )

    def admit(self, fact_id: FactId, reason: str) -> ScanOutcome:
        """Turn a choice verdict into an admission; registers the person here where needed.

        A person who came to another session of the same course is moved: the other registration
        is cancelled. Raises NotFound (no such scan) and NotAllowed (not a choice, or undone).
        """
        with self._context.database.write() as connection:
            scan = self._get_scan(connection, fact_id)
            if scan.verdict not in CHOICES or scan.person is None or scan.voided or scan.admitted:
                raise NotAllowed(
                    Words(zh="這一筆不能補放行。", en="This scan cannot be admitted."),
                    remedy=Words(
                        zh="只有「未在名冊、已取消、尚未開放」且未撤銷的紀錄可以。",
                        en="Only scans not on the roster, cancelled or too early, and not undone.",
                    ),
                )
            subject = f"person:{scan.person.id}"
            state = fold_person(scan.person.id, load_subject(connection, subject))
            drafts = [
                *self._registering(state, scan, reason),
                Draft(
                    kind=FactKind.SCAN_ADMITTED,
                    subject=_subject_of(connection, fact_id),
                    body={"scan": fact_id, "session": scan.session},
                    private={"reason": reason},
                    actor=self._context.actor,
                ),
            ]
            self._context.journal.append(connection, drafts)
            return self._get_scan(connection, fact_id)

    def _registering(self, state: PersonState, scan: ScanOutcome, reason: str) -> Iterator[Draft]:
        """Yield the registration an admission needs, and the cancellation that makes it a move."""
        here = state.registrations.get(scan.session)
        if here is not None and here.status is RegistrationStatus.ACTIVE:
            return
        subject, actor = f"person:{state.id}", self._context.actor
        other = scan.detail.other_session
        windows = self._context.windows
        is_same_course = other and windows[other].course == windows[scan.session].course
        if is_same_course and not any(past.counts for past in state.scans_at(other or "")):
            yield Draft(
                kind=FactKind.REGISTRATION_CANCELLED,
                subject=subject,
                body={"session": other, "moved_to": scan.session},
                private={"reason": reason},
                actor=actor,
            )
        yield Draft(
            kind=FactKind.REGISTRATION_ADDED,
            subject=subject,
            body={"session": scan.session, "origin": "moved"},
            actor=actor,
        )

    def walk_in(self, form: WalkIn, station: Station, *, at: datetime | None = None) -> ScanOutcome:
        """Register somebody here and now and check in. Raises InvalidInput(field)."""
        self._context.get_session(station.session)
        with self._context.database.write() as connection:
            facts = register_walk_in(self._context, connection, form, station, at=at)
            return self._get_scan(connection, facts[-1].id)

    def similar_people(self, form: WalkIn) -> tuple[PersonCard, ...]:
        """Return people already known who may be the one at the desk, likeliest first."""
        with self._context.database.read() as connection:
            return find_similar(connection, form)

    def undo_scan(self, fact_id: FactId, reason: str) -> ScanOutcome:
        """Void a scan with a reason. Raises NotFound, NotAllowed (already undone)."""
        if not reason.strip():
            raise InvalidInput(
                Words(zh="撤銷需要理由。", en="Undoing needs a reason."), field="reason"
            )
        with self._context.database.write() as connection:
            scan = self._get_scan(connection, fact_id)
            if scan.voided:
                raise NotAllowed(
                    Words(zh="這一筆已經撤銷過了。", en="This scan has been undone already.")
                )
            draft = Draft(
                kind=FactKind.SCAN_VOIDED,
                subject=_subject_of(connection, fact_id),
                body={"scan": fact_id, "session": scan.session},
                private={"reason": reason},
                actor=self._context.actor,
            )
            self._context.journal.append(connection, [draft])
            return self._get_scan(connection, fact_id)

    def recent_scans(self, session: str, *, limit: int = 20) -> tuple[ScanOutcome, ...]:
        """Return the last scans at this session, newest first, voided ones included."""
        with self._context.database.read() as connection:
            scans = desk.recent_scans(connection, session, limit)
        return tuple(stored_outcome(self._context, scan) for scan in scans)

    def counts(self, session: str) -> Counts:
        """Return the live numbers of a session."""
        with self._context.database.read() as connection:
            expected, arrived, present = desk.counts(connection, session)
        return Counts(expected=expected, arrived=arrived, present=present)

    def roster_as_of(self, session: str) -> datetime | None:
        """Return when the session's roster last grew, None while it is empty."""
        with self._context.database.read() as connection:
            newest = desk.newest_registration_ms(connection, session)
        return self._context.local(newest) if newest is not None else None

    def _get_scan(self, connection: Connection, fact_id: FactId) -> ScanOutcome:
        stored = desk.find_scan(connection, fact_id)
        if stored is None:
            raise NotFound(
                Words(zh="找不到這一筆掃描。", en="There is no such scan here."),
                remedy=Words(
                    zh="請用「最近的掃描」裡的紀錄編號。",
                    en="Use the fact id that the scan was acknowledged with.",
                ),
            )
        return stored_outcome(self._context, stored)


def _subject_of(connection: Connection, fact_id: FactId) -> str:
    """Return whose fact a scan is: of people who are one, not always the one they go by."""
    fact = find_fact(connection, fact_id)
    if fact is None:  # the tables that showed it are made from the journal
        raise AssertionError
    return fact.subject


def _no_such_person() -> NotFound:
    return NotFound(
        Words(zh="名冊裡沒有這個人。", en="There is no such person here."),
        remedy=Words(zh="請重新搜尋。", en="Search again."),
    )
