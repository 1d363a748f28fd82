"""The staff of the open event: listed, added, changed."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.staff import Role, StaffMember
from ui.changes import Change
from ui.language import say
from ui.place import Desk
from ui.screens.event import staff_wording


class StaffKeeping(Protocol):
    """What the page asks of the staff service."""

    def list_staff(self) -> tuple[StaffMember, ...]:
        """Return everybody."""
        ...

    def add(self, name: str, role: Role, pin: str) -> StaffMember:
        """Add somebody."""
        ...

    def amend(
        self,
        staff_id: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        active: bool | None = None,
    ) -> StaffMember:
        """Change a name, a role, or whether somebody works here."""
        ...

    def set_pin(self, staff_id: str, pin: str) -> StaffMember:
        """Give somebody another PIN."""
        ...


class StaffViewModel(QObject):
    """Hashing a PIN takes a third of a second on purpose, so all of it is done in the background.

    Signals:
        staff_loaded: the `StaffMember`s.
        saved: the `StaffMember` as it is now.
        refused: the error the form has to show.
    """

    staff_loaded = Signal(tuple)
    saved = Signal(object)
    refused = Signal(object)

    def __init__(self, staff: StaffKeeping, desk: Desk) -> None:
        super().__init__()
        self._staff = staff
        self._desk = desk

    def load(self) -> None:
        """Read everybody."""
        self._desk.tasks.run(
            self,
            self._staff.list_staff,
            self.staff_loaded.emit,
            self._desk.report,
            lane="reading",
        )

    def add(self, name: str, role: Role, pin: str) -> None:
        """Add somebody."""
        self._write(partial(self._staff.add, name, role, pin))

    def change(self, before: StaffMember, after: StaffMember, pin: str) -> None:
        """Keep what differs; a PIN only where one was typed."""
        self._write(partial(_change, self._staff, before, after, pin))

    def _write(self, work: partial[StaffMember]) -> None:
        # Not the recorder's lane: no scan shall wait while a PIN is hashed.
        self._desk.tasks.run(self, work, self._on_saved, self.refused.emit, lane="reading")

    def _on_saved(self, member: StaffMember) -> None:
        self._desk.notice(say(staff_wording.saved(member.name)))
        self.saved.emit(member)
        self.load()
        self._desk.changes.tell(Change.STAFF)


def _change(staff: StaffKeeping, before: StaffMember, after: StaffMember, pin: str) -> StaffMember:
    if pin:
        staff.set_pin(before.id, pin)
    return staff.amend(
        before.id,
        name=after.name if after.name != before.name else None,
        role=after.role if after.role is not before.role else None,
        active=after.active if after.active != before.active else None,
    )
