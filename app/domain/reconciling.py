"""The reconciled verdict: every scan judged again by what all stations had recorded before it.

The same `judge_scan` as at the desk. A station alone never disagrees with itself, because what was
written before a scan on its own chain is known exactly, whatever its clock said. What stands on
another chain comes before by corrected time; where clocks were never compared, what the hybrid
clock allows is believed too, so that clocks minutes apart make no conflict of every scan.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.clock import moment_of
from app.domain.conflict_kinds import find_kind, wanted_direction
from app.domain.conflict_options import list_options
from app.domain.conflicts import Cause, Conflict, ConflictKind, Evidence, conflict_id
from app.domain.facts import Fact, FactId, FactKind, PersonId
from app.domain.fold import PersonState, ScanState, corrected_ms, fold_person, in_order
from app.domain.judgement import Judgement
from app.domain.rooms import find_overlaps, find_stretches
from app.domain.scans import (
    Candidate,
    Direction,
    ReadingKind,
    SessionWindow,
    StationDirection,
    Verdict,
)
from app.domain.verdict import judge_scan

_CAUSES = {
    ConflictKind.BADGE_REVOKED: FactKind.BADGE_REVOKED,
    ConflictKind.CANCELLED: FactKind.REGISTRATION_CANCELLED,
    ConflictKind.REGISTERED: FactKind.REGISTRATION_ADDED,
}


def reconcile(
    person_id: PersonId, facts: Iterable[Fact], windows: dict[str, SessionWindow]
) -> tuple[Conflict, ...]:
    """Return what a person's scans do not agree on, oldest first, whatever order facts came in."""
    return _Reconciler(person_id, in_order(facts), windows).find()


Hand = tuple[str, str, str]
"""Who wrote a fact: a chain within one boot. A copied laptop may go on with the same chain."""


