"""The tables of people and of the audit log's chain."""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Text

from counter_app.storage.table_parts import flag, keyed, number, numbered, text

account = keyed(
    "account",
    text("account_id", primary_key=True),
    text("username"),
    text("username_folded", unique=True),
    text("full_name"),
    text("full_name_folded", unique=True),
    text("role"),
    text("password_hash"),
    *flag("must_change"),
    text("created_at"),
    text("password_at"),
    *flag("closed"),
    *flag("locked"),
    number("failures"),
    Column("failed_at", Text),
    Column("last_in_at", Text),
    CheckConstraint("role IN ('viewer', 'clerk', 'head', 'administrator')", name="role"),
)

audit_head = numbered(
    "audit_head",
    Column("only", Integer, primary_key=True),
    number("seq"),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("only = 1", name="only"),
)

audit_anchor = numbered(
    "audit_anchor",
    Column("place", Integer, primary_key=True),
    number("seq"),
    Column("hash", LargeBinary, nullable=False),
    text("at"),
    text("kind"),
    text("reference"),
    Column("proof", LargeBinary, nullable=False),
    CheckConstraint("kind IN ('day_close', 'server', 'backup', 'restore')", name="kind"),
)
