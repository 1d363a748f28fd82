"""The Door page over a real event file, worked by keys alone, inputs counted."""

from dataclasses import replace
from datetime import date
from statistics import median

import pytest
from help_door_day import HelpDay, busy_morning, make_template, open_day
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.domain.help_desk import LoanKind
from app.domain.visits import GoneReason, Outcome, ReadinessItem, Ready, VisitState
from app.domain.words import Words
from app.readers.cards.certificates import CertificateKind
from app.readers.cards.reading import CardKind
from app.services.card_checks import CardCheck, CheckedCard
from app.services.card_findings import CheckedCertificate, CheckTone, Finding
from app.services.visit_views import VisitForm
from ui.background import InlineTaskRunner
from ui.changes import Change
from ui.language import set_language
from ui.screens.help_desk import readiness_wording
from ui.screens.help_desk.card_check_line import CardCheckLine
from ui.screens.help_desk.door_page import DoorPage
from ui.screens.help_desk.door_view_model import DoorViewModel
from ui.screens.help_desk.door_wording import KEYS

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
OPEN_CARD = CardCheck(
    finding=Finding(
        tone=CheckTone.WARN,
        message=Words("憑證快到期了。", "The certificate expires soon."),
        remedy=Words("請上網展期。", "Renew it online."),
    ),
    has_service=True,
)


class FakeChecks:
    """Answers a card check at once."""

    def check_cards(self):
        return OPEN_CARD


class Fingers:
    """Whoever sits at the door: every call is one input, and they are counted."""

    def __init__(self, qtbot, page: DoorPage) -> None:
        self._qtbot, self._page, self.inputs = qtbot, page, 0

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        self.inputs += 1
        self._qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def write(self, text: str) -> None:
        """Commit a word as an input method does."""
        self.inputs += 1
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    def scan(self, text: str) -> None:
        """Read something with the scanner."""
        self.inputs += 1
        assert self._page.take_scan(text)

    def school(self, text: str) -> None:
        """Find a school by a character and take the first hit."""
        self.write(text)
        self.key(Qt.Key.Key_Return)

    def give(self) -> None:
        """Ask for the number."""
        self.key(Qt.Key.Key_Return, CONTROL)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("door") / "profile")


@pytest.fixture
def day(template, tmp_path, dressed) -> HelpDay:
    opened = open_day(template, tmp_path / "profile")
    yield opened
    opened.room.close()


@pytest.fixture
def page(qtbot, day):
    model = DoorViewModel(day.desk, day.seat)
    checks = CardCheckLine(day.desk.report, checks=FakeChecks(), tasks=InlineTaskRunner())
    made = DoorPage(model, day.desk, checks)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1234, 655)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    day.desk.changes.changed.connect(made.reload)
    made.opened()
    yield made
    assert day.told.errors == []


@pytest.fixture
def fingers(qtbot, page):
    return Fingers(qtbot, page)


def newest(day):
    return max(
        day.help.visits.list_visits("help1", frozenset(VisitState)), key=lambda one: one.ticket
    )


def test_a_known_school_gets_a_number_in_four_inputs(page, day, fingers):
    fingers.write("青山")
    fingers.key(Qt.Key.Key_Return)
    fingers.key(Qt.Key.Key_1)
    fingers.give()
    assert fingers.inputs == 4
    assert page.number.number.text() == "A001"
    visit = newest(day)
    assert (visit.unit_text, visit.topic, visit.name) == ("青山國小", "01", "")
    assert visit.state is VisitState.WAITING
    assert QApplication.focusWidget() is page.who.unit
    assert page.who.unit.text() == ""


def test_a_badge_fills_school_and_name_and_takes_three(page, day, fingers):
    row = day.services.registrations.list_roster("b1d1")[0]
    fingers.scan(row.badge_code)
    assert (page.who.unit.text(), page.who.name.text()) == (row.person.unit, row.person.name)
    fingers.key(Qt.Key.Key_2)
    fingers.give()
    assert fingers.inputs == 3
    visit = newest(day)
    assert visit.person_id == row.person.id
    assert visit.unit_id
    assert page.number.visit.ticket == "A001"


