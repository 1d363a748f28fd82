"""`people …`: single people, changes by hand, and the same person twice."""

from typing import Annotated, Any

import typer

from app.cli import desk as desk_commands
from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    language,
    open_current,
    plain,
    print_json,
    print_rows,
    say,
)
from app.domain.facts import PersonId
from app.domain.people import id_tail
from app.domain.person_changes import FIELD_WORDS
from app.services.outcomes import WalkIn
from app.services.persons import HistoryLine, PersonDetail, PersonService, TwinPair

people_app = typer.Typer(help="People.", no_args_is_help=True)
people_app.command("find")(desk_commands.find)
Who = Annotated[str, typer.Argument(help="Person id, as `people find` shows it.")]
People = Annotated[list[str], typer.Argument(help="Person ids.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays in the history.")]


@people_app.callback()
def people() -> None:
    """People."""


@people_app.command()
def show(
    who: Who,
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show somebody: data, registrations, badges."""
    with open_current(profile, event) as desk:
        _answer(PersonService(desk.context).get_person(_id(who)), as_json=as_json)


@people_app.command()
def history(
    who: Who,
    *,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell every fact about somebody, oldest first."""
    with open_current(profile, event) as desk:
        lines = PersonService(desk.context).history(_id(who))
    if as_json:
        print_json({"person": who, "history": [_line_json(line) for line in lines]})
        return
    print_rows(
        [
            (
                line.at.isoformat(timespec="seconds"),
                line.text.in_language(language()),
                line.actor,
                line.reason,
                "; ".join(f"{name.in_language(language())}: {text}" for name, text in line.details),
            )
            for line in lines
        ]
    )


@people_app.command()
def edit(
    who: Who,
    *,
    name: Annotated[str | None, typer.Option("--name")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Name or code.")] = None,
    title: Annotated[str | None, typer.Option("--title")] = None,
    id_number: Annotated[str | None, typer.Option("--id-number")] = None,
    phone: Annotated[str | None, typer.Option("--phone")] = None,
    email: Annotated[str | None, typer.Option("--email")] = None,
    attention: Annotated[str | None, typer.Option("--attention")] = None,
    meal: Annotated[str | None, typer.Option("--meal")] = None,
    reason: Reason = "",
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change what is known of somebody."""
    from app.services.registrations import RegistrationService

    given = {
        "name": name,
        "unit_text": unit,
        "title": title,
        "id_number": id_number,
        "phone": phone,
        "email": email,
        "attention": attention,
        "meal": meal,
    }
    changes = {field: plain(value) for field, value in given.items() if value is not None}
    if not changes:
        raise typer.BadParameter(f"Say what to change: {', '.join(FIELD_WORDS)}.")
    with open_current(profile, event) as desk:
        unit_id = None
        if unit is not None:
            unit_id = RegistrationService(desk.context).find_unit_id(plain(unit))
        service = PersonService(desk.context)
        person = service.amend(_id(who), changes, unit_id=unit_id, reason=plain(reason))
    _answer(person, as_json=as_json)


@people_app.command()
def add(
    *,
    session: SessionOption,
    name: Annotated[str, typer.Option("--name")],
    unit: Annotated[str, typer.Option("--unit", help="Name or code.")],
    title: Annotated[str, typer.Option("--title")] = "",
    id_number: Annotated[str, typer.Option("--id-number")] = "",
    phone: Annotated[str, typer.Option("--phone")] = "",
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Register somebody by hand, without a check-in."""
    from app.services.registrations import RegistrationService

    with open_current(profile, event) as desk:
        form = WalkIn(
            name=plain(name),
            unit_text=plain(unit),
            unit_id=RegistrationService(desk.context).find_unit_id(plain(unit)),
            title=plain(title),
            id_number=plain(id_number),
            phone=plain(phone),
        )
        person = PersonService(desk.context).add_person(session, form)
    _answer(person, as_json=as_json)


@people_app.command()
def cancel(
    people: People,
    *,
    session: SessionOption,
    reason: Reason,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cancel registrations; those not registered stay as they are."""
    with open_current(profile, event) as desk:
        done = PersonService(desk.context).cancel(_ids(people), session, plain(reason))
    _count("cancelled", done, as_json=as_json)


@people_app.command()
def restore(
    people: People,
    *,
    session: SessionOption,
    reason: Reason = "",
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take cancellations back."""
    with open_current(profile, event) as desk:
        done = PersonService(desk.context).restore(_ids(people), session, plain(reason))
    _count("restored", done, as_json=as_json)


@people_app.command()
def move(
    people: People,
    *,
    session: SessionOption,
    to: Annotated[str, typer.Option("--to", help="Session to move to.")],
    reason: Reason,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Move registrations to another session; scans stay where they were made."""
    with open_current(profile, event) as desk:
        moved = PersonService(desk.context).move(_ids(people), session, to, plain(reason))
    if as_json:
        print_json({"moved": list(moved.moved), "had_scans": list(moved.had_scans)})
    else:
        print_rows([("moved", len(moved.moved)), ("had_scans", len(moved.had_scans))])


@people_app.command()
def twins(
    *,
    session: Annotated[str | None, typer.Option("--session", help="Only this session.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 200,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """List records that are likely the same person, likeliest first."""
    with open_current(profile, event) as desk:
        pairs = PersonService(desk.context).find_twins(session=session, limit=limit)
    if as_json:
        print_json({"session": session, "pairs": [_pair_json(pair) for pair in pairs]})
        return
    print_rows(
        [
            (
                pair.score,
                pair.kept.id,
                pair.kept.name,
                pair.kept.unit,
                pair.other.id,
                pair.other.name,
                pair.other.unit,
                pair.why.in_language(language()),
            )
            for pair in pairs
        ]
    )


@people_app.command()
def merge(
    kept: Annotated[str, typer.Argument(help="Person id to go by.")],
    other: Annotated[str, typer.Argument(help="Person id of the same person's other record.")],
    *,
    reason: Reason,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let two records be one person; badges and scans of both go on. `separate` takes it back."""
    with open_current(profile, event) as desk:
        service = PersonService(desk.context)
        warnings = service.merge_warnings(_id(kept), _id(other))
        person = service.merge(_id(kept), _id(other), plain(reason))
    for warning in warnings:
        say(warning)
    _answer(person, as_json=as_json)


@people_app.command()
def separate(
    other: Annotated[str, typer.Argument(help="Person id of the record that gave way.")],
    *,
    reason: Reason,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a merge back: both records are again as if it had never been."""
    with open_current(profile, event) as desk:
        person = PersonService(desk.context).separate(_id(other), plain(reason))
    _answer(person, as_json=as_json)


def _pair_json(pair: TwinPair) -> dict[str, Any]:
    return {
        "score": pair.score,
        "why": pair.why.in_language(language()),
        **{
            name: {"id": card.id, "name": card.name, "unit": card.unit}
            for name, card in (("kept", pair.kept), ("other", pair.other))
        },
    }


def _id(text: str) -> PersonId:
    return PersonId(plain(text))


def _ids(texts: list[str]) -> list[PersonId]:
    return [_id(text) for text in texts]


def _count(word: str, count: int, *, as_json: bool) -> None:
    if as_json:
        print_json({word: count})
    else:
        print_rows([(word, count)])


def _answer(person: PersonDetail, *, as_json: bool) -> None:
    if as_json:
        print_json(person_json(person))
        return
    data = person.data
    print_rows([(person.id, data.name, person.unit, data.title, id_tail(data.id_number))])
    print_rows([(each.session, each.status.value, each.origin) for each in person.registrations])
    print_rows([(each.sort, each.code, each.prints) for each in person.badges])
    if person.where:
        since = person.where.since.isoformat(timespec="minutes")
        print_rows([("now", person.where.session, person.where.station, since)])
    print_rows([("merged", each.id, each.name, each.unit) for each in person.merged_from])


def person_json(person: PersonDetail) -> dict[str, Any]:
    """Return somebody as JSON; of the ID number its last three."""
    data = person.data
    return {
        "id": person.id,
        "name": data.name,
        "unit": person.unit,
        "unit_id": data.unit_id,
        "title": data.title,
        "id_tail": id_tail(data.id_number),
        "phone": data.phone,
        "email": data.email,
        "attention": data.attention,
        "meal": data.meal,
        "where": {
            "session": person.where.session,
            "since": person.where.since.isoformat(),
            "station": person.where.station,
            "left_open": list(person.where.left_open),
        }
        if person.where
        else None,
        "registrations": [
            {
                "session": each.session,
                "status": each.status.value,
                "origin": each.origin,
                "added_at": each.added_at.isoformat(),
                "cancelled_at": each.cancelled_at.isoformat() if each.cancelled_at else None,
            }
            for each in person.registrations
        ],
        "badges": [
            {
                "code": each.code,
                "sort": each.sort,
                "issued_at": each.issued_at.isoformat(),
                "revoked_at": each.revoked_at.isoformat() if each.revoked_at else None,
                "prints": each.prints,
            }
            for each in person.badges
        ],
        "merged_from": [
            {
                "id": each.id,
                "name": each.name,
                "unit": each.unit,
                "merged_at": each.merged_at.isoformat(),
                "actor": each.actor,
                "reason": each.reason,
            }
            for each in person.merged_from
        ],
    }


def _line_json(line: HistoryLine) -> dict[str, Any]:
    return {
        "fact_id": line.fact_id,
        "at": line.at.isoformat(),
        "kind": line.kind.value,
        "text": line.text.in_language(language()),
        "actor": line.actor,
        "device": line.device,
        "reason": line.reason,
        "details": {name.in_language(language()): text for name, text in line.details},
    }
