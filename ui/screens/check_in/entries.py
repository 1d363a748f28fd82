"""How scans, people and units read as list entries."""

from app.domain.people import Unit
from app.domain.verdict import Tone
from app.domain.verdict_words import HEADLINES
from app.services.cards import FoundPerson, PersonCard
from app.services.outcomes import ScanOutcome
from ui.dates import clock_time
from ui.language import say
from ui.screens.check_in import wording
from ui.widgets.two_lines import TwoLines


def scan_entry(outcome: ScanOutcome) -> TwoLines:
    """Return a scan: who, what came of it, when and at which station."""
    headline = say(HEADLINES[outcome.verdict])
    person = outcome.person
    first = person.name if person else headline
    parts = [headline, person.unit] if person else [outcome.code]
    if outcome.voided:
        parts.insert(0, say(wording.VOIDED))
    elif outcome.admitted:
        parts.insert(0, say(wording.ADMITTED))
    return TwoLines(
        first=first,
        second="・".join(part for part in parts if part),
        end=f"{clock_time(outcome.at)} {outcome.station}",
        tone=Tone.QUIET if outcome.voided else outcome.tone,
        is_struck=outcome.voided,
    )


def person_entry(found: FoundPerson) -> TwoLines:
    """Return a hit of the search: name, then what tells homonyms apart."""
    return TwoLines(first=found.card.name, second=_who(found.card), end=_standing(found), tone=None)


def card_entry(card: PersonCard) -> TwoLines:
    """Return a person who may be the one at the desk."""
    return TwoLines(first=card.name, second=_who(card))


def unit_entry(unit: Unit) -> TwoLines:
    """Return a unit with the township that tells it from others of the name."""
    return TwoLines(
        first=unit.name, second=" ".join(part for part in (unit.township, unit.code) if part)
    )


def _who(card: PersonCard) -> str:
    tail = f"…{card.id_tail}" if card.id_tail else ""
    return "・".join(part for part in (card.unit, card.title, tail) if part)


def _standing(found: FoundPerson) -> str:
    if found.present_here:
        return say(wording.HERE_PRESENT)
    if found.arrived_here:
        return say(wording.HERE_ARRIVED)
    if found.registered_here:
        return say(wording.HERE_REGISTERED)
    if found.sessions:
        return say(wording.ELSEWHERE).format(sessions=" ".join(found.sessions))
    return say(wording.NOWHERE)
