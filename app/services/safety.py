"""How safe an open event's data lie, and what is done about it while nobody scans."""

from dataclasses import dataclass, field
from pathlib import Path

from app.domain.passphrase import new_passphrase
from app.services.disk_care import drop_ballast, keep_ballast, list_warnings, shorten_wal
from app.services.opening import OpenEvent
from app.services.paper_tape import (
    TapeStatus,
    start_tape,
    tape_folder,
    tape_status,
    turn_tape_off,
    turn_tape_on,
)
from app.services.profile import Profile
from app.services.recovery_key import RecoveryState, recovery_state, set_passphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyState:
    """What a person should know of passphrase, tape and disk."""

    recovery: RecoveryState = field(default_factory=RecoveryState)
    tape: TapeStatus = field(default_factory=TapeStatus)
    warnings: tuple[str, ...] = ()
    """Codes of `app.services.disk_care.WARNINGS`."""


class SafetyService:
    """Passphrase, paper tape, room on the disk of one open event."""

    def __init__(self, profile: Profile, opened: OpenEvent) -> None:
        self._profile = profile
        self._context = opened.context
        self._tapes = opened.tapes

    def state(self) -> SafetyState:
        """Say how things stand."""
        database = self._context.database
        return SafetyState(
            recovery=recovery_state(self._profile),
            tape=tape_status(self._profile, database, self._tapes),
            warnings=tuple(list_warnings(self._profile, database)),
        )

    def tend(self) -> SafetyState:
        """In a quiet moment: shorten the log, bring the tape into step, keep a reserve."""
        database = self._context.database
        shorten_wal(database)
        if tape_folder(self._profile) != (self._tapes.state.folder if self._tapes else None):
            self._restart_tape()  # a command turned it on or off meanwhile
        elif self._tapes is not None:
            self._tapes.catch_up(database.connection())
        keep_ballast(self._profile)
        return self.state()

    def free_reserve(self) -> bool:
        """Give the disk the room that was put aside; False where there is none left."""
        return drop_ballast(self._profile)

    def suggest_passphrase(self) -> str:
        """Return six words made by chance."""
        return new_passphrase()

    def set_passphrase(self, passphrase: str) -> None:
        """Seal the key with a passphrase. Raises InvalidInput for a weak one."""
        set_passphrase(self._profile, passphrase, self._context.clock)

    def turn_tape_on(self, folder: Path) -> None:
        """Let every act be written to a folder from now on. Raises InvalidInput."""
        turn_tape_on(self._profile, folder)
        self._restart_tape()

    def turn_tape_off(self) -> None:
        """Write no tape any more."""
        turn_tape_off(self._profile)
        self._restart_tape()

    def _restart_tape(self) -> None:
        context = self._context
        if context.twin_of:  # what is rehearsed belongs on no stick
            return
        self._tapes = start_tape(self._profile, context.database, context.journal)
