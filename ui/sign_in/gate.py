"""Keeps the desk to those who signed in; scanning goes on whoever is here.

Where an event has no staff nobody has to sign in, and nothing here costs anything.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QWindow

from app.domain.staff import ROLE_WORDS, StaffMember
from app.domain.words import Words
from ui.changes import Change
from ui.language import say
from ui.main_window import MainWindow
from ui.places import CHECK_IN
from ui.sign_in import wording
from ui.sign_in.lock_view import LockView

_TYPED_AFTER_MS = 400
"""Keys are a person's when no reading came of them within this time."""
_HANDS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class Staff(Protocol):
    """What the gate asks of the staff service."""

    def list_staff(self) -> tuple[StaffMember, ...]:
        """Return everybody."""
        ...

    def sign_in(self, staff_id: str, pin: str) -> StaffMember:
        """Let somebody act at this desk."""
        ...

    def sign_out(self) -> None:
        """Let nobody act."""
        ...


class Gate(QObject):
    """Locks the window when nobody is here; opens it to a PIN.

    `idle_minutes` is asked each time; 0 never locks by itself.

    Signals:
        opened: the `StaffMember` who signed in.
        locked: nobody is signed in any more.
    """

    opened = Signal(object)
    locked = Signal()

    def __init__(
        self, window: MainWindow, idle_minutes: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._idle_minutes = idle_minutes
        self._staff: Callable[[], Staff] | None = None
        self._members: tuple[StaffMember, ...] = ()
        self._member: StaffMember | None = None
        self._view: LockView | None = None
        self._watched: QWindow | None = None
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_AFTER_MS)
        self._typed.timeout.connect(self._note_hand)
        window.refuses = self.refuse_place
        window.attached.connect(self._on_attached)
        window.changes.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+L"), window)
        shortcut.activated.connect(self.lock)

    @property
    def is_needed(self) -> bool:
        """Whether this event has somebody who can sign in."""
        return bool(self._members)

    @property
    def is_locked(self) -> bool:
        """Whether somebody has to sign in before anything but a scan."""
        return self.is_needed and self._member is None

    @property
    def view(self) -> LockView | None:
        """The lock while it was shown once."""
        return self._view

    def watch(self, staff: Callable[[], Staff]) -> None:
        """Keep an event's desk; whoever was signed in at another is signed out.

        `staff` is called in the background first: the service's import is not for the first paint.
        """
        self._staff, self._member, self._members = staff, None, ()
        self._read()

    def lock(self) -> None:
        """Let nobody act until a PIN comes; nothing happens where nobody has to sign in."""
        if self._staff is None or not self.is_needed:
            return
        self._staff().sign_out()
        self._member = None
        self._close()
        self.locked.emit()

    def refuse_place(self, key: str) -> Words | None:
        """Return why a place stays shut, None where it may be opened."""
        if not self.is_needed or key == CHECK_IN:
            return None
        if self._member is None:
            return wording.LOCKED_PLACE
        role = self._member.role
        return None if key in wording.PLACES[role] else wording.not_for(ROLE_WORDS[role])

    def note_scan(self) -> None:
        """Take the keys that just came for a reader's: nobody's hand."""
        self._typed.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See that somebody is here; takes nothing."""
        kind = event.type()
        if kind in _HANDS:
            self._note_hand()
        elif kind is QEvent.Type.KeyPress:
            self._typed.start()
        return False

    # --- inside

    def _on_attached(self) -> None:
        desk = self._window.desk
        if desk is not None:
            services = desk.services
            self.watch(lambda: services.staff)

    def _on_changed(self, kinds: frozenset[Change]) -> None:
        if kinds & {Change.STAFF, Change.EVENT}:
            self._read()

    def _read(self) -> None:
        staff = self._staff
        if staff is not None:
            self._window.tasks.run(
                self,
                lambda: staff().list_staff(),
                self._on_members,
                self._window.report,
                lane="reading",
            )

    def _on_members(self, members: tuple[StaffMember, ...]) -> None:
        was_needed = self.is_needed
        self._members = tuple(each for each in members if each.active and each.pin)
        here = self._member.id if self._member is not None else ""
        self._member = next((each for each in self._members if each.id == here), None)
        if not self.is_needed:
            self._open_window()
        elif self._member is None and was_needed and here:
            self.lock()  # somebody else let this person go
        elif self._member is None:
            self._close()
        if self._view is not None:
            self._view.show_staff(self._members)

    def _close(self) -> None:
        window = self._window
        window.go_to(CHECK_IN)
        if self._view is None:
            self._view = LockView(window)
            self._view.sign_in_wanted.connect(self._sign_in)
        door = window.door
        if door is not None:
            door.outcome_shown.connect(self._view.show_outcome, Qt.ConnectionType.UniqueConnection)
            self._view.session_title = door.session_title
        window.centre.setEnabled(False)
        self._view.show_staff(self._members)
        self._view.cover()
        self._idle.stop()
        self._watch_hands()

    def _open_window(self) -> None:
        if self._view is not None:
            self._view.hide()
        self._window.centre.setEnabled(True)
        self._note_hand()

    def _watch_hands(self) -> None:
        handle: QWindow | None = self._window.windowHandle()  # none before the first show
        if handle is not None and handle is not self._watched:
            handle.installEventFilter(self)
            self._watched = handle

    def _note_hand(self) -> None:
        minutes = self._idle_minutes()
        if self._member is not None and minutes > 0:
            self._idle.start(minutes * 60_000)
        else:
            self._idle.stop()

    def _sign_in(self, staff_id: str, pin: str) -> None:
        if self._staff is None or self._view is None:
            return
        work = partial(self._staff().sign_in, staff_id, pin)
        # The PIN's hash takes its time by design: not in the way of a scan.
        self._window.tasks.run(
            self, work, self._on_signed_in, self._view.show_refusal, lane="reading"
        )

    def _on_signed_in(self, member: StaffMember) -> None:
        self._member = member
        self._open_window()
        self._window.go_to(CHECK_IN)
        self._window.notice(say(wording.welcome(member.name)))
        self.opened.emit(member)
