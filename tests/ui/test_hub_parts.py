"""Pieces of the hub's side of the window: texts of invitations, words, the keeper, the process."""

import sys
import threading

import pytest
from hub_fakes import CODE, URL
from PySide6.QtCore import QObject

from app.domain.words import Words
from app.sync.status import SyncState, SyncStatus
from ui.background import InlineTaskRunner
from ui.changes import Change
from ui.hub.incoming import changes_of
from ui.hub.invite_text import invite_text, read_invite
from ui.hub.letters import Letters
from ui.hub.own_hub import OwnHub, OwnHubState
from ui.hub.pages.join_view_model import full_address
from ui.hub.state_words import mood_of, remedy_words, short_words
from ui.hub.sync_keeper import SyncKeeper
from ui.language import set_language
from ui.status import now_utc


@pytest.mark.parametrize(
    "text",
    [
        invite_text(URL, CODE),
        invite_text(URL, CODE).upper(),
        f"{URL} {CODE}",
        f"  {CODE}\t{URL}/  ",
        f"{URL}，{CODE.lower()}",
    ],
)
def test_an_invitation_is_read_however_it_comes(text):
    assert read_invite(text) == (URL, CODE)


@pytest.mark.parametrize(
    "text", ["", URL, CODE, "VD-7K3M9-Q", f"{URL} hello", "venuedesk://join?url=x", "https://"]
)
def test_what_is_no_invitation_is_left_alone(text):
    assert read_invite(text) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.1.20", "https://192.168.1.20:8710"),
        (" 192.168.1.20:9000/ ", "https://192.168.1.20:9000"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("hub.example.tw:443", "https://hub.example.tw:443"),
    ],
)
def test_an_address_may_be_typed_short(typed, meant):
    assert full_address(typed) == meant


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", list(SyncState))
def test_every_state_has_words_and_a_remedy(dressed, state, language):
    set_language(dressed, language)
    status = SyncStatus(state=state, queue=3, last_contact_ms=1, quarantined=2, forks=1)
    assert short_words(status, now_utc())
    assert remedy_words(status)
    set_language(dressed, "zh")


def test_offline_is_calm_and_says_why(dressed):
    status = SyncStatus(
        state=SyncState.OFFLINE, queue=12, problem=Words("沒有網路。", "No network.")
    )
    assert mood_of(status) == "calm"
    assert "待送 12" in short_words(status, now_utc())
    assert remedy_words(status) == "沒有網路。"
    assert mood_of(SyncStatus(state=SyncState.SYNCED, quarantined=1)) == "caution"
    assert mood_of(SyncStatus(state=SyncState.SYNCED, forks=1)) == "caution"
    assert mood_of(SyncStatus(state=SyncState.REVOKED)) == "danger"


def test_kinds_of_facts_reload_the_places_that_show_them():
    assert changes_of({"scan.recorded"}) == {Change.SCANS}
    assert changes_of({"visit.called", "tally.counted"}) == {Change.HELP_DESK}
    assert changes_of({"plan.published", "device.admitted"}) == {Change.EVENT, Change.DEVICES}
    assert changes_of({"of.tomorrow"}) == frozenset()


def test_who_shares_a_letter_is_named():
    letters = Letters("A", {"報到台 1": "B", "報到台 2": "B", "報到台 3": "C"})
    assert letters.others_with("B") == "報到台 1、報到台 2"
    assert letters.others_with("A") == ""


class Pouring:
    """A source that tells many times from a thread of its own."""

    def __init__(self, keeper, times):
        self._keeper, self._times = keeper, times
        self.pokes = 0
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._pour)

    def start(self):
        self._thread.start()

    def _pour(self):
        for number in range(self._times):
            self._keeper.take_facts({"scan.recorded"})
            self._keeper.take_status(SyncStatus(state=SyncState.RECEIVING, received=number + 1))

    def poke(self):
        self.pokes += 1

    def stop(self):
        self._thread.join()
        self.ended.set()


@pytest.fixture
def keeper(dressed):
    owner = QObject()
    made = SyncKeeper(InlineTaskRunner(), print, owner)
    yield made
    made.rest()


def test_a_flood_of_facts_is_told_a_few_times_and_the_last_status_stays(qtbot, keeper):
    told, sources = [], []
    keeper.came.connect(told.append)

    def make(keeper):
        sources.append(Pouring(keeper, 5_000))
        return sources[0]

    keeper.keep("hub", make)
    qtbot.waitUntil(lambda: keeper.status is not None and keeper.status.received == 5_000)
    assert {change for changes in told for change in changes} == {Change.SCANS}
    assert len(told) < 20
    keeper.poke()
    assert sources[0].pokes == 1
    keeper.rest()
    assert sources[0].ended.is_set()
    assert keeper.status is None


def test_no_hub_joined_means_no_source(keeper):
    keeper.keep("hub", lambda _keeper: None)
    keeper.poke()
    assert keeper.status is None


HUB = (
    'import sys, time; print(\'{"url": "https://192.0.2.1:8710", "port": 8710,'
    ' "hub": "ab"}\', flush=True); time.sleep(60)'
)


def process_hub(tmp_path, script):
    kept = []
    return OwnHub(tmp_path, kept.append, lambda _folder: [sys.executable, "-c", script]), kept


def test_the_hub_runs_apart_and_ends_with_the_window(qtbot, dressed, tmp_path):
    own, kept = process_hub(tmp_path, HUB)
    own.switch(is_on=True)
    assert own.state is OwnHubState.STARTING
    qtbot.waitUntil(lambda: own.state is OwnHubState.SERVING, timeout=10_000)
    assert own.url == "https://192.0.2.1:8710"
    own.close()
    assert own.state is OwnHubState.OFF
    assert not own.url
    assert kept == [True]


def test_a_hub_that_ends_by_itself_is_told_and_may_start_again(qtbot, dressed, tmp_path):
    own, _ = process_hub(tmp_path, "import sys; sys.exit('port in use')")
    own.start()
    qtbot.waitUntil(lambda: own.state is OwnHubState.STOPPED, timeout=10_000)
    assert "port in use" in own.details
    own.start()
    qtbot.waitUntil(lambda: own.state is OwnHubState.STOPPED, timeout=10_000)


def test_a_program_that_is_not_there_is_told(qtbot, dressed, tmp_path):
    own = OwnHub(tmp_path, command=lambda _folder: [str(tmp_path / "nothing")])
    own.start()
    qtbot.waitUntil(lambda: own.state is OwnHubState.STOPPED, timeout=10_000)


def test_off_and_on_again_runs_the_next_one(qtbot, dressed, tmp_path):
    own, kept = process_hub(tmp_path, HUB)
    own.switch(is_on=True)
    qtbot.waitUntil(lambda: own.state is OwnHubState.SERVING, timeout=10_000)
    own.switch(is_on=False)
    own.switch(is_on=True)
    qtbot.waitUntil(lambda: own.state is OwnHubState.SERVING, timeout=10_000)
    own.close()
    assert kept == [True, False, True]
