"""How a plan's contradictions read, on the start page and in the Event place."""

from app.domain.plan import PlanWarning
from ui.language import say


def plan_warning(warning: PlanWarning) -> str:
    """Say one contradiction of a plan; what merely deserves a look has a quieter mark."""
    return f"{'⚠' if warning.severity == 'warn' else '・'} {say(warning.message)}"
