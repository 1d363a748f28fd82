"""Exchange: forks, quarantine, devices, clock corrections, resolved conflicts.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GUARDS = """
CREATE TRIGGER fork_fact_is_never_changed BEFORE UPDATE ON fork_fact
WHEN NOT (NEW.private IS NULL AND NEW.salt IS NULL
    AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id
    AND NEW.device = OLD.device AND NEW.incarnation = OLD.incarnation AND NEW.seq = OLD.seq
    AND NEW.kind = OLD.kind AND NEW.subject = OLD.subject AND NEW.actor = OLD.actor
    AND NEW.body = OLD.body AND NEW.private_hash = OLD.private_hash
    AND NEW.at = OLD.at AND NEW.tz = OLD.tz AND NEW.mono = OLD.mono AND NEW.boot = OLD.boot
    AND NEW.offset_ms = OLD.offset_ms AND NEW.offset_quality = OLD.offset_quality
    AND NEW.hlc = OLD.hlc AND NEW.prev_hash = OLD.prev_hash AND NEW.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
--
CREATE TRIGGER fork_fact_is_never_deleted BEFORE DELETE ON fork_fact
BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
"""


def upgrade() -> None:
    op.create_table('clock_correction',
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('incarnation', sa.String(), nullable=False),
    sa.Column('first_seq', sa.Integer(), nullable=False),
    sa.Column('last_seq', sa.Integer(), nullable=False),
    sa.Column('offset_ms', sa.BigInteger(), nullable=False),
    sa.Column('error_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation', 'first_seq', 'last_seq'),
    sqlite_with_rowid=False
    )
    op.create_table('conflict_resolution',
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('conflict', sa.String(), nullable=False),
    sa.Column('session', sa.String(), nullable=False),
    sa.Column('choice', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'conflict'),
    sqlite_with_rowid=False
    )
    op.create_table('device',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('public_key', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('letter', sa.String(), nullable=False),
    sa.Column('admitted_ms', sa.BigInteger(), nullable=True),
    sa.Column('revoked_ms', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_table('fork_fact',
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
    sa.PrimaryKeyConstraint('device', 'incarnation', 'seq', 'hash'),
    sa.UniqueConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_fork_fact_subject', 'fork_fact', ['subject'], unique=False)
    op.create_table('quarantine',
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('incarnation', sa.String(), nullable=False),
    sa.Column('first_seq', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('facts', sa.Integer(), nullable=False),
    sa.Column('noted_ms', sa.BigInteger(), nullable=False),
    sa.Column('payload', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation', 'first_seq', 'digest'),
    sqlite_with_rowid=False
    )
    # A forked chain has two heads of one sequence, so the hash becomes part of the key.
    op.rename_table('signed_head', 'signed_head_before')
    op.create_table('signed_head',
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('incarnation', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('public_key', sa.String(), nullable=False),
    sa.Column('signature', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation', 'seq', 'hash'),
    sqlite_with_rowid=False
    )
    op.execute(
        "INSERT INTO signed_head (device, incarnation, seq, hash, public_key, signature)"
        " SELECT device, incarnation, seq, hash, public_key, signature FROM signed_head_before"
    )
    op.drop_table('signed_head_before')
    for statement in GUARDS.split("--"):
        op.execute(statement)
    # The enrolments there are were folded by nobody yet.
    op.execute(
        "INSERT INTO device (id, public_key, role, label, letter)"
        " SELECT substr(subject, 8), json_extract(body, '$.public_key'), '', '', ''"
        " FROM fact WHERE kind='device.enrolled' AND json_valid(body)"
        " AND json_extract(body, '$.public_key') IS NOT NULL"
        " GROUP BY subject HAVING max(row)"
    )


def downgrade() -> None:
    raise NotImplementedError("facts of other machines have no place in the older schema")
