"""What the help desk asks of its visits: whole visits, claims, ticket numbers, times of calls."""

import json
from collections.abc import Iterable
from functools import lru_cache

from app.domain.visit_json import visit_from_json
from app.domain.visits import LIVE, Visit, VisitState
from db.engine import Connection
from db.same_people import read_groups

_DOC = "SELECT doc FROM visit"
_LIVE = tuple(sorted(state.value for state in LIVE))


@lru_cache(maxsize=2048)
def _visit_of(doc: str) -> Visit:
    """Return the visit of a document; most of a day's visits are over and read again and again.

    So two readers may get the same visit: who reads one never changes it, only folding does.
    """
    return visit_from_json(json.loads(doc))


def find_visit(connection: Connection, visit_id: str) -> Visit | None:
    """Return a visit by its id."""
    return next(iter(_visits(connection, "id=?", (visit_id,))), None)


def list_by_ticket(connection: Connection, ticket: str) -> list[Visit]:
    """Return the visits that had a number, live ones first, then the newest."""
    visits = _visits(connection, "ticket=?", (ticket,))
    return sorted(visits, key=lambda visit: (visit.is_live, visit.arrived_ms), reverse=True)


def list_visits(
    connection: Connection, session: str, states: Iterable[VisitState] = tuple(VisitState)
) -> list[Visit]:
    """Return a help day's visits in these states, by arrival."""
    named = tuple(state.value for state in states)
    marks = ",".join("?" * len(named))
    return _visits(connection, f"session=? AND state IN ({marks})", (session, *named))


def list_of_person(connection: Connection, person_id: str) -> list[Visit]:
    """Return the visits of somebody on a roster."""
    if not person_id:
        return []
    people = read_groups(connection).of(person_id)
    return _visits(connection, f"person_id IN ({','.join('?' * len(people))})", people)


def list_of_unit(connection: Connection, unit_id: str, unit_key: str) -> list[Visit]:
    """Return a unit's visits: by its id, or by its folded name where it is in no list."""
    by_id = _visits(connection, "unit_id=?", (unit_id,)) if unit_id else []
    by_name = _visits(connection, "unit_key=? AND unit_id=''", (unit_key,)) if unit_key else []
    return [*by_id, *by_name]


def list_named(connection: Connection, name_key: str) -> list[Visit]:
    """Return the live visits of somebody of this folded name."""
    marks = ",".join("?" * len(_LIVE))
    return _visits(connection, f"name_key=? AND state IN ({marks})", (name_key, *_LIVE))


def _visits(connection: Connection, where: str, values: tuple[str, ...]) -> list[Visit]:
    rows = connection.execute(f"{_DOC} WHERE {where} ORDER BY arrived_ms, id", values)
    return [_visit_of(row[0]) for row in rows]


def list_held_by(connection: Connection, staff: str) -> list[Visit]:
    """Return the visits a consultant holds: those being served first."""
    rows = connection.execute(
        "SELECT v.doc FROM visit_claim c JOIN visit v ON v.id=c.visit_id WHERE c.staff=?"
        " ORDER BY c.state DESC, v.arrived_ms",
        (staff,),
    )
    return [_visit_of(row[0]) for row in rows]


def list_calls(connection: Connection, session: str) -> list[tuple[int, int | None]]:
    """Return (arrived, first called) of a help day's visits."""
    return list(
        connection.execute("SELECT arrived_ms, called_ms FROM visit WHERE session=?", (session,))
    )


def find_last_ticket(connection: Connection, station: str) -> str | None:
    """Return the number a station gave out last."""
    row = connection.execute(
        "SELECT ticket FROM visit WHERE ticket BETWEEN ? AND ? AND length(ticket)=?"
        " ORDER BY id DESC LIMIT 1",
        (f"{station}000", f"{station}999", len(station) + 3),
    ).fetchone()
    return row[0] if row else None


def list_tickets(connection: Connection, station: str) -> list[tuple[str, str, bool]]:
    """Return (number, session, is live) of a station's visits."""
    rows = connection.execute(
        "SELECT ticket, session, state FROM visit WHERE ticket BETWEEN ? AND ?",
        (f"{station}000", f"{station}999"),
    )
    return [(row[0], row[1], row[2] in _LIVE) for row in rows]


def count_tallies(connection: Connection, session: str) -> int:
    """Return how many door questions were counted."""
    row = connection.execute("SELECT count(*) FROM tally WHERE session=?", (session,)).fetchone()
    return int(row[0])


def topic_uses(connection: Connection, session: str) -> dict[str, int]:
    """Return topic group → how often it was asked for at a help day, tallies included."""
    rows = connection.execute(
        "SELECT substr(topic,1,2), count(*) FROM (SELECT topic FROM tally WHERE session=:day"
        " UNION ALL SELECT doc ->> '$.topic' FROM visit WHERE session=:day"
        " UNION ALL SELECT topic FROM issue WHERE session=:day) WHERE topic<>'' GROUP BY 1",
        {"day": session},
    )
    return dict(rows.fetchall())


def find_draft(connection: Connection, visit_id: str) -> str | None:
    """Return what is typed for a visit on this laptop and not recorded, as JSON."""
    row = connection.execute("SELECT doc FROM visit_draft WHERE visit_id=?", (visit_id,)).fetchone()
    return row[0] if row else None


def store_draft(connection: Connection, visit_id: str, doc: str, at_ms: int) -> None:
    """Keep what is typed for a visit."""
    connection.execute(
        "INSERT OR REPLACE INTO visit_draft (visit_id, doc, changed_ms) VALUES (?,?,?)",
        (visit_id, doc, at_ms),
    )


def drop_draft(connection: Connection, visit_id: str) -> None:
    """Forget what was typed for a visit."""
    connection.execute("DELETE FROM visit_draft WHERE visit_id=?", (visit_id,))