def test_arrows_pick_a_person_and_a_second_digit_the_second_level(page, day, fingers):
    fingers.school("青山")
    fingers.key(Qt.Key.Key_Down)
    fingers.key(Qt.Key.Key_1)
    fingers.key(Qt.Key.Key_3)
    fingers.give()
    visit = newest(day)
    assert visit.name in {"林采潔", "周小雨"}
    assert visit.person_id
    assert visit.topic == "0103"


def test_a_person_found_by_name_brings_the_school(page, day, fingers):
    fingers.school("陳大文")
    fingers.key(Qt.Key.Key_6)
    fingers.give()
    assert fingers.inputs == 4
    assert (newest(day).name, newest(day).unit_text, newest(day).title) == (
        "陳大文", "白雲國小", "導師",
    )  # fmt: skip


def test_a_reading_nobody_knows_says_what_to_do(page, day, fingers):
    fingers.scan("4710088412345")
    assert "打學校的字" in day.told.notices[-1]
    assert page.model.draft.is_blank


def test_a_second_press_is_no_second_number(page, day, fingers, monkeypatch):
    fingers.school("青山")
    waiting = []
    with monkeypatch.context() as held:
        held.setattr(
            day.desk.tasks, "run", lambda _owner, work, done, _err: waiting.append((work, done))
        )
        fingers.give()
        fingers.give()
    (given,) = waiting
    given[1](given[0]())
    assert [visit.ticket for visit in day.help.visits.list_visits("help1")] == ["A001"]
    fingers.school("青山")
    fingers.give()
    assert len(day.help.visits.list_visits("help1")) == 2


def test_keys_stay_where_they_are_until_topics_are_edited(page, day, fingers):
    fingers.school("青山")
    fingers.key(Qt.Key.Key_9)
    fingers.give()
    assert [tile.words for tile in page.pad.tiles][:2] == ["帳號與權限", "教職維護"]
    day.help.topics.amend("01", title="帳號")
    day.desk.changes.tell(Change.HELP_DESK)
    assert "帳號" in [tile.words for tile in page.pad.tiles]


def test_enter_before_the_answer_came_is_kept(page, day, fingers, monkeypatch):
    asked = []
    monkeypatch.setattr(page.model._hits, "ask", lambda work, done: asked.append((work, done)))
    fingers.school("白雲")
    assert page.model.draft.unit_text == ""
    work, done = asked.pop()
    done(work())
    assert page.model.draft.unit_text == "白雲國小"


def test_a_unit_on_no_list_gets_a_number_as_typed(page, day, fingers):
    fingers.school("月光實驗學校")
    fingers.key(Qt.Key.Key_3)
    fingers.give()
    assert newest(day).unit_text == "月光實驗學校"


def test_without_a_school_there_is_no_number_and_it_says_why(page, day, fingers):
    fingers.key(Qt.Key.Key_1, ALT)
    fingers.give()
    assert "服務單位" in day.told.errors.pop().message.zh
    assert day.help.visits.list_visits("help1") == ()


def test_digits_and_letters_in_a_field_are_text_and_alt_reaches_the_topics(page, fingers):
    for key in (Qt.Key.Key_1, Qt.Key.Key_C, Qt.Key.Key_Backspace):
        fingers.key(key)
    assert page.who.unit.text() == "1"
    assert page.model.draft.is_blank
    assert page.pad.topic == ""
    fingers.key(Qt.Key.Key_4, ALT)
    assert page.pad.topic == "04"
    assert page.who.unit.text() == "1"


def test_the_name_is_typed_after_f2_and_enter_goes_on(page, day, fingers):
    fingers.school("海風")
    fingers.key(Qt.Key.Key_F2)
    fingers.write("吳明哲")
    fingers.key(Qt.Key.Key_Return)
    assert page.pad.hasFocus()
    fingers.key(Qt.Key.Key_5)
    fingers.give()
    assert (newest(day).name, newest(day).topic) == ("吳明哲", "05")


