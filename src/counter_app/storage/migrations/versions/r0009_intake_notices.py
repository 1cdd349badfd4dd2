"""Supplement requests and refusals given before anything was received.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_STATEMENTS: tuple[str, ...] = ()
_DROPS: tuple[str, ...] = ()


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
