"""Making very many objects at once, as an import does."""

from db.storing import HAND_OVER_SECONDS, bulk_work

__all__ = ["HAND_OVER_SECONDS", "bulk_work"]
