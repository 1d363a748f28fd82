"""Twenty typical cases logged by keyboard alone, through the real window on a real event."""

import re
import sys
from statistics import median

import pytest
from desk_day import make_template, open_day
from desk_hand import Effort, Hand
from fakes import bury_closed_windows

from app.domain.visits import Outcome, VisitState
from app.services.visit_views import IssueForm
from ui.background import ThreadTaskRunner
from ui.language import set_language
from ui.main_window import MainWindow
from ui.places import places_with
from ui.scan_filter import ScanFilter
from ui.screens.builders import BUILDERS
from ui.theme import apply_theme

BEGIN = "? F5 ? F6"
END = "? Ctrl+Return"
CASES: tuple[tuple[str, str, str, str], ...] = (
    # what came, the keys, topic and outcome that must be recorded
    ("card reader not found, solved", f"{BEGIN} ? T0108 ? Alt+1 {END}", "0108", "resolved"),
    ("phone bound to OTP", f"{BEGIN} ? T0109 ? Alt+1 {END}", "0109", "resolved"),
    ("start-of-term list", f"{BEGIN} ? T0201 ? Alt+1 {END}", "0201", "resolved"),
    ("staff data wrong", f"{BEGIN} ? T0203 ? Alt+1 {END}", "0203", "resolved"),
    ("same question again", f"{BEGIN} ? Ctrl+D {END}", "0203", "resolved"),
    ("where to find the quota table", f"{BEGIN} ? T0301 ? Alt+5 {END}", "0301", "information"),
    ("homeroom teachers", f"{BEGIN} ? T0303 ? Alt+1 {END}", "0303", "resolved"),
    ("timetable import", f"{BEGIN} ? T0403 ? Alt+1 {END}", "0403", "resolved"),
    ("only the group is known", f"{BEGIN} ? T04 Esc ? Alt+5 {END}", "04", "information"),
    ("no reader here, step at school", f"{BEGIN} ? T0108 ? Alt+2 ? 2 {END}", "0108",
     "resolved_next_step"),
    ("OTP at a colleague's", f"{BEGIN} ? T0109 ? Alt+4 ? 3 {END}", "0109", "not_resolved"),
    ("visitor does not know the PIN", f"{BEGIN} ? T0108 ? Alt+4 ? 4 {END}", "0108",
     "not_resolved"),
    ("system fault, escalated", f"{BEGIN} ? T0403 ? F9 ? 1 {END}", "0403", "escalated"),
    ("an earlier solution helps", f"{BEGIN} ? T0201 ? Ctrl+L ? Return ? Alt+1 {END}", "0201",
     "resolved"),
    ("canned text", f'{BEGIN} ? T0108 ? "::usb_ ? Alt+1 {END}', "0108", "resolved"),
    ("a few words in Chinese", f'{BEGIN} ? T0501 ? "分組節數不對 ? Alt+1 {END}', "0501",
     "resolved"),
    ("two questions of one visitor",
     f"{BEGIN} ? T0201 ? Alt+1 ? Ctrl+N ? T0301 ? Alt+5 {END}", "0201", "resolved"),
    ("on to the next at once", f"{BEGIN} ? T0202 ? Alt+1 ? Shift+F5 F7", "0202", "resolved"),
    ("forgot to finish", f'{BEGIN} ? T0302 ? Alt+1 ? Ctrl+B ? "0 Return', "0302", "resolved"),
    ("wrong outcome, put right",
     f"{BEGIN} ? T0404 ? Alt+1 {END} ? Ctrl+Z ? Alt+5 {END}", "0404", "information"),
)  # fmt: skip


