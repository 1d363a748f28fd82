"""Columns of the lists on the import page."""

from app.services.registrations import RosterChange
from ui.language import say
from ui.screens.event import sentences, wording
from ui.screens.event.import_choice import ProblemGroup
from ui.theme import palette
from ui.widgets.row_table import Column

ORDER = {what: place for place, what in enumerate(wording.CHANGES)}


def _what(change: RosterChange) -> str:
    words = wording.CHANGES.get(change.what)
    return say(words) if words else change.what


def _fields(change: RosterChange) -> str:
    known = wording.FIELDS
    return "、".join(say(known[name]) if name in known else name for name in change.fields)


def _colour_of_change(change: RosterChange) -> str | None:
    colours = {"added": palette().good, "gone": palette().caution, "changed": palette().accent}
    return colours.get(change.what)


def what_happens(group: ProblemGroup) -> str:
    """Return what is done with the rows of a kind of problem."""
    if group.is_always_left_out:
        return say(wording.ALWAYS_OUT)
    return say(wording.LEAVE_OUT if group.is_left_out else wording.TAKE)


CHANGES: tuple[Column[RosterChange], ...] = (
    Column(
        heading=wording.CHANGE_ROW,
        text=lambda c: str(c.row) if c.row else "–",
        sort_key=lambda c: c.row,
        is_number=True,
    ),
    Column(
        heading=wording.CHANGE_WHAT,
        text=_what,
        sort_key=lambda c: ORDER.get(c.what, len(ORDER)),
        colour=_colour_of_change,
    ),
    Column(heading=wording.CHANGE_NAME, text=lambda c: c.name),
    Column(heading=wording.CHANGE_UNIT, text=lambda c: c.unit),
    Column(heading=wording.CHANGE_FIELDS, text=_fields),
)

PROBLEMS: tuple[Column[ProblemGroup], ...] = (
    Column(heading=wording.PROBLEM_KIND, text=lambda g: say(sentences.PROBLEMS[g.kind])),
    Column(
        heading=wording.PROBLEM_COUNT,
        text=lambda g: f"{len(g.rows):,}",
        sort_key=lambda g: len(g.rows),
        is_number=True,
    ),
    Column(
        heading=wording.PROBLEM_DO,
        text=what_happens,
        colour=lambda g: palette().caution if g.is_left_out else None,
    ),
    Column(
        heading=wording.PROBLEM_ROWS,
        text=lambda g: sentences.row_numbers(g.rows),
        sort_key=lambda g: g.rows,
    ),
)
