"""The identity towards the server, the office's log, and what is on its way up or down.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE sync_enrolment (
    only INTEGER NOT NULL,
    server_url TEXT NOT NULL,
    device_id TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    counter INTEGER NOT NULL,
    private_key BLOB NOT NULL,
    server_signing_key BLOB NOT NULL,
    server_sealing_key BLOB NOT NULL,
    enrolled_at TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    CONSTRAINT pk_sync_enrolment PRIMARY KEY (only),
    CONSTRAINT ck_sync_enrolment_only CHECK (only = 1)
)
 STRICT""",
    """CREATE TABLE sync_position (
    only INTEGER NOT NULL,
    cursor INTEGER NOT NULL,
    clock_ahead_s INTEGER,
    scans_seen INTEGER NOT NULL,
    CONSTRAINT pk_sync_position PRIMARY KEY (only),
    CONSTRAINT ck_sync_position_only CHECK (only = 1)
)
 STRICT""",
    """CREATE TABLE log_entry (
    arrival INTEGER NOT NULL,
    office_seq INTEGER,
    event_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    problem TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_log_entry PRIMARY KEY (arrival),
    CONSTRAINT uq_log_entry_office_seq UNIQUE (office_seq),
    CONSTRAINT uq_log_entry_event_id UNIQUE (event_id)
)
 STRICT""",
    "CREATE INDEX ix_log_entry_dossier_id ON log_entry (dossier_id) WHERE dossier_id != ''",
    "CREATE INDEX ix_log_entry_parked ON log_entry (office_seq) WHERE problem != ''",
    """CREATE TABLE sync_notice (
    notice_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    params TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_at TEXT,
    settled_by TEXT NOT NULL,
    CONSTRAINT pk_sync_notice PRIMARY KEY (notice_id),
    CONSTRAINT ck_sync_notice_params CHECK (json_valid(params))
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_sync_notice_dossier_id ON sync_notice (dossier_id)",
    "CREATE INDEX ix_sync_notice_open ON sync_notice (at) WHERE settled_at IS NULL",
    """CREATE TABLE scan_upload (
    attachment_id TEXT NOT NULL,
    added_at TEXT NOT NULL,
    size INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    upload_id TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT,
    last_answer TEXT NOT NULL,
    CONSTRAINT pk_scan_upload PRIMARY KEY (attachment_id),
    CONSTRAINT ck_scan_upload_state CHECK (state IN ('waiting', 'sending', 'acked', 'quarantined')),
    CONSTRAINT ck_scan_upload_sent CHECK (sent BETWEEN 0 AND size)
)
 WITHOUT ROWID,
 STRICT""",
    "CREATE INDEX ix_scan_upload_unsent ON scan_upload (added_at, size, sent) WHERE state != 'acked'",
    """CREATE TABLE number_block (
    place INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT,
    CONSTRAINT pk_number_block PRIMARY KEY (place),
    CONSTRAINT uq_number_block_first_from_day UNIQUE (first, from_day),
    CONSTRAINT ck_number_block_numbers CHECK (first BETWEEN 1 AND last AND last <= 9999)
)
 STRICT""",
    """CREATE TABLE lane_report (
    lane TEXT NOT NULL,
    failures INTEGER NOT NULL,
    next_attempt_at TEXT,
    answer TEXT NOT NULL,
    params TEXT NOT NULL,
    tried_at TEXT,
    succeeded_at TEXT,
    failing_since TEXT,
    CONSTRAINT pk_lane_report PRIMARY KEY (lane),
    CONSTRAINT ck_lane_report_params CHECK (json_valid(params))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE traffic_day (
    day TEXT NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    CONSTRAINT pk_traffic_day PRIMARY KEY (day)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE pack_download (
    sha256 TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    unit TEXT NOT NULL,
    size INTEGER NOT NULL,
    received INTEGER NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL,
    CONSTRAINT pk_pack_download PRIMARY KEY (sha256),
    CONSTRAINT ck_pack_download_state CHECK (state IN ('offered', 'complete', 'installed', 'refused'))
)
 WITHOUT ROWID,
 STRICT""",
)
_TABLES = (
    "pack_download",
    "traffic_day",
    "lane_report",
    "number_block",
    "scan_upload",
    "sync_notice",
    "log_entry",
    "sync_position",
    "sync_enrolment",
)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for table in _TABLES:
        op.get_bind().exec_driver_sql(f"DROP TABLE {table}")
