"""Badges: bound cards, portable and printed badges, the event's keys.

Revision ID: 0005
"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this version needs."""
