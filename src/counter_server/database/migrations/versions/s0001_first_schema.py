"""Offices, devices, their events in the office's order, what they add up to, and who may see which of it.

Every key starts with the unit, so that offices can be spread over machines without another schema.
Row-level security is forced: a connection sees the unit of ``app.unit`` and nothing else. Leaders, the public
look-up and the national export have roles of their own that see all units but only the columns granted.

Revision ID: s0001
"""

from alembic import op

revision = "s0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    """CREATE TABLE office (
    unit text PRIMARY KEY,
    name text NOT NULL,
    province text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now()
)""",
    """CREATE TABLE enrol_code (
    unit text NOT NULL REFERENCES office,
    code_hash bytea NOT NULL,
    counter int NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    replaces boolean NOT NULL DEFAULT false,
    used_by text,
    PRIMARY KEY (unit, code_hash)
)""",
    """CREATE TABLE device (
    unit text NOT NULL REFERENCES office,
    device_id text NOT NULL,
    counter int NOT NULL CHECK (counter BETWEEN 1 AND 9),
    public_key bytea NOT NULL CHECK (length(public_key) = 32),
    sealing_key bytea CHECK (length(sealing_key) = 32),
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked')),
    enrolled_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz,
    app_version text NOT NULL DEFAULT '',
    clock_ahead_s int NOT NULL DEFAULT 0,
    cursor bigint NOT NULL DEFAULT 0,
    audit_tip text NOT NULL DEFAULT '',
    PRIMARY KEY (unit, device_id)
)""",
    "CREATE UNIQUE INDEX device_counter ON device (unit, counter) WHERE state = 'active'",
    # The office's order: whoever writes into the log locks its row, so numbers become visible in order.
    """CREATE TABLE office_log (
    unit text PRIMARY KEY REFERENCES office,
    seq bigint NOT NULL DEFAULT 0
)""",
    """CREATE TABLE chain (
    unit text NOT NULL,
    device_id text NOT NULL,
    epoch bigint NOT NULL,
    last_seq bigint NOT NULL,
    last_hash bytea NOT NULL,
    PRIMARY KEY (unit, device_id, epoch)
)""",
    # body is empty where the counter withheld the event, or it came twice: office_seq is the first one's.
    """CREATE TABLE event (
    unit text NOT NULL,
    device_id text NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    event_id text NOT NULL,
    office_seq bigint NOT NULL,
    dossier_id text NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    hash bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (unit, device_id, epoch, seq)
)""",
    "CREATE UNIQUE INDEX event_id_once ON event (unit, event_id) WHERE body <> ''",
    "CREATE INDEX event_in_order ON event (unit, office_seq)",
    "CREATE INDEX event_of_dossier ON event (unit, dossier_id, office_seq)",
    """CREATE TABLE dossier (
    unit text NOT NULL,
    dossier_id text NOT NULL,
    office_seq bigint NOT NULL,
    dossier_code text NOT NULL,
    lookup_secret text NOT NULL,
    owner text NOT NULL,
    counter int NOT NULL,
    status text NOT NULL,
    procedure_id text NOT NULL,
    procedure_name text NOT NULL,
    sector text NOT NULL,
    channel text NOT NULL,
    assisted boolean NOT NULL,
    received_at timestamptz NOT NULL,
    due_at timestamptz,
    first_due_at timestamptz,
    resolved_at timestamptz,
    ended_at timestamptz,
    waiting_since timestamptz,
    stands_still boolean NOT NULL,
    supplements int NOT NULL,
    extended boolean NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (unit, dossier_id)
)""",
    "CREATE INDEX dossier_by_code ON dossier (unit, dossier_code)",
    "CREATE INDEX dossier_received ON dossier (unit, received_at)",
    "CREATE INDEX dossier_open ON dossier (unit, due_at) WHERE ended_at IS NULL",
    # The figures of a period read what ended in it, and nothing else.
    "CREATE INDEX dossier_resolved ON dossier (unit, resolved_at) WHERE resolved_at IS NOT NULL",
    "CREATE INDEX dossier_ended ON dossier (unit, ended_at) WHERE ended_at IS NOT NULL",
    """CREATE TABLE dossier_alias (
    unit text NOT NULL,
    code text NOT NULL,
    dossier_id text NOT NULL,
    PRIMARY KEY (unit, code, dossier_id)
)""",
    # Citizens type codes without the punctuation, and not every official number begins with a unit of ours.
    "CREATE INDEX alias_as_typed ON dossier_alias (regexp_replace(upper(code), '[^0-9A-Z]', '', 'g'))",
    """CREATE TABLE definition (
    unit text NOT NULL,
    digest text NOT NULL,
    kind text NOT NULL,
    item_id text NOT NULL,
    version text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (unit, digest)
)""",
    # What asks for a human. The key says what it is about, so that the same trouble is raised once.
    """CREATE TABLE flag (
    unit text NOT NULL,
    flag_id text NOT NULL,
    subject text NOT NULL,
    kind text NOT NULL,
    dossier_id text NOT NULL,
    params text NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    settled_by text NOT NULL DEFAULT '',
    PRIMARY KEY (unit, flag_id),
    UNIQUE (unit, subject)
)""",
    """CREATE TABLE number_block (
    unit text NOT NULL,
    device_id text NOT NULL,
    first int NOT NULL,
    last int NOT NULL CHECK (first BETWEEN 1 AND last AND last <= 9999),
    from_day date NOT NULL,
    until_day date,
    PRIMARY KEY (unit, first, from_day)
)""",
    """CREATE TABLE upload (
    unit text NOT NULL,
    upload_id text NOT NULL,
    device_id text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    media_type text NOT NULL,
    received bigint NOT NULL DEFAULT 0,
    begun_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, upload_id)
)""",
    """CREATE TABLE upload_chunk (
    unit text NOT NULL,
    upload_id text NOT NULL,
    start bigint NOT NULL,
    size int NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (unit, upload_id, start)
)""",
    """CREATE TABLE scan (
    unit text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    media_type text NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, sha256)
)""",
    """CREATE TABLE scan_of_dossier (
    unit text NOT NULL,
    attachment_id text NOT NULL,
    dossier_id text NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (unit, attachment_id)
)""",
    # unit "" is for every office of the country, "p:<province>" for a province.
    """CREATE TABLE pack (
    unit text NOT NULL,
    kind text NOT NULL,
    version int NOT NULL,
    sections text[] NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, kind, version)
)""",
    """CREATE TABLE quarantine_report (
    unit text NOT NULL,
    device_id text NOT NULL,
    direction text NOT NULL,
    item text NOT NULL,
    code text NOT NULL,
    reported_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, device_id, direction, item)
)""",
    """CREATE TABLE carry_taken (
    unit text NOT NULL,
    file_id text NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, file_id)
)""",
    # Ratings and guidance as counters report them by day; nothing in them names anybody.
    """CREATE TABLE day_figure (
    unit text NOT NULL,
    device_id text NOT NULL,
    day date NOT NULL,
    name text NOT NULL,
    value int NOT NULL,
    PRIMARY KEY (unit, device_id, day, name)
)""",
    """CREATE TABLE lookup_failure (
    unit text NOT NULL,
    code text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (unit, code, id)
)""",
    # People who read the figures; unit "" sees every office of the province, or of all when province is "".
    """CREATE TABLE leader (
    unit text NOT NULL,
    name text NOT NULL,
    province text NOT NULL DEFAULT '',
    password text NOT NULL,
    failures int NOT NULL DEFAULT 0,
    locked_until timestamptz,
    PRIMARY KEY (unit, name)
)""",
    """CREATE TABLE leader_session (
    unit text NOT NULL,
    token_hash bytea NOT NULL,
    name text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (unit, token_hash)
)""",
    # Keys of the server itself (signing, sealing, tokens), and nothing of any office.
    """CREATE TABLE server_secret (
    name text PRIMARY KEY,
    value bytea NOT NULL
)""",
)
_OF_AN_OFFICE = [
    "enrol_code",
    "device",
    "office_log",
    "chain",
    "event",
    "dossier",
    "dossier_alias",
    "definition",
    "flag",
    "number_block",
    "upload",
    "upload_chunk",
    "scan",
    "scan_of_dossier",
    "quarantine_report",
    "carry_taken",
    "day_figure",
]
_OWN_UNIT = "unit = nullif(current_setting('app.unit', true), '')"
_ROLES = ("counter_device", "counter_admin", "counter_leader", "counter_public", "counter_export")
# Of a dossier leaders see where it stands and nobody's name; the public look-up sees one code's few facts.
_LEADER_SEES = (
    "unit, dossier_id, counter, status, procedure_id, procedure_name, sector, channel, assisted, "
    "received_at, due_at, first_due_at, resolved_at, ended_at, waiting_since, stands_still, supplements, "
    "extended"
)
_DEVICE_SEES = "unit, device_id, counter, state, seen_at, app_version, clock_ahead_s"
_PUBLIC_SEES = (
    "unit, dossier_id, dossier_code, lookup_secret, status, procedure_name, received_at, due_at, ended_at"
)


def upgrade() -> None:
    """Build roles, tables, policies."""
    run = op.get_bind().exec_driver_sql
    for role in _ROLES:
        run(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') "  # noqa: S608
            f"THEN CREATE ROLE {role} NOLOGIN NOBYPASSRLS; END IF; END $$"
        )
        run(f"GRANT {role} TO CURRENT_USER")
        run(f"GRANT USAGE ON SCHEMA public TO {role}")
    for statement in _TABLES:
        run(statement)
    for table in _OF_AN_OFFICE:
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        run(
            f"CREATE POLICY own_unit ON {table} TO counter_device "
            f"USING ({_OWN_UNIT}) WITH CHECK ({_OWN_UNIT})"
        )
        run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO counter_device")
        run(f"CREATE POLICY admin ON {table} TO counter_admin USING (true) WITH CHECK (true)")
    run("GRANT SELECT ON office, pack TO counter_device")
    run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO counter_admin")
    for role, tables in (
        ("counter_leader", ("device", "dossier", "flag", "day_figure")),
        ("counter_public", ("dossier", "dossier_alias")),
        ("counter_export", ("dossier", "event", "definition")),
    ):
        for table in tables:
            run(f"CREATE POLICY {role}_reads ON {table} FOR SELECT TO {role} USING (true)")
    run(f"GRANT SELECT ({_LEADER_SEES}) ON dossier TO counter_leader")
    run(f"GRANT SELECT ({_DEVICE_SEES}) ON device TO counter_leader")
    run("GRANT SELECT (unit, flag_id, kind, raised_at, settled_at) ON flag TO counter_leader")
    run("GRANT SELECT ON office, day_figure, leader, leader_session TO counter_leader")
    run("GRANT INSERT, UPDATE, DELETE ON leader_session TO counter_leader")
    run("GRANT UPDATE (failures, locked_until) ON leader TO counter_leader")
    run(f"GRANT SELECT ({_PUBLIC_SEES}) ON dossier TO counter_public")
    run("GRANT SELECT ON office, dossier_alias TO counter_public")
    run("GRANT SELECT, INSERT, DELETE ON lookup_failure TO counter_public")
    run("GRANT SELECT ON office, dossier, event, definition TO counter_export")


def downgrade() -> None:
    """Remove the tables; roles may serve other databases and stay."""
    run = op.get_bind().exec_driver_sql
    for statement in reversed(_TABLES):
        if statement.startswith("CREATE TABLE"):
            run(f"DROP TABLE {statement.split()[2]} CASCADE")
