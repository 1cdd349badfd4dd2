"""The table of scanned papers: what each file is and the key that opens it."""

from sqlalchemy import DDL, CheckConstraint, Column, Index, LargeBinary, Text, event

from counter_app.storage.table_parts import flag, keyed, metadata, number, text

attachment = keyed(
    "attachment",
    text("attachment_id", primary_key=True),
    text("dossier_id"),
    text("draft_id"),  # before the dossier is received
    text("part_id"),
    text("part_name"),
    number("part_order"),
    text("media_type"),
    number("size"),
    number("pages"),
    number("dpi"),
    number("skew_tenths"),
    text("sha256"),
    text("source"),
    *flag("low_accepted"),
    *flag("signed"),
    Column("file_key", LargeBinary, nullable=False),
    text("added_at"),
    text("clerk"),
    Column("removed_at", Text),
    CheckConstraint("(dossier_id = '') <> (draft_id = '')", name="owner"),
    CheckConstraint("length(sha256) = 64 AND length(file_key) = 32", name="lengths"),
)
Index("ix_attachment_dossier_id", attachment.c.dossier_id, sqlite_where=attachment.c.dossier_id != "")
Index("ix_attachment_draft_id", attachment.c.draft_id, sqlite_where=attachment.c.draft_id != "")

# What a file is never changes; a draft's may still become a dossier's.
_FIXED = ("attachment_id", "part_id", "sha256", "size", "file_key", "added_at")
_CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FIXED)
event.listen(
    metadata,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER attachment_fixed BEFORE UPDATE OF {', '.join(_FIXED)}, dossier_id ON attachment "
        f"WHEN {_CHANGED} OR (OLD.dossier_id <> '' AND NEW.dossier_id IS NOT OLD.dossier_id) "
        "BEGIN SELECT RAISE(ABORT, 'attachment is fixed'); END"
    ),
)
