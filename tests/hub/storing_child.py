"""A process of a hub: opens a database, waits for the word, does one thing, prints what came."""

import pickle
import sys

from hub_places import open_place
from invented_chains import EVENT, TestClock

from app.domain.errors import HubRefused
from app.domain.facts import Draft, FactKind
from db.hub.devices import HubDevices
from db.hub.identity import HubIdentity
from db.hub.store import HubStore
from db.hub.tables import HUB_TABLES


def main() -> None:
    place, what = sys.argv[1:3]
    given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the test that started us
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.buffer.readline()
    database = open_place(place)
    store = HubStore(database, EVENT, TestClock())
    match what:
        case "push":
            results = [result for run in given for result in store.take([run])]
            said = " ".join(f"{result.fate}:{result.stored}" for result in results)
        case "enrol":
            try:
                said = HubDevices(database, TestClock()).enrol(given).letter
            except HubRefused as refused:
                said = refused.code
        case "own":
            draft = Draft(kind=FactKind.DEVICE_REVOKED, subject="device:x", body={"reason": ""})
            said = " ".join(str(len(store.append_own([draft]))) for _ in range(given))
        case _:
            key = HubIdentity(database).key
            said = f"{key.public} {key.epoch} {len(HUB_TABLES.tables)}"
    database.close()
    sys.stdout.write(said + "\n")


main()
