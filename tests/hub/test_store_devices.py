"""Codes, roles, approval, revocation, nonces and the hub's identity on both engines."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hub_places import open_place
from invented_chains import EVENT, TestClock
from test_store_processes import Asking

from app.domain.devices import DeviceRole, DeviceStatus
from app.domain.errors import HubRefused
from app.domain.invitation_code import names_hub
from db.hub.devices import HubDevices, letter_of
from db.hub.engine import HubDatabase
from db.hub.events import HubEvents
from db.hub.identity import HubIdentity
from db.hub.invitations import LIFETIME_MS
from db.hub.store import HubStore

STATION, ORGANIZER = DeviceRole.STATION, DeviceRole.ORGANIZER


@pytest.fixture
def devices(hub_database: HubDatabase, test_clock: TestClock) -> HubDevices:
    return HubDevices(hub_database, test_clock)


def refusal(devices: HubDevices, asking: Asking) -> str:
    with pytest.raises(HubRefused) as refused:
        devices.enrol(asking)
    return refused.value.code


def test_a_code_is_good_once_and_its_device_may_ask_again(
    devices: HubDevices, hub_database: HubDatabase, test_clock: TestClock
) -> None:
    made = devices.invite(EVENT, STATION, confirm=False)
    assert names_hub(made.code, HubIdentity(hub_database).key.public)
    asking = Asking(made.code.lower().replace("-", " "), "one")
    first = devices.enrol(asking)
    assert (first.letter, first.status, len(first.words)) == ("A", DeviceStatus.ADMITTED, 6)
    test_clock.now += 2 * LIFETIME_MS
    assert devices.enrol(asking) == first
    assert refusal(devices, replace(asking, device="two")) == "code_used"
    assert refusal(devices, replace(asking, public_key="cd" * 32)) == "code_used"
    assert refusal(devices, replace(asking, code="0000")) == "code_unknown"


def test_a_code_runs_out_and_is_for_one_event(devices: HubDevices, test_clock: TestClock) -> None:
    code = devices.invite(EVENT, STATION, confirm=False).code
    assert refusal(devices, Asking(code, "one", event_id="0190-other")) == "event_here"
    test_clock.now += LIFETIME_MS
    assert refusal(devices, Asking(code, "one")) == "code_expired"
    anywhere = devices.invite("", ORGANIZER, confirm=False).code
    assert refusal(devices, Asking(anywhere, "one", event_id="")) == "unknown_event"
    assert devices.enrol(Asking(anywhere, "one", event_id="0190-other")).event_id == "0190-other"


def test_approval_and_revocation_travel_as_facts(
    devices: HubDevices, store: HubStore, hub_database: HubDatabase, test_clock: TestClock
) -> None:
    code = devices.invite(EVENT, STATION, confirm=True).code
    assert devices.enrol(Asking(code, "one", label="門口")).status is DeviceStatus.WAITING
    assert store.total_facts() == 0
    assert devices.approve(EVENT, "one").letter == "A"
    assert devices.approve(EVENT, "one").letter == "A"
    assert devices.revoke(EVENT, "one", reason="lost").status is DeviceStatus.REVOKED
    devices.revoke(EVENT, "one", reason="lost")
    kinds = [row[5] for row in store.list_subject_facts(["device:one"])]
    assert kinds == ["device.admitted", "device.revoked"]
    with pytest.raises(HubRefused):
        devices.approve(EVENT, "one")
    again = devices.invite(EVENT, STATION, confirm=False).code
    assert refusal(devices, Asking(again, "one")) == "revoked"
    assert devices.enrol(Asking(again, "two")).letter == "B"
    assert len(HubEvents(hub_database, test_clock).list_events()) == 1


def test_the_owners_own_device_is_admitted_once(devices: HubDevices, store: HubStore) -> None:
    for _ in range(2):
        own = devices.admit(EVENT, device="own", public_key="ab" * 32, role=ORGANIZER)
    assert (own.letter, own.role, store.total_facts()) == ("A", ORGANIZER, 2)


def test_contacts_and_nonces_are_noted(devices: HubDevices, test_clock: TestClock) -> None:
    devices.admit(EVENT, device="own", public_key="ab" * 32, role=ORGANIZER)
    for later, noted in ((0, 0), (5_000, 0), (11_000, 11_000)):
        start = test_clock.now
        test_clock.now += later
        devices.note_contact(EVENT, "own")
        (view,) = devices.list_devices(EVENT)
        assert view.last_contact_ms == start + noted
        test_clock.now = start
    assert devices.spend_nonce("n", test_clock.now + 1_000)
    assert not devices.spend_nonce("n", test_clock.now + 1_000)


def test_letters_go_on_after_z() -> None:
    assert [letter_of(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_restored_file_begins_a_new_epoch(tmp_path: Path, test_clock: TestClock) -> None:
    place = tmp_path / "hub" / "hub.db"

    def serve(facts: int) -> str:
        database = open_place(str(place))
        identity = HubIdentity(database)
        epoch = identity.begin_service()
        for number in range(facts):
            HubDevices(database, test_clock).admit(
                EVENT, device=f"d{number}", public_key="ab" * 32, role=STATION
            )
        identity.end_service()
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        return epoch

    first = serve(1)
    assert serve(0) == first
    shutil.copy(place, tmp_path / "backup")
    assert serve(2) == first
    shutil.copy(tmp_path / "backup", place)
    second = serve(0)
    assert second != first
    assert serve(0) == second


def test_an_epoch_is_known_to_every_process(hub_place: str, store: HubStore) -> None:
    one, two = open_place(hub_place), open_place(hub_place)
    here, there = HubIdentity(one), HubIdentity(two)
    assert here.begin_service() == here.epoch() == there.epoch()
    fresh = there.new_epoch()
    assert here.epoch() == fresh
    assert here.key.public == there.key.public
    one.close()
    two.close()


def test_another_server_begins_a_new_epoch(postgres_url: str) -> None:
    database = open_place(postgres_url)
    identity = HubIdentity(database)
    before = identity.begin_service()
    assert identity.begin_service() == before
    database.write(
        lambda connection: connection.exec_driver_sql(
            "UPDATE hub_state SET value='1/00000001' WHERE key='place'"
        )
    )
    assert identity.begin_service() != before
    database.close()
