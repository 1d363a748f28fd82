"""Which region and batch a unit belongs to, by its township."""

from app.domain.plan import Plan
from app.domain.text import fold_text


def region_of_township(plan: Plan) -> dict[str, str]:
    """Return folded township → region, under the plan's spelling and the official one."""
    official = dict(plan.official_names)
    found: dict[str, str] = {}
    for region in plan.regions:
        for township in region.townships:
            found[fold_text(township)] = region.name
            found[fold_text(official.get(township, township))] = region.name
    return found


def batch_of_region(plan: Plan) -> dict[str, str]:
    """Return region → batch title."""
    titles = {batch.code: batch.title for batch in plan.batches}
    return {region.name: titles.get(region.batch, region.batch) for region in plan.regions}
