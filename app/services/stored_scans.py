"""Scans as the tables keep them, turned into outcomes."""

import json

from app.domain.facts import FactId
from app.domain.verdict import TONES, Direction, Verdict
from app.services.context import EventContext
from app.services.outcomes import ScanOutcome
from app.services.people import card_of
from app.services.scan_bodies import detail_of
from db.queries import desk


def stored_outcome(context: EventContext, stored: desk.StoredScan) -> ScanOutcome:
    """Return a scan read from the tables as an outcome."""
    body = json.loads(stored.body)
    verdict = Verdict(body["verdict"])
    return ScanOutcome(
        fact_id=FactId(stored.fact_id),
        code=body.get("code", ""),
        verdict=verdict,
        tone=TONES[verdict],
        counts=stored.counts,
        at=context.local(stored.at_ms),
        session=stored.session,
        direction=Direction(body["direction"]),
        station=stored.station,
        person=card_of(stored.person) if stored.person else None,
        detail=detail_of(body.get("detail", {}), context.plan.zone),
        voided=stored.voided_ms is not None,
        admitted=stored.admitted,
    )
