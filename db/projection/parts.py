"""Which facts of a subject have to be folded to know what a few more of them change.

A scan changes nothing of a person's name and place on the roster. Whoever stores thousands of
scans need not read and fold the registrations of the same people.
"""

from collections.abc import Collection

from app.domain.facts import FactKind

_PERSON_PARTS = (
    frozenset(
        {
            FactKind.REGISTRATION_ADDED,
            FactKind.REGISTRATION_AMENDED,
            FactKind.REGISTRATION_CANCELLED,
        }
    ),
    frozenset({FactKind.BADGE_ISSUED, FactKind.BADGE_REVOKED}),
    frozenset({FactKind.SCAN_RECORDED, FactKind.SCAN_VOIDED, FactKind.SCAN_ADMITTED}),
    frozenset({FactKind.CREDIT_DECIDED}),
    frozenset({FactKind.CONFLICT_RESOLVED}),
)
"""Each part of a person's rows comes from facts of these kinds alone; a test holds it to that."""
_PART_OF = {kind: part for part in _PERSON_PARTS for kind in part}


def kinds_beside(subject: str, kinds: Collection[FactKind]) -> frozenset[FactKind] | None:
    """Return the kinds of a subject's facts that matter beside new ones of `kinds`; None: all.

    Folded from these alone, before and after, a subject's rows differ as its whole rows do.
    Erasures always matter: they say what of the new facts may be kept.
    """
    if not subject.startswith("person:") or not all(kind in _PART_OF for kind in kinds):
        return None
    return frozenset({FactKind.PRIVATE_ERASED}).union(*(_PART_OF[kind] for kind in kinds))
