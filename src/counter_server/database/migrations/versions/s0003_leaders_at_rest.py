"""When a leader's session was last used, and a password a leader may change.

Revision ID: s0003
"""

from alembic import op

revision = "s0003"
down_revision = "s0002"
branch_labels = None
depends_on = None

# The role of the pages cannot write passwords; this replaces one that was proven, and no other.
_SIGNATURE = "change_leader_password(text, text, text, text)"
_CHANGE = """CREATE FUNCTION change_leader_password(of_unit text, of_name text, was text, becomes text)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE leader SET password = becomes
    WHERE unit = of_unit AND name = of_name AND password = was AND was <> becomes RETURNING true
$$"""


def upgrade() -> None:
    """Add the moment; sessions of before count as used just now."""
    run = op.get_bind().exec_driver_sql
    run("ALTER TABLE leader_session ADD COLUMN used_at timestamptz NOT NULL DEFAULT now()")
    run(_CHANGE)
    run(f"REVOKE ALL ON FUNCTION {_SIGNATURE} FROM PUBLIC")
    run(f"GRANT EXECUTE ON FUNCTION {_SIGNATURE} TO counter_leader")


def downgrade() -> None:
    """Forget it."""
    run = op.get_bind().exec_driver_sql
    run(f"DROP FUNCTION {_SIGNATURE}")
    run("ALTER TABLE leader_session DROP COLUMN used_at")
