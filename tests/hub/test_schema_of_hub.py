"""The hub against its own OpenAPI: whatever is sent, no answer is a fault of ours."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from asking import Asker, asker_of
from factories import new_profile
from hub_process import RunningHub, hub_in_thread
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from invented_chains import EVENT
from schemathesis.openapi.loaders import from_dict

from app.domain.devices import DeviceRole
from app.hub.limits import HubLimits

UNLIMITED = HubLimits(
    device_rate=1e6, device_burst=10**6, address_rate=1e6, address_burst=10**6,
    enrol_rate=1e6, enrol_burst=10**6,
)  # fmt: skip
FEW, MANY = 80, 4_000


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder: Path = tmp_path_factory.mktemp("hub")
    new_profile(folder)
    with hub_in_thread(folder, limits=UNLIMITED) as running:
        yield running


@pytest.fixture(scope="module")
def askers(hub: RunningHub) -> Iterator[tuple[Asker, Asker]]:
    with asker_of(hub, DeviceRole.ORGANIZER) as known, asker_of(hub, None) as stranger:
        yield known, stranger


def _try(hub: RunningHub, askers: tuple[Asker, Asker], cases: int) -> None:
    """Send cases made from the description, signed by a device that may, or by nobody."""
    document = httpx.get(hub.plain_url + "/openapi.json", trust_env=False).json()
    operations = [
        result.ok()
        for result in from_dict(document).get_all_operations()
        if not result.ok().path.endswith("/bell")  # its answer does not end
    ]
    assert len(operations) > 10
    known, stranger = askers
    seen: set[int] = set()

    @settings(
        max_examples=cases, deadline=None, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def send_one(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(operations))
        case = data.draw(operation.as_strategy())
        is_known = data.draw(st.sampled_from([True, True, False]))
        if "event" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["event"] = EVENT
        sent = case.as_transport_kwargs(base_url=hub.plain_url)
        request = httpx.Request(
            sent["method"], sent["url"], params=sent.get("params"), json=sent.get("json"),
            content=sent.get("data") if sent.get("json") is None else None,
        )  # fmt: skip
        asker = known if is_known else stranger
        path = request.url.raw_path.decode()
        signed = asker.headers(request.method, path, request.read()) if is_known else {}
        answer = asker.send(request.method, path, request.read(), signed)
        seen.add(answer.status_code)
        assert answer.status_code < 500, (request.method, path, request.read(), answer.text)

    send_one()
    assert {200, 403} <= seen


def test_no_request_is_a_fault_of_ours(hub: RunningHub, askers: tuple[Asker, Asker]) -> None:
    _try(hub, askers, FEW)


@pytest.mark.slow
def test_many_requests_are_no_fault_of_ours(hub: RunningHub, askers: tuple[Asker, Asker]) -> None:
    _try(hub, askers, MANY)


def test_the_description_is_sound(hub: RunningHub) -> None:
    document = httpx.get(hub.plain_url + "/openapi.json", trust_env=False).json()
    schemathesis.openapi.from_dict(document).validate()
