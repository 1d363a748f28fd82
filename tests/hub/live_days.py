"""An event with a roster, arrivals and a help day, and a hub's database that has its facts."""

from dataclasses import dataclass, field
from pathlib import Path

from factories import KEY, ManualClock, Room, copied, open_room, person_row, write_roster

from app.domain.visits import Outcome, Seat, Visit
from app.services.profile import Profile
from app.services.visit_views import IssueForm, VisitForm
from db.exchange import StationStore
from db.hub.engine import HubDatabase, open_hub_file
from db.hub.schema import prepare
from db.hub.store import HubStore

UNITS = [
    ("縣立星東國小", "013601", "星光鄉", "08-1230001"),
    ("縣立星西國小", "013602", "星光鄉", "08-1230002"),
    ("縣立星南國小", "013603", "星光鄉", "08-1230003"),
    ("縣立星北國小", "013604", "海口鎮", "08-1230004"),
    ("縣立月光國小", "013605", "海口鎮", "08-1230005"),
]


@dataclass
class LiveDay:
    """A laptop's event and a hub that is told of it."""

    room: Room
    database: HubDatabase
    clock: ManualClock
    sent: int = field(default=0)

    @property
    def event_id(self) -> str:
        return self.room.desk.context.journal.origin.event_id

    @property
    def hub(self) -> HubStore:
        return HubStore(self.database, self.event_id, self.clock)

    def tell_hub(self) -> None:
        """Send the hub what it lacks."""
        context = self.room.desk.context
        store = StationStore(context.database, context.journal, context.clock)
        has_more = True
        while has_more:
            batch = store.list_lacking(self.hub.list_tips())
            has_more = batch.has_more
            self.hub.take(batch.runs)

    def stock(self) -> None:
        """Bring units and people of the four schools, badges for all."""
        folder, office = self.room.profile.folder, self.room.office
        header = ("學校名稱", "代碼", "鄉鎮市區", "電話")
        office.registrations.import_units(write_roster(folder / "units.csv", UNITS, header))
        people = [person_row(at, unit=UNITS[at % 4][0]) for at in range(12)]
        office.registrations.import_roster(write_roster(folder / "r.csv", people), "b1d1")
        others = [person_row(at, unit=UNITS[at % 4][0]) for at in range(20, 24)]
        office.registrations.import_roster(write_roster(folder / "s.csv", others), "b2d1")
        office.badges.badges_for("b1d1")

    def seat(self, name: str = "", desk: str = "") -> Seat:
        staff = self.room.help_desk.consultants.find_or_add(name).id if name else ""
        return Seat(session="help", staff=staff, desk=desk, station="A")

    def visit(self, unit: str, topic: str = "") -> Visit:
        form = VisitForm(unit_text=unit, name="林采潔", phone="0912999888", topic=topic)
        return self.room.help_desk.visits.open(form, self.seat())

    def serve(self, visit: Visit, *, finish: bool = False) -> None:
        """Call a visit to a desk and, if asked, finish it with an issue solved."""
        visits, seat = self.room.help_desk.visits, self.seat("諮詢甲", "1")
        visits.call(visit.id, seat)
        visits.start(visit.id, seat)
        if finish:
            form = IssueForm(topic="0501", symptom="請電 0912999888", outcome=Outcome.RESOLVED)
            self.room.help_desk.issues.record(visit.id, form, seat)
            visits.finish(visit.id, seat)


def open_live_day(template: Profile, folder: Path) -> LiveDay:
    """Copy the template's event and make an empty hub beside it."""
    room = open_room(copied(template, folder / "laptop"))
    database = open_hub_file(folder / "hub" / "hub.db", KEY)
    prepare(database)
    return LiveDay(room, database, room.clock)


def close_live_day(day: LiveDay) -> None:
    day.room.close()
    day.database.close()
