"""Which hub this event's file exchanges with: kept beside the event, never synced."""

import json
from dataclasses import asdict, dataclass

from app.domain.errors import NotAllowed
from app.domain.words import Words
from db.engine import Connection

_KEY = "hub"
_REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLink:
    """An enrolment at a hub."""

    url: str
    hub_key: str
    """The hub's Ed25519 public key (hex): pinned, every answer is checked with it."""
    certificate: str = ""
    """SHA-256 (hex) of the hub's own certificate where no authority vouches for it."""
    role: str = ""
    letter: str = ""
    label: str = ""
    epoch: str = ""
    words: tuple[str, ...] = ()
    is_admitted: bool = True
    joined_ms: int = 0


def find_hub_link(connection: Connection) -> HubLink | None:
    """Return the hub of this event file, None where it joined none."""
    row = connection.execute("SELECT value FROM local_state WHERE key=?", (_KEY,)).fetchone()
    if row is None or not row[0]:
        return None
    stored = json.loads(row[0])
    return HubLink(**{**stored, "words": tuple(stored["words"])})


def own_letter(connection: Connection) -> str:
    """Return the station letter the hub gave this laptop, A where it works alone."""
    link = find_hub_link(connection)
    return link.letter if link is not None and link.letter else "A"


def keep_hub_link(connection: Connection, link: HubLink | None) -> None:
    """Remember the hub, or forget it."""
    text = json.dumps(asdict(link)) if link is not None else ""
    connection.execute("INSERT OR REPLACE INTO local_state (key, value) VALUES (?,?)", (_KEY, text))


def note_revoked(connection: Connection, at_ms: int) -> None:
    """Remember that the hub shut this device out: the event is not opened here any more."""
    connection.execute(
        "INSERT OR REPLACE INTO local_state (key, value) VALUES (?,?)", (_REVOKED, str(at_ms))
    )


def require_not_revoked(connection: Connection) -> None:
    """Raise NotAllowed where the hub shut this device out."""
    row = connection.execute("SELECT 1 FROM local_state WHERE key=?", (_REVOKED,)).fetchone()
    if row is not None:
        raise NotAllowed(
            Words(
                zh="承辦人已撤銷這台電腦，這個活動的個資已從這裡清除。",
                en="An organizer has revoked this machine; this event's personal data was erased "
                "from it.",
            ),
            remedy=Words(
                zh="請找承辦人；若要再使用，請以新的資料夾和新的邀請碼加入。",
                en="Talk to the organizer; to use it again, join with a new code in a new folder.",
            ),
        )
