"""What stays of a purged dossier, and citizens' requests about their data.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE purged_dossier (
    dossier_id TEXT NOT NULL,
    dossier_code TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    status TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    basis TEXT NOT NULL,
    purged_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    CONSTRAINT pk_purged_dossier PRIMARY KEY (dossier_id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE person_request (
    request_id TEXT NOT NULL,
    person_number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    note TEXT NOT NULL,
    clerk TEXT NOT NULL,
    answered_at TEXT,
    answered_by TEXT NOT NULL,
    answer TEXT NOT NULL,
    CONSTRAINT pk_person_request PRIMARY KEY (request_id)
)
 WITHOUT ROWID,
 STRICT""",
)
_TABLES = (
    "person_request",
    "purged_dossier",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for table in _TABLES:
        op.get_bind().exec_driver_sql(f"DROP TABLE {table}")
