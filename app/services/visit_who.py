"""Who a visitor is: what the roster and the school list add to what was typed."""

from dataclasses import replace

from app.domain.people import Unit
from app.roster.unit_index import UnitIndex
from app.services.context import EventContext
from app.services.visit_views import VisitForm
from db.engine import Connection
from db.queries import desk
from db.queries.units import find_unit_of, list_units


def completed(context: EventContext, connection: Connection, form: VisitForm) -> VisitForm:
    """Return the form with the person's and the unit's own words where it left them blank."""
    return _with_unit(context, connection, _with_person(connection, form))


def _with_person(connection: Connection, form: VisitForm) -> VisitForm:
    face = desk.find_face(connection, form.person_id) if form.person_id else None
    if face is None:
        return form
    unit_id = form.unit_id
    if unit_id is None and not form.unit_text.strip():
        unit_id = find_unit_of(connection, face.id)
    return replace(
        form,
        unit_id=unit_id,
        unit_text=form.unit_text or face.unit,
        name=form.name or face.name,
        title=form.title or face.title,
    )


def _with_unit(context: EventContext, connection: Connection, form: VisitForm) -> VisitForm:
    """Find the unit that a code or a name means, and its name where only the code was typed."""
    if not form.unit_id and not form.unit_text.strip():
        return form
    units = list_units(connection)
    unit_id = form.unit_id or UnitIndex(units, county=context.plan.county).find(form.unit_text)
    unit = next((item for item in units if item.id == unit_id), None)
    if unit is None:
        return form
    return replace(form, unit_id=unit.id, unit_text=_unit_text(form.unit_text, unit))


def _unit_text(typed: str, unit: Unit) -> str:
    text = typed.strip()
    return unit.name if not text or text.upper() == unit.code.upper() else text
