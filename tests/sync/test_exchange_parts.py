"""Small rules of exchange: clocks, codes, addresses, pace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock_offset import (
    DRIFT_MS,
    MOST_SAMPLES,
    ClockSample,
    best_sample,
    clock_sample,
    with_sample,
)
from app.domain.errors import InvalidInput
from app.domain.invitation_code import is_code, names_hub, new_invitation_code, plain_code
from app.sync.hub_address import hub_url, is_near
from app.sync.pace import LONGEST_WAIT, wait_after

KEYS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(
    offset=st.integers(-(10**12), 10**12),
    sent=st.integers(0, 10**13),
    going=st.integers(0, 5_000),
    coming=st.integers(0, 5_000),
)
def test_the_true_offset_is_within_the_error(offset, sent, going, coming):
    server_ms = sent + going + offset
    sample = clock_sample(server_ms, sent_ms=sent, round_trip_ms=going + coming)
    assert abs(sample.offset_ms - offset) <= sample.error_ms


@pytest.mark.parametrize(
    ("samples", "best"),
    [
        ([], None),
        ([(100, 50), (90, 20), (95, 30)], (90, 20)),
        ([(100, 20), (101, 20)], (101, 20)),
        ([(0, 5), (86_400_000, 40)], (86_400_000, 40)),
        ([(100, 5)] + [(110, 40)] * MOST_SAMPLES, (110, 40)),
    ],
    ids=["none", "shortest trip", "latest of equals", "a clock was set", "old ones go"],
)
def test_the_best_sample(samples, best):
    kept: tuple[ClockSample, ...] = ()
    for offset, error in samples:
        kept = with_sample(kept, ClockSample(offset, error))
    assert len(kept) <= MOST_SAMPLES
    assert best_sample(kept) == (ClockSample(*best) if best else None)


def test_samples_that_drift_a_little_are_kept():
    kept = with_sample((ClockSample(0, 10),), ClockSample(DRIFT_MS, 10))
    assert len(kept) == 2


@given(KEYS, KEYS)
def test_a_code_names_its_hub_however_it_is_typed(key, other):
    code = new_invitation_code(key)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert is_code(typed)
    assert plain_code(typed) == plain_code(code)
    assert names_hub(typed, key)
    assert names_hub(code, other) == (key == other)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("192.168.1.20:8710", "https://192.168.1.20:8710"),
        ("http://192.168.1.20:8710/", "https://192.168.1.20:8710"),
        (" hub.example.edu.tw ", "https://hub.example.edu.tw"),
        ("http://127.0.0.1:8710", "http://127.0.0.1:8710"),
        ("localhost:8710", "http://localhost:8710"),
        ("https://localhost:8710", "https://localhost:8710"),
        ("https://[fe80::1]:8710/x", "https://[fe80::1]:8710"),
        ("http://[::1]:8710", "http://[::1]:8710"),
    ],
)
def test_addresses_as_people_type_them(typed, url):
    assert hub_url(typed) == url


@pytest.mark.parametrize(
    "typed", ["", "ftp://x", "https://", "http://a:b@c", "x:99999", "x:y", "http://[::", "a b"]
)
def test_what_is_no_address_is_told(typed):
    with pytest.raises(InvalidInput):
        hub_url(typed)


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("10.1.2.3", True),
        ("192.168.1.1", True),
        ("desk-1", True),
        ("desk-1.local", True),
        ("fe80::1", True),
        ("8.8.8.8", False),
        ("hub.example.edu.tw", False),
    ],
)
def test_no_proxy_leads_to_the_venues_own_network(host, near):
    assert is_near(host) == near


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_and_end_at_a_minute(failures, chance):
    wait = wait_after(failures, lambda: chance)
    assert 0.5 <= wait <= LONGEST_WAIT
    assert wait_after(failures + 1, lambda: chance) >= wait
