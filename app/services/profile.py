"""A profile: the folder that holds one installation's events, key and settings."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import NotFound, StorageFailed
from app.domain.words import Words

if TYPE_CHECKING:
    from db.keys import KeyFound

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "davfs", "9p", "ceph", "glusterfs"}
) | {f"fuse.{name}" for name in ("sshfs", "rclone", "davfs2", "gvfsd-fuse", "glusterfs")}
CLOUD_FOLDERS = re.compile(
    r"^(OneDrive.*|Dropbox.*|Google ?Drive.*|iCloud ?Drive.*|Mobile Documents|CloudStorage"
    r"|Nextcloud|Box|Box Sync|pCloud ?Drive|MEGA)$",
    re.IGNORECASE,
)
DRIVE_REMOTE = 4
THROWN_AWAY = ".thrown-away"
"""Ending of the mark beside a rehearsal's file that is deleted once it is closed."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One installation's data folder."""

    folder: Path

    @property
    def events_folder(self) -> Path:
        """Where event files lie, one database each."""
        return self.folder / "events"

    def event_path(self, event_id: str) -> Path:
        """Return the database file of an event."""
        return self.events_folder / f"{event_id}.db"

    @property
    def tape_setting(self) -> Path:
        """Where the folder of the paper tape is remembered."""
        return self.folder / "tape-folder"

    @property
    def has_tape(self) -> bool:
        """Whether a paper tape is on."""
        return self.tape_setting.exists()

    def list_event_ids(self) -> list[str]:
        """Return the ids of all events here, oldest first (ids sort by time)."""
        gone = {path.stem for path in self.events_folder.glob(f"*{THROWN_AWAY}")}
        return sorted(
            path.stem for path in self.events_folder.glob("*.db") if path.stem not in gone
        )

    def find_current(self) -> str | None:
        """Return the id of the event used last, if it is still here."""
        marker = self.folder / "current"
        chosen = marker.read_text("utf-8").strip() if marker.exists() else ""
        known = self.list_event_ids()
        if chosen in known:
            return chosen
        return known[-1] if known else None

    def set_current(self, event_id: str) -> None:
        """Remember the event used last."""
        (self.folder / "current").write_text(event_id, "utf-8")

    def key(self) -> "KeyFound":
        """Return the key of this profile's files."""
        from db.keys import get_key  # noqa: PLC0415 - the window shows itself before it needs a key

        return get_key(self.folder)


def open_profile(folder: Path | None = None) -> Profile:
    """Return the profile, its folder made and checked. Raises StorageFailed."""
    chosen = folder if folder is not None else default_folder()
    check_place(chosen)
    profile = Profile(chosen)
    try:
        profile.events_folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            chosen.chmod(0o700)
    except OSError as error:
        raise StorageFailed(
            Words(
                zh=f"無法使用資料夾：{chosen}",
                en=f"This folder cannot be used for data: {chosen}",
            ),
            remedy=Words(
                zh="請用 --profile 指定一個可寫入的資料夾。",
                en="Choose a folder you may write to with --profile.",
            ),
        ) from error
    return profile


def default_folder() -> Path:
    """Return the platform's local data folder (never one that roams)."""
    import platformdirs  # noqa: PLC0415 - not needed where --profile is given

    return Path(platformdirs.user_data_dir("venuedesk", appauthor=False, roaming=False))


def check_place(folder: Path) -> None:
    """Refuse network drives and cloud-synced folders: they corrupt a database in use."""
    resolved = folder.expanduser().resolve()  # a link into such a folder is no better
    if any(CLOUD_FOLDERS.match(part) for part in resolved.parts):
        raise _bad_place(
            folder, Words(zh="雲端同步資料夾", en="a folder that a cloud service synchronises")
        )
    if is_on_network(resolved):
        raise _bad_place(folder, Words(zh="網路磁碟機", en="a network drive"))


def _bad_place(folder: Path, what: Words) -> StorageFailed:
    return StorageFailed(
        Words(
            zh=f"資料不能放在{what.zh}：{folder}",
            en=f"Data cannot be kept on {what.en}: {folder}",
        ),
        remedy=Words(
            zh="請用 --profile 指定本機硬碟上的資料夾；要帶走資料請用備份。",
            en="Choose a folder on this machine's own disk with --profile; carry data by backup.",
        ),
    )


def is_on_network(path: Path) -> bool:
    """Tell whether a path lies on a network file system, as far as the system says."""
    if sys.platform == "win32":
        return _is_windows_network(path)
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return False
    return _file_system_of(path, mounts.read_text("utf-8", "replace")) in NETWORK_FILE_SYSTEMS


def _file_system_of(path: Path, mounts: str) -> str:
    """Return the file-system type of the longest mount point above a path."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _is_windows_network(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes  # noqa: PLC0415 - Windows only

    windll = getattr(ctypes, "windll")  # noqa: B009 - absent from other systems' types
    return bool(windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == DRIVE_REMOTE)


def choose_event(profile: Profile, wanted: str | None) -> str:
    """Return the id of the wanted event (id or its beginning), or the current one."""
    if wanted:
        hits = [known for known in profile.list_event_ids() if known.startswith(wanted)]
        if len(hits) == 1:
            return hits[0]
        raise NotFound(
            Words(zh=f"這裡沒有活動 {wanted}。", en=f"There is no event {wanted} here."),
            remedy=Words(zh="請用 venuedesk events 查看。", en="List them with venuedesk events."),
        )
    current = profile.find_current()
    if current is None:
        raise NotFound(
            Words(zh="這裡還沒有活動。", en="There is no event here yet."),
            remedy=Words(
                zh="請先建立：venuedesk new pingtung-112",
                en="Create one first: venuedesk new pingtung-112",
            ),
        )
    return current
