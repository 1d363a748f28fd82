"""A window over stand-in services, in Chinese and light; background work is done at once."""

import pytest
from fakes import FakeServices, bury_closed_windows

from ui.background import InlineTaskRunner
from ui.language import set_language
from ui.main_window import MainWindow
from ui.theme import apply_theme


@pytest.fixture
def dressed(qapp):
    """The application as it starts."""
    bury_closed_windows()
    set_language(qapp, "zh")
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def services():
    return FakeServices()


@pytest.fixture
def shell(qtbot, dressed):
    """The window before any service exists."""
    window = MainWindow(InlineTaskRunner())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def window(shell, services, qtbot):
    """The window with an event open and the keyboard focus."""
    shell.attach(services)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


@pytest.fixture
def door(window):
    """The check-in place."""
    return window.view("check_in")
