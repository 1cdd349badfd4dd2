"""The tips of the counters' audit logs, as each of them told it.

Revision ID: s0002
"""

from alembic import op

revision = "s0002"
down_revision = "s0001"
branch_labels = None
depends_on = None

# Kept for ever and never changed: a counter's log of today is compared with what it was.
_TABLE = """CREATE TABLE audit_tip (
    unit text NOT NULL REFERENCES office,
    device_id text NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL CHECK (seq > 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    told_at timestamptz NOT NULL,
    PRIMARY KEY (unit, device_id, epoch, seq)
)"""
_OWN_UNIT = "unit = nullif(current_setting('app.unit', true), '')"


def upgrade() -> None:
    """Build the table with its policies; leaders see the last tip of each counter."""
    run = op.get_bind().exec_driver_sql
    run(_TABLE)
    run("CREATE INDEX audit_tip_last ON audit_tip (unit, device_id, told_at DESC, seq DESC)")
    run("ALTER TABLE audit_tip ENABLE ROW LEVEL SECURITY")
    run("ALTER TABLE audit_tip FORCE ROW LEVEL SECURITY")
    run(f"CREATE POLICY own_unit ON audit_tip TO counter_device USING ({_OWN_UNIT}) WITH CHECK ({_OWN_UNIT})")
    run("CREATE POLICY admin ON audit_tip TO counter_admin USING (true) WITH CHECK (true)")
    run("GRANT SELECT, INSERT ON audit_tip TO counter_device")
    run("GRANT SELECT, INSERT, UPDATE, DELETE ON audit_tip TO counter_admin")
    run("ALTER TABLE device ADD COLUMN audit_seq bigint NOT NULL DEFAULT 0")
    run("GRANT SELECT (audit_tip, audit_seq) ON device TO counter_leader")


def downgrade() -> None:
    """Forget them."""
    run = op.get_bind().exec_driver_sql
    run("REVOKE SELECT (audit_tip) ON device FROM counter_leader")
    run("ALTER TABLE device DROP COLUMN audit_seq")
    run("DROP TABLE audit_tip")
