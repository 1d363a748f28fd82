"""`scan`, `undo`, `walkin`, `people find`, `badges`: the door."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import (
    EventOption,
    JsonOption,
    ProfileOption,
    SessionOption,
    open_current,
    plain,
    print_json,
    print_rows,
    say,
)
from app.cli.readings import read_codes, read_moment, station_letter
from app.domain.errors import InvalidInput
from app.domain.facts import FactId
from app.domain.people import check_id_number
from app.domain.verdict import StationDirection, Verdict
from app.domain.words import Words
from app.services.outcomes import ScanOutcome, Station, WalkIn

AtOption = Annotated[
    str | None, typer.Option("--at", help="When it happened (ISO 8601; venue time if no zone).")
]
DirectionOption = Annotated[StationDirection, typer.Option("--direction", help="in, out or auto.")]
StationOption = Annotated[
    str | None,
    typer.Option("--station", help="Station letter. Default: this laptop's from the hub, or A."),
]


def scan(
    codes: Annotated[list[str], typer.Argument(help="Codes, or - to read lines of stdin.")],
    *,
    session: SessionOption,
    direction: DirectionOption = StationDirection.AUTO,
    station: StationOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record scans and print each verdict once it is stored."""
    refused = False
    with open_current(profile, event) as desk:
        letter = station_letter(station, desk)
        place = Station(session=session, direction=direction, letter=letter)
        zone = desk.context.plan.zone
        desk.context.get_session(session)
        given = read_moment(at, zone)
        for reading in read_codes(codes):
            try:
                moment = read_moment(reading.moment, zone) if reading.moment else given
            except InvalidInput:
                _say_bad_line(reading.line)
                refused = True
                continue
            _print_scan(
                desk.checkin.scan(reading.code, place, at=moment, reader="command"), as_json
            )
    if refused:
        raise typer.Exit(1)


def _say_bad_line(line: int) -> None:
    """Name a line by its number only: what stands there instead of a time may be a name."""
    say(
        Words(
            zh=f"第 {line} 行的時間看不懂，這一行沒有記錄。",
            en=f"Line {line}: the time cannot be read; this line was not recorded.",
        )
    )


def scan_json(outcome: ScanOutcome) -> dict[str, Any]:
    """Return a scan in the contract's shape."""
    detail = outcome.detail
    person = outcome.person
    in_time = outcome.verdict is Verdict.CHECKED_IN
    return {
        "code": outcome.code,
        "verdict": outcome.verdict.value,
        "tone": outcome.tone.value,
        "counts": outcome.counts,
        "at": outcome.at.isoformat(),
        "session": outcome.session,
        "direction": outcome.direction.value,
        "station": outcome.station,
        "fact": outcome.fact_id,
        "person": {"id": person.id, "name": person.name, "unit": person.unit} if person else None,
        "detail": {
            "late_minutes": 0 if in_time else detail.late_minutes,
            "minutes_present": detail.minutes_present,
            "short_minutes": detail.short_minutes,
            "first_in": _iso(detail.first_in),
            "last_at": _iso(detail.last_at),
            "last_station": detail.last_station or None,
            "other_session": detail.other_session,
            "sub_reason": detail.sub_reason or None,
            "revoked_at": _iso(detail.revoked_at),
            "opens_at": _iso(detail.opens_at),
        },
        "voided": outcome.voided,
        "admitted": outcome.admitted,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _print_scan(outcome: ScanOutcome, as_json: bool) -> None:
    if as_json:
        print_json(scan_json(outcome))
        return
    person = outcome.person
    name, unit = (person.name, person.unit) if person else ("", "")
    print_rows(
        [(outcome.at.isoformat(), outcome.verdict.value, name, unit, outcome.code, outcome.fact_id)]
    )


def undo(
    fact_id: Annotated[str, typer.Argument(help="Fact id the scan was acknowledged with.")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Void a scan; the scan and the reason stay in the journal."""
    with open_current(profile, event) as desk:
        _print_scan(desk.checkin.undo_scan(FactId(fact_id), plain(reason)), as_json)


def admit(
    fact_id: Annotated[str, typer.Argument(help="Fact id of a scan that offered a choice.")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Admit anyway: not on this roster, cancelled, or too early."""
    with open_current(profile, event) as desk:
        _print_scan(desk.checkin.admit(FactId(fact_id), plain(reason)), as_json)


def walkin(
    *,
    session: SessionOption,
    name: Annotated[str, typer.Option("--name")],
    unit: Annotated[str, typer.Option("--unit")],
    title: Annotated[str, typer.Option("--title")] = "",
    id_number: Annotated[str, typer.Option("--id-number")] = "",
    station: StationOption = None,
    at: AtOption = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Register somebody here and now and check in."""
    from app.office import build_office

    with open_current(profile, event) as desk:
        form = WalkIn(
            name=plain(name),
            unit_text=plain(unit),
            unit_id=build_office(desk.context).registrations.find_unit_id(plain(unit)),
            title=plain(title),
            id_number=plain(id_number),
        )
        place = Station(session=session, letter=station_letter(station, desk))
        moment = read_moment(at, desk.context.plan.zone)
        similar = len(desk.checkin.similar_people(form))
        _print_scan(desk.checkin.walk_in(form, place, at=moment), as_json)
    if similar:
        say(
            Words(
                zh=f"已登記；名冊上已有 {similar} 筆同名或同號的人，請用 people find 核對。",
                en=f"Registered; {similar} known with this name or ID number: see people find.",
            )
        )
    if form.id_number and not check_id_number(form.id_number).checksum_ok:
        say(
            Words(
                zh="已登記，但身分證字號的檢查碼不符，請再核對。",
                en="Registered, but the ID number fails its check; look at it again.",
            )
        )


def find(
    text: Annotated[str, typer.Argument(help="Name, unit, or last digits.")],
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000)] = 50,
    session: Annotated[str | None, typer.Option("--session")] = None,
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search people as at the desk."""
    with open_current(profile, event) as desk:
        hits = desk.people.find_people(plain(text), session=session, limit=limit)
    if as_json:
        people = [
            {
                "id": hit.card.id,
                "name": hit.card.name,
                "unit": hit.card.unit,
                "title": hit.card.title,
                "sessions": list(hit.sessions),
            }
            for hit in hits
        ]
        print_json({"people": people})
        return
    print_rows(
        [
            (hit.card.id, hit.card.name, hit.card.unit, hit.card.title, ",".join(hit.sessions))
            for hit in hits
        ]
    )


def badges(
    *,
    session: SessionOption,
    out: Annotated[Path, typer.Option("--out", help="PDF to write.")],
    layout: Annotated[str, typer.Option("--layout", help="a4-10 or a4-21.")] = "a4-10",
    profile: ProfileOption = None,
    event: EventOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print badge sheets; issues badges to those who have none."""
    from app.services.badges import BadgeService

    with open_current(profile, event) as desk:
        printed = BadgeService(desk.context).print_sheets(session, out, layout=layout)
    for warning in printed.report.warnings:
        say(warning.message)
    if as_json:
        print_json(
            {
                "file": str(out),
                "badges": [
                    {
                        "person": badge.person_id,
                        "name": badge.name,
                        "unit": badge.unit,
                        "code": badge.code,
                    }
                    for badge in printed.badges
                ],
            }
        )
        return
    typer.echo(f"{out}\t{len(printed.badges)}")
