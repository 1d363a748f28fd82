"""Merging two records of one person: what may be merged, what to warn of, what was merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import NotAllowed
from app.domain.facts import Fact, PersonId
from app.domain.fold import PersonState, fold_person
from app.domain.merging import StandingMerge, standing_merges
from app.domain.people import PersonData
from app.domain.words import Words
from db.engine import Connection
from db.journal import load_own
from db.queries.seals import find_seal


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPerson:
    """A record that was merged into another, as it was by itself."""

    id: PersonId
    name: str
    unit: str
    merged_at: datetime
    actor: str
    reason: str


def list_merged(
    facts: Sequence[Fact], kept: PersonId, local: Callable[[int], datetime]
) -> tuple[MergedPerson, ...]:
    """Return who was merged into somebody, directly or over others, oldest merge first."""
    merges = sorted(standing_merges(facts), key=lambda merge: (merge.at_ms, merge.fact_id))
    last = {merge.person: merge for merge in merges if merge.person != kept}
    return tuple(_merged(merge, facts, local) for merge in last.values())


def _merged(
    merge: StandingMerge, facts: Sequence[Fact], local: Callable[[int], datetime]
) -> MergedPerson:
    own = [fact for fact in facts if fact.subject == f"person:{merge.person}"]
    data = fold_person(merge.person, own).data or PersonData(name="")
    return MergedPerson(
        id=merge.person,
        name=data.name,
        unit=data.unit_text,
        merged_at=local(merge.at_ms),
        actor=merge.actor,
        reason=merge.reason,
    )


def merge_body(kept: PersonState, other: PersonState) -> dict[str, str]:
    """Return what a merge's fact says. Raises NotAllowed for records that are one already."""
    if kept.id == other.id:
        raise NotAllowed(
            Words(zh="這兩筆已經是同一人。", en="These two are one person already."),
            remedy=Words(zh="要分開請用「取消合併」。", en="To part them, separate them."),
        )
    return {"into": kept.id}


def merges_of(connection: Connection, other: PersonId) -> list[StandingMerge]:
    """Return what has to be taken back so that a record stands alone again. Raises NotAllowed.

    Stations apart may have merged it into several, or two records into each other.
    """
    own = standing_merges(load_own(connection, f"person:{other}"))
    back = [
        merge
        for into in sorted({merge.into for merge in own})
        for merge in standing_merges(load_own(connection, f"person:{into}"))
        if merge.into == other
    ]
    if not own:
        raise NotAllowed(
            Words(zh="這筆資料沒有併入別人。", en="This record was not merged into another."),
            remedy=Words(
                zh="請選被併入的那一筆（在「已合併」裡）。",
                en="Pick the record that gave way, among those merged.",
            ),
        )
    return [*own, *back]


def list_warnings(
    connection: Connection, kept: PersonState, other: PersonState
) -> tuple[Words, ...]:
    """Return what somebody should know before merging."""
    warnings: list[Words] = []
    numbers = {state.data.id_number for state in (kept, other) if state.data} - {""}
    if len(numbers) > 1:
        warnings.append(Words(zh="兩筆的身分證號不同。", en="The two ID numbers differ."))
    for session in sorted(_seen_at(kept) & _seen_at(other)):
        code = session.upper()
        warnings.append(Words(zh=f"兩筆在 {code} 都有簽到紀錄。", en=f"Both have scans at {code}."))
    sessions = {*kept.registrations, *other.registrations, *_seen_at(kept), *_seen_at(other)}
    for session in sorted(sessions):
        if find_seal(connection, session) is not None:
            code = session.upper()
            warnings.append(
                Words(
                    zh=f"{code} 已經封存，合併會改變它的名單。",
                    en=f"{code} is sealed; merging changes its list.",
                )
            )
    return tuple(warnings)


def _seen_at(state: PersonState) -> set[str]:
    return {str(scan.body["session"]) for scan in state.scans.values() if scan.counts}
