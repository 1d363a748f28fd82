"""A hub is found on the network by those who never heard of it: real mDNS, on this machine."""

from app.hub.advertising import Advertisement
from app.sync.discovery import find_hubs

KEY = "ab12" * 16


def test_a_hub_is_found_while_it_serves_and_not_after() -> None:
    hub = Advertisement(KEY, 8710, ["127.0.0.1"])
    hub.start_aside()
    try:
        found = [hub for hub in find_hubs() if hub.key_begins == KEY[:16]]
    finally:
        hub.stop()
    assert [hub.url for hub in found] == ["https://127.0.0.1:8710"]
    assert found[0].label
    assert not [hub for hub in find_hubs(0.5) if hub.key_begins == KEY[:16]]
