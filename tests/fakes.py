"""Small stand-ins for the window's tests: services over plain lists, no real people's data."""

# ruff: noqa: ARG002 - stand-ins keep the signatures of the services

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone

from PySide6.QtCore import QCoreApplication, QEvent

from app.domain.errors import InvalidInput, NotFound
from app.domain.facts import FactId, PersonId, UnitId
from app.domain.people import Unit
from app.domain.verdict import CHOICES, TONES, Detail, Direction, Verdict
from app.domain.words import Words
from app.services.checkin import CheckinService, Counts, ScanOutcome, Station, WalkIn
from app.services.events import SessionSummary
from app.services.people import FoundPerson, PeopleService, PersonCard
from app.services.registrations import RegistrationService

TAIPEI = timezone(timedelta(hours=8))
NOON = datetime(2023, 8, 7, 8, 41, tzinfo=TAIPEI)
SESSIONS = (
    SessionSummary(
        code="B1D1", kind="briefing", title="第一梯次 第一天", course="day1",
        held_on=date(2023, 8, 7), venue="hq", hours=8, roster_size=231,
    ),
    SessionSummary(
        code="B2D1", kind="briefing", title="第二梯次 第一天", course="day1",
        held_on=date(2023, 8, 14), venue="south", hours=8, roster_size=109,
    ),
)  # fmt: skip
CARDS = {
    "P1": PersonCard(
        id=PersonId("P1"), name="林采潔", unit="青山國小", title="教務主任", id_tail="321"
    ),
    "P2": PersonCard(id=PersonId("P2"), name="陳大文", unit="海風國中", title="註冊組長"),
    "P3": PersonCard(
        id=PersonId("P3"), name="陳大文", unit="白雲國小", title="導師", attention="素食・前排座位"
    ),
}
UNITS = (
    Unit(id=UnitId("U1"), name="青山國小", township="山城鄉", code="134999"),
    Unit(id=UnitId("U2"), name="青海國中", township="海口鎮"),
)


def make_outcome(
    verdict: Verdict,
    *,
    person: str | None = "P1",
    direction: Direction = Direction.IN,
    number: int = 1,
    **detail: object,
) -> ScanOutcome:
    """Return an outcome as a service would."""
    return ScanOutcome(
        fact_id=FactId(f"F{number}"),
        code="VD-7K3M9-Q",
        verdict=verdict,
        tone=TONES[verdict],
        counts=True,
        at=NOON + timedelta(minutes=number),
        session="B1D1",
        direction=direction,
        station="A",
        person=CARDS[person] if person else None,
        detail=Detail(**detail),
        roster_size=231,
        roster_as_of=NOON - timedelta(hours=1),
    )


@dataclass
class FakeCheckin(CheckinService):
    """Answers scans from a script: code → (verdict, person)."""

    script: dict[str, tuple[Verdict, str | None]] = field(default_factory=dict)
    scans: list[ScanOutcome] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    forms: list[WalkIn] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    broken: Exception | None = None

    def scan(self, raw, station, *, at=None, reader="keyboard"):
        if self.broken:
            raise self.broken
        self.raws.append(raw)
        verdict, person = self.script.get(raw, (Verdict.UNREADABLE, None))
        return self._add(verdict, person, station)

    def scan_person(self, person_id, station, *, at=None):
        return self._add(Verdict.CHECKED_IN, str(person_id), station)

    def admit(self, fact_id, reason):
        scan = self._get(fact_id)
        assert scan.verdict in CHOICES
        return self._replace(replace(scan, admitted=True, tone=TONES[Verdict.CHECKED_IN]), reason)

    def undo_scan(self, fact_id, reason):
        return self._replace(replace(self._get(fact_id), voided=True), reason)

    def walk_in(self, form, station, *, at=None):
        if len(form.name) < 2:
            raise InvalidInput(Words("姓名太短。", "The name is too short."), field="name")
        self.forms.append(form)
        return self._add(Verdict.WALK_IN, "P2", station)

    def similar_people(self, form):
        return tuple(card for card in CARDS.values() if card.name.startswith(form.name[:2]))

    def recent_scans(self, session, *, limit=20):
        return tuple(reversed(self.scans))[:limit]

    def counts(self, session):
        arrived = sum(not scan.voided for scan in self.scans)
        return Counts(expected=231, arrived=arrived, present=arrived)

    def _add(self, verdict: Verdict, person: str | None, station: Station) -> ScanOutcome:
        scan = make_outcome(verdict, person=person, number=len(self.scans) + 1)
        self.scans.append(replace(scan, station=station.letter))
        return self.scans[-1]

    def _get(self, fact_id: FactId) -> ScanOutcome:
        for scan in self.scans:
            if scan.fact_id == fact_id:
                return scan
        raise NotFound(Words("沒有", "None"))

    def _replace(self, scan: ScanOutcome, reason: str) -> ScanOutcome:
        self.reasons.append(reason)
        self.scans = [scan if old.fact_id == scan.fact_id else old for old in self.scans]
        return scan


class FakePeople(PeopleService):
    """Finds by any part of name or unit."""

    def __init__(self) -> None:
        pass

    def find_people(self, text, *, session=None, limit=50):
        return tuple(
            FoundPerson(
                card=card, sessions=("B1D1",), registered_here=card.id != "P3",
                present_here=card.id == "P1", arrived_here=card.id == "P1",
            )
            for card in CARDS.values()
            if text in card.name + card.unit
        )  # fmt: skip


class FakeRegistrations(RegistrationService):
    """Knows two units."""

    def __init__(self) -> None:
        pass

    def find_units(self, text, *, limit=20):
        return tuple(unit for unit in UNITS if text in unit.name)[:limit]


class FakeEvents:
    """One event with two sessions."""

    def __init__(self, sessions: tuple[SessionSummary, ...] = SESSIONS) -> None:
        self.sessions = sessions

    def list_sessions(self):
        return self.sessions


@dataclass
class FakeServices:
    """What the composition root hands the window."""

    checkin: FakeCheckin = field(default_factory=FakeCheckin)
    people: FakePeople = field(default_factory=FakePeople)
    registrations: FakeRegistrations = field(default_factory=FakeRegistrations)
    events: FakeEvents = field(default_factory=FakeEvents)
    badges: object = None
    closing: object = None


NOW_UTC = NOON.astimezone(UTC)


def bury_closed_windows() -> None:
    """Really delete what earlier tests closed: each leftover makes every restyling slower."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