def _hand(fact: Fact) -> Hand:
    return fact.device, fact.incarnation, fact.boot


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan of the person: its fact, how it stands now, its place in the order of all facts."""

    fact: Fact
    state: ScanState
    place: int

    @property
    def hand(self) -> Hand:
        return _hand(self.fact)

    @property
    def session(self) -> str:
        return str(self.fact.body["session"])

    @property
    def direction(self) -> Direction:
        return Direction(self.fact.body["direction"])


class _Reconciler:
    """One person's facts, and the state they fold to."""

    def __init__(
        self, person_id: PersonId, ordered: list[Fact], windows: dict[str, SessionWindow]
    ) -> None:
        self._person_id = person_id
        self._ordered = ordered
        self._windows = windows
        self._state = fold_person(person_id, ordered)
        self._scans = [
            _Scan(fact, self._state.scans[fact.id], place)
            for place, fact in enumerate(ordered)
            if fact.kind == FactKind.SCAN_RECORDED and fact.body["session"] in windows
        ]

    def find(self) -> tuple[Conflict, ...]:
        """Return every conflict once."""
        found = [*self._misjudged(), *self._wrong_orders(), *self._two_rooms()]
        once = {item.id: item for item in found}
        return tuple(sorted(once.values(), key=lambda item: (item.scans[-1].at_ms, item.id)))

    # --- a verdict that all stations together would not have given ---

    def _misjudged(self) -> Iterable[Conflict]:
        for scan in self._scans:
            if scan.state.voided_ms is not None:
                continue
            kind = find_kind(scan.state, self._judge(scan, self._state))
            if kind is None or any(
                find_kind(scan.state, self._judge(scan, known)) is None
                for known in self._known_before(scan)
            ):
                continue
            conflict = self._conflict_of(kind, scan)
            if conflict is not None:
                yield conflict

    def _conflict_of(self, kind: ConflictKind, scan: _Scan) -> Conflict | None:
        """Return the conflict with the other station's side; None where no other has one."""
        cause_kind = _CAUSES.get(kind)
        if cause_kind is not None:
            cause = self._find_cause(cause_kind, scan)
            return self._make(kind, [scan], cause=cause) if cause is not None else None
        other = self._find_opposing(scan, wanted_direction(kind))
        return self._make(kind, [other, scan]) if other is not None else None

    def _find_opposing(self, scan: _Scan, direction: Direction) -> _Scan | None:
        """Return the last scan of another station that put the person where this one did not."""
        return next(
            (
                other
                for other in reversed(self._scans)
                if other.place < scan.place
                and other.session == scan.session
                and other.state.counts
                and other.direction is direction
                and other.hand != scan.hand
            ),
            None,
        )

    def _find_cause(self, kind: FactKind, scan: _Scan) -> Fact | None:
        """Return what another station had done before."""
        name = "code" if kind is FactKind.BADGE_REVOKED else "session"
        return next(
            (
                fact
                for fact in reversed(self._ordered)
                if fact.kind == kind
                and fact.body[name] == scan.fact.body.get(name)
                and _hand(fact) != scan.hand
                and _recorded_ms(fact) < _recorded_ms(scan.fact)
                and "conflict" not in fact.body  # what a decision brought is no evidence
            ),
            None,
        )

    def _judge(self, scan: _Scan, state: PersonState) -> Judgement:
        """Judge a scan again with a state; only scans before it are looked at."""
        body = scan.fact.body
        before = {item.fact.id for item in self._scans if item.place < scan.place}
        code = body.get("code", "")
        badge = state.badges.get(code)
        revoked_ms = badge.revoked_ms if badge is not None else None
        candidate = Candidate(
            person_id=self._person_id,
            badge_revoked_at=moment_of(revoked_ms) if revoked_ms is not None else None,
            registrations={name: item.status for name, item in state.registrations.items()},
            scans=tuple(past for past in state.scans_at(scan.session) if past.fact_id in before),
        )
        return judge_scan(
            ReadingKind.OWN,
            candidate,
            window=self._windows[scan.session],
            windows=self._windows,
            station=body["station"],
            setting=StationDirection(body["direction"]),
            now=moment_of(scan.state.at_ms),
        )

    def _known_before(self, scan: _Scan) -> Iterable[PersonState]:
        """Yield what may have been known: by corrected time, then by the hybrid clock."""
        by_time, by_clock = (
            [
                fact
                for place, fact in enumerate(self._ordered)
                if _is_before(fact, place, scan, by_clock=way)
            ]
            for way in (False, True)
        )
        yield fold_person(self._person_id, by_time)
        if by_clock != by_time:
            yield fold_person(self._person_id, by_clock)

    # --- orders that cannot be ---

    def _wrong_orders(self) -> Iterable[Conflict]:
        for session in dict.fromkeys(scan.session for scan in self._scans):
            counting = [scan for scan in self._scans if scan.session == session and _counts(scan)]
            yield from self._out_before_in(counting)
            yield from self._set_back(counting)

    def _out_before_in(self, counting: Sequence[_Scan]) -> Iterable[Conflict]:
        """Find an exit before a first entry elsewhere that nothing ends: they may be swapped."""
        if len(counting) < 2:
            return
        out, into = counting[0], counting[1]
        is_swapped = out.direction is Direction.OUT and into.hand != out.hand
        if is_swapped and all(scan.direction is Direction.IN for scan in counting[1:]):
            yield self._make(ConflictKind.OUT_BEFORE_IN, [out, into])

    def _set_back(self, counting: Sequence[_Scan]) -> Iterable[Conflict]:
        """Find scans that a station made in another order than its clock says."""
        for earlier, later in pairwise(sorted(counting, key=lambda scan: scan.place)):
            pair = (earlier, later)
            is_turned = earlier.hand == later.hand and earlier.fact.seq > later.fact.seq
            if is_turned and all(_has_own_time(scan.fact) for scan in pair):
                yield self._make(ConflictKind.CLOCK_SET_BACK, pair)

    # --- two rooms at once ---

    def _two_rooms(self) -> Iterable[Conflict]:
        stretches = find_stretches(self._scans_that_count())
        for first, second in find_overlaps(stretches, self._windows):
            yield self._make(
                ConflictKind.TWO_ROOMS,
                [self._scan_of(state) for one in (first, second) for state in one.scans],
                other_session=first.session,
                named=(first.entry.fact_id, second.entry.fact_id),
            )

    def _scans_that_count(self) -> list[ScanState]:
        return [scan.state for scan in self._scans if _counts(scan)]

    def _scan_of(self, state: ScanState) -> _Scan:
        return next(scan for scan in self._scans if scan.fact.id == state.fact_id)

    # --- putting a conflict together ---

    def _make(
        self,
        kind: ConflictKind,
        scans: Sequence[_Scan],
        *,
        cause: Fact | None = None,
        other_session: str = "",
        named: Sequence[FactId] = (),
    ) -> Conflict:
        """Return a conflict; `named`: the facts that give it its name, if not all of them."""
        session = max(scans, key=lambda scan: scan.session != other_session).session
        about = list(named or [scan.fact.id for scan in scans])
        in_time = sorted(scans, key=lambda scan: scan.place)
        return Conflict(
            id=conflict_id(kind, [*about, *([cause.id] if cause else [])]),
            kind=kind,
            person_id=self._person_id,
            session=session,
            other_session=other_session,
            scans=tuple(self._evidence(scan) for scan in in_time),
            cause=_cause_of(cause) if cause is not None else None,
            options=list_options(kind, [scan.state for scan in scans], self._state),
        )

    def _evidence(self, scan: _Scan) -> Evidence:
        fact, state = scan.fact, scan.state
        return Evidence(
            fact_id=fact.id,
            session=scan.session,
            station=fact.body["station"],
            device=fact.device,
            incarnation=fact.incarnation,
            at_ms=state.at_ms,
            offset_quality=fact.offset_quality,
            direction=scan.direction,
            verdict=Verdict(fact.body["verdict"]),
            reconciled=self._judge(scan, self._state).verdict,
            counts=state.counts,
            actor=fact.actor,
        )


def _counts(scan: _Scan) -> bool:
    return scan.state.counts


def _cause_of(fact: Fact) -> Cause:
    return Cause(
        fact_id=fact.id,
        kind=fact.kind,
        device=fact.device,
        at_ms=corrected_ms(fact),
        actor=fact.actor,
    )


def _is_before(fact: Fact, place: int, scan: _Scan, *, by_clock: bool) -> bool:
    """Tell whether a fact came before a scan, so that the station could have known it."""
    own = scan.fact
    if _hand(fact) == scan.hand:
        return fact.seq < own.seq
    if fact.kind == FactKind.SCAN_RECORDED:
        return place < scan.place
    is_measured = fact.offset_quality == own.offset_quality == "measured"
    if by_clock and not is_measured:
        return fact.hlc < own.hlc
    return _recorded_ms(fact) < _recorded_ms(own)


def _recorded_ms(fact: Fact) -> int:
    """Return when a fact was written down; its own time may have been typed by a person.

    The names of facts begin with the clock at that moment (RFC 9562, version 7).
    """
    written = _WRITTEN.match(fact.id)
    return int(written[1] + written[2], 16) + fact.offset_ms if written else corrected_ms(fact)


def _has_own_time(fact: Fact) -> bool:
    """Tell whether a fact's time is that of the clock, not one typed."""
    return _recorded_ms(fact) == corrected_ms(fact)


_WRITTEN = re.compile("([0-9a-f]{8})-([0-9a-f]{4})-7")
