"""Supplement requests and refusals given before anything was received.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE intake_notice (
    notice_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    draft_id TEXT NOT NULL,
    applicant_id TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    sector TEXT NOT NULL,
    training INTEGER NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_intake_notice PRIMARY KEY (notice_id),
    CONSTRAINT ck_intake_notice_training CHECK (training IN (0, 1)),
    CONSTRAINT ck_intake_notice_content CHECK (json_valid(content)),
    CONSTRAINT ck_intake_notice_kind CHECK (kind IN ('supplement', 'refusal', 'online_guidance'))
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_intake_notice_applicant_id ON intake_notice (applicant_id) WHERE applicant_id != ''",
    "CREATE INDEX ix_intake_notice_at ON intake_notice (at)",
    "CREATE INDEX ix_intake_notice_draft_id ON intake_notice (draft_id) WHERE draft_id != ''",
)
_DROPS = ("DROP TABLE intake_notice",)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
