"""The sample day: an invented roster on a bundled plan, moved to today, some people in."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.clock import ms_of, uuid7
from app.domain.facts import Draft, FactKind
from app.domain.id_numbers import check_id_number
from app.domain.plan import EventSession, Plan, SessionKind
from app.domain.verdict import StationDirection
from app.services.badges import BadgeService
from app.services.checkin import CheckinService
from app.services.context import EventContext
from app.services.outcomes import Station
from app.services.regions import region_of_township
from app.services.sample_visits import fill_help_days

SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊江呂何羅高潘"
GIVEN = "家怡志雅淑建俊佳宗美惠文明秀玉冠宏婷芳欣承育品柏詩涵翔瑋琪萱"
SCHOOL_FIRST = "青和中大明興東文仁信光新成永安南春海"
SCHOOL_SECOND = "山平正同德化港林義愛華生功豐樂濱泉湖"
TITLES = ("教務主任", "教學組長", "註冊組長", "人事主任", "科任教師", "導師", "幹事", "校長")
PEOPLE_A_SESSION = 120
ARRIVED_SHARE = 0.6


def moved_to(plan: Plan, first_day: date) -> Plan:
    """Return the plan with its first briefing on another day, all distances kept.

    Of its help days the first is the day before and the second that day, so that a sample day has
    a help desk with a past and a present; their distance is kept too.
    """
    briefings = first_day - _first_briefing(plan).held_on
    help_days = [item.held_on for item in plan.sessions if item.kind is SessionKind.HELPDESK]
    helping = first_day - timedelta(days=1) - min(help_days, default=first_day)
    sessions = tuple(
        replace(
            session,
            held_on=session.held_on
            + (helping if session.kind is SessionKind.HELPDESK else briefings),
            weekday="",
        )
        for session in plan.sessions
    )
    return replace(plan, sessions=sessions)


def _first_briefing(plan: Plan) -> EventSession:
    """Return the first briefing, or the first session of a plan that has none."""
    briefings = [item for item in plan.sessions if item.kind is SessionKind.BRIEFING]
    return min(briefings or plan.sessions, key=lambda session: session.held_on)


def morning_shift_ms(plan: Plan, now: datetime) -> int:
    """Return how far to move a clock so that the first session's sign-in is half over."""
    first = _first_briefing(plan)
    opens = plan.moment(first, first.sign_in_from)
    return ms_of(opens + timedelta(minutes=14)) - ms_of(now)


def fill(context: EventContext, *, scale: int = 1, seed: int = 112) -> None:
    """Put invented units, people, badges, arrivals and a help desk into a rehearsal event."""
    chance = random.Random(seed)  # noqa: S311 - invented people, nothing secret
    with context.database.write() as connection:
        units = list(_units(context, chance, scale))
        unit_keys = {draft.subject: () for draft in units}
        context.journal.append(connection, units, known=unit_keys)
        people = list(_registrations(context, units, chance, scale))
        context.journal.append(connection, people, known={d.subject: () for d in people})
    _arrivals(context, chance)
    fill_help_days(context, scale=scale, seed=seed)


def _units(context: EventContext, chance: random.Random, scale: int) -> Iterator[Draft]:
    regions = region_of_township(context.plan)
    townships = [name for region in context.plan.regions for name in region.townships]
    names = [first + second for first in SCHOOL_FIRST for second in SCHOOL_SECOND]
    chance.shuffle(names)
    for index, name in enumerate(names[: min(60 * scale, len(names))]):
        junior = index % 5 == 0
        township = townships[index % len(townships)] if townships else ""
        yield Draft(
            kind=FactKind.UNIT_ADDED,
            subject=f"unit:{uuid7(context.clock.wall_ms())}",
            body={
                "name": f"縣立{name}{'國中' if junior else '國小'}",
                "code": f"99{5 if junior else 6}{index:03d}",
                "level": "junior" if junior else "elementary",
                "township": township,
                "region": regions.get(township, ""),
                "phone": f"08-000{index:04d}",
            },
            actor=context.actor,
        )


def _registrations(
    context: EventContext, units: list[Draft], chance: random.Random, scale: int
) -> Iterator[Draft]:
    briefings = [item for item in context.plan.sessions if item.kind is SessionKind.BRIEFING]
    for session in briefings:
        for _ in range(PEOPLE_A_SESSION * scale):
            unit = chance.choice(units)
            name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
            yield Draft(
                kind=FactKind.REGISTRATION_ADDED,
                subject=f"person:{uuid7(context.clock.wall_ms())}",
                body={
                    "session": session.code,
                    "origin": "imported",
                    "unit_id": unit.subject.removeprefix("unit:"),
                },
                private={
                    "name": name,
                    "unit_text": unit.body["name"],
                    "title": chance.choice(TITLES),
                    "id_number": invented_id_number(chance),
                    "phone": f"0900{chance.randrange(10**6):06d}",
                },
                actor=context.actor,
            )


def invented_id_number(chance: random.Random) -> str:
    """Return an ID number with a good checksum and the unused letter-range 'Z19…'."""
    body = f"Z{chance.choice('12')}99{chance.randrange(10**5):05d}"
    return next(body + d for d in "0123456789" if check_id_number(body + d).checksum_ok)


def _arrivals(context: EventContext, chance: random.Random) -> None:
    """Let part of the first session's people come in over the last minutes."""
    first = _first_briefing(context.plan)
    door = CheckinService(context)
    station = Station(session=first.code, direction=StationDirection.IN)
    opens = context.plan.moment(first, first.sign_in_from)
    badges = BadgeService(context).badges_for(first.code)
    seconds = max(60, int((context.now() - opens).total_seconds()) - 30)
    arriving = chance.sample(badges, int(len(badges) * ARRIVED_SHARE))
    moments = sorted(chance.randrange(seconds) for _ in arriving)
    for badge, moment in zip(arriving, moments, strict=True):
        door.scan(badge.code, station, at=opens + timedelta(seconds=moment), reader="sample")
