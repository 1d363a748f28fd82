"""One scripted day at the door of session b1d1, and what it must come to by our own arithmetic.

A line: time, who, station, direction the station is set to (`auto>in`: auto, must take it as in),
the verdict on screen, and what becomes of it: `+` counts, `-` does not, `admit` somebody admits
it, `undo` somebody undoes it. Nothing here asks the program's own rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import groupby, pairwise

TAIPEI = timezone(timedelta(hours=8))
DAY = "2023-08-07"

SCRIPT = """
08:10:00 early_bird    A in        not_open       -
08:31:00 early_bird    A in        checked_in     +
08:41:00 plain         A in        checked_in     +
08:42:00 lower_case    A in        checked_in     +
08:42:10 wide_letters  A in        checked_in     +
08:42:20 id_card       A in        checked_in     +
08:43:00 mistaken      A in        checked_in     undo
08:44:00 swapped_door  B out       no_entry       +
08:45:00 hasty         A in        checked_in     +
08:46:00 swapped_door  A in        checked_in     +
08:46:30 hasty         A in        repeat_read    -
08:48:00 two_stations  A in        checked_in     +
08:49:00 never_out     A in        checked_in     +
08:49:10 early_goer    A in        checked_in     +
08:49:20 edge_goer     A in        checked_in     +
08:49:30 out_11        A in        checked_in     +
08:49:40 out_10        A in        checked_in     +
08:49:50 lunch         A in        checked_in     +
08:50:00 two_stations  B auto>in   already_in     -
08:50:10 lunch_10      B auto>in   checked_in     +
08:50:20 lunch_11      B auto>in   checked_in     +
08:50:30 twice_out     B auto>in   checked_in     +
08:50:40 tea           B auto>in   checked_in     +
08:50:50 returner      B auto>in   checked_in     +
08:51:00 other_batch   A in        not_on_roster  -
08:52:00 other_day     A in        not_on_roster  -
08:53:00 moved         A in        not_on_roster  admit
08:54:00 stranger      A in        unknown        -
08:54:10 other_event   A in        other_event    -
08:54:20 garbage       A in        unreadable     -
08:55:00 cancelled     A in        cancelled      -
08:56:00 cancelled_ok  A in        cancelled      admit
09:10:59 last_minute   A in        checked_in     +
09:11:00 late          A in        late           +
09:20:00 out_11        B out       early_leave    +
09:31:00 out_11        A in        back_in        +
10:00:00 out_10        X auto>out  early_leave    +
10:10:59 out_10        X auto>in   back_in        +
10:20:00 twice_out     B out       early_leave    +
10:29:00 twice_out     A in        back_in        +
11:20:00 twice_out     B out       early_leave    +
11:30:00 twice_out     A in        back_in        +
11:54:00 lunch_11      B out       early_leave    +
11:55:00 lunch_10      B out       early_leave    +
12:00:00 lunch         B out       early_leave    +
13:00:00 lunch         A in        back_in        +
13:05:00 lunch_11      A in        back_in        +
13:05:10 lunch_10      A in        back_in        +
15:55:00 tea           B out       early_leave    +
16:15:00 tea           A in        back_in        +
16:30:00 returner      B out       early_leave    +
16:35:00 returner      A in        back_in        +
16:49:00 early_goer    B out       early_leave    +
16:50:00 edge_goer     B out       checked_out    +
17:00:00 plain         B out       checked_out    +
17:00:05 early_bird    B out       checked_out    +
17:00:10 lower_case    B out       checked_out    +
17:00:15 wide_letters  B out       checked_out    +
17:00:20 id_card       B out       checked_out    +
17:00:25 hasty         B out       checked_out    +
17:00:30 two_stations  B out       checked_out    +
17:00:35 swapped_door  B out       checked_out    +
17:00:40 last_minute   B out       checked_out    +
17:00:45 late          B out       checked_out    +
17:01:00 out_11        X auto>out  checked_out    +
17:01:05 out_10        X auto>out  checked_out    +
17:01:10 lunch         X auto>out  checked_out    +
17:01:15 lunch_10      X auto>out  checked_out    +
17:01:20 lunch_11      X auto>out  checked_out    +
17:01:25 twice_out     X auto>out  checked_out    +
17:01:30 tea           X auto>out  checked_out    +
17:02:00 moved         B out       checked_out    +
17:02:05 cancelled_ok  B out       checked_out    +
17:02:10 exit_only     B out       no_entry       +
17:02:15 guest         B out       checked_out    +
17:02:20 guest_with_id B out       checked_out    +
17:04:00 plain         B out       already_out    -
"""
WALK_INS = {"guest": ("09:05:00", ""), "guest_with_id": ("09:06:00", "T199900007")}
"""Who turned up unannounced: when, and the ID number given."""
REPLACED = ("other_batch", "other_day", "moved", "stranger", "other_event", "garbage")
"""Those of the script who are not on the roster of b1d1."""
CANCELLED = ("cancelled", "cancelled_ok")


@dataclass(frozen=True)
class Line:
    """One line of the script."""

    at: datetime
    who: str
    station: str
    setting: str
    direction: str
    verdict: str
    fate: str

    @property
    def counts(self) -> bool:
        """Whether presence is made of it in the end."""
        return self.fate in {"+", "admit"}


@dataclass(frozen=True)
class Truth:
    """What a person's day must come to."""

    intervals: tuple[tuple[datetime, datetime | None], ...]
    minutes: int
    proposal: str
    reasons: tuple[str, ...]


