"""Hand-over and postal lists.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE transfer_list (
    list_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    year INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    taker TEXT NOT NULL,
    agency INTEGER NOT NULL,
    note TEXT NOT NULL,
    training INTEGER NOT NULL,
    office_definition TEXT NOT NULL,
    acknowledged_at TEXT,
    acknowledged_by TEXT NOT NULL,
    CONSTRAINT pk_transfer_list PRIMARY KEY (list_id),
    CONSTRAINT ck_transfer_list_agency CHECK (agency IN (0, 1)),
    CONSTRAINT ck_transfer_list_training CHECK (training IN (0, 1)),
    CONSTRAINT ck_transfer_list_kind CHECK (kind IN ('hand_over', 'postal')),
    CONSTRAINT ck_transfer_list_number CHECK (number > 0),
    CONSTRAINT uq_transfer_list_kind_year_counter_number UNIQUE (kind, year, counter, number)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE transfer_item (
    list_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    dossier_id TEXT NOT NULL,
    content TEXT NOT NULL,
    taken_off INTEGER NOT NULL,
    CONSTRAINT pk_transfer_item PRIMARY KEY (list_id, position),
    CONSTRAINT ck_transfer_item_content CHECK (json_valid(content)),
    CONSTRAINT ck_transfer_item_taken_off CHECK (taken_off IN (0, 1)),
    CONSTRAINT ck_transfer_item_position CHECK (position > 0),
    CONSTRAINT fk_transfer_item_list_id_transfer_list FOREIGN KEY(list_id) REFERENCES transfer_list (list_id)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_transfer_item_dossier_id ON transfer_item (dossier_id)",
)
_DROPS = (
    "DROP TABLE transfer_item",
    "DROP TABLE transfer_list",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
