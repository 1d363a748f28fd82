"""Invented conflicts of invented people, and a service that remembers what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.clock import ms_of
from app.domain.conflicts import (
    Cause,
    Choice,
    Conflict,
    ConflictKind,
    Evidence,
    MinutesChange,
    Option,
    Resolution,
)
from app.domain.facts import FactId, FactKind, PersonId
from app.domain.scans import Direction, Verdict
from app.domain.visits import Claim, VisitState
from app.services.cards import PersonCard
from app.services.conflicts import ClaimCard, ConflictCard, ReviewList

SESSION = "b1d1"
ZONE = ZoneInfo("Asia/Taipei")
DEVICES = (("aa11bb22", "前門筆電"),)


def at(text: str) -> int:
    """Return a time of the first day."""
    return ms_of(datetime.fromisoformat(f"2023-08-07T{text}").replace(tzinfo=ZONE))


def side(name: str, letter: str, when: str, verdict: Verdict, reconciled: Verdict) -> Evidence:
    """Return one station's side."""
    into = verdict in (Verdict.CHECKED_IN, Verdict.ALREADY_IN, Verdict.BACK_IN)
    return Evidence(
        fact_id=FactId(name),
        session=SESSION,
        station=letter,
        device="aa11bb22" if letter == "A" else "cc33dd44",
        incarnation="1",
        at_ms=at(when),
        offset_quality="measured" if letter == "A" else "unknown",
        direction=Direction.IN if into else Direction.OUT,
        verdict=verdict,
        reconciled=reconciled,
        counts=verdict not in (Verdict.ALREADY_IN, Verdict.ALREADY_OUT),
        actor="報到組",
    )


def make_card(number: int, name: str, kind: ConflictKind, **more: object) -> ConflictCard:
    """Return one conflict of one person."""
    values: dict[str, object] = {
        "id": f"conflict-{number}",
        "kind": kind,
        "person_id": PersonId(f"P{number}"),
        "session": SESSION,
    }
    person = PersonCard(
        id=PersonId(f"P{number}"), name=name, unit="星東國小", title="教務主任", id_tail="321"
    )
    return ConflictCard(person=person, conflict=Conflict(**(values | more)))  # type: ignore[arg-type] # by name


def make_cards() -> tuple[ConflictCard, ...]:
    """Return three kinds of conflict."""
    entries = (
        side("f1", "A", "08:40:12", Verdict.CHECKED_IN, Verdict.CHECKED_IN),
        side("f2", "B", "08:45:30", Verdict.CHECKED_IN, Verdict.ALREADY_IN),
    )
    missed = (
        side("f3", "B", "12:00:05", Verdict.CHECKED_OUT, Verdict.CHECKED_OUT),
        side("f4", "A", "13:01:44", Verdict.ALREADY_IN, Verdict.BACK_IN),
    )
    keep = Option(choice=Choice.KEEP)
    return (
        make_card(
            1, "林采安", ConflictKind.TWO_ENTRIES, scans=entries,
            options=(
                keep,
                Option(choice=Choice.VOID, scans=(FactId("f2"),)),
                Option(choice=Choice.VOID, scans=(FactId("f1"),)),
            ),
        ),
        make_card(
            2, "陳宇晴", ConflictKind.MISSED_ENTRY, scans=missed,
            options=(
                Option(
                    choice=Choice.COUNT, scans=(FactId("f4"),),
                    changes=(MinutesChange(session=SESSION, before=200, after=439),),
                ),
                keep,
            ),
        ),
        make_card(
            3, "黃承恩", ConflictKind.CANCELLED, scans=entries[:1],
            cause=Cause(
                fact_id=FactId("f9"), kind=FactKind.REGISTRATION_CANCELLED,
                device="cc33dd44", at_ms=at("08:20:00"), actor="主辦單位",
            ),
            options=(Option(choice=Choice.MOVE), keep),
        ),
    )  # fmt: skip


def make_claim() -> ClaimCard:
    """Return a visit that two consultants called."""
    claims = tuple(
        Claim(
            staff=staff, desk=desk, state=VisitState.CALLED, since_ms=at(when), called_ms=at(when)
        )
        for staff, desk, when in (("S1", "1", "09:12:00"), ("S2", "3", "09:12:40"))
    )
    return ClaimCard(visit="V1", session="help", ticket="A007", unit="星西國小", claims=claims)


@dataclass
class FakeConflicts:
    """Conflicts that remember what was decided."""

    cards: tuple[ConflictCard, ...] = ()
    claims: tuple[ClaimCard, ...] = ()
    decided: list[tuple[str, Choice, str, tuple[FactId, ...]]] = field(default_factory=list)
    taken_back: list[tuple[str, str]] = field(default_factory=list)

    def review(self, session: str | None = None, *, decided: bool = False) -> ReviewList:  # noqa: ARG002 - as the service
        cards = sorted(self.cards, key=lambda card: card.resolution is not None)
        staff = (("S1", "江采薇"), ("S2", "葉承翰"))
        here = session == SESSION
        return ReviewList(
            cards=tuple(cards) if here else (),
            claims=() if here else self.claims,
            devices=DEVICES,
            staff=staff,
        )

    def resolve(
        self,
        person_id: PersonId,
        conflict: str,
        choice: Choice,
        reason: str,
        *,
        scans: Sequence[FactId] = (),
    ) -> ConflictCard:
        self.decided.append((conflict, choice, reason, tuple(scans)))
        made = Resolution(
            conflict=conflict, kind="", session=SESSION, choice=choice, scans=tuple(scans),
            reason=reason, actor="主辦單位", at_ms=at("17:30:00"), fact_id=FactId("f99"),
        )  # fmt: skip
        return self._put(person_id, made)

    def undo(self, person_id: PersonId, conflict: str, reason: str) -> ConflictCard:
        self.taken_back.append((conflict, reason))
        return self._put(person_id, None)

    def _put(self, person_id: PersonId, resolution: Resolution | None) -> ConflictCard:
        self.cards = tuple(
            replace(card, resolution=resolution) if card.person.id == person_id else card
            for card in self.cards
        )
        return next(card for card in self.cards if card.person.id == person_id)
