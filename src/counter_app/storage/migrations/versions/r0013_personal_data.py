"""What stays of a purged dossier, and citizens' requests about their data.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE purged_dossier (
    dossier_id TEXT NOT NULL,
    dossier_code TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    status TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    basis TEXT NOT NULL,
    purged_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    CONSTRAINT pk_purged_dossier PRIMARY KEY (dossier_id),
    CONSTRAINT ck_purged_dossier_content_digest CHECK (length(content_digest) = 64)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE person_request (
    request_id TEXT NOT NULL,
    person_number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    note TEXT NOT NULL,
    clerk TEXT NOT NULL,
    answered_at TEXT,
    answered_by TEXT NOT NULL,
    outcome TEXT NOT NULL,
    answer TEXT NOT NULL,
    CONSTRAINT pk_person_request PRIMARY KEY (request_id),
    CONSTRAINT ck_person_request_outcome CHECK (outcome IN ('', 'answered', 'refused')),
    CONSTRAINT ck_person_request_answered CHECK ((outcome = '') = (answered_at IS NULL))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_person_request_open ON person_request (answer_by) WHERE answered_at IS NULL""",
    """CREATE INDEX ix_person_request_person_number ON person_request (person_number)""",
    "DROP TRIGGER history_fixed",
    "DROP TRIGGER outbox_event_fixed",
    """CREATE TRIGGER history_fixed BEFORE UPDATE OF dossier_id, step, at, clerk, act, detail,
    state_before ON history WHEN NEW.dossier_id IS NOT OLD.dossier_id OR NEW.step IS NOT OLD.step OR
    NEW.at IS NOT OLD.at OR NEW.clerk IS NOT OLD.clerk OR NEW.act IS NOT OLD.act OR ((NEW.detail IS
    NOT OLD.detail OR NEW.state_before IS NOT OLD.state_before) AND NOT (NEW.detail IS '{}' AND
    NEW.state_before IS NULL AND EXISTS (SELECT 1 FROM purged_dossier p WHERE p.dossier_id =
    OLD.dossier_id))) BEGIN SELECT RAISE(ABORT, 'history is fixed'); END""",
    """CREATE TRIGGER outbox_event_fixed BEFORE UPDATE OF seq, event_id, dossier_id, kind, at, body ON
    outbox_event WHEN NEW.seq IS NOT OLD.seq OR NEW.event_id IS NOT OLD.event_id OR NEW.dossier_id
    IS NOT OLD.dossier_id OR NEW.kind IS NOT OLD.kind OR NEW.at IS NOT OLD.at OR ((NEW.body IS NOT
    OLD.body) AND NOT (NEW.body IS x'' AND EXISTS (SELECT 1 FROM purged_dossier p WHERE p.dossier_id
    = OLD.dossier_id))) BEGIN SELECT RAISE(ABORT, 'outbox_event is fixed'); END""",
    """CREATE TRIGGER purged_dossier_fixed BEFORE UPDATE OF dossier_id, dossier_code, procedure_id,
    received_at, ended_at, status, content_digest, basis, purged_at, clerk ON purged_dossier WHEN
    NEW.dossier_id IS NOT OLD.dossier_id OR NEW.dossier_code IS NOT OLD.dossier_code OR
    NEW.procedure_id IS NOT OLD.procedure_id OR NEW.received_at IS NOT OLD.received_at OR
    NEW.ended_at IS NOT OLD.ended_at OR NEW.status IS NOT OLD.status OR NEW.content_digest IS NOT
    OLD.content_digest OR NEW.basis IS NOT OLD.basis OR NEW.purged_at IS NOT OLD.purged_at OR
    NEW.clerk IS NOT OLD.clerk BEGIN SELECT RAISE(ABORT, 'purged_dossier is fixed'); END""",
    """CREATE TRIGGER purged_dossier_kept BEFORE DELETE ON purged_dossier WHEN 1 BEGIN SELECT
    RAISE(ABORT, 'purged_dossier is kept'); END""",
    """CREATE TRIGGER person_request_kept BEFORE DELETE ON person_request WHEN 1 BEGIN SELECT
    RAISE(ABORT, 'person_request is kept'); END""",
)
# As they were before a purge could take anything out.
_RULES_OF_BEFORE = (
    """CREATE TRIGGER history_fixed BEFORE UPDATE OF dossier_id, step, at, clerk, act, detail,
    state_before ON history WHEN NEW.dossier_id IS NOT OLD.dossier_id OR NEW.step IS NOT OLD.step OR
    NEW.at IS NOT OLD.at OR NEW.clerk IS NOT OLD.clerk OR NEW.act IS NOT OLD.act OR NEW.detail IS
    NOT OLD.detail OR NEW.state_before IS NOT OLD.state_before BEGIN SELECT RAISE(ABORT, 'history is
    fixed'); END""",
    """CREATE TRIGGER outbox_event_fixed BEFORE UPDATE OF seq, event_id, dossier_id, kind, at, body ON
    outbox_event WHEN NEW.seq IS NOT OLD.seq OR NEW.event_id IS NOT OLD.event_id OR NEW.dossier_id
    IS NOT OLD.dossier_id OR NEW.kind IS NOT OLD.kind OR NEW.at IS NOT OLD.at OR NEW.body IS NOT
    OLD.body BEGIN SELECT RAISE(ABORT, 'outbox_event is fixed'); END""",
)
_TABLES = (
    "person_request",
    "purged_dossier",
)


def upgrade() -> None:
    """Build the tables, and let a purge empty what it leaves proof of."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them; the triggers name the tables, so they go first."""
    connection = op.get_bind()
    for rule in ("history_fixed", "outbox_event_fixed"):
        connection.exec_driver_sql(f"DROP TRIGGER {rule}")
    for table in _TABLES:
        connection.exec_driver_sql(f"DROP TRIGGER {table}_kept")
        connection.exec_driver_sql(f"DROP TABLE {table}")
    for statement in _RULES_OF_BEFORE:
        connection.exec_driver_sql(statement)
