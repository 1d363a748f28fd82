"""The journal, its guards, and the read tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GUARDS = """
CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
WHEN NOT (NEW.private IS NULL AND NEW.salt IS NULL
    AND NEW.row = OLD.row AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id
    AND NEW.device = OLD.device AND NEW.incarnation = OLD.incarnation AND NEW.seq = OLD.seq
    AND NEW.kind = OLD.kind AND NEW.subject = OLD.subject AND NEW.actor = OLD.actor
    AND NEW.body = OLD.body AND NEW.private_hash = OLD.private_hash
    AND NEW.at = OLD.at AND NEW.tz = OLD.tz AND NEW.mono = OLD.mono AND NEW.boot = OLD.boot
    AND NEW.offset_ms = OLD.offset_ms AND NEW.offset_quality = OLD.offset_quality
    AND NEW.hlc = OLD.hlc AND NEW.prev_hash = OLD.prev_hash AND NEW.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
--
CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
"""
SEARCH = """
CREATE VIRTUAL TABLE person_search USING fts5(
    grams, content='person', content_rowid='row', detail=none, columnsize=0, tokenize='unicode61'
);
--
INSERT INTO person_search (person_search, rank) VALUES ('hashsize', 33554432);
--
CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
    INSERT INTO person_search(person_search, rowid, grams) VALUES ('delete', OLD.row, OLD.grams);
END;
--
CREATE TRIGGER person_search_update AFTER UPDATE OF grams ON person
WHEN OLD.grams IS NOT NEW.grams BEGIN
    INSERT INTO person_search(person_search, rowid, grams) VALUES ('delete', OLD.row, OLD.grams);
    INSERT INTO person_search(rowid, grams) VALUES (NEW.row, NEW.grams);
END;
"""


def upgrade() -> None:
    op.create_table('attendance',
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('first_in_ms', sa.BigInteger(), nullable=True),
    sa.Column('last_out_ms', sa.BigInteger(), nullable=True),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'session'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_attendance_session', 'attendance', ['session'], unique=False)
    op.create_table('badge',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('issued_ms', sa.BigInteger(), nullable=False),
    sa.Column('revoked_ms', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('code'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_badge_person', 'badge', ['person_id'], unique=False)
    op.create_table('chain_head',
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('incarnation', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('hlc', sa.BigInteger(), nullable=False),
    sa.Column('wall_ms', sa.BigInteger(), nullable=False),
    sa.Column('mono_ms', sa.BigInteger(), nullable=False),
    sa.Column('boot', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation'),
    sqlite_with_rowid=False
    )
    op.create_table('credit_decision',
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('course', sa.String(), nullable=False),
    sa.Column('granted', sa.Integer(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'session'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_credit_course', 'credit_decision', ['course'], unique=False)
    op.create_table('event',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('plan', sa.String(), nullable=False),
    sa.Column('published_ms', sa.BigInteger(), nullable=False),
    sa.Column('rehearsal', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_table('fact',
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('event_id', sa.String(), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('incarnation', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('private', sa.String(), nullable=True),
    sa.Column('salt', sa.String(), nullable=True),
    sa.Column('private_hash', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('tz', sa.Integer(), nullable=False),
    sa.Column('mono', sa.BigInteger(), nullable=False),
    sa.Column('boot', sa.String(), nullable=False),
    sa.Column('offset_ms', sa.BigInteger(), nullable=False),
    sa.Column('offset_quality', sa.String(), nullable=False),
    sa.Column('hlc', sa.BigInteger(), nullable=False),
    sa.Column('prev_hash', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('row'),
    sa.UniqueConstraint('device', 'incarnation', 'seq'),
    sa.UniqueConstraint('id')
    )
    op.create_index('ix_fact_subject', 'fact', ['subject'], unique=False)
    op.create_table('local_state',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('key'),
    sqlite_with_rowid=False
    )
    op.create_table('person',
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=True),
    sa.Column('unit_text', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('id_number', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('attention', sa.String(), nullable=False),
    sa.Column('meal', sa.String(), nullable=False),
    sa.Column('grams', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('row'),
    sa.UniqueConstraint('id')
    )
    op.create_index(op.f('ix_person_name_key'), 'person', ['name_key'], unique=False)
    op.create_table('registration',
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('added_ms', sa.BigInteger(), nullable=False),
    sa.Column('cancelled_ms', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('person_id', 'session'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_registration_session', 'registration', ['session', 'added_ms'], unique=False)
    op.create_table('scan',
    sa.Column('fact_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=True),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('station', sa.String(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('counts', sa.Integer(), nullable=False),
    sa.Column('voided_ms', sa.BigInteger(), nullable=True),
    sa.Column('admitted', sa.Integer(), nullable=False),
    sa.Column('offset_quality', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('fact_id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_scan_session', 'scan', ['session', 'at_ms'], unique=False)
    op.create_table('session_state',
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('sealed_ms', sa.BigInteger(), nullable=False),
    sa.Column('seal', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('session'),
    sqlite_with_rowid=False
    )
    op.create_table('session_tally',
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('arrived', sa.Integer(), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('session'),
    sqlite_with_rowid=False
    )
    op.create_table('signed_head',
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('incarnation', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('public_key', sa.String(), nullable=False),
    sa.Column('signature', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation', 'seq'),
    sqlite_with_rowid=False
    )
    op.create_table('unit',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('township', sa.String(), nullable=False),
    sa.Column('region', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    for statement in (GUARDS + "--" + SEARCH).split("--"):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
