"""A folded visit as plain JSON values, the shape its read table keeps."""

from dataclasses import asdict
from typing import Any

from app.domain.visits import (
    Barrier,
    Claim,
    ClaimConflict,
    Issue,
    Outcome,
    Segment,
    TimeQuality,
    Visit,
    VisitState,
)


def visit_to_json(visit: Visit) -> dict[str, Any]:
    """Return a visit as plain JSON values, as the read table keeps it."""
    return asdict(visit)


def visit_from_json(document: dict[str, Any]) -> Visit:
    """Rebuild a visit from `visit_to_json`'s shape."""
    return Visit(
        **document
        | {
            "state": VisitState(document["state"]),
            "time_quality": TimeQuality(document["time_quality"]),
            "claims": {
                staff: Claim(**item | {"state": VisitState(item["state"])})
                for staff, item in document["claims"].items()
            },
            "segments": [
                Segment(**item | {"state": VisitState(item["state"])})
                for item in document["segments"]
            ],
            "issues": {key: _issue_from_json(item) for key, item in document["issues"].items()},
            "conflicts": [ClaimConflict(**item) for item in document["conflicts"]],
        }
    )


def _issue_from_json(item: dict[str, Any]) -> Issue:
    return Issue(
        **item
        | {
            "outcome": Outcome(item["outcome"]) if item["outcome"] else None,
            "barriers": tuple(Barrier(each) for each in item["barriers"]),
            "reused": tuple(item["reused"]),
        }
    )