@pytest.fixture
def day(tmp_path_factory, tmp_path, monkeypatch):
    monkeypatch.delenv("VENUEDESK_KEY_FILE", raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    template = make_template(tmp_path_factory.mktemp("cases") / "profile")
    opened = open_day(template, tmp_path / "profile")
    yield opened
    opened.room.desk.context.database.close()


@pytest.fixture
def stocked(day):
    """What a second hour has: colleagues, an earlier solution, a canned text, a vendor, a line."""
    seat, other = day.sit(1), day.sit(2)
    solved = {"symptom": "名單少了一人", "resolution": "在期初名單按「補建」再存檔。"}
    first = day.serve(day.come(0, topic="0201"), other, 5, **solved)
    broken = IssueForm(topic="0403", outcome=Outcome.ESCALATED, symptom="匯入後節數為 0")
    known = day.help.issues.record(first.id, broken, other)
    day.help.followups.open(first.id, list(known.issues)[-1], "系統廠商", owner=other.staff)
    day.help.answers.add_canned("usb", "換 USB 埠", "改插後方 USB 埠，重新整理。|", "01")
    for number in range(len(CASES) + 1):
        day.come(number + 1, topic="")
    day.services.preferences.keep_seat({"session": seat.session, "staff": seat.staff, "desk": "1"})
    return day


@pytest.fixture
def window(qtbot, qapp, stocked):
    bury_closed_windows()
    set_language(qapp, "zh")
    apply_theme(qapp, "light")
    tasks = ThreadTaskRunner()
    made = MainWindow(tasks, places=places_with(BUILDERS))
    qtbot.addWidget(made)
    made.show()
    made.attach(stocked.services)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    tasks.shutdown()


@pytest.fixture
def hand(qtbot, qapp, window):
    keys = ScanFilter(qapp)
    window.go_to("help_desk")
    page = window.view("help_desk").front
    qtbot.waitUntil(lambda: page.model.seat.is_taken and bool(page.model.topics.quick))
    qtbot.waitUntil(lambda: bool(page.model.picture.turns))

    def settle() -> None:
        qtbot.waitUntil(lambda: not keys._recogniser.is_holding)
        qtbot.waitUntil(lambda: not page.model.is_busy)
        qtbot.waitUntil(lambda: not page.solutions._latest._is_busy)

    made = Hand(window, settle)
    made.page = page
    yield made
    keys.set_on(False)


def topic_keys(page, code: str) -> str:
    """Return the keys of a topic: the digits its group and itself have at this desk now."""
    topics = page.model.topics
    group = [one.code for one in topics.quick].index(code[:2]) + 1
    below = [one.code for one in topics.below(code[:2])]
    return f"Ctrl+{group} {below.index(code) + 1}" if code[2:] else f"Ctrl+{group}"


def log_case(hand: Hand, day, steps: str) -> Effort:
    """Log one case; return what it took."""
    hand.effort = Effort()
    hand.do(re.sub(r"\bT(\d+)", lambda found: topic_keys(hand.page, found[1]), steps))
    day.clock.pass_ms(60_000)
    return hand.effort


def test_twenty_cases_by_keyboard_alone(hand, window, stocked, capsys):
    told, efforts = [], []
    for what, steps, topic, outcome in CASES:
        done_before = {visit.id for visit in finished(stocked)}
        effort = log_case(hand, stocked, steps)
        efforts.append(effort)
        (ended,) = [visit for visit in finished(stocked) if visit.id not in done_before]
        issue = next(iter(ended.issues.values()))
        assert (issue.topic, issue.outcome) == (topic, Outcome(outcome)), what
        assert effort.screens == {"help_desk"}, what
        told.append(
            f"{what:34} {effort.keys:5.1f} keys {effort.chords:3} chords "
            f"{effort.decisions} decisions {effort.seconds:5.1f} s"
        )
        assert hand.page.model.mine is None, what
    middle = median(effort.seconds for effort in efforts)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(told) + f"\nmedian {middle:.1f} s, one screen\n")
    assert window.strip.message.text() == "" or not window.strip.copy_button.isVisible()
    assert middle <= 10


def finished(day):
    return day.help.visits.list_visits("help1", (VisitState.DONE,))


def test_a_fast_hand_loses_no_chord(hand, stocked, qtbot):
    settle, hand._settle = hand._settle, lambda: None
    hand.do("F5 F6 Ctrl+2 Ctrl+1 Alt+1 Ctrl+Return")
    qtbot.waitUntil(lambda: len(finished(stocked)) == 2)
    settle()
    (issue,) = finished(stocked)[-1].issues.values()
    topics = hand.page.model.topics
    assert issue.topic == topics.below(topics.quick[1].code)[0].code
    assert issue.outcome is Outcome.RESOLVED
