"""The people of a counter, and the audit log as a chain of hashes.

Revision ID: 0011
"""

import hashlib
import json

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE account (
    account_id TEXT NOT NULL,
    username TEXT NOT NULL,
    username_folded TEXT NOT NULL,
    full_name TEXT NOT NULL,
    full_name_folded TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    password_at TEXT NOT NULL,
    closed INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    failed_at TEXT,
    last_in_at TEXT,
    CONSTRAINT pk_account PRIMARY KEY (account_id),
    CONSTRAINT ck_account_must_change CHECK (must_change IN (0, 1)),
    CONSTRAINT ck_account_closed CHECK (closed IN (0, 1)),
    CONSTRAINT ck_account_locked CHECK (locked IN (0, 1)),
    CONSTRAINT ck_account_role CHECK (role IN ('viewer', 'clerk', 'head', 'administrator')),
    CONSTRAINT uq_account_username_folded UNIQUE (username_folded),
    CONSTRAINT uq_account_full_name_folded UNIQUE (full_name_folded)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE audit_head (
    only INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (only),
    CONSTRAINT ck_audit_head_only CHECK (only = 1)
)
 STRICT""",
    """CREATE TABLE audit_anchor (
    place INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    proof BLOB NOT NULL,
    CONSTRAINT pk_audit_anchor PRIMARY KEY (place),
    CONSTRAINT ck_audit_anchor_kind CHECK (kind IN ('day_close', 'server', 'backup', 'restore'))
)
 STRICT""",
    "DROP TRIGGER audit_entry_fixed",
)
_RULES = (
    """CREATE TRIGGER audit_entry_fixed BEFORE UPDATE OF seq, at, clerk, act, subject_id, detail,
    prev_hash, hash ON audit_entry
    WHEN NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.clerk IS NOT OLD.clerk OR NEW.act IS NOT
    OLD.act OR NEW.subject_id IS NOT OLD.subject_id OR NEW.detail IS NOT OLD.detail OR NEW.prev_hash IS
    NOT OLD.prev_hash OR NEW.hash IS NOT OLD.hash
    BEGIN SELECT RAISE(ABORT, 'audit_entry is fixed'); END""",
    """CREATE TRIGGER audit_anchor_fixed BEFORE UPDATE OF place, seq, hash, at, kind, reference, proof
    ON audit_anchor
    WHEN NEW.place IS NOT OLD.place OR NEW.seq IS NOT OLD.seq OR NEW.hash IS NOT OLD.hash OR NEW.at IS
    NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NEW.reference IS NOT OLD.reference OR NEW.proof IS NOT
    OLD.proof
    BEGIN SELECT RAISE(ABORT, 'audit_anchor is fixed'); END""",
    """CREATE TRIGGER account_fixed BEFORE UPDATE OF account_id, created_at ON account
    WHEN NEW.account_id IS NOT OLD.account_id OR NEW.created_at IS NOT OLD.created_at
    BEGIN SELECT RAISE(ABORT, 'account is fixed'); END""",
    """CREATE TRIGGER audit_anchor_kept BEFORE DELETE ON audit_anchor WHEN 1
    BEGIN SELECT RAISE(ABORT, 'audit_anchor is kept'); END""",
    """CREATE TRIGGER account_kept BEFORE DELETE ON account WHEN 1
    BEGIN SELECT RAISE(ABORT, 'account is kept'); END""",
    """CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head WHEN 1
    BEGIN SELECT RAISE(ABORT, 'audit_head is kept'); END""",
    """CREATE TRIGGER audit_entry_appended BEFORE INSERT ON audit_entry
    WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM audit_entry), 0) + 1
    BEGIN SELECT RAISE(ABORT, 'audit_entry is only added to'); END""",
    """CREATE TRIGGER audit_anchor_appended BEFORE INSERT ON audit_anchor
    WHEN EXISTS (SELECT 1 FROM audit_anchor WHERE place = NEW.place)
    BEGIN SELECT RAISE(ABORT, 'audit_anchor is only added to'); END""",
    """CREATE TRIGGER audit_head_appended BEFORE INSERT ON audit_head
    WHEN NEW.seq <= coalesce((SELECT seq FROM audit_head), 0)
    BEGIN SELECT RAISE(ABORT, 'audit_head is only added to'); END""",
    """CREATE TRIGGER audit_head_ahead BEFORE UPDATE ON audit_head
    WHEN NEW.only IS NOT OLD.only OR NEW.seq IS NOT OLD.seq + 1 OR
    NOT EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq AND hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'audit_head follows the log'); END""",
)
_RULE_OF_BEFORE = """CREATE TRIGGER audit_entry_fixed BEFORE UPDATE OF seq, at, clerk, act, subject_id,
    detail ON
    audit_entry WHEN NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.clerk IS NOT OLD.clerk OR
    NEW.act IS NOT OLD.act OR NEW.subject_id IS NOT OLD.subject_id OR
    NEW.detail IS NOT OLD.detail
    BEGIN SELECT RAISE(ABORT, 'audit_entry is fixed'); END"""
_DOMAIN = b"one-stop-counter/audit/1\x00"


def upgrade() -> None:
    """Build the tables and chain what the log holds, in the order of its places."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    _chain()
    for statement in _RULES:
        connection.exec_driver_sql(statement)


def _chain() -> None:
    connection = op.get_bind()
    rows = connection.exec_driver_sql(
        "SELECT seq, at, clerk, act, subject_id, detail FROM audit_entry ORDER BY seq"
    ).all()
    seq, last = 0, bytes(32)
    for row in rows:
        seq = row[0]
        body = json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        value = hashlib.sha256(_DOMAIN + last + body).digest()
        connection.exec_driver_sql(
            "UPDATE audit_entry SET prev_hash = ?, hash = ? WHERE seq = ?", (last, value, seq)
        )
        last = value
    if rows:
        connection.exec_driver_sql("INSERT INTO audit_head (only, seq, hash) VALUES (1, ?, ?)", (seq, last))


def downgrade() -> None:
    """Remove them; the log itself stays, without its chain."""
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TRIGGER audit_entry_fixed")
    connection.exec_driver_sql("DROP TRIGGER audit_entry_appended")
    connection.exec_driver_sql("UPDATE audit_entry SET prev_hash = NULL, hash = NULL")
    for table in ("audit_anchor", "audit_head", "account"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(_RULE_OF_BEFORE)