def read_script() -> list[Line]:
    """Return the lines in order."""
    lines = []
    for row in SCRIPT.strip().splitlines():
        clock, who, station, way, verdict, fate = row.split()
        setting, _, taken = way.partition(">")
        lines.append(Line(at(clock), who, station, setting, taken or setting, verdict, fate))
    assert lines == sorted(lines, key=lambda line: line.at)
    return lines


def batches(lines: Sequence[Line]) -> list[list[Line]]:
    """Return runs of lines scanned at one station, one command each."""
    return [list(run) for _, run in groupby(lines, lambda line: (line.station, line.setting))]


def roles() -> list[str]:
    """Return everybody the roster of b1d1 must have for the script."""
    names = dict.fromkeys(line.who for line in read_script())
    return [name for name in names if name not in {*REPLACED, *WALK_INS}]


def at(clock: str) -> datetime:
    """Return a moment of the day."""
    return datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=TAIPEI)


def truth_of(who: str) -> Truth:
    """Fold one person's counting lines and judge them: minutes, limits, breaks; nothing else."""
    moves = [(line.at, line.direction) for line in read_script() if line.who == who and line.counts]
    if who in WALK_INS:
        moves.insert(0, (at(WALK_INS[who][0]), "in"))
    spans: list[list[datetime | None]] = []
    lone_exit = False
    for moment, way in moves:
        inside = bool(spans) and spans[-1][1] is None
        if way == "in" and not inside:
            spans.append([moment, None])
        elif way == "out" and inside:
            spans[-1][1] = moment
        elif way == "out" and not spans:
            lone_exit = True
    stretches = tuple((start, end) for start, end in spans if start is not None)
    seconds = sum((end - start).total_seconds() for start, end in stretches if end)
    reasons = _reasons(stretches, lone_exit, who)
    proposal = "none" if not moves else "review" if reasons else "grant"
    return Truth(stretches, int(seconds // 60), proposal, reasons)


def _reasons(
    spans: Sequence[tuple[datetime, datetime | None]], lone_exit: bool, who: str
) -> tuple[str, ...]:
    found = []
    if spans and f"{spans[0][0]:%H:%M}" > "09:10":
        found.append("late")
    last = spans[-1][1] if spans else None
    if last and f"{last:%H:%M}" < "16:50":
        found.append("left_early")
    gaps = [(before[1], after[0]) for before, after in pairwise(spans) if before[1]]
    if any(_minutes_missed(start, end) > 10 for start, end in gaps):
        found.append("absent_between")
    if spans and last is None:
        found.append("no_sign_out")
    if lone_exit:
        found.append("no_sign_in")
    if WALK_INS.get(who, ("", "known"))[1] == "":
        found.append("no_id_number")
    return tuple(found)


def _minutes_missed(start: datetime, end: datetime) -> int:
    """Count the seconds of a gap one by one, from 09:00 to 17:00, lunch and tea left out."""
    seconds = 0
    for step in range(int((end - start).total_seconds())):
        clock = f"{start + timedelta(seconds=step):%H:%M:%S}"
        in_break = "12:00:00" <= clock < "13:00:00" or "16:00:00" <= clock < "16:10:00"
        seconds += "09:00:00" <= clock < "17:00:00" and not in_break
    return seconds // 60
