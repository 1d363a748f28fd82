"""A help day read from the tables, as reports and papers take it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time

from app.domain.clock import ms_of
from app.domain.desk_records import (
    AnswerRecord,
    DeskDay,
    DutyRecord,
    FollowUpRecord,
    LoanRecord,
    ProblemRecord,
    StationRecord,
    TallyRecord,
)
from app.domain.help_desk import DutyPeriod, FollowupState, Tally
from app.domain.plan import EventSession
from app.domain.visits import Visit, VisitId
from app.domain.words import Words
from app.services.context import EventContext
from app.services.desk_day_visits import DeskNames, visit_record
from app.services.topics import merged_topics
from app.services.visit_views import HelpTopic
from db.engine import Connection
from db.queries import answers_followups, answers_kept, reports, visits_desk
from db.queries.units import list_units

OVER = frozenset((FollowupState.CLOSED, FollowupState.UNSOLVABLE))
SHORT_DEVICE = 6


def read_topics(context: EventContext, connection: Connection) -> list[HelpTopic]:
    """Return every topic of the event, those put away too."""
    return merged_topics(context.plan, visits_desk.list_topic_records(connection))


def topic_words(topics: Iterable[HelpTopic]) -> dict[str, Words]:
    """Return topics' names by code; one without an English name keeps its own."""
    return {each.code: Words(zh=each.title, en=each.title_en or each.title) for each in topics}


def read_names(context: EventContext, connection: Connection) -> DeskNames:
    """Return what ids of consultants, units and topics stand for."""
    return DeskNames(
        staff={each.id: each.name for each in visits_desk.list_consultants(connection)},
        units={str(each.id): each.name for each in list_units(connection)},
        groups={each.code: each.parent for each in read_topics(context, connection) if each.parent},
        carried_ms=reports.list_carried(connection),
    )


def read_day(context: EventContext, connection: Connection, held: EventSession) -> DeskDay:
    """Return everything about a help day; open times end with the last thing known."""
    names = read_names(context, connection)
    visits = reports.list_day_visits(connection, held.code)
    duty = visits_desk.list_duty(connection, held.code)
    tallies = reports.list_tallies(connection, held.code)
    midnight = _midnight(context, held, visits)
    closes_ms = ms_of(datetime.combine(midnight, held.ends_at, tzinfo=context.plan.zone))
    as_of_ms = _last_ms(visits, duty, tallies) or closes_ms
    return DeskDay(
        sessions=frozenset((held.code,)),
        midnight_ms=ms_of(midnight),
        opens_ms=ms_of(datetime.combine(midnight, held.starts_at, tzinfo=context.plan.zone)),
        closes_ms=closes_ms,
        as_of_ms=as_of_ms,
        visits=tuple(visit_record(visit, names, as_of_ms) for visit in visits),
        tallies=tuple(_tally(each) for each in tallies),
        duties=tuple(_duty(each, names, as_of_ms) for each in duty),
        loans=_loans(connection, held.code, (visits, names)),
        follow_ups=_follow_ups(connection, (visits, names)),
        problems=_problems(connection),
        answers=_answers(connection, visits, held.code),
        stations=_stations(connection),
    )


def together(days: Sequence[DeskDay]) -> DeskDay:
    """Return several help days as one; a visit that was carried over is in it once."""
    first, last = days[0], days[-1]
    visits = {visit.visit_id: visit for day in days for visit in day.visits}
    return replace(
        last,
        sessions=frozenset().union(*(day.sessions for day in days)),
        midnight_ms=first.midnight_ms,
        opens_ms=first.opens_ms,
        visits=tuple(visits.values()),
        tallies=tuple(tally for day in days for tally in day.tallies),
        duties=tuple(duty for day in days for duty in day.duties),
        loans=tuple(loan for day in days for loan in day.loans),
    )


def _midnight(context: EventContext, held: EventSession, visits: Sequence[Visit]) -> datetime:
    """Return where the day's hours begin: at the date most visits arrived on, or the planned."""
    own = [visit for visit in visits if (visit.carried_from or visit.session) == held.code]
    dates = Counter(context.local(visit.arrived_ms).date() for visit in own)
    most = max(dates, key=lambda day: (dates[day], day == held.held_on), default=held.held_on)
    return datetime.combine(most, time(), tzinfo=context.plan.zone)


