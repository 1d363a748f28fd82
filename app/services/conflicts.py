"""Deciding on scans of several stations that do not agree: with a reason, and undoable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.conflicts import Choice, Conflict, Option, Resolution
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.facts import Draft, Fact, FactId, FactKind, PersonId
from app.domain.fold import fold_person, taken_back_ids
from app.domain.scans import RegistrationStatus
from app.domain.words import Words
from app.services.conflict_cards import (
    ClaimCard,
    ConflictCard,
    ReviewList,
    find_conflicts,
    read_review,
    standing_implied,
)
from app.services.context import EventContext
from app.services.people import card_of
from db.engine import Connection
from db.journal import load_subject
from db.queries import desk
from db.queries.seals import find_seal

__all__ = ["ClaimCard", "ConflictCard", "ConflictService", "ReviewList"]


@dataclass(frozen=True, slots=True)
class _Case:
    """A conflict under decision, with all that is known of the person."""

    person_id: PersonId
    facts: list[Fact]
    conflict: Conflict
    resolution: Resolution | None

    @property
    def subject(self) -> str:
        return f"person:{self.person_id}"

    def subject_of(self, scan: str) -> str:
        """Return whose fact a scan is: of people who are one, not always the one they go by."""
        return next((fact.subject for fact in self.facts if fact.id == scan), self.subject)


class ConflictService:
    """Lists and decides what stations do not agree on."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def review(self, session: str | None = None, *, decided: bool = False) -> ReviewList:
        """Return the conflicts of a session or of all; `decided`: with those decided on."""
        if session is not None:
            self._context.get_session(session)
        with self._context.database.read() as connection:
            return read_review(self._context, connection, session, decided=decided)

    def resolve(
        self,
        person_id: PersonId,
        conflict: str,
        choice: Choice,
        reason: str,
        *,
        scans: Sequence[FactId] = (),
    ) -> ConflictCard:
        """Decide one conflict: a fact and what follows from it, in one transaction.

        `scans`: which scans are undone or counted, where the conflict offers several.
        Raises InvalidInput (reason, choice), NotFound, NotAllowed (decided already, sealed).
        """
        _require_reason(reason)
        with self._context.database.write() as connection:
            case = self._get_case(connection, person_id, conflict)
            if case.resolution is not None:
                raise _decided_already()
            option = _find_option(case.conflict, choice, scans)
            if option.choice is not Choice.KEEP:
                self._require_open(connection, case.conflict)
            drafts = [
                self._decision(case, option, reason.strip()),
                *self._implied(case, option, reason.strip()),
            ]
            self._context.journal.append(connection, drafts)
            return self._card(connection, person_id, conflict)

    def undo(self, person_id: PersonId, conflict: str, reason: str) -> ConflictCard:
        """Take a decision back with all it brought. Raises InvalidInput, NotFound, NotAllowed."""
        _require_reason(reason)
        with self._context.database.write() as connection:
            case = self._get_case(connection, person_id, conflict)
            if case.resolution is None:
                raise NotAllowed(
                    Words(zh="這一項還沒有裁定。", en="This conflict is not decided yet.")
                )
            implied = standing_implied(case.facts, conflict)
            if implied:
                self._require_open(connection, case.conflict)
            drafts = [
                *self._taken_back_decisions(case, reason.strip()),
                *(self._taken_back(case, fact, reason.strip()) for fact in implied),
            ]
            self._context.journal.append(connection, drafts)
            return self._card(connection, person_id, conflict)

    def _get_case(self, connection: Connection, person_id: PersonId, conflict: str) -> _Case:
        facts = load_subject(connection, f"person:{person_id}")
        for found, resolution in find_conflicts(self._context, person_id, facts):
            if found.id == conflict:
                return _Case(person_id, facts, found, resolution)
        raise NotFound(
            Words(zh="沒有這一項不一致。", en="There is no such conflict."),
            remedy=Words(
                zh="可能已由新的紀錄解開；請重新列出（conflicts）。",
                en="New records may have settled it; list them again (conflicts).",
            ),
        )

    def _card(self, connection: Connection, person_id: PersonId, conflict: str) -> ConflictCard:
        case = self._get_case(connection, person_id, conflict)
        face = desk.find_face(connection, person_id)
        if face is None:  # the case was found among this person's facts
            raise AssertionError
        return ConflictCard(
            person=card_of(face), conflict=case.conflict, resolution=case.resolution
        )

    def _require_open(self, connection: Connection, conflict: Conflict) -> None:
        for session in sorted(conflict.sessions):
            if find_seal(connection, session) is not None:
                raise NotAllowed(
                    Words(zh="這個場次已經封存。", en="This session is sealed."),
                    remedy=Words(
                        zh="請先重新開啟（需要理由），再更改紀錄；或選「維持」。",
                        en="Reopen it with a reason first, or keep everything as it is.",
                    ),
                )

    def _decision(self, case: _Case, option: Option, reason: str) -> Draft:
        conflict = case.conflict
        return Draft(
            kind=FactKind.CONFLICT_RESOLVED,
            subject=case.subject,
            body={
                "conflict": conflict.id,
                "kind": conflict.kind.value,
                "session": conflict.session,
                "choice": option.choice.value,
                "scans": list(option.scans),
            },
            private={"reason": reason},
            actor=self._context.actor,
        )

    def _implied(self, case: _Case, option: Option, reason: str) -> Iterator[Draft]:
        if option.choice is Choice.MOVE:
            yield from self._move(case, reason)
        kinds = {Choice.VOID: FactKind.SCAN_VOIDED, Choice.COUNT: FactKind.SCAN_ADMITTED}
        sessions = {item.fact_id: item.session for item in case.conflict.scans}
        for scan in option.scans:
            body = {"scan": scan, "session": sessions[scan], "conflict": case.conflict.id}
            yield self._draft(case, kinds[option.choice], body, reason)

    def _move(self, case: _Case, reason: str) -> Iterator[Draft]:
        """Yield the registration here, and the end of one where the person was never seen."""
        here, conflict = case.conflict.session, case.conflict.id
        windows, state = self._context.windows, fold_person(case.person_id, case.facts)
        for other, registration in state.registrations.items():
            is_other = other != here and windows[other].course == windows[here].course
            was_there = any(scan.counts for scan in state.scans_at(other))
            if is_other and registration.status is RegistrationStatus.ACTIVE and not was_there:
                body = {"session": other, "moved_to": here, "conflict": conflict}
                yield self._draft(case, FactKind.REGISTRATION_CANCELLED, body, reason)
        body = {"session": here, "origin": "moved", "conflict": conflict}
        yield self._draft(case, FactKind.REGISTRATION_ADDED, body, reason)

    def _taken_back_decisions(self, case: _Case, reason: str) -> Iterator[Draft]:
        """Yield the end of every decision on the conflict: stations apart may have made two."""
        gone = taken_back_ids(case.facts)
        for fact in case.facts:
            if fact.kind != FactKind.CONFLICT_RESOLVED or fact.id in gone:
                continue
            if fact.body["conflict"] == case.conflict.id and "takes_back" not in fact.body:
                body = {"conflict": case.conflict.id, "takes_back": fact.id}
                yield self._draft(case, FactKind.CONFLICT_RESOLVED, body, reason)

    def _taken_back(self, case: _Case, fact: Fact, reason: str) -> Draft:
        """Return the fact that undoes one a decision brought."""
        body = {
            "session": fact.body["session"],
            "takes_back": fact.id,
            "conflict": case.conflict.id,
        }
        if "scan" in fact.body:
            return self._draft(case, fact.kind, body | {"scan": fact.body["scan"]}, reason)
        if fact.kind == FactKind.REGISTRATION_ADDED:
            return self._draft(case, FactKind.REGISTRATION_CANCELLED, body, reason)
        return self._draft(case, FactKind.REGISTRATION_ADDED, body | {"origin": "imported"}, reason)

    def _draft(self, case: _Case, kind: FactKind, body: dict[str, str], reason: str) -> Draft:
        return Draft(
            kind=kind,
            subject=case.subject_of(body.get("scan", "")),
            body=body,
            private={"reason": reason},
            actor=self._context.actor,
        )


def _find_option(conflict: Conflict, choice: Choice, scans: Sequence[FactId]) -> Option:
    """Return the option chosen: the first of its kind, or the one about these scans."""
    offered = [item for item in conflict.options if item.choice is choice]
    wanted = [item for item in offered if not scans or set(item.scans) == set(scans)]
    if wanted:
        return wanted[0]
    choices = "、".join(dict.fromkeys(item.choice.value for item in conflict.options))
    raise InvalidInput(
        Words(zh="這一項不能這樣裁定。", en="This conflict cannot be decided that way."),
        remedy=Words(
            zh=f"可選：{choices}；有多筆時請用 --scan 指明列出的掃描。",
            en=f"It offers {choices.replace('、', ', ')}; name the listed scans with --scan.",
        ),
        field="scan" if offered else "choice",
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput(
            Words(zh="每個裁定都需要理由。", en="Every decision needs a reason."), field="reason"
        )


def _decided_already() -> NotAllowed:
    return NotAllowed(
        Words(zh="這一項已經裁定。", en="This conflict is decided already."),
        remedy=Words(zh="要改判請先復原原來的裁定。", en="Take that decision back first."),
    )
