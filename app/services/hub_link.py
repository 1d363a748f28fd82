"""Which hub this event's file exchanges with: kept beside the event, never synced."""

import json
from dataclasses import asdict, dataclass

from db.engine import Connection

_KEY = "hub"


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


def keep_hub_link(connection: Connection, link: HubLink | None) -> None:
    """Remember the hub, or forget it."""
    text = json.dumps(asdict(link)) if link is not None else ""
    connection.execute("INSERT OR REPLACE INTO local_state (key, value) VALUES (?,?)", (_KEY, text))
