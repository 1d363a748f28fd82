"""The facts an imported roster makes: of newcomers, of people the event knows, of those gone."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.clock import Uuid7Series
from app.domain.facts import Draft, FactKind, PersonId
from app.roster.difference import EntryChange, EntryState, KnownPerson
from app.roster.draft import RosterEntry

TOLD = ("attention", "email", "id_number", "meal", "name", "phone", "title", "unit_text")
"""The personal data a registration tells."""


class ImportFacts:
    """Makes the facts of one import."""

    def __init__(self, session: str, actor: str, now_ms: int) -> None:
        self._session = session
        self._actor = actor
        self._ids = Uuid7Series()
        self._now_ms = now_ms
        self._import_id = self._ids.next(now_ms)

    def newcomer(self, entry: RosterEntry) -> Draft:
        """Return the fact that registers somebody new."""
        data, body = entry.data, self._body(entry)
        body["origin"] = "imported"
        if data.unit_id is not None:
            body["unit_id"] = data.unit_id
        told = {name: value for name in TOLD if (value := getattr(data, name))}
        person_id = PersonId(self._ids.next(self._now_ms))
        return self._draft(FactKind.REGISTRATION_ADDED, person_id, body, told)

    def known(self, changes: Iterable[EntryChange]) -> Iterator[Draft]:
        """Yield the facts of those the event knows and the file tells something new of."""
        for change in changes:
            if change.known is None or change.state is EntryState.UNCHANGED:
                continue
            kind, body = FactKind.REGISTRATION_AMENDED, self._body(change.entry)
            if "unit" in change.fields and change.data.unit_id is not None:
                body["unit_id"] = change.data.unit_id
            if change.state is EntryState.REGISTERED:
                kind = FactKind.REGISTRATION_ADDED
                body["origin"] = "imported"
            fields = {"unit_text" if name == "unit" else name for name in change.fields}
            told = {name: getattr(change.data, name) for name in TOLD if name in fields}
            yield self._draft(kind, change.known.id, body, told)

    def gone(self, people: Iterable[KnownPerson]) -> Iterator[Draft]:
        """Yield the facts that end the registrations of people the file no longer has."""
        for known in people:
            body = {"session": self._session, "import": self._import_id}
            body["cause"] = "gone_from_roster"
            yield self._draft(FactKind.REGISTRATION_CANCELLED, known.person.id, body, {})

    def _body(self, entry: RosterEntry) -> dict[str, Any]:
        return {"session": self._session, "import": self._import_id, "row": entry.row}

    def _draft(
        self, kind: FactKind, person_id: PersonId, body: dict[str, Any], told: dict[str, str]
    ) -> Draft:
        return Draft(
            kind=kind,
            subject=f"person:{person_id}",
            body=body,
            private=told or None,
            actor=self._actor,
        )
