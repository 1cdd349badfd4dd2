"""The first schema: dossiers, people, drafts, journals, outbox, search.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Frozen text: a migration never follows later changes of the project's table definitions.
_STATEMENTS = (
    """CREATE TABLE audit_entry (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    act TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev_hash BLOB,
    hash BLOB,
    CONSTRAINT pk_audit_entry PRIMARY KEY (seq),
    CONSTRAINT ck_audit_entry_detail CHECK (json_valid(detail))
)
 STRICT""",
    """CREATE TABLE code_counter (
    day TEXT NOT NULL,
    counter INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    CONSTRAINT pk_code_counter PRIMARY KEY (day, counter),
    CONSTRAINT ck_code_counter_last_number CHECK (last_number > 0)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE definition (
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    item_id TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    told INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_definition PRIMARY KEY (digest),
    CONSTRAINT ck_definition_body CHECK (json_valid(body)),
    CONSTRAINT ck_definition_digest CHECK (length(digest) = 64),
    CONSTRAINT ck_definition_told CHECK (told IN (0, 1))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_definition_untold ON definition (digest) WHERE told = 0""",
    """CREATE TABLE dossier (
    number INTEGER NOT NULL,
    dossier_id TEXT NOT NULL,
    dossier_code TEXT NOT NULL,
    provisional_code INTEGER NOT NULL,
    lookup_secret TEXT NOT NULL,
    counter INTEGER NOT NULL,
    clerk TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    applicant_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    status TEXT NOT NULL,
    received_at TEXT NOT NULL,
    due_at TEXT,
    first_due_at TEXT,
    training INTEGER NOT NULL,
    sector TEXT NOT NULL,
    national_code TEXT NOT NULL,
    applicant_address TEXT NOT NULL,
    applicant_phone TEXT NOT NULL,
    assisted INTEGER NOT NULL,
    return_by TEXT NOT NULL,
    copies INTEGER NOT NULL,
    register_no INTEGER NOT NULL,
    holder TEXT NOT NULL,
    handed_over_at TEXT,
    waiting_since TEXT,
    stands_still INTEGER NOT NULL,
    resolved_at TEXT,
    ended_at TEXT,
    supplements INTEGER NOT NULL,
    extended INTEGER NOT NULL,
    originals_held INTEGER NOT NULL,
    charges_vnd INTEGER,
    paid_vnd INTEGER NOT NULL,
    owner TEXT NOT NULL,
    seen INTEGER NOT NULL,
    CONSTRAINT pk_dossier PRIMARY KEY (number),
    CONSTRAINT ck_dossier_provisional_code CHECK (provisional_code IN (0, 1)),
    CONSTRAINT ck_dossier_training CHECK (training IN (0, 1)),
    CONSTRAINT ck_dossier_assisted CHECK (assisted IN (0, 1)),
    CONSTRAINT ck_dossier_stands_still CHECK (stands_still IN (0, 1)),
    CONSTRAINT ck_dossier_extended CHECK (extended IN (0, 1)),
    CONSTRAINT ck_dossier_named CHECK (length(dossier_id) > 0 AND length(dossier_code) > 0),
    CONSTRAINT ck_dossier_originals_held CHECK (originals_held >= 0),
    CONSTRAINT uq_dossier_dossier_id UNIQUE (dossier_id)
)
 STRICT""",
    """CREATE INDEX ix_dossier_applicant_id ON dossier (applicant_id)""",
    """CREATE INDEX ix_dossier_resolved ON dossier (resolved_at) WHERE resolved_at IS NOT NULL""",
    """CREATE INDEX ix_dossier_originals ON dossier (number) WHERE originals_held > 0""",
    """CREATE INDEX ix_dossier_open ON dossier (status, due_at, stands_still, owner)
        WHERE ended_at IS NULL""",
    """CREATE INDEX ix_dossier_ended ON dossier (ended_at) WHERE ended_at IS NOT NULL""",
    """CREATE TABLE dossier_code (
    compact TEXT NOT NULL,
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT pk_dossier_code PRIMARY KEY (compact, code, number)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE draft (
    draft_id TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (draft_id),
    CONSTRAINT ck_draft_state CHECK (json_valid(state))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE history (
    dossier_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    act TEXT NOT NULL,
    detail TEXT NOT NULL,
    state_before TEXT,
    CONSTRAINT pk_history PRIMARY KEY (dossier_id, step),
    CONSTRAINT ck_history_detail CHECK (json_valid(detail)),
    CONSTRAINT ck_history_state_before CHECK (state_before IS NULL OR json_valid(state_before))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE latest_moment (
    only INTEGER NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_latest_moment PRIMARY KEY (only),
    CONSTRAINT ck_latest_moment_only CHECK (only = 1)
)
 STRICT""",
    """CREATE TABLE office_value (
    seq INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    basis TEXT NOT NULL,
    CONSTRAINT pk_office_value PRIMARY KEY (seq),
    CONSTRAINT ck_office_value_value CHECK (json_valid(value)),
    CONSTRAINT ck_office_value_key CHECK (length(key) > 0)
)
 STRICT""",
    """CREATE TABLE outbox_event (
    seq INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    epoch_seq INTEGER NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    next_attempt_at TEXT,
    last_answer TEXT DEFAULT '' NOT NULL,
    office_seq INTEGER,
    bare INTEGER DEFAULT 0 NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_outbox_event PRIMARY KEY (seq),
    CONSTRAINT uq_outbox_event_epoch_epoch_seq UNIQUE (epoch, epoch_seq),
    CONSTRAINT ck_outbox_event_state CHECK (state IN ('waiting', 'sending', 'acked', 'quarantined',
        'withheld', 'late')),
    CONSTRAINT ck_outbox_event_hashes CHECK (length(prev_hash) = 32 AND length(hash) = 32),
    CONSTRAINT ck_outbox_event_bare CHECK (bare IN (0, 1)),
    CONSTRAINT uq_outbox_event_event_id UNIQUE (event_id)
)
 STRICT""",
    """CREATE INDEX ix_outbox_event_unsent ON outbox_event (dossier_id, state, kind)
        WHERE state != 'acked'""",
    """CREATE INDEX ix_outbox_event_acked ON outbox_event (dossier_id) WHERE state = 'acked'""",
    """CREATE INDEX ix_outbox_event_office_seq ON outbox_event (office_seq)
        WHERE office_seq IS NOT NULL""",
    """CREATE INDEX ix_outbox_event_bare ON outbox_event (state) WHERE bare = 1""",
    """CREATE TABLE paper_number (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    CONSTRAINT pk_paper_number PRIMARY KEY (series, year, counter),
    CONSTRAINT ck_paper_number_last_number CHECK (last_number > 0)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE person (
    number INTEGER NOT NULL,
    personal_id TEXT NOT NULL,
    record TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (number),
    CONSTRAINT ck_person_record CHECK (json_valid(record)),
    CONSTRAINT ck_person_personal_id CHECK (length(personal_id) > 0),
    CONSTRAINT uq_person_personal_id UNIQUE (personal_id)
)
 STRICT""",
    """CREATE TABLE person_history (
    number INTEGER NOT NULL,
    person_number INTEGER NOT NULL,
    field TEXT NOT NULL,
    old_value TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_person_history PRIMARY KEY (number)
)
 STRICT""",
    """CREATE INDEX ix_person_history_person_number ON person_history (person_number)""",
    """CREATE TABLE print_log (
    dossier_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    paper TEXT NOT NULL,
    copy_no INTEGER NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    of_step INTEGER NOT NULL,
    CONSTRAINT pk_print_log PRIMARY KEY (dossier_id, step),
    CONSTRAINT ck_print_log_outcome CHECK (outcome IN ('sending', 'printed', 'saved', 'failed'))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE TABLE dossier_content (
    number INTEGER NOT NULL,
    procedure TEXT NOT NULL,
    applicant TEXT NOT NULL,
    promise TEXT NOT NULL,
    forms TEXT NOT NULL,
    parts TEXT NOT NULL,
    charges TEXT NOT NULL,
    people TEXT NOT NULL,
    facts TEXT NOT NULL,
    aliases TEXT NOT NULL,
    life TEXT NOT NULL,
    slip_required INTEGER NOT NULL,
    office_definition TEXT NOT NULL,
    calendar_definition TEXT NOT NULL,
    CONSTRAINT pk_dossier_content PRIMARY KEY (number),
    CONSTRAINT ck_dossier_content_procedure CHECK (json_valid(procedure)),
    CONSTRAINT ck_dossier_content_applicant CHECK (json_valid(applicant)),
    CONSTRAINT ck_dossier_content_promise CHECK (json_valid(promise)),
    CONSTRAINT ck_dossier_content_forms CHECK (json_valid(forms)),
    CONSTRAINT ck_dossier_content_parts CHECK (json_valid(parts)),
    CONSTRAINT ck_dossier_content_charges CHECK (json_valid(charges)),
    CONSTRAINT ck_dossier_content_people CHECK (json_valid(people)),
    CONSTRAINT ck_dossier_content_facts CHECK (json_valid(facts)),
    CONSTRAINT ck_dossier_content_aliases CHECK (json_valid(aliases)),
    CONSTRAINT ck_dossier_content_life CHECK (json_valid(life)),
    CONSTRAINT ck_dossier_content_slip_required CHECK (slip_required IN (0, 1)),
    CONSTRAINT fk_dossier_content_number_dossier FOREIGN KEY(number) REFERENCES dossier (number)
)
 STRICT""",
    """CREATE TRIGGER dossier_fixed BEFORE UPDATE OF number, dossier_id, dossier_code,
        lookup_secret, counter ON dossier WHEN NEW.number IS NOT OLD.number OR
        NEW.dossier_id IS NOT OLD.dossier_id OR NEW.dossier_code IS NOT OLD.dossier_code OR
        NEW.lookup_secret IS NOT OLD.lookup_secret OR NEW.counter IS NOT OLD.counter BEGIN
        SELECT RAISE(ABORT, 'dossier is fixed'); END""",
    """CREATE TRIGGER audit_entry_fixed BEFORE UPDATE OF seq, at, clerk, act, subject_id, detail ON
        audit_entry WHEN NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.clerk IS NOT
        OLD.clerk OR NEW.act IS NOT OLD.act OR NEW.subject_id IS NOT OLD.subject_id OR NEW.detail IS
        NOT OLD.detail BEGIN SELECT RAISE(ABORT, 'audit_entry is fixed'); END""",
    """CREATE TRIGGER outbox_event_fixed BEFORE UPDATE OF seq, event_id, dossier_id, kind, at, body ON
        outbox_event WHEN NEW.seq IS NOT OLD.seq OR NEW.event_id IS NOT OLD.event_id OR
        NEW.dossier_id IS NOT OLD.dossier_id OR NEW.kind IS NOT OLD.kind OR NEW.at IS NOT OLD.at OR
        NEW.body IS NOT OLD.body BEGIN SELECT RAISE(ABORT, 'outbox_event is fixed'); END""",
    """CREATE TRIGGER history_fixed BEFORE UPDATE OF dossier_id, step, at, clerk, act, detail,
        state_before ON history WHEN NEW.dossier_id IS NOT OLD.dossier_id OR NEW.step IS NOT
        OLD.step OR NEW.at IS NOT OLD.at OR NEW.clerk IS NOT OLD.clerk OR NEW.act IS NOT
        OLD.act OR NEW.detail IS NOT OLD.detail OR NEW.state_before IS NOT OLD.state_before
        BEGIN SELECT RAISE(ABORT, 'history is fixed'); END""",
    """CREATE TRIGGER dossier_code_fixed BEFORE UPDATE OF compact, code, number ON dossier_code WHEN
        NEW.compact IS NOT OLD.compact OR NEW.code IS NOT OLD.code OR NEW.number IS NOT OLD.number
        BEGIN SELECT RAISE(ABORT, 'dossier_code is fixed'); END""",
    """CREATE TRIGGER office_value_fixed BEFORE UPDATE OF seq, key, value, valid_from, entered_at,
        clerk, basis ON office_value WHEN NEW.seq IS NOT OLD.seq OR NEW.key IS NOT OLD.key OR
        NEW.value IS NOT OLD.value OR NEW.valid_from IS NOT OLD.valid_from OR NEW.entered_at IS NOT
        OLD.entered_at OR NEW.clerk IS NOT OLD.clerk OR NEW.basis IS NOT OLD.basis BEGIN SELECT
        RAISE(ABORT, 'office_value is fixed'); END""",
    """CREATE TRIGGER definition_fixed BEFORE UPDATE OF digest, kind, item_id, version, body ON
        definition WHEN NEW.digest IS NOT OLD.digest OR NEW.kind IS NOT OLD.kind OR NEW.item_id IS NOT
        OLD.item_id OR NEW.version IS NOT OLD.version OR NEW.body IS NOT OLD.body BEGIN SELECT
        RAISE(ABORT, 'definition is fixed'); END""",
    """CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry WHEN 1 BEGIN SELECT RAISE(ABORT,
        'audit_entry is kept'); END""",
    """CREATE TRIGGER history_kept BEFORE DELETE ON history WHEN 1 BEGIN SELECT RAISE(ABORT, 'history is
        kept'); END""",
    """CREATE TRIGGER definition_kept BEFORE DELETE ON definition WHEN 1 BEGIN SELECT RAISE(ABORT,
        'definition is kept'); END""",
    """CREATE TRIGGER dossier_code_kept BEFORE DELETE ON dossier_code WHEN 1 BEGIN SELECT RAISE(ABORT,
        'dossier_code is kept'); END""",
    """CREATE TRIGGER office_value_kept BEFORE DELETE ON office_value WHEN 1 BEGIN SELECT RAISE(ABORT,
        'office_value is kept'); END""",
    """CREATE TRIGGER outbox_event_kept BEFORE DELETE ON outbox_event WHEN OLD.state <> 'acked' OR
        OLD.epoch_seq = (SELECT max(epoch_seq) FROM outbox_event WHERE epoch = OLD.epoch) BEGIN SELECT
        RAISE(ABORT, 'outbox_event is kept'); END""",
    """CREATE VIRTUAL TABLE word_index USING fts5(words, content='', contentless_delete=1, detail=none,
        prefix='2 3 4')""",
    """INSERT INTO word_index (word_index, rank) VALUES ('pgsz', 3900)""",
)
_TABLES = (
    "word_index",
    "dossier_content",
    "setting",
    "print_log",
    "person_history",
    "person",
    "paper_number",
    "outbox_event",
    "office_value",
    "latest_moment",
    "history",
    "draft",
    "dossier_code",
    "dossier",
    "definition",
    "code_counter",
    "audit_entry",
)
_TRIGGERS = (
    "dossier_fixed",
    "audit_entry_fixed",
    "outbox_event_fixed",
    "history_fixed",
    "dossier_code_fixed",
    "definition_fixed",
    "office_value_fixed",
    "audit_entry_kept",
    "history_kept",
    "dossier_code_kept",
    "definition_kept",
    "office_value_kept",
    "outbox_event_kept",
)


def upgrade() -> None:
    """Build everything."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Remove everything; the triggers go first, for they forbid removing the past."""
    connection = op.get_bind()
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    for table in _TABLES:
        connection.exec_driver_sql(f"DROP TABLE {table}")
