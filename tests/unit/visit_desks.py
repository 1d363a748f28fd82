"""Two desks that have not met, acting on one visit by the rules each of them sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from app.domain.errors import VenueDeskError
from app.domain.facts import Fact, FactId, FactKind
from app.domain.visit_fold import fold_visit
from app.domain.visit_moves import Move, check_move
from app.domain.visits import Visit, VisitId

VISIT = VisitId("v1")
BEGIN_MS = 1_694_480_400_000
MOVES: dict[Move, FactKind] = {
    Move.CALL: FactKind.VISIT_CALLED,
    Move.START: FactKind.VISIT_STARTED,
    Move.PARK: FactKind.VISIT_PARKED,
    Move.RETURN: FactKind.VISIT_RETURNED,
    Move.HAND_OVER: FactKind.VISIT_HANDED_OVER,
    Move.FINISH: FactKind.VISIT_FINISHED,
    Move.LEAVE: FactKind.VISIT_LEFT,
}
_TELLS: dict[Move, Callable[[int], dict[str, Any]]] = {
    Move.PARK: lambda at_ms: {"reason": "expert", "keeps": True, "wake_ms": at_ms + 60_000},
    Move.HAND_OVER: lambda _at_ms: {"to": "taker", "to_desk": "9"},
    Move.LEAVE: lambda _at_ms: {"reason": "left"},
}


def made(number: int, kind: FactKind, body: dict[str, Any], **other: Any) -> Fact:
    """Return a fact; only what folding looks at differs."""
    hlc, at = other.pop("hlc", number), other.pop("at", BEGIN_MS + number * 1000)
    return Fact(
        id=FactId(f"f{number:04d}"), event_id="e", device=other.pop("device", "d"),
        incarnation="i", seq=number, kind=kind, subject=f"visit:{VISIT}", actor="",
        body=body, private=other.pop("private", None), salt=None, private_hash="", at=at, tz=480,
        mono=0, boot="b", offset_ms=0, offset_quality="unknown", hlc=hlc, prev_hash="", hash="",
    )  # fmt: skip


def opening(**told: Any) -> Fact:
    """Return the opening of the visit."""
    body = {"session": "help", "ticket": "A001", "station": "A"} | told
    return made(0, FactKind.VISIT_OPENED, body)


def folded(facts: Iterable[Fact]) -> Visit:
    """Return the visit of facts that hold its opening."""
    visit = fold_visit(VISIT, facts)
    assert visit is not None
    return visit


@dataclass
class Desk:
    """One laptop: what it has seen, and its own clocks."""

    staff: str
    sign: str
    seen: list[Fact]
    numbers: "count[int]"
    skew_ms: int = 0
    hlc: int = 0
    made: list[Fact] = field(default_factory=list)

    def view(self) -> Visit:
        return folded(self.seen)

    def move(self, move: Move, at_ms: int, staff: str = "") -> bool:
        """Make a move where the rules allow it; tell whether they did."""
        who = staff or self.staff
        visit = self.view()
        try:
            check_move(visit, move, who)
        except VenueDeskError:
            return False
        if move is Move.FINISH and who not in visit.claims:
            return False
        body = {"staff": who, "desk": self.sign} | _TELLS.get(move, lambda _at_ms: {})(at_ms)
        self.add(MOVES[move], body, at_ms)
        return True

    def undo(self, at_ms: int) -> bool:
        visit = self.view()
        if visit.last_move_kind == FactKind.VISIT_OPENED or visit.last_move_by != self.staff:
            return False
        self.add(FactKind.VISIT_UNDONE, {"fact": visit.last_move, "staff": self.staff}, at_ms)
        return True

    def add(self, kind: FactKind, body: dict[str, Any], at_ms: int) -> None:
        wall = BEGIN_MS + at_ms + self.skew_ms
        self.hlc = max(self.hlc + 1, wall << 16)
        fact = made(next(self.numbers), kind, body, at=wall, hlc=self.hlc, device=self.sign)
        self.seen.append(fact)
        self.made.append(fact)


def two_desks(skew_ms: int = 0) -> tuple[Desk, Desk]:
    """Return two desks that both know the visit's opening and never meet again."""
    numbers = count(1)
    begun = opening()
    return (
        Desk("ann", "1", [begun], numbers),
        Desk("ben", "2", [begun], numbers, skew_ms=skew_ms),
    )
