"""How long a visit has been with somebody, against what its topic usually takes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from app.domain.visits import Claim, Visit, VisitState

MINUTE_MS = 60_000
USUAL_MS = 10 * MINUTE_MS
"""The target while a topic has no finished visits yet."""
FEWEST = 3
"""A topic's own median counts from so many finished visits on."""
IDLE_MS = 5 * MINUTE_MS
FORGOT_AFTER = 2


@dataclass(frozen=True, slots=True)
class TimerState:
    """What the ring shows: milliseconds gone, and the target; `target_ms` 0 draws no ring."""

    elapsed_ms: int
    target_ms: int

    @property
    def part(self) -> float:
        """How much of the target is used; above 1 it is over, which never blocks anything."""
        return self.elapsed_ms / self.target_ms if self.target_ms else 0.0


def timer_of(visit: Visit, claim: Claim | None, target_ms: int, now_ms: int) -> TimerState:
    """Return serving time so far against the target; before that, the time since the call."""
    if claim is None:
        return TimerState(visit.wait_ms(now_ms), 0)
    if claim.state is VisitState.SERVING:
        return TimerState(visit.total_ms(VisitState.SERVING, now_ms), target_ms)
    return TimerState(max(0, now_ms - claim.called_ms), 0)


def handle_medians(done: Iterable[Visit]) -> dict[str, int]:
    """Return the median serving time by topic group; "" is that of all."""
    by_topic: dict[str, list[int]] = {}
    for visit in done:
        spent = visit.total_ms(VisitState.SERVING, visit.closed_ms or visit.changed_ms)
        if spent > 0:
            by_topic.setdefault("", []).append(spent)
            if visit.topic:
                by_topic.setdefault(visit.topic[:2], []).append(spent)
    return {
        topic: round(median(times)) for topic, times in by_topic.items() if len(times) >= FEWEST
    }


def target_of(topic: str, medians: Mapping[str, int]) -> int:
    """Return the target for a topic: its median, else that of all, else the usual time."""
    return medians.get(topic[:2]) or medians.get("") or USUAL_MS


def is_forgotten(serving_ms: int, target_ms: int, idle_ms: int) -> bool:
    """Whether to ask gently if the visitor is still there."""
    return idle_ms >= IDLE_MS and serving_ms > FORGOT_AFTER * target_ms


def clock_words(elapsed_ms: int) -> str:
    """Return `7:05`, above an hour `1:07:05`."""
    seconds = max(0, elapsed_ms) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def minutes_of(elapsed_ms: int) -> int:
    """Return whole minutes."""
    return max(0, elapsed_ms) // MINUTE_MS
