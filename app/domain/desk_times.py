"""A visit's times out of its stretches: wait, help, parked, time in system.

Definitions (help-desk evidence, 4.1): *wait* is all waiting until first called, parked time is
not wait; *help* is all serving; *time in system* runs from arrival to the end of the last stretch.
A visit carried to another day has no stretch for the night between.
"""

from collections.abc import Iterable

from app.domain.desk_records import Stretch, VisitRecord

Span = tuple[int, int]


def total_ms(stretches: Iterable[Stretch], state: str) -> int:
    """Return how long a visit was in a state."""
    return sum(each.length_ms for each in stretches if each.state == state)


def first_called_ms(visit: VisitRecord) -> int | None:
    """Return when a visit was first called, or sat down uncalled; None if never."""
    started = (each.from_ms for each in visit.stretches if each.state in ("called", "serving"))
    return min(started, default=None)


def first_served_ms(visit: VisitRecord) -> int | None:
    """Return when help began; None if never."""
    return min((each.from_ms for each in visit.stretches if each.state == "serving"), default=None)


def wait_ms(visit: VisitRecord) -> int | None:
    """Return the waiting until first called; None for a visit that never was."""
    called_ms = first_called_ms(visit)
    if called_ms is None:
        return None
    return total_ms((each for each in visit.stretches if each.from_ms < called_ms), "waiting")


def until_served_ms(visit: VisitRecord) -> int | None:
    """Return the time from ticket to first help, parked time and nights taken out."""
    served_ms = first_served_ms(visit)
    if served_ms is None:
        return None
    before = [each for each in visit.stretches if each.from_ms < served_ms]
    return total_ms(before, "waiting") + total_ms(before, "called")


def help_ms(visit: VisitRecord) -> int | None:
    """Return all serving time; None for a visit that was never served."""
    return total_ms(visit.stretches, "serving") if visit.was_served else None


def in_system_ms(visit: VisitRecord) -> int | None:
    """Return the time from arrival to the end, all stretches together; None while it lasts."""
    if visit.ended_ms is None:
        return None
    return sum(each.length_ms for each in visit.stretches)
