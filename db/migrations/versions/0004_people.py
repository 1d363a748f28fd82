"""People: who was merged with whom.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No older version knew merges, so there is nothing to fill it with.
    op.create_table('person_merge',
    sa.Column('fact_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('into_id', sa.String(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('fact_id'),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    raise NotImplementedError("people that were merged have no place in the older schema")
