"""Scanned papers.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """CREATE TABLE attachment (
    attachment_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    draft_id TEXT NOT NULL,
    part_id TEXT NOT NULL,
    part_name TEXT NOT NULL,
    part_order INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    dpi INTEGER NOT NULL,
    skew_tenths INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    source TEXT NOT NULL,
    low_accepted INTEGER NOT NULL,
    signed INTEGER NOT NULL,
    file_key BLOB NOT NULL,
    added_at TEXT NOT NULL,
    clerk TEXT NOT NULL,
    removed_at TEXT,
    CONSTRAINT pk_attachment PRIMARY KEY (attachment_id),
    CONSTRAINT ck_attachment_low_accepted CHECK (low_accepted IN (0, 1)),
    CONSTRAINT ck_attachment_signed CHECK (signed IN (0, 1)),
    CONSTRAINT ck_attachment_owner CHECK ((dossier_id = '') <> (draft_id = '')),
    CONSTRAINT ck_attachment_lengths CHECK (length(sha256) = 64 AND length(file_key) = 32)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_attachment_dossier_id ON attachment (dossier_id) WHERE dossier_id != ''""",
    """CREATE INDEX ix_attachment_draft_id ON attachment (draft_id) WHERE draft_id != ''""",
    """CREATE TRIGGER attachment_fixed BEFORE UPDATE OF attachment_id, part_id, sha256, size, file_key,
        added_at, dossier_id ON attachment WHEN NEW.attachment_id IS NOT OLD.attachment_id OR NEW.part_id IS
        NOT OLD.part_id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.size IS NOT OLD.size OR NEW.file_key IS NOT
        OLD.file_key OR NEW.added_at IS NOT OLD.added_at OR (OLD.dossier_id <> '' AND NEW.dossier_id IS NOT
        OLD.dossier_id) BEGIN SELECT RAISE(ABORT, 'attachment is fixed'); END""",
)
_DROPS = ("DROP TABLE attachment",)


def upgrade() -> None:
    """Build the tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Remove them."""
    for statement in _DROPS:
        op.get_bind().exec_driver_sql(statement)
