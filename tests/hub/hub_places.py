"""Opening a hub database where a test says: a file's path or a server's URL."""

from pathlib import Path

from db.hub.engine import HubDatabase, open_hub_file, open_hub_server
from db.hub.schema import prepare

KEY = "5a" * 32


def open_place(place: str) -> HubDatabase:
    """Open and prepare a hub database."""
    database = open_hub_server(place) if "://" in place else open_hub_file(Path(place), KEY)
    prepare(database)
    return database
