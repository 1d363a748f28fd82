"""The Help desk knows who sits where."""

from place_fakes import filled_office, make_desk

from app.domain.visits import Seat
from ui.screens.help_desk.help_desk_view import build as build_help_desk


def test_the_seat_is_this_laptops_and_a_new_name_is_a_new_consultant(qtbot, dressed):
    office = filled_office(1)
    desk, _ = make_desk(office)
    view = build_help_desk(desk)
    qtbot.addWidget(view)
    assert view.seat.current.session == "help1"
    view.bar.people.lineEdit().setText("林采潔")
    view.bar.people.lineEdit().editingFinished.emit()
    assert view.seat.current.staff == ""  # only Enter adds somebody
    view.bar.people.lineEdit().setText("林采潔")
    view.bar.people.lineEdit().returnPressed.emit()
    view.bar.sign.setText(" 3 ")
    view.bar.sign.editingFinished.emit()
    assert view.seat.current == Seat(session="help1", staff="C1", desk="3", station="A")
    again = build_help_desk(desk)
    qtbot.addWidget(again)
    assert again.seat.current == view.seat.current
    assert again.bar.people.currentText() == "林采潔"


def test_a_seat_of_another_event_is_forgotten(qtbot, dressed):
    office = filled_office(1)
    office.preferences.keep_seat({"session": "gone", "staff": "C9", "desk": "2"})
    office.help_desk.consultants.find_or_add("陳大文")
    desk, _ = make_desk(office)
    view = build_help_desk(desk)
    qtbot.addWidget(view)
    assert view.seat.current == Seat(session="help1", staff="", desk="2", station="A")
