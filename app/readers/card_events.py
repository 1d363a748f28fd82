"""What happens at the readers, told from two looks at them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.readers.card_faults import CardFault
from app.readers.pcsc import ReaderState
from app.readers.pcsc_codes import STATE_MUTE, STATE_PRESENT

COUNTER_SHIFT = 16
"""The upper half of a state's bits counts insertions and removals (0 where a system does not)."""


@dataclass(frozen=True, slots=True)
class ServiceFound:
    """The smart-card service answers."""


@dataclass(frozen=True, slots=True)
class ServiceLost:
    """The smart-card service is not there; `fault` has the words."""

    fault: CardFault


@dataclass(frozen=True, slots=True)
class ReaderAppeared:
    """A reader is there."""

    reader: str


@dataclass(frozen=True, slots=True)
class ReaderVanished:
    """A reader was unplugged."""

    reader: str


@dataclass(frozen=True, slots=True)
class CardInserted:
    """A card is in a reader; a mute one (upside down, broken) tells no ATR."""

    reader: str
    atr: bytes = b""
    is_mute: bool = False


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """A reader's card was taken out."""

    reader: str


CardEvent = (
    ServiceFound | ServiceLost | ReaderAppeared | ReaderVanished | CardInserted | CardRemoved
)
Readers = Mapping[str, ReaderState]


def has_card(state: ReaderState) -> bool:
    """Say whether a card is in the reader."""
    return bool(state.bits & STATE_PRESENT)


def list_changes(before: Readers, after: Readers) -> tuple[CardEvent, ...]:
    """Return what happened between two looks, in an order that makes sense one by one."""
    return tuple(_each_change(before, after))


def _each_change(before: Readers, after: Readers) -> Iterator[CardEvent]:
    """Readers that left, readers that stayed, readers that came."""
    for name in before.keys() - after.keys():
        if has_card(before[name]):
            yield CardRemoved(name)
        yield ReaderVanished(name)
    for name, state in after.items():
        known = before.get(name)
        if known is None:
            yield ReaderAppeared(name)
        yield from _card_changes(known or ReaderState(name), state)


def _card_changes(before: ReaderState, after: ReaderState) -> Iterator[CardEvent]:
    """A card taken out, put in, or exchanged faster than we looked."""
    had, has = has_card(before), has_card(after)
    changed = had and has and _visit(before) != _visit(after)
    if had and (changed or not has):
        yield CardRemoved(after.name)
    if has and (changed or not had):
        is_mute = bool(after.bits & STATE_MUTE)
        yield CardInserted(after.name, b"" if is_mute else after.atr, is_mute)


def _visit(state: ReaderState) -> tuple[int, bytes]:
    """Return what is the same as long as one card stays in the reader."""
    return state.bits >> COUNTER_SHIFT, state.atr
