"""A throw-away event with very many invented people, made through the journal."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bench.figures import tell
from app.bootstrap import Desk, build_events, open_desk
from app.domain.badge import new_badge_code
from app.domain.clock import Uuid7Series
from app.domain.facts import Draft, FactKind
from app.services.bulk_work import bulk_work
from app.services.context import EventContext
from app.services.sample_day import SURNAMES, TITLES

SESSION = "b1d1"
GIVEN = "".join(chr(0x4E00 + 7 * index) for index in range(1200))
UNITS = tuple(
    f"縣立{a}{b}國小" for a in "青和中大明興東文仁信光新成永安" for b in "山平正同德化港林義愛"
)
CHUNK = 20_000


@contextmanager
def crowded_desk(size: int, *, badges: bool = True) -> Iterator[tuple[Desk, list[str], Path]]:
    """Open a desk over `size` registered people; yields it with badge codes and the profile."""
    with TemporaryDirectory(prefix="venuedesk-bench-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        events = build_events(profile, actor="bench")[1]
        events.create_event("pingtung-112", rehearsal=True)
        desk = open_desk(events)
        try:
            tell(f"making {size:,} people …")
            yield desk, list(fill(desk.context, size, badges=badges)), profile
        finally:
            desk.close()


def fill(context: EventContext, size: int, *, badges: bool) -> Iterator[str]:
    """Register `size` people; yield the codes of their badges."""
    chance, ids = random.Random(112), Uuid7Series()  # noqa: S311 - invented people
    for start in range(0, size, CHUNK):
        drafts: list[Draft] = []
        known: dict[str, tuple[()]] = {}
        codes: list[str] = []
        with bulk_work():
            for number in range(start, min(start + CHUNK, size)):
                subject = f"person:{ids.next(context.clock.wall_ms())}"
                known[subject] = ()
                drafts.append(_registration(subject, number, chance))
                if badges:
                    codes.append(new_badge_code(context.tag, os.urandom(16)))
                    drafts.append(
                        Draft(kind=FactKind.BADGE_ISSUED, subject=subject, body={"code": codes[-1]})
                    )
            with context.database.write() as connection:
                context.journal.append(connection, drafts, known=known)
        yield from codes


def invented_name(chance: random.Random) -> str:
    """Return a Chinese name of three characters."""
    return chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)


def _registration(subject: str, number: int, chance: random.Random) -> Draft:
    return Draft(
        kind=FactKind.REGISTRATION_ADDED,
        subject=subject,
        body={"session": SESSION, "origin": "imported"},
        private={
            "name": invented_name(chance),
            "unit_text": chance.choice(UNITS),
            "title": chance.choice(TITLES),
            "phone": f"0900{number % 1_000_000:06d}",
        },
    )
