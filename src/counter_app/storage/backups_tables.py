"""The table of backups that were made or failed."""

from sqlalchemy import CheckConstraint, Column, Integer

from counter_app.storage.table_parts import number, numbered, text

# ``outcome`` is "ok" or the code of what went wrong; ``place`` where the file lies, never its folder's path.
backup_run = numbered(
    "backup_run",
    Column("run", Integer, primary_key=True),
    text("at"),
    text("occasion"),
    text("place"),
    text("file"),
    number("size"),
    text("digest"),
    text("outcome"),
    number("tip"),  # the place in the audit log up to which it knows everything
    CheckConstraint("place IN ('own', 'second', 'chosen')", name="place"),
)
