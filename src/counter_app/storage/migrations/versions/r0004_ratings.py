"""What citizens thought of the service.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE rating (
    rating_key TEXT NOT NULL,
    day TEXT NOT NULL,
    score TEXT NOT NULL,
    reasons TEXT NOT NULL,
    sector TEXT NOT NULL,
    clerk TEXT NOT NULL,
    source TEXT NOT NULL,
    reported INTEGER NOT NULL,
    CONSTRAINT pk_rating PRIMARY KEY (rating_key),
    CONSTRAINT ck_rating_reasons CHECK (json_valid(reasons)),
    CONSTRAINT ck_rating_reported CHECK (reported IN (0, 1)),
    CONSTRAINT ck_rating_score CHECK (score IN ('very_satisfied', 'satisfied', 'unsatisfied')),
    CONSTRAINT ck_rating_source CHECK (source IN ('screen', 'paper'))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_rating_day ON rating (day)""",
)
_DROPS = (
    "DROP INDEX ix_rating_day",
    "DROP TABLE rating",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
