"""Follow-ups as the page shows them: read once, filtered in the window, changed field by field."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.help_desk import Followup, FollowupState
from app.domain.text import fold_text
from app.services.followups_views import BACK, PENDING, FollowupLine
from ui.changes import Change
from ui.language import current_language, say
from ui.place import Desk
from ui.screens.help_desk import followups_wording as wording

_STATES: dict[str, frozenset[FollowupState]] = {
    "out": PENDING,
    "back": BACK,
    "closed": frozenset((FollowupState.CLOSED,)),
    "all": frozenset(FollowupState),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupFilter:
    """Which follow-ups are listed."""

    shown: str = "out"
    """`out`, `back`, `closed` or `all`."""
    vendor: str = ""
    owner: str = ""
    only_due: bool = False

    def fits(self, line: FollowupLine) -> bool:
        """Whether a follow-up is listed."""
        followup = line.followup
        return (
            followup.state in _STATES[self.shown]
            and (not self.vendor or fold_text(followup.vendor) == fold_text(self.vendor))
            and (not self.owner or followup.owner == self.owner)
            and (not self.only_due or line.is_due)
        )


class FollowupsViewModel(QObject):
    """Reads and changes follow-ups.

    Signals:
        lines_changed: the lines to list, and how many there are in all.
        came_back_changed: the lines that came back since the last help day.
        vendors_changed: whom follow-ups go to, the most asked first.
        kept: the id of a follow-up whose change is stored.
    """

    lines_changed = Signal(tuple, int)
    came_back_changed = Signal(tuple)
    vendors_changed = Signal(tuple)
    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[FollowupLine, ...] = ()
        self._vendors: tuple[str, ...] = ()
        self.filter = FollowupFilter()

    def reload(self) -> None:
        """Read every follow-up again."""
        followups = self._desk.services.help_desk.followups

        def read() -> tuple[tuple[FollowupLine, ...], tuple[str, ...]]:
            return followups.list_followups(), followups.vendors()

        self._desk.tasks.run(self, read, self._on_read, self._desk.report, lane="reading")

    def set_filter(self, wanted: FollowupFilter) -> None:
        """List others."""
        self.filter = wanted
        self._tell()

    def amend(self, followup_id: str, **values: str | FollowupState) -> None:
        """Change a follow-up; what is refused is said and nothing changes."""
        work = partial(self._desk.services.help_desk.followups.amend, followup_id, **values)
        self._desk.tasks.run(self, work, self._on_kept, self._on_refused)

    def write_sheets(self, out: Path) -> None:
        """Write the hand-over sheets of the vendor in the filter, or of all."""
        work = partial(
            self._desk.services.help_desk.followups.write_sheets,
            out,
            vendor=self.filter.vendor,
            language=current_language(),
        )
        self._desk.tasks.run(self, work, self._on_written, self._desk.report, lane="reading")

    def _on_read(self, read: tuple[tuple[FollowupLine, ...], tuple[str, ...]]) -> None:
        self._lines, vendors = read
        if vendors != self._vendors:
            self._vendors = vendors
            self.vendors_changed.emit(vendors)
        self.came_back_changed.emit(tuple(line for line in self._lines if line.came_back))
        self._tell()

    def _tell(self) -> None:
        fitting = tuple(line for line in self._lines if self.filter.fits(line))
        self.lines_changed.emit(fitting, len(self._lines))

    def _on_kept(self, followup: Followup) -> None:
        self.kept.emit(followup.id)
        self.reload()
        self._desk.changes.tell(Change.HELP_DESK)

    def _on_refused(self, error: Exception) -> None:
        self._desk.report(error)
        self.reload()

    def _on_written(self, cases: int) -> None:
        self._desk.notice(say(wording.sheet_written(cases)))
