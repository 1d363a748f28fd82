"""The help desk: visits, issues and their search, consultants, duty, loans, follow-ups.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEARCH = """
CREATE VIRTUAL TABLE issue_search USING fts5(
    terms, content='issue', content_rowid='row', detail=none, columnsize=0, tokenize='unicode61'
);
--
CREATE TRIGGER issue_search_insert AFTER INSERT ON issue BEGIN
    INSERT INTO issue_search(rowid, terms) VALUES (NEW.row, NEW.terms);
END;
--
CREATE TRIGGER issue_search_delete AFTER DELETE ON issue BEGIN
    INSERT INTO issue_search(issue_search, rowid, terms) VALUES ('delete', OLD.row, OLD.terms);
END;
--
CREATE TRIGGER issue_search_update AFTER UPDATE OF terms ON issue
WHEN OLD.terms IS NOT NEW.terms BEGIN
    INSERT INTO issue_search(issue_search, rowid, terms) VALUES ('delete', OLD.row, OLD.terms);
    INSERT INTO issue_search(rowid, terms) VALUES (NEW.row, NEW.terms);
END;
"""


def upgrade() -> None:
    op.create_table('answer',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('source_issue', sa.String(), nullable=False),
    sa.Column('active', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_table('answer_use',
    sa.Column('issue_id', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('issue_id', 'source'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_answer_use_source', 'answer_use', ['source'], unique=False)
    op.create_table('attachment',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('visit_id', sa.String(), nullable=False),
    sa.Column('issue_id', sa.String(), nullable=False),
    sa.Column('fact_id', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('masked', sa.Integer(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_attachment_visit', 'attachment', ['visit_id'], unique=False)
    op.create_table('consultant',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('unit_text', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('skills', sa.String(), nullable=False),
    sa.Column('active', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_table('duty',
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('start_ms', sa.BigInteger(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('end_ms', sa.BigInteger(), nullable=True),
    sa.Column('desk', sa.String(), nullable=False),
    sa.Column('ended_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('staff', 'start_ms'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_duty_session', 'duty', ['session'], unique=False)
    op.create_table('followup',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('visit', sa.String(), nullable=False),
    sa.Column('issue', sa.String(), nullable=False),
    sa.Column('vendor', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('due_on', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('opened_ms', sa.BigInteger(), nullable=False),
    sa.Column('changed_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_followup_visit', 'followup', ['visit'], unique=False)
    op.create_table('issue',
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('visit_id', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('ticket', sa.String(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('unit_text', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('known_problem', sa.String(), nullable=False),
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.Column('symptom', sa.String(), nullable=False),
    sa.Column('steps', sa.String(), nullable=False),
    sa.Column('resolution', sa.String(), nullable=False),
    sa.Column('next_step', sa.String(), nullable=False),
    sa.Column('terms', sa.String(), nullable=False),
    sa.Column('folded', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('row'),
    sa.UniqueConstraint('id')
    )
    op.create_index('ix_issue_problem', 'issue', ['known_problem'], unique=False)
    op.create_index('ix_issue_visit', 'issue', ['visit_id'], unique=False)
    op.create_table('loan',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('visit', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('out_ms', sa.BigInteger(), nullable=False),
    sa.Column('back_ms', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_loan_visit', 'loan', ['visit'], unique=False)
    op.create_table('problem',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('first_seen_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_table('tally',
    sa.Column('fact_id', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('station', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('fact_id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_tally_session', 'tally', ['session'], unique=False)
    op.create_table('topic',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('parent', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=True),
    sa.Column('title_en', sa.String(), nullable=True),
    sa.Column('active', sa.Integer(), nullable=False),
    sa.Column('quick', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('code'),
    sqlite_with_rowid=False
    )
    op.create_table('visit',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('ticket', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('unit_key', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('arrived_ms', sa.BigInteger(), nullable=False),
    sa.Column('changed_ms', sa.BigInteger(), nullable=False),
    sa.Column('called_ms', sa.BigInteger(), nullable=True),
    sa.Column('doc', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_visit_person', 'visit', ['person_id'], unique=False)
    op.create_index('ix_visit_arrival', 'visit', ['session', 'arrived_ms', 'called_ms'], unique=False)
    op.create_index('ix_visit_session', 'visit', ['session', 'state'], unique=False)
    op.create_index(op.f('ix_visit_ticket'), 'visit', ['ticket'], unique=False)
    op.create_index('ix_visit_unit', 'visit', ['unit_id'], unique=False)
    op.create_table('visit_claim',
    sa.Column('visit_id', sa.String(), nullable=False),
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('desk', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('visit_id', 'staff'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_visit_claim_staff', 'visit_claim', ['staff'], unique=False)
    op.create_table('visit_draft',
    sa.Column('visit_id', sa.String(), nullable=False),
    sa.Column('doc', sa.String(), nullable=False),
    sa.Column('changed_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('visit_id'),
    sqlite_with_rowid=False
    )
    for statement in SEARCH.split("--"):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("facts of a help desk have no place in the older schema")
