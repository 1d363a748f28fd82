"""One person: what is known, what happened, and every change somebody makes by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.clock import uuid7
from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import Draft, Fact, FactKind, PersonId, UnitId
from app.domain.fold import BadgeState, PersonState, fold_person
from app.domain.people import PersonData, normalize_id_number
from app.domain.person_changes import check_changes
from app.domain.presence import Whereabouts, where_now
from app.domain.verdict import RegistrationStatus
from app.domain.words import Words
from app.services.context import EventContext
from app.services.merging_people import (
    MergedPerson,
    list_merged,
    list_warnings,
    merge_body,
    merges_of,
)
from app.services.outcomes import WalkIn
from app.services.person_history import HistoryLine, tell_history
from app.services.twins import TwinPair, find_twins
from app.services.walk_ins import check_form
from db.engine import Connection
from db.journal import load_subject
from db.queries.units import find_unit_name
from db.same_people import find_representative

__all__ = [
    "HistoryLine",
    "MergedPerson",
    "PersonBadge",
    "PersonDetail",
    "PersonRegistration",
    "PersonService",
    "TwinPair",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistration:
    """Somebody's place on a session's roster."""

    session: str
    status: RegistrationStatus
    origin: str
    added_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBadge:
    """A badge, or a card that is as good as one; of a card `code` is its key, never its number."""

    code: str
    sort: str
    """`badge` or `card`."""
    issued_at: datetime
    revoked_at: datetime | None
    printed_at: datetime | None
    """The last print."""
    prints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetail:
    """Everything the event knows of somebody now."""

    id: PersonId
    data: PersonData
    unit: str
    registrations: tuple[PersonRegistration, ...]
    badges: tuple[PersonBadge, ...]
    merged_from: tuple[MergedPerson, ...] = ()
    where: Whereabouts | None = None
    """The room this person is in now."""
    """Records of the same person that were merged into this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How a move went. Scans stay with the session they were made at."""

    moved: tuple[PersonId, ...]
    had_scans: tuple[PersonId, ...]
    """Those of them with scans at the session they left."""


class PersonService:
    """Reads and changes single people; a change over several is one transaction."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    # --- reading

    def get_person(self, person_id: PersonId) -> PersonDetail:
        """Return somebody. Raises NotFound."""
        with self._context.database.read() as connection:
            facts, state = self._load(connection, person_id)
            return self._detail(connection, facts, state)

    def history(self, person_id: PersonId) -> tuple[HistoryLine, ...]:
        """Return every fact about somebody, oldest first. Raises NotFound."""
        with self._context.database.read() as connection:
            facts, _state = self._load(connection, person_id)
        return tell_history(facts, self._context.local)

    # --- changing

    def amend(
        self,
        person_id: PersonId,
        changes: Mapping[str, str],
        *,
        unit_id: UnitId | None = None,
        reason: str = "",
    ) -> PersonDetail:
        """Change what is known of somebody; `unit_id` where a unit was picked.

        Raises NotFound, InvalidInput(field).
        """
        with self._context.database.write() as connection:
            facts, state = self._load(connection, person_id)
            data = _data_of(state)
            told: dict[str, str] = check_changes(data, changes)
            body = self._unit_body(connection, data, told, unit_id)
            if told or body:
                private = {**told, **_why(reason)} or None
                draft = self._draft(FactKind.REGISTRATION_AMENDED, state.id, body, private)
                facts = [*facts, *self._context.journal.append(connection, [draft])]
                state = fold_person(state.id, facts)
            return self._detail(connection, facts, state)

    def add_person(self, session: str, form: WalkIn) -> PersonDetail:
        """Register somebody by hand, without a check-in. Raises NotFound, InvalidInput(field)."""
        self._context.get_session(session)
        check_form(form)
        person_id = PersonId(uuid7(self._context.clock.wall_ms()))
        told = {
            "name": form.name.strip(),
            "unit_text": form.unit_text.strip(),
            "title": form.title.strip(),
            "id_number": normalize_id_number(form.id_number),
            "phone": form.phone.strip(),
        }
        body: dict[str, Any] = {"session": session, "origin": "added"}
        if form.unit_id:
            body["unit_id"] = form.unit_id
        private = {name: value for name, value in told.items() if value}
        draft = self._draft(FactKind.REGISTRATION_ADDED, person_id, body, private)
        with self._context.database.write() as connection:
            facts = self._context.journal.append(connection, [draft])
            return self._detail(connection, facts, fold_person(person_id, facts))

    def cancel(self, people: Sequence[PersonId], session: str, reason: str) -> int:
        """Cancel registrations and return how many there were. Raises NotFound, InvalidInput."""
        self._context.get_session(session)
        _check_reason(reason)

        def cancelled(state: PersonState) -> Iterator[Draft]:
            if _is_active(state, session):
                yield self._draft(
                    FactKind.REGISTRATION_CANCELLED, state.id, {"session": session}, _why(reason)
                )

        return len(self._change(people, cancelled))

    def restore(self, people: Sequence[PersonId], session: str, reason: str = "") -> int:
        """Take cancellations back and return how many there were. Raises NotFound."""
        self._context.get_session(session)

        def restored(state: PersonState) -> Iterator[Draft]:
            there = state.registrations.get(session)
            if there is not None and there.status is RegistrationStatus.CANCELLED:
                body = {"session": session, "origin": there.origin}
                yield self._draft(FactKind.REGISTRATION_ADDED, state.id, body, _why(reason) or None)

        return len(self._change(people, restored))

    def move(
        self, people: Sequence[PersonId], from_session: str, to_session: str, reason: str
    ) -> Moved:
        """Move registrations to another session. Raises NotFound, InvalidInput."""
        for code in (from_session, to_session):
            self._context.get_session(code)
        _check_reason(reason)
        if from_session == to_session:
            raise InvalidInput(
                Words("兩個場次相同。", "That is the same session."), field="to_session"
            )
        had_scans: list[PersonId] = []

        def moved(state: PersonState) -> Iterator[Draft]:
            if not _is_active(state, from_session):
                return
            if any(scan.counts for scan in state.scans_at(from_session)):
                had_scans.append(state.id)
            left = {"session": from_session, "moved_to": to_session}
            yield self._draft(FactKind.REGISTRATION_CANCELLED, state.id, left, _why(reason))
            if not _is_active(state, to_session):
                body = {"session": to_session, "origin": "moved"}
                yield self._draft(FactKind.REGISTRATION_ADDED, state.id, body, None)

        return Moved(moved=self._change(people, moved), had_scans=tuple(had_scans))

    # --- the same person twice

    def find_twins(self, *, session: str | None = None, limit: int = 200) -> tuple[TwinPair, ...]:
        """Return records that are likely the same person, likeliest first. Raises NotFound."""
        if session is not None:
            self._context.get_session(session)
        with self._context.database.read() as connection:
            return find_twins(connection, session, limit)

    def merge_warnings(self, kept: PersonId, other: PersonId) -> tuple[Words, ...]:
        """Return what speaks against a merge, or is touched by it. Raises NotFound."""
        with self._context.database.read() as connection:
            _facts, one = self._load(connection, kept)
            _facts, two = self._load(connection, other)
            return list_warnings(connection, one, two)

    def merge(self, kept: PersonId, other: PersonId, reason: str) -> PersonDetail:
        """Let two records be one person who goes by the first; nothing is lost, it can be undone.

        Raises NotFound, NotAllowed (one already), InvalidInput(reason).
        """
        _check_reason(reason)
        with self._context.database.write() as connection:
            _facts, one = self._load(connection, kept)
            _facts, two = self._load(connection, other)
            body = merge_body(one, two)
            draft = self._draft(FactKind.PERSON_MERGED, two.id, body, _why(reason))
            self._context.journal.append(connection, [draft])
            return self._detail(connection, *self._load(connection, one.id))

    def separate(self, other: PersonId, reason: str) -> PersonDetail:
        """Take the merge of a record back: both are again as if it had never been.

        Raises NotAllowed (not merged), InvalidInput(reason).
        """
        _check_reason(reason)
        with self._context.database.write() as connection:
            drafts = [
                self._draft(
                    FactKind.PERSON_SEPARATED,
                    merge.person,
                    {"takes_back": merge.fact_id},
                    _why(reason),
                )
                for merge in merges_of(connection, other)
            ]
            self._context.journal.append(connection, drafts)
            return self._detail(connection, *self._load(connection, other))

    # --- inside

    def _change(self, people: Sequence[PersonId], drafts_of: Any) -> tuple[PersonId, ...]:
        """Record what `drafts_of` says of each person's state; return whom it changed."""
        drafts: list[Draft] = []
        known: dict[str, Sequence[Fact]] = {}
        changed: list[PersonId] = []
        seen: set[PersonId] = set()
        with self._context.database.write() as connection:
            for person_id in dict.fromkeys(people):
                facts, state = self._load(connection, person_id)
                made = list(drafts_of(state)) if state.id not in seen else []
                seen.add(state.id)
                if made:
                    known[f"person:{state.id}"] = facts
                    changed.append(state.id)
                    drafts += made
            self._context.journal.append(connection, drafts, known=known)
        return tuple(changed)

    def _load(self, connection: Connection, person_id: PersonId) -> tuple[list[Fact], PersonState]:
        """Return the facts and state of whom somebody goes by now. Raises NotFound."""
        person_id = find_representative(connection, person_id)
        facts = load_subject(connection, f"person:{person_id}")
        state = fold_person(person_id, facts)
        if state.data is None:
            raise NotFound(
                Words(zh="名冊裡沒有這個人。", en="There is no such person here."),
                remedy=Words(zh="請重新搜尋。", en="Search again."),
            )
        return facts, state

    def _unit_body(
        self, connection: Connection, data: PersonData, told: dict[str, str], unit_id: UnitId | None
    ) -> dict[str, Any]:
        """Return what the body says of the unit; a typed text drops the one picked before."""
        if unit_id is not None:
            name = find_unit_name(connection, unit_id)
            if not name:
                raise NotFound(Words(zh="沒有這個單位。", en="There is no such unit."))
            if "unit_text" not in told and not data.unit_text:
                told["unit_text"] = name
            return {"unit_id": unit_id} if unit_id != data.unit_id else {}
        return {"unit_id": None} if "unit_text" in told and data.unit_id is not None else {}

    def _draft(
        self,
        kind: FactKind,
        person_id: PersonId,
        body: Mapping[str, Any],
        private: Mapping[str, str] | None,
    ) -> Draft:
        return Draft(
            kind=kind,
            subject=f"person:{person_id}",
            body=body,
            private=private,
            actor=self._context.actor,
        )

    def _detail(
        self, connection: Connection, facts: Sequence[Fact], state: PersonState
    ) -> PersonDetail:
        data = _data_of(state)
        unit = find_unit_name(connection, data.unit_id) if data.unit_id else ""
        return PersonDetail(
            id=state.id,
            data=data,
            unit=unit or data.unit_text,
            registrations=tuple(
                PersonRegistration(
                    session=session,
                    status=each.status,
                    origin=each.origin,
                    added_at=self._context.local(each.added_ms),
                    cancelled_at=self._moment(each.cancelled_ms),
                )
                for session, each in sorted(state.registrations.items())
            ),
            where=self._where(state),
            badges=tuple(self._badge(code, each, facts) for code, each in state.badges.items()),
            merged_from=list_merged(facts, state.id, self._context.local),
        )

    def _where(self, state: PersonState) -> Whereabouts | None:
        sessions = {scan.body["session"] for scan in state.scans.values()}
        scans = {session: state.scans_at(session) for session in sessions}
        where = where_now(scans, self._context.now())
        zone = self._context.plan.zone
        return replace(where, since=where.since.astimezone(zone)) if where is not None else None

    def _badge(self, code: str, badge: BadgeState, facts: Sequence[Fact]) -> PersonBadge:
        prints = [
            fact.at + fact.offset_ms
            for fact in facts
            if fact.kind is FactKind.BADGE_PRINTED and fact.body["code"] == code
        ]
        return PersonBadge(
            code=code,
            sort="card" if code.startswith("card:") else "badge",
            issued_at=self._context.local(badge.issued_ms),
            revoked_at=self._moment(badge.revoked_ms),
            printed_at=self._moment(max(prints, default=None)),
            prints=len(prints),
        )

    def _moment(self, at_ms: int | None) -> datetime | None:
        return None if at_ms is None else self._context.local(at_ms)


def _data_of(state: PersonState) -> PersonData:
    return state.data if state.data is not None else PersonData(name="")


def _is_active(state: PersonState, session: str) -> bool:
    there = state.registrations.get(session)
    return there is not None and there.status is RegistrationStatus.ACTIVE


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason.strip()} if reason.strip() else {}


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput(Words(zh="請填理由。", en="Give a reason."), field="reason")
