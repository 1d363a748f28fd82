"""Finding people."""

from app.domain.people import id_tail, short_unit_name
from app.services.cards import FoundPerson, PersonCard
from app.services.context import EventContext
from db.queries import people as queries
from db.queries.desk import PersonFace

__all__ = ["FoundPerson", "PeopleService", "PersonCard", "card_of"]


def card_of(face: PersonFace) -> PersonCard:
    """Return the card of a person as stored."""
    return PersonCard(
        id=face.id,
        name=face.name,
        unit=short_unit_name(face.unit),
        title=face.title,
        id_tail=id_tail(face.id_number),
        attention=face.attention,
    )


class PeopleService:
    """Search over everybody in the event."""

    def __init__(self, context: EventContext) -> None:
        self._context = context

    def find_people(
        self, text: str, *, session: str | None = None, limit: int = 50
    ) -> tuple[FoundPerson, ...]:
        """Return people matching 1+ characters: name, unit, last digits of phone or ID, e-mail.

        Best first: exact name, name beginning, then anywhere; homonyms by unit. Those of the
        session at hand come before others of the same name.
        """
        with self._context.database.read() as connection:
            faces = queries.find_faces(connection, text, limit)
            standing = queries.standings(connection, [face.id for face in faces])
        found = [_found(face, standing[face.id], session) for face in faces]
        rank = {face.name: index for index, face in reversed(list(enumerate(faces)))}
        found.sort(key=lambda hit: (rank[hit.card.name], not hit.registered_here, hit.card.unit))
        return tuple(found)


def _found(face: PersonFace, standing: queries.Standing, session: str | None) -> FoundPerson:
    return FoundPerson(
        card=card_of(face),
        sessions=standing.registered,
        registered_here=session in standing.registered,
        present_here=session in standing.present,
        arrived_here=session in standing.arrived,
    )