def _last_ms(visits: Sequence[Visit], duty: Sequence[DutyPeriod], tallies: Sequence[Tally]) -> int:
    """Return when the last thing happened that is known of a day; 0 for a day without any."""
    moments = [visit.changed_ms for visit in visits]
    moments += [period.end_ms or period.start_ms for period in duty]
    moments += [tally.at_ms for tally in tallies]
    return max(moments, default=0)


def _tally(tally: Tally) -> TallyRecord:
    return TallyRecord(at_ms=tally.at_ms, topic=tally.topic, station=tally.station)


def _duty(period: DutyPeriod, names: DeskNames, as_of_ms: int) -> DutyRecord:
    return DutyRecord(
        staff=names.staff_name(period.staff),
        kind=period.state.value,
        from_ms=period.start_ms,
        until_ms=max(period.start_ms, period.end_ms or as_of_ms),
        station=period.desk,
        is_forced=period.ended_by == "forced",
    )


def _loans(
    connection: Connection, session: str, known: tuple[Sequence[Visit], DeskNames]
) -> tuple[LoanRecord, ...]:
    visits, names = {visit.id: visit for visit in known[0]}, known[1]
    found = []
    for loan in visits_desk.list_loans(connection, only_out=False):
        if loan.session != session:
            continue
        visit = visits.get(VisitId(loan.visit))
        found.append(
            LoanRecord(
                asset=loan.tag,
                kind=loan.kind.value,
                out_ms=loan.out_ms,
                ticket=visit.ticket if visit else "",
                unit=names.unit_of(visit) if visit else "",
                back_ms=loan.back_ms,
            )
        )
    return tuple(found)


def _follow_ups(
    connection: Connection, known: tuple[Sequence[Visit], DeskNames]
) -> tuple[FollowUpRecord, ...]:
    """Return the follow-ups of the day's visits, and those of others that are still out."""
    own, names = {visit.id for visit in known[0]}, known[1]
    return tuple(
        FollowUpRecord(
            ticket=each.ticket,
            unit=each.unit_text,
            vendor=each.followup.vendor,
            topic=names.groups.get(each.topic, "") or each.topic,
            opened_ms=each.followup.opened_ms,
            state=each.followup.state.value,
            owner=each.owner_name,
            reference=each.followup.reference,
            answer=each.followup.answer,
            changed_ms=each.followup.changed_ms,
            due_on=each.followup.due_on,
        )
        for each in answers_followups.list_followups(connection)
        if each.followup.visit in own or each.followup.state not in OVER
    )


def _problems(connection: Connection) -> tuple[ProblemRecord, ...]:
    return tuple(
        ProblemRecord(
            code=each.id,
            title=each.title,
            topic=each.topic,
            state=each.state.value,
            answer=each.answer,
        )
        for each in answers_kept.list_problems(connection)
    )


def _answers(
    connection: Connection, visits: Sequence[Visit], session: str
) -> tuple[AnswerRecord, ...]:
    """Return the canned texts and earlier issues that the day's issues used again."""
    own = [visit for visit in visits if visit.session == session]
    uses = Counter(
        source for visit in own for issue in visit.issues.values() for source in issue.reused
    )
    ids = [source.removeprefix("issue:") for source in uses if source.startswith("issue:")]
    titles = {f"issue:{key}": words for key, words in _issue_words(connection, ids).items()}
    for answer in answers_kept.list_answers(connection, only_active=False):
        titles[f"answer:{answer.id}"] = answer.title or answer.code
    return tuple(
        AnswerRecord(title=titles.get(source) or source, uses=count)
        for source, count in uses.items()
    )


def _issue_words(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    return reports.list_issue_words(connection, ids) if ids else {}


def _stations(connection: Connection) -> tuple[StationRecord, ...]:
    return tuple(
        StationRecord(
            letter=chain.letters.replace(",", "／") or chain.device[:SHORT_DEVICE],
            facts=chain.facts,
            last_ms=chain.last_ms,
            offset_ms=chain.offset_ms,
        )
        for chain in reports.list_desk_chains(connection)
    )
