"""Closed days.

Revision ID: 0008
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE day_close (
    close_id TEXT NOT NULL,
    counter INTEGER NOT NULL,
    day TEXT NOT NULL,
    revision INTEGER NOT NULL,
    closed_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    counted_cash_vnd INTEGER,
    expected_cash_vnd INTEGER NOT NULL,
    body TEXT NOT NULL,
    tip TEXT NOT NULL,
    office_definition TEXT NOT NULL,
    training INTEGER NOT NULL,
    reopened_at TEXT,
    reopened_by TEXT NOT NULL,
    reopen_reason TEXT NOT NULL,
    CONSTRAINT pk_day_close PRIMARY KEY (close_id),
    CONSTRAINT ck_day_close_body CHECK (json_valid(body)),
    CONSTRAINT ck_day_close_training CHECK (training IN (0, 1)),
    CONSTRAINT ck_day_close_revision CHECK (revision > 0),
    CONSTRAINT uq_day_close_counter_day_revision UNIQUE (counter, day, revision)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE UNIQUE INDEX uq_day_close_standing ON day_close (day) WHERE reopened_at IS NULL""",
)
_DROPS = (
    "DROP INDEX uq_day_close_standing",
    "DROP TABLE day_close",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
