"""Two looks at the readers become events; layouts lie as each system's headers say."""

import ctypes
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.card_events import (
    CardInserted,
    CardRemoved,
    ReaderAppeared,
    ReaderVanished,
    has_card,
    list_changes,
)
from app.readers.card_faults import CardFault, FaultKind
from app.readers.pcsc import PcscContext, PcscLibrary, ReaderState, for_protocol, load_library
from app.readers.pcsc_codes import STATE_MUTE, STATE_PRESENT, fault_of
from app.readers.pcsc_layouts import LINUX, MACOS, WINDOWS, Layout, layout_of

EMPTY, FULL = 0x10, STATE_PRESENT
states = st.builds(
    ReaderState,
    name=st.just(""),
    bits=st.builds(
        lambda n, bits: n << 16 | bits, st.integers(0, 3), st.sampled_from([0x10, 0x20])
    ),
    atr=st.sampled_from([b"", b"\x3b\x00", b"\x3b\x01"]),
)
looks = st.dictionaries(st.sampled_from("ABC"), states).map(
    lambda found: {name: ReaderState(name, s.bits, s.atr) for name, s in found.items()}
)


@given(looks, looks)
def test_events_lead_from_one_look_to_the_next(before, after) -> None:
    cards = {name: has_card(state) for name, state in before.items()}
    for event in list_changes(before, after):
        match event:
            case ReaderAppeared(name):
                assert name not in cards
                cards[name] = False
            case ReaderVanished(name):
                assert not cards.pop(name), "a card leaves before its reader"
            case CardInserted(reader=name):
                assert cards[name] is False
                cards[name] = True
            case CardRemoved(name):
                assert cards[name] is True
                cards[name] = False
    assert cards == {name: has_card(state) for name, state in after.items()}
    assert list_changes(after, after) == ()


def test_a_card_exchanged_between_two_looks_is_two_events() -> None:
    before = {"A": ReaderState("A", 1 << 16 | FULL, b"\x3b\x00")}
    after = {"A": ReaderState("A", 3 << 16 | FULL, b"\x3b\x00")}
    assert list_changes(before, after) == (CardRemoved("A"), CardInserted("A", b"\x3b\x00"))
    used = {"A": ReaderState("A", 1 << 16 | FULL | 0x100, b"\x3b\x00")}
    assert list_changes(before, used) == ()  # another program only began to use it


def test_a_mute_card_tells_no_atr() -> None:
    after = {"A": ReaderState("A", FULL | STATE_MUTE, b"\xff")}
    assert list_changes({}, after) == (ReaderAppeared("A"), CardInserted("A", b"", True))


@pytest.mark.parametrize(
    ("layout", "state_size", "atr_at", "request_size"),
    [(MACOS, 61, 28, 8), (WINDOWS, 64, 28, 8)]
    + ([(LINUX, 80, 40, 16)] if ctypes.sizeof(ctypes.c_ulong) == 8 else []),
)
def test_layouts(layout: Layout, state_size: int, atr_at: int, request_size: int) -> None:
    if ctypes.sizeof(ctypes.c_void_p) != 8:
        pytest.skip("sizes are those of 64 bits")
    assert ctypes.sizeof(layout.reader_state) == state_size
    assert layout.reader_state.atr.offset == atr_at
    assert ctypes.sizeof(layout.io_request) == request_size


def test_platforms() -> None:
    assert [layout_of(name) for name in ("linux", "win32", "darwin")] == [LINUX, WINDOWS, MACOS]


@pytest.mark.parametrize("layout", [LINUX, MACOS, WINDOWS])
def test_names_survive_each_system_s_spelling(layout: Layout) -> None:
    names = ("讀卡機 0", "Virtual PCD 00 01")
    content = b"".join(layout.encode_name(name) for name in names) + layout.encode_name("")
    assert layout.decode_names(content) == names


@pytest.mark.parametrize("layout", [LINUX, MACOS, WINDOWS])
def test_states_are_asked_and_told_in_each_layout(layout: Layout) -> None:
    """A stand-in for the foreign systems' libraries: what one writes, the binding must read."""
    asked = []

    def get_status_change(context, timeout, found, count):
        for index in range(count.value):
            state = found[index]
            # The field itself reads as bytes up to the first NUL, which UTF-16 is full of.
            name = ctypes.c_void_p.from_buffer(state, layout.reader_state.reader.offset).value
            told = ctypes.string_at(name, len(layout.encode_name("AB")))
            asked.append((told, state.current_state))
            state.event_state = 0x00010022
            state.atr_length = 2
            state.atr[0], state.atr[1] = 0x3B, index
        return 0

    functions = SimpleNamespace(
        SCardEstablishContext=lambda *_: 0,
        SCardReleaseContext=lambda _: 0,
        **{"SCardGetStatusChange" + layout.suffix: get_status_change},
    )
    with PcscContext(PcscLibrary(functions, layout)) as context:
        seen = context.wait([ReaderState("AB", 7), ReaderState("CD", 9)], 0)
    assert seen == (
        ReaderState("AB", 0x00010020, b"\x3b\x00"), ReaderState("CD", 0x00010020, b"\x3b\x01")
    )  # fmt: skip
    assert asked == [(layout.encode_name("AB"), 7), (layout.encode_name("CD"), 9)]


def test_no_library_is_an_ordinary_state() -> None:
    nowhere = Layout(
        library="libnowhere.so.9", dword=ctypes.c_uint32, context=ctypes.c_int32,
        reader_state=MACOS.reader_state, io_request=MACOS.io_request,
    )  # fmt: skip
    with pytest.raises(CardFault) as refusal:
        load_library(nowhere)
    assert refusal.value.kind is FaultKind.NO_LIBRARY


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_has_words_and_a_remedy(kind: FaultKind) -> None:
    fault = CardFault(kind)
    assert all((fault.message.zh, fault.message.en, fault.remedy.zh, fault.remedy.en))


def test_codes_mean_something_for_a_person() -> None:
    assert fault_of(0x8010000B).kind is FaultKind.HELD
    assert "HiCOS" in fault_of(0x8010000B).message.zh
    assert fault_of(0x80100069).kind is FaultKind.REMOVED
    unheard_of = fault_of(0x801000FF)
    assert (unheard_of.kind, unheard_of.code) == (FaultKind.FAILED, 0x801000FF)


def test_t0_knows_no_length_behind_data() -> None:
    select = bytes.fromhex("00A4000402090000")
    assert for_protocol(select, 1) == select[:-1]
    assert for_protocol(select, 2) == select
    for command in ("00B0000010", "00CA1100020000", "00A4"):
        assert for_protocol(bytes.fromhex(command), 1) == bytes.fromhex(command)
