"""Background work: order, errors, closed screens, cancelling, an orderly end."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from app.domain.errors import Cancelled
from ui.background import InlineTaskRunner, ProgressReport, ThreadTaskRunner


@pytest.fixture
def runner(qapp):
    made = ThreadTaskRunner()
    yield made
    made.shutdown()


def test_results_arrive_in_the_windows_thread_in_order(runner, qtbot):
    got = []
    owner = QObject()
    for number in range(50):
        runner.run(
            owner,
            lambda n=number: (n, threading.current_thread().name),
            lambda value: got.append(
                (*value, threading.current_thread() is threading.main_thread())
            ),
            pytest.fail,
        )
    qtbot.waitUntil(lambda: len(got) == 50)
    assert [number for number, _, _ in got] == list(range(50))
    assert all(name.startswith("journal") and in_main for _, name, in_main in got)


def test_reading_does_not_hold_up_the_journal(runner, qtbot):
    gate, got = threading.Event(), []
    owner = QObject()
    runner.run(owner, gate.wait, got.append, pytest.fail, lane="reading")
    runner.run(owner, lambda: "scan", got.append, pytest.fail)
    qtbot.waitUntil(lambda: got == ["scan"])
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 2)


def test_an_error_goes_to_its_caller(runner, qtbot):
    errors = []

    def fail():
        raise OSError("disk full")

    runner.run(owner := QObject(), fail, pytest.fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], OSError)
    assert owner is not None


def test_a_result_for_a_closed_screen_is_dropped(runner, qtbot):
    gate, got = threading.Event(), []
    owner, other = QObject(), QObject()
    runner.run(owner, gate.wait, got.append, pytest.fail)
    runner.run(other, lambda: "later", got.append, pytest.fail)
    delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: got == ["later"])


def test_shutdown_finishes_recorded_work_and_drops_waiting_reading(qapp):
    runner, gate, done = ThreadTaskRunner(), threading.Event(), []
    owner = QObject()
    runner.run(owner, gate.wait, lambda _: None, pytest.fail, lane="reading")
    runner.run(owner, lambda: done.append("read"), lambda _: None, pytest.fail, lane="reading")
    for number in range(20):
        runner.run(owner, lambda n=number: done.append(n), lambda _: None, pytest.fail)
    threading.Timer(0.05, gate.set).start()
    runner.shutdown()
    assert done == list(range(20))


def test_a_report_says_how_far_and_whether_to_stop():
    report = ProgressReport()
    assert report(3, 10)
    assert (report.done, report.total) == (3, 10)
    report.cancel()
    assert not report(4, 10)
    with pytest.raises(Cancelled):
        report.raise_if_cancelled()


def test_inline_answers_before_returning(qapp):
    got, errors = [], []
    runner, owner = InlineTaskRunner(), QObject()
    runner.run(owner, lambda: 7, got.append, errors.append)
    runner.run(owner, lambda: 1 // 0, got.append, errors.append)
    assert got == [7]
    assert isinstance(errors[0], ZeroDivisionError)
