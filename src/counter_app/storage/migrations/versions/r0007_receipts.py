"""Money taken and receipts given.

Revision ID: 0007
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE receipt (
    receipt_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    counter INTEGER NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    payer TEXT NOT NULL,
    method TEXT NOT NULL,
    lines TEXT NOT NULL,
    total_vnd INTEGER NOT NULL,
    note TEXT NOT NULL,
    over_reason TEXT NOT NULL,
    voided_at TEXT,
    voided_by TEXT NOT NULL,
    void_reason TEXT NOT NULL,
    written INTEGER NOT NULL,
    void_written INTEGER,
    CONSTRAINT pk_receipt PRIMARY KEY (receipt_id),
    CONSTRAINT ck_receipt_lines CHECK (json_valid(lines)),
    CONSTRAINT ck_receipt_total_vnd CHECK (total_vnd > 0 AND number > 0),
    CONSTRAINT ck_receipt_method CHECK (method IN ('cash', 'transfer', 'online')),
    CONSTRAINT fk_receipt_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (dossier_id)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_receipt_dossier_id ON receipt (dossier_id)""",
    """CREATE INDEX ix_receipt_day ON receipt (day)""",
    """CREATE UNIQUE INDEX uq_receipt_written ON receipt (written)""",
    """CREATE UNIQUE INDEX uq_receipt_void_written ON receipt (void_written)""",
    """CREATE UNIQUE INDEX uq_receipt_number ON receipt (counter, year, number)""",
)
_DROPS = (
    "DROP INDEX uq_receipt_number",
    "DROP INDEX uq_receipt_void_written",
    "DROP INDEX uq_receipt_written",
    "DROP INDEX ix_receipt_day",
    "DROP INDEX ix_receipt_dossier_id",
    "DROP TABLE receipt",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
