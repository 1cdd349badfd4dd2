"""The backups that were made or failed.

Revision ID: 0012
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE backup_run (
    run INTEGER NOT NULL,
    at TEXT NOT NULL,
    occasion TEXT NOT NULL,
    place TEXT NOT NULL,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    tip INTEGER NOT NULL,
    CONSTRAINT pk_backup_run PRIMARY KEY (run),
    CONSTRAINT ck_backup_run_place CHECK (place IN ('own', 'second', 'chosen'))
)
 STRICT""",
)
_TABLES = ("backup_run",)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for table in _TABLES:
        op.get_bind().exec_driver_sql(f"DROP TABLE {table}")
