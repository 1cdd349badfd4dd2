"""The queue.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE ticket (
    ticket_id TEXT NOT NULL,
    day TEXT NOT NULL,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    priority INTEGER NOT NULL,
    issued_at TEXT NOT NULL,
    state TEXT NOT NULL,
    calls INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    called_at TEXT,
    last_call_at TEXT,
    ended_at TEXT,
    procedure_id TEXT NOT NULL,
    CONSTRAINT pk_ticket PRIMARY KEY (ticket_id),
    CONSTRAINT ck_ticket_priority CHECK (priority IN (0, 1)),
    CONSTRAINT ck_ticket_state CHECK (state IN ('waiting', 'called', 'served', 'absent')),
    CONSTRAINT ck_ticket_number CHECK (number > 0),
    CONSTRAINT uq_ticket_day_letter_number UNIQUE (day, letter, number)
)
 WITHOUT ROWID,
 STRICT""",
)
_DROPS = ("DROP TABLE ticket",)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