def test_readiness_by_letters_arrows_and_space(page, day, fingers):
    fingers.school("青山")
    fingers.key(Qt.Key.Key_1)
    assert "XCA" in page.readiness.advice.text()
    fingers.key(Qt.Key.Key_C)
    fingers.key(Qt.Key.Key_R)
    fingers.key(Qt.Key.Key_R)
    fingers.key(Qt.Key.Key_F3)
    fingers.key(Qt.Key.Key_Right)
    fingers.key(Qt.Key.Key_Right)
    fingers.key(Qt.Key.Key_Space)
    remedy = readiness_wording.REMEDIES[ReadinessItem.READER].zh
    assert remedy in page.readiness.advice.text()
    for _ in range(3):
        fingers.key(Qt.Key.Key_X)
    assert "AA" not in page.readiness.advice.text()
    fingers.give()
    assert newest(day).readiness == {
        ReadinessItem.CARD: Ready.OK,
        ReadinessItem.READER: Ready.MISSING,
        ReadinessItem.OTP_PHONE: Ready.OK,
        ReadinessItem.XCA: Ready.NOT_NEEDED,
    }


def test_a_party_from_one_school_shares_a_number(page, day, fingers):
    fingers.school("竹林")
    fingers.key(Qt.Key.Key_F4)
    fingers.key(Qt.Key.Key_F4)
    fingers.key(Qt.Key.Key_F4, SHIFT)
    fingers.key(Qt.Key.Key_1)
    fingers.give()
    assert newest(day).party_size == 2


def test_others_of_the_school_are_offered_to_join(page, day, fingers):
    day.visitor("青山國小", topic="01")
    fingers.school("青山")
    assert "A001" in page.side.school.join_text.text()
    fingers.key(Qt.Key.Key_F9)
    assert [visit.party_size for visit in day.help.visits.list_visits("help1")] == [2]
    assert page.model.draft.is_blank


def test_the_same_person_is_told_of_the_number_there_is(page, day, fingers):
    row = day.services.registrations.list_roster("b1d1")[0]
    day.help.visits.open(
        VisitForm(person_id=row.person.id, unit_text=row.person.unit), day.seat.current
    )
    fingers.scan(row.badge_code)
    assert "A001" in page.side.school.join_text.text()
    fingers.key(Qt.Key.Key_F9)
    assert len(day.help.visits.list_visits("help1")) == 1
    assert "A001" in day.told.notices[-1]


def test_what_a_school_left_open_is_shown_and_linked_by_one_key(page, day, fingers):
    seat = day.on_duty("諮詢甲", "1")
    earlier = day.visitor("白雲國小", topic="04")
    day.serve(earlier, seat, 10, outcome=Outcome.ESCALATED, topic="04", next_step="等廠商回覆")
    page.reload(frozenset({Change.HELP_DESK}))
    fingers.school("白雲")
    assert "1 項未結" in page.side.school.link_text.text()
    row = page.side.school.visits.entries.lines(0)
    assert row.second == "1 項未結・上報・等廠商回覆"
    fingers.key(Qt.Key.Key_F6)
    assert "A001" in page.side.school.link_text.text()
    fingers.key(Qt.Key.Key_1)
    fingers.give()
    assert newest(day).return_of == earlier.id


def test_an_old_number_typed_or_scanned_brings_its_visit_back(page, day, fingers):
    seat = day.on_duty("諮詢甲", "1")
    earlier = day.serve(day.visitor("東昇國中", name="鄭宇晴", topic="02"), seat, 5)
    fingers.scan("a001")
    assert page.model.draft.return_of == earlier.id
    assert (page.who.unit.text(), page.who.name.text()) == ("東昇國中", "鄭宇晴")
    fingers.key(Qt.Key.Key_Escape)
    assert page.model.draft.is_blank
    fingers.school("A001")
    assert page.model.draft.return_ticket == "A001"


