"""Named mappings: which column holds what in one source's files, kept in the profile."""

import re
import unicodedata
from collections.abc import Mapping

from app.domain.errors import InvalidInput, NotFound, StorageFailed
from app.domain.words import Words
from app.roster.mapping import MappingProfile, check_mapping, profile_from_json, profile_to_json
from app.services.profile import Profile

FOLDER = "mappings"
_NAME = re.compile(r"\w(?:[\w -]{0,38}\w)?")


def save_mapping(profile: Profile, name: str, columns: Mapping[str, str]) -> str:
    """Keep a mapping (field → column name) under a name; an older one gives way.

    Returns the name as it was kept. Raises InvalidInput, StorageFailed.
    """
    check_mapping(columns)
    kept = _file_name(name)
    folder = profile.folder / FOLDER
    text = profile_to_json(MappingProfile(name=kept, columns=columns))
    try:
        folder.mkdir(exist_ok=True)
        (folder / f"{kept}.json").write_text(text, "utf-8")
    except OSError as error:
        raise StorageFailed(
            Words(zh="欄位對應沒有存下來。", en="The mapping could not be kept."),
            remedy=Words(zh="請檢查磁碟空間與權限。", en="Check the disk's space and permissions."),
        ) from error
    return kept


def load_mapping(profile: Profile, name: str) -> Mapping[str, str]:
    """Return a mapping by name. Raises NotFound with the names there are, InvalidInput."""
    known = list_mappings(profile)
    wanted = unicodedata.normalize("NFC", name).strip()
    if wanted not in known:
        names = ", ".join(known)
        raise NotFound(
            Words(
                zh=f"沒有名為「{wanted}」的欄位對應。", en=f"There is no mapping named {wanted}."
            ),
            remedy=Words(
                zh=f"已存的有：{names}。" if known else "請先用 --save-mapping 存一份。",
                en=f"There are: {names}." if known else "Keep one first with --save-mapping.",
            ),
        )
    text = (profile.folder / FOLDER / f"{wanted}.json").read_text("utf-8-sig", "replace")
    return profile_from_json(text).columns


def list_mappings(profile: Profile) -> tuple[str, ...]:
    """Return the names of the mappings kept in a profile."""
    found = (profile.folder / FOLDER).glob("*.json")
    return tuple(sorted(unicodedata.normalize("NFC", path.stem) for path in found))


def _file_name(name: str) -> str:
    """Return a name that is a file name everywhere. Raises InvalidInput."""
    kept = unicodedata.normalize("NFC", name).strip()
    if not _NAME.fullmatch(kept):
        raise InvalidInput(
            Words(zh="欄位對應不能取這個名字。", en="A mapping cannot have this name."),
            remedy=Words(
                zh="請用 1 到 40 個文字、數字、空格或 - 。",
                en="Use 1 to 40 letters, digits, spaces or hyphens.",
            ),
            field="name",
        )
    return kept
