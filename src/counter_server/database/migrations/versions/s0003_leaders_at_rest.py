"""When a leader's session was last used, and a password a leader may change.

Revision ID: s0003
"""

from alembic import op

revision = "s0003"
down_revision = "s0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment; sessions of before count as used just now."""
    run = op.get_bind().exec_driver_sql
    run("ALTER TABLE leader_session ADD COLUMN used_at timestamptz NOT NULL DEFAULT now()")
    run("GRANT UPDATE (password) ON leader TO counter_leader")


def downgrade() -> None:
    """Forget it."""
    run = op.get_bind().exec_driver_sql
    run("REVOKE UPDATE (password) ON leader FROM counter_leader")
    run("ALTER TABLE leader_session DROP COLUMN used_at")