def test_a_quick_question_is_two_keys_and_one_takes_it_back(page, day, fingers):
    fingers.key(Qt.Key.Key_F12)
    fingers.key(Qt.Key.Key_2)
    assert fingers.inputs == 2
    assert day.help.visits.numbers("help1").tallies == 1
    assert page.pad.topic == ""
    assert QApplication.focusWidget() is page.who.unit
    fingers.key(Qt.Key.Key_Z, CONTROL)
    assert day.help.visits.numbers("help1").tallies == 0
    assert day.help.visits.list_visits("help1") == ()


def test_a_tally_in_between_keeps_what_was_begun(page, day, fingers):
    fingers.school("青山")
    fingers.key(Qt.Key.Key_3)
    fingers.key(Qt.Key.Key_F12)
    fingers.key(Qt.Key.Key_1)
    assert (page.model.draft.unit_text, page.pad.topic) == ("青山國小", "03")
    fingers.give()
    assert newest(day).topic == "03"


def test_the_last_number_is_taken_back_and_given_again(page, day, fingers):
    fingers.school("青山")
    fingers.give()
    assert page.number.visit is not None
    fingers.key(Qt.Key.Key_Z, CONTROL)
    visit = newest(day)
    assert page.number.visit is None
    assert (visit.state, visit.reason) == (VisitState.GONE, GoneReason.VOID)
    page.side.tickets.list.setFocus()
    page.side.tickets.list.move_selection(1)
    fingers.key(Qt.Key.Key_Delete)
    assert newest(day).state is VisitState.WAITING
    fingers.key(Qt.Key.Key_Delete)
    assert newest(day).state is VisitState.GONE
    fingers.key(Qt.Key.Key_Z, CONTROL)
    assert "沒有可以收回" in day.told.notices[-1]


def test_a_reader_goes_out_with_the_number_and_comes_back_by_its_tag(page, day, fingers):
    fingers.school("海風")
    fingers.key(Qt.Key.Key_F7)
    fingers.key(Qt.Key.Key_Return)
    assert page.model.draft.ready(ReadinessItem.READER) is Ready.OK
    fingers.key(Qt.Key.Key_1)
    fingers.give()
    (loan,) = day.help.loans.list_loans()
    assert (loan.kind, loan.tag, loan.visit) == (LoanKind.READER, "R1", newest(day).id)
    fingers.scan("r1")
    assert day.help.loans.list_loans() == ()


def test_f7_lends_to_the_number_just_given_and_f8_takes_back(page, day, fingers):
    fingers.school("海風")
    fingers.give()
    fingers.key(Qt.Key.Key_F7)
    assert "A001" in page.loan_line.whom.text()
    fingers.key(Qt.Key.Key_Return)
    assert [loan.tag for loan in day.help.loans.list_loans()] == ["R1"]
    fingers.key(Qt.Key.Key_F8)
    fingers.key(Qt.Key.Key_Return)
    assert day.help.loans.list_loans() == ()
    fingers.key(Qt.Key.Key_Escape)
    assert page.side.currentWidget() is page.side.tickets


def test_a_tag_that_is_out_is_not_lent_twice_and_the_number_stands(page, day, fingers):
    out = day.visitor("青山國小")
    day.help.loans.lend(LoanKind.READER, "R1", out.id, day.seat.current)
    fingers.school("海風")
    page.model.plan_loan(LoanKind.READER, "R1")
    fingers.give()
    assert newest(day).unit_text == "海風國中"
    assert "R1" in day.told.errors.pop().message.zh


def test_f5_says_whether_the_card_works(page, fingers):
    fingers.key(Qt.Key.Key_F5)
    assert "快到期" in page.checks.sentence.text()
    assert "展期" in page.checks.sentence.text()
    assert not page.checks.is_checking


