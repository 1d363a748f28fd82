"""A smart-card service of these tests' own, with two virtual readers; tests skip where it is not.

The PC/SC library remembers its socket from the first call of a process, so every test that runs
here shares one, and it is named before anything else can ask.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from own_pcscd import OwnPcscd, why_not_here

SOCKET = Path(tempfile.gettempdir()) / f"venuedesk-pcscd-{os.getpid()}" / "comm"
os.environ["PCSCLITE_CSOCK_NAME"] = str(SOCKET)

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def running_pcscd() -> Iterator[OwnPcscd]:
    reason = why_not_here()
    if reason:
        pytest.skip(reason)
    service = OwnPcscd(SOCKET)
    try:
        service.start()
        yield service
    finally:
        service.stop()
        service.tidy()


@pytest.fixture
def pcscd(running_pcscd: OwnPcscd) -> Iterator[OwnPcscd]:
    """The running service; whatever a test leaves in its readers is taken out."""
    yield running_pcscd
    running_pcscd.eject_all()
