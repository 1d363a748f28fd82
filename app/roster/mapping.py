"""Named mapping profiles: which column holds what, kept for the next file of the same source."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.roster.fields import RosterField
from app.roster.refusals import refusal

_FIELDS = frozenset(str(member) for member in RosterField)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingProfile:
    """A person's choice of columns under a name; an empty column name switches a field off."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field → column name."""


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Refuse fields that do not exist. Raises InvalidInput."""
    if not _FIELDS.issuperset(mapping):
        raise refusal("unknown_field", field="mapping")


def profile_to_json(profile: MappingProfile) -> str:
    """Return the profile as JSON text."""
    document = {"name": profile.name, "columns": dict(profile.columns)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def profile_from_json(text: str) -> MappingProfile:
    """Read a profile back. Raises InvalidInput when it is none."""
    try:
        document = json.loads(text)
        name, columns = document["name"], document["columns"]
        pairs = {key: value for key, value in columns.items() if isinstance(value, str)}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise refusal("unknown_field", field="mapping") from error
    if not isinstance(name, str) or len(pairs) < len(columns):
        raise refusal("unknown_field", field="mapping")
    check_mapping(pairs)
    return MappingProfile(name=name, columns=pairs)