def test_what_a_card_check_finds_fills_the_row(page, fingers):
    card = CheckedCard(
        reader="R", kind=CardKind.CERTIFICATE, finding=OPEN_CARD.finding,
        certificates=(
            CheckedCertificate(
                kind=CertificateKind.CITIZEN, kind_words=Words("自然人憑證", "citizen card"),
                expires_on=date(2023, 9, 30), days_left=18, finding=OPEN_CARD.finding,
            ),
        ),
        number_masked="••••••••••••1234",
    )  # fmt: skip
    check = replace(OPEN_CARD, cards=(card,))
    page.checks.show_check(check)
    assert page.model.draft.is_blank
    fingers.school("青山")
    page.checks.show_check(check)
    draft = page.model.draft
    assert (draft.ready(ReadinessItem.CARD), draft.ready(ReadinessItem.READER)) == (Ready.OK,) * 2
    assert "112/09/30" in page.checks.detail.text()
    assert "1234" in page.checks.detail.text()
    bad = replace(card, finding=replace(card.finding, tone=CheckTone.BAD))
    page.checks.show_check(replace(check, cards=(bad,)))
    assert page.model.draft.ready(ReadinessItem.CARD) is Ready.MISSING
    assert page.model.draft.ready(ReadinessItem.READER) is Ready.OK


def test_a_slow_card_is_read_on_a_thread_of_its_own(qtbot, dressed):
    line = CardCheckLine(pytest.fail, checks=FakeChecks())
    qtbot.addWidget(line)
    line.start()
    assert line.is_checking
    qtbot.waitUntil(lambda: not line.is_checking)
    assert "快到期" in line.sentence.text()


def test_escape_closes_one_thing_at_a_time(page, fingers):
    fingers.school("青山")
    fingers.key(Qt.Key.Key_F7)
    fingers.key(Qt.Key.Key_Escape)
    assert page.loan_line.isHidden()
    fingers.key(Qt.Key.Key_F12)
    fingers.key(Qt.Key.Key_Escape)
    assert page.model.draft.unit_text == "青山國小"
    fingers.key(Qt.Key.Key_Escape)
    assert page.model.draft.is_blank
    assert QApplication.focusWidget() is page.who.unit


def test_the_line_is_told_with_the_number(page, day, fingers):
    busy_morning(day)
    page.reload(frozenset({Change.HELP_DESK}))
    assert page.number.number.text() == "3"
    fingers.school("青雲")
    fingers.key(Qt.Key.Key_1)
    fingers.give()
    assert page.number.ahead.text() == "3 組"
    assert page.number.longest.text() == "10 分鐘"
    assert "分鐘" in page.number.estimate.text()


def test_everything_is_said_again_in_english(qtbot, page, day, fingers, qapp):
    busy_morning(day)
    fingers.school("青山")
    set_language(qapp, "en")
    qtbot.waitUntil(lambda: "here now" in page.side.school.heading.text())
    assert page.pad.tiles[0].words.isascii()
    set_language(qapp, "zh")


CASES = ("青山", "青雲", "白雲", "海風", "竹林", "東昇") * 4


def test_twenty_visitors_take_at_most_four_inputs_each(page, day, fingers):
    counts = []
    for number, text in enumerate(CASES[:20]):
        before = fingers.inputs
        fingers.school(text)
        fingers.key(Qt.Key(Qt.Key.Key_1 + number % 9))
        fingers.give()
        counts.append(fingers.inputs - before)
    assert max(counts) <= 4
    assert median(counts) == 4
    tickets = [visit.ticket for visit in day.help.visits.list_visits("help1")]
    assert sorted(tickets) == [f"A{number:03d}" for number in range(1, 21)]


def test_no_key_is_one_that_input_methods_or_windows_take(page):
    listed = page.keys()
    told = " ".join(key for key, _ in listed)
    assert len(listed) == len(KEYS)
    assert not [key for key in ("F10", "Space", "Alt+F4", "Shift+Alt") if key in told]
