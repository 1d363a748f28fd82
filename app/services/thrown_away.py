"""Rehearsals that were thrown away: marked while they are open, deleted once they are closed."""

from contextlib import suppress
from pathlib import Path

from app.services.profile import THROWN_AWAY, Profile


def throw_away(profile: Profile, event_id: str) -> None:
    """Mark an event's file; it is deleted when it is closed. Asked for rehearsals only."""
    _marker(profile, event_id).touch()


def list_thrown_away(profile: Profile) -> set[str]:
    """Return the ids of events that wait to be deleted."""
    return {path.stem for path in profile.events_folder.glob(f"*{THROWN_AWAY}")}


def sweep(profile: Profile) -> None:
    """Delete what was thrown away: file, log, backups. What cannot be yet goes the next time."""
    for event_id in list_thrown_away(profile):
        # An open file cannot be deleted everywhere; the marker goes last.
        with suppress(OSError):
            for left in profile.events_folder.glob(f"{event_id}.db*"):
                left.unlink()
            backups = profile.folder / "backups" / event_id
            if backups.exists():
                import shutil  # noqa: PLC0415 - brings every kind of archive along

                shutil.rmtree(backups)
            _marker(profile, event_id).unlink()


def _marker(profile: Profile, event_id: str) -> Path:
    return profile.events_folder / f"{event_id}{THROWN_AWAY}"
