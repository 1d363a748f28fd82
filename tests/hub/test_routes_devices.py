"""Invitations, enrolment, approval, revocation through real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import DEVICES, HEADS, Asker, asker_of, code_of
from factories import new_profile
from hub_process import RunningHub, hub_in_thread
from invented_chains import EVENT

from app.domain.devices import DeviceRole
from app.wire.sealing import bundle_key_purpose, new_seal_key, open_sealed

INVITATIONS = f"/v1/events/{EVENT}/invitations"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder: Path = tmp_path_factory.mktemp("hub")
    new_profile(folder)
    with hub_in_thread(folder) as running:
        yield running


@pytest.fixture(scope="module")
def organizer(hub: RunningHub) -> Iterator[Asker]:
    with asker_of(hub, DeviceRole.ORGANIZER) as asker:
        yield asker


def _enrol(asker: Asker, code: str, **more: Any) -> Any:
    device = asker.device
    body = {"code": code, "device": device.name, "public_key": device.public_key, **more}
    return asker.ask("POST", "/v1/enrol", body)


def _invite(organizer: Asker, role: str = "station", *, confirm: bool = False) -> str:
    answer = organizer.ask("POST", INVITATIONS, {"role": role, "confirm": confirm})
    assert answer.status_code == 200, answer.text
    assert answer.json()["url"].startswith("http")
    return str(answer.json()["code"])


def test_a_code_admits_one_device_once(hub: RunningHub, organizer: Asker) -> None:
    code = _invite(organizer)
    with asker_of(hub, None) as one, asker_of(hub, None) as other:
        first = _enrol(one, code, label="desk")
        assert first.status_code == 200
        answer = first.json()
        assert (answer["status"], answer["role"], answer["event_id"]) == (
            "admitted",
            "station",
            EVENT,
        )
        assert len(answer["words"]) == 6
        assert _enrol(one, code, label="desk").json() == answer  # its answer may have been lost
        assert code_of(_enrol(other, code)) == "code_used"
        assert one.ask("GET", f"{DEVICES}/me").json()["letter"] == answer["letter"]
        assert one.ask("GET", HEADS).status_code == 200
        told = [tip["device"] for tip in one.ask("GET", HEADS).json()["tips"]]
        assert any(device.startswith("hub-") for device in told)  # it is a fact for all stations


def test_two_devices_get_two_letters(hub: RunningHub, organizer: Asker) -> None:
    with asker_of(hub, None) as one, asker_of(hub, None) as other:
        letters = {_enrol(asker, _invite(organizer)).json()["letter"] for asker in (one, other)}
    assert len(letters) == 2


def test_who_must_be_approved_waits(hub: RunningHub, organizer: Asker) -> None:
    with asker_of(hub, None) as one:
        answer = _enrol(one, _invite(organizer, confirm=True)).json()
        assert answer["status"] == "waiting"
        assert code_of(one.ask("GET", HEADS)) == "waiting"
        listed = organizer.ask("GET", DEVICES).json()["devices"]
        (shown,) = [each for each in listed if each["device"] == one.device.name]
        assert shown["words"] == answer["words"]
        assert code_of(one.ask("POST", f"{DEVICES}/{one.device.name}/approve")) == "waiting"
        assert organizer.ask("POST", f"{DEVICES}/{one.device.name}/approve").status_code == 200
        assert one.ask("GET", f"{DEVICES}/me").json()["status"] == "admitted"
        assert one.ask("GET", HEADS).status_code == 200


def test_the_bundle_key_reaches_the_device_alone(hub: RunningHub, organizer: Asker) -> None:
    with hub.storage() as storage:
        key = storage.events.open_event(EVENT).bundle_key
    private, public = new_seal_key()
    with asker_of(hub, None) as one:
        sealed = _enrol(one, _invite(organizer), seal_key=public).json()["bundle_key"]
    assert open_sealed(sealed, private, bundle_key_purpose(EVENT)).hex() == key
    with pytest.raises(ValueError, match="another key"):
        open_sealed(sealed, new_seal_key()[0], bundle_key_purpose(EVENT))


def test_bad_codes_are_refused(hub: RunningHub, organizer: Asker) -> None:
    code = _invite(organizer)
    with asker_of(hub, None) as one:
        assert code_of(_enrol(one, "2345-6789-2345-6789-23456-78923")) == "code_unknown"
        flipped = ("1" if code[0] == "0" else "0") + code[1:]
        assert code_of(_enrol(one, flipped)) == "code_unknown"
        assert code_of(_enrol(one, code, event_id="0190f1c2-aaaa")) == "event_here"
        assert code_of(_enrol(one, code, device="somebody-else")) == "signature"
        assert code_of(_enrol(one, _invite(organizer, "viewer"))) == "not_allowed"
        assert _enrol(one, code).status_code == 200  # no refusal used it up


def test_only_organizers_decide(hub: RunningHub, organizer: Asker) -> None:
    with asker_of(hub) as station:
        name = station.device.name
        for method, path in (
            ("GET", DEVICES), ("POST", INVITATIONS), ("POST", f"{DEVICES}/{name}/approve"),
            ("POST", f"{DEVICES}/{name}/revoke"),
        ):  # fmt: skip
            assert code_of(station.ask(method, path)) == "not_allowed"
        assert code_of(organizer.ask("POST", f"{DEVICES}/nobody/approve")) == "not_found"


def test_a_decision_cannot_be_replayed(hub: RunningHub, organizer: Asker) -> None:
    nonce = organizer.nonce()
    body = {"role": "station", "confirm": False}
    assert organizer.ask("POST", INVITATIONS, body, nonce=nonce).status_code == 200
    assert code_of(organizer.ask("POST", INVITATIONS, body, nonce=nonce)) == "nonce"


def test_a_revoked_device_is_out_and_its_facts_stay(hub: RunningHub, organizer: Asker) -> None:
    with asker_of(hub) as one:
        one.push([one.device.write(4)])
        done = organizer.ask("POST", f"{DEVICES}/{one.device.name}/revoke", {"reason": "lost"})
        (shown,) = [d for d in done.json()["devices"] if d["device"] == one.device.name]
        assert (shown["status"], shown["facts"]) == ("revoked", 4)
        for method, path in (("GET", HEADS), ("GET", f"{DEVICES}/me")):
            answer = one.ask(method, path)
            assert (answer.status_code, code_of(answer)) == (403, "revoked")
        assert code_of(organizer.ask("POST", f"{DEVICES}/{one.device.name}/approve")) == "revoked"
        assert code_of(_enrol(one, _invite(organizer))) == "revoked"
