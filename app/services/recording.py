"""Recording one scan: who it belongs to, the verdict, the fact, the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.badge import CodeReading
from app.domain.clock import ms_of
from app.domain.facts import Draft, Fact, FactKind, PersonId
from app.domain.fold import fold_person
from app.domain.merging import subject_of_badge
from app.domain.people import check_id_number, normalize_id_number
from app.domain.text import mask_code
from app.domain.verdict import Candidate, ReadingKind, Verdict, judge_scan
from app.services.card_holders import find_card_holder, unread
from app.services.context import EventContext
from app.services.outcomes import ScanOutcome, Station
from app.services.people import card_of
from app.services.scan_bodies import detail_of, scan_body
from db.engine import Connection
from db.journal import load_subject
from db.queries import desk
from db.queries.desk import PersonFace


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a reading belongs to, and through which badge."""

    person_id: PersonId
    face: PersonFace | None
    revoked_ms: int | None = None
    code: str = ""


class ScanRecorder:
    """Judges a reading inside the caller's write transaction and appends its fact."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def find_holder(self, connection: Connection, reading: CodeReading) -> Holder | None:
        """Return who carries what was read: a badge, a bound card, or an ID number known here."""
        if reading.kind is ReadingKind.OWN:
            badge = desk.find_badge_holder(connection, reading.code)
            if badge is None:
                return None
            person_id, revoked_ms, face = badge
            return Holder(person_id, face, revoked_ms=revoked_ms, code=reading.code)
        if reading.kind is not ReadingKind.UNREADABLE:
            return None
        card = find_card_holder(self._context, connection, reading.code)
        if card is not None:
            face = desk.find_face(connection, card.person_id)
            return Holder(card.person_id, face, revoked_ms=card.revoked_ms, code=card.code)
        if check_id_number(reading.code).checksum_ok:
            number = normalize_id_number(reading.code)
            known = desk.find_by_id_number(connection, number)
            return Holder(known, desk.find_face(connection, known)) if known else None
        return None

    def record(
        self,
        connection: Connection,
        reading: CodeReading,
        holder: Holder | None,
        station: Station,
        *,
        at: datetime | None,
        reader: str,
    ) -> ScanOutcome:
        """Judge what was read and append it, whatever came of it."""
        now = at if at is not None else self._context.now()
        kind = ReadingKind.OWN if holder else reading.kind
        subject, earlier = _subject_of(connection, holder, station)
        judgement = judge_scan(
            kind,
            self._candidate(holder, earlier, station.session) if holder else None,
            window=self._context.windows[station.session],
            windows=self._context.windows,
            station=station.letter,
            setting=station.direction,
            now=now,
        )
        badge_code = holder.code if holder else (reading.code if kind is ReadingKind.OWN else "")
        draft = Draft(
            kind=FactKind.SCAN_RECORDED,
            subject=subject,
            body=scan_body(
                judgement,
                session=station.session,
                station=station.letter,
                code=badge_code,
                reader=reader,
            ),
            # What is no badge of ours may be anything, an ID card too: it is personal data.
            private=None if holder else unread(self._context, connection, reading.code),
            actor=self._context.actor,
            at_ms=ms_of(at) if at is not None else None,
        )
        known = {subject: earlier} if holder else {}
        fact = self._context.journal.append(connection, [draft], known=known)[0]
        is_unknown = judgement.verdict is Verdict.UNKNOWN
        size, as_of = self._roster_age(connection, station.session) if is_unknown else (0, None)
        return ScanOutcome(
            fact_id=fact.id,
            code=badge_code or mask_code(reading.code),
            verdict=judgement.verdict,
            tone=judgement.tone,
            counts=judgement.counts,
            at=self._context.local(fact.at + fact.offset_ms),
            session=station.session,
            direction=judgement.direction,
            station=station.letter,
            person=card_of(holder.face) if holder and holder.face else None,
            # As it will be read back: moments in the venue's zone.
            detail=detail_of(fact.body["detail"], self._context.plan.zone),
            roster_size=size,
            roster_as_of=as_of,
        )

    def _candidate(self, holder: Holder, earlier: Sequence[Fact], session: str) -> Candidate:
        state = fold_person(holder.person_id, earlier)
        revoked = holder.revoked_ms
        return Candidate(
            person_id=holder.person_id,
            badge_revoked_at=self._context.local(revoked) if revoked is not None else None,
            registrations={code: item.status for code, item in state.registrations.items()},
            scans=state.scans_at(session),
        )

    def _roster_age(self, connection: Connection, session: str) -> tuple[int, datetime | None]:
        size = desk.counts(connection, session)[0]
        newest = desk.newest_registration_ms(connection, session)
        return size, self._context.local(newest) if newest is not None else None


def _subject_of(
    connection: Connection, holder: Holder | None, station: Station
) -> tuple[str, list[Fact]]:
    """Return whose fact a scan will be, and what is known of the person."""
    if holder is None:
        return f"station:{station.letter}", []
    subject = f"person:{holder.person_id}"
    earlier = load_subject(connection, subject)
    return subject_of_badge(earlier, holder.code, subject), earlier
