"""Family links, merged records and authorisation letters.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE person_link (
    person_id TEXT NOT NULL,
    relative_id TEXT NOT NULL,
    kin TEXT NOT NULL,
    learned_at TEXT NOT NULL,
    removed_at TEXT,
    CONSTRAINT pk_person_link PRIMARY KEY (person_id, relative_id, kin)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE person_merge (
    merge_id TEXT NOT NULL,
    keep_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    undone_at TEXT,
    CONSTRAINT pk_person_merge PRIMARY KEY (merge_id),
    CONSTRAINT ck_person_merge_two_records CHECK (keep_id <> other_id)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_person_merge_keep ON person_merge (keep_id) WHERE undone_at IS NULL",
    "CREATE UNIQUE INDEX ix_person_merge_other ON person_merge (other_id) WHERE undone_at IS NULL",
    """CREATE TABLE person_correction (
    seq INTEGER NOT NULL,
    person_number INTEGER NOT NULL,
    corrected_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_person_correction PRIMARY KEY (seq)
)
 STRICT""",
    "CREATE INDEX ix_person_correction_person_number ON person_correction (person_number)",
    """CREATE TABLE authorisation (
    authorisation_id TEXT NOT NULL,
    giver_id TEXT NOT NULL,
    delegate_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    paper_number TEXT NOT NULL,
    signed_on TEXT,
    certified_by TEXT NOT NULL,
    valid_until TEXT,
    attachment_id TEXT NOT NULL,
    note TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    ended_at TEXT,
    end_reason TEXT NOT NULL,
    CONSTRAINT pk_authorisation PRIMARY KEY (authorisation_id),
    CONSTRAINT ck_authorisation_scope CHECK (scope IN ('everything', 'procedure', 'dossier')),
    CONSTRAINT ck_authorisation_two_people CHECK (giver_id <> delegate_id)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_authorisation_giver_id ON authorisation (giver_id)",
    "CREATE INDEX ix_authorisation_delegate_id ON authorisation (delegate_id)",
)
_DROPS = (
    "DROP TABLE authorisation",
    "DROP TABLE person_correction",
    "DROP TABLE person_merge",
    "DROP TABLE person_link",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
