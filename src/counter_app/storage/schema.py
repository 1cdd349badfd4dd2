"""The tables of the local database; the newest migration builds exactly these (a test compares).

Lists read the narrow ``dossier`` row; what only one dossier's screen needs is canonical JSON in
``dossier_content``. Moments are UTC text (see `moments`), flags are 0 or 1.
"""

from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
    text,
)

from counter_app.storage import schema_rules

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **options)


def _number(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=False, **options)


def _flag(name: str) -> tuple[Column[int], CheckConstraint]:
    return _number(name), CheckConstraint(f"{name} IN (0, 1)", name=name)


def _json(name: str) -> tuple[Column[str], CheckConstraint]:
    return _text(name), CheckConstraint(f"json_valid({name})", name=name)


def _keyed(name: str, *parts: Any) -> Table:
    """A table whose text key is its only tree: one page less to write in every act."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=False)


def _numbered(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


dossier = _numbered(
    "dossier",
    Column("number", Integer, primary_key=True),  # order of writing; also the row of the search index
    _text("dossier_id", unique=True),
    _text("dossier_code"),
    *_flag("provisional_code"),
    _text("lookup_secret"),
    _number("counter"),
    _text("clerk"),
    _text("procedure_id"),
    _text("procedure_name"),
    _text("applicant_name"),
    _text("applicant_id"),
    _text("channel"),
    _text("status"),
    _text("received_at"),
    Column("due_at", Text),
    Column("first_due_at", Text),  # only of a promise that was changed
    *_flag("training"),
    CheckConstraint("length(dossier_id) > 0 AND length(dossier_code) > 0", name="named"),
    Index("ix_dossier_applicant_id", "applicant_id"),
)

dossier_content = _numbered(
    "dossier_content",
    Column("number", Integer, ForeignKey("dossier.number"), primary_key=True),
    *_json("procedure"),
    *_json("applicant"),
    *_json("promise"),
    *_json("forms"),
    *_json("parts"),
    *_json("charges"),
    *_json("people"),
    *_json("facts"),
    *_json("aliases"),
    *_flag("assisted"),
    *_flag("slip_required"),
    _number("copies"),
    _text("return_by"),
    _text("office_definition"),
    _text("calendar_definition"),
)

# What dossiers were received under; dossiers name it by the SHA-256 of the body.
definition = _keyed(
    "definition",
    _text("digest", primary_key=True),
    _text("kind"),
    _text("item_id"),
    _text("version"),
    *_json("body"),
    CheckConstraint("length(digest) = 64", name="digest"),
)

# Every code that ever named a dossier, its own and aliases: one key, so none is used twice.
dossier_code = _keyed(
    "dossier_code",
    _text("compact", primary_key=True),  # without punctuation, as a badly set scanner types it
    _text("code", primary_key=True),
    _number("number"),
)

code_counter = _keyed(
    "code_counter",
    _text("day", primary_key=True),
    _number("counter", primary_key=True),
    _number("last_number"),
    CheckConstraint("last_number > 0", name="last_number"),
)

person = _numbered(
    "person",
    Column("number", Integer, primary_key=True),
    _text("personal_id", unique=True),
    *_json("record"),
    _text("seen_at"),
    _text("source"),
    CheckConstraint("length(personal_id) > 0", name="personal_id"),
)

person_history = _numbered(
    "person_history",
    Column("number", Integer, primary_key=True),
    _number("person_number", index=True),
    _text("field"),
    _text("old_value"),
    _text("replaced_at"),
    _text("source"),
)

draft = _keyed(
    "draft",
    _text("draft_id", primary_key=True),
    _text("procedure_id"),
    _text("procedure_name"),
    _text("applicant_name"),
    _text("updated_at"),
    _text("clerk"),
    *_json("state"),
)

setting = _keyed("setting", _text("key", primary_key=True), _text("value"))

# Every decision is a new row; what governs on a day is worked out from all of them.
office_value = _numbered(
    "office_value",
    Column("seq", Integer, primary_key=True),
    _text("key"),
    *_json("value"),
    _text("valid_from"),
    _text("entered_at"),
    _text("clerk"),
    _text("basis"),
    CheckConstraint("length(key) > 0", name="key"),
)

history = _keyed(
    "history",
    _text("dossier_id", primary_key=True),
    _number("step", primary_key=True),
    _text("at"),
    _text("clerk"),
    _text("act"),
    *_json("detail"),
)

print_log = _keyed(
    "print_log",
    _text("dossier_id", primary_key=True),
    _number("step", primary_key=True),
    _text("paper"),
    _number("copy_no"),
    _text("at"),
    _text("clerk"),
    _text("outcome"),
    _text("detail"),
    CheckConstraint("outcome IN ('printed', 'saved', 'failed')", name="outcome"),
)

audit_entry = _numbered(
    "audit_entry",
    Column("seq", Integer, primary_key=True),
    _text("at"),
    _text("clerk"),
    _text("act"),
    _text("subject_id"),
    *_json("detail"),
    Column("prev_hash", LargeBinary),
    Column("hash", LargeBinary),
)

outbox_event = _numbered(
    "outbox_event",
    Column("seq", Integer, primary_key=True),
    _text("event_id", unique=True),
    _text("dossier_id"),
    _text("kind"),
    _text("at"),
    Column("body", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    _number("epoch"),
    _text("state", server_default=text("'waiting'")),
    _number("attempts", server_default=text("0")),
    Column("next_attempt_at", Text),
    _text("last_answer", server_default=text("''")),
    CheckConstraint("state IN ('waiting', 'sending', 'acked', 'quarantined')", name="state"),
    CheckConstraint("length(prev_hash) = 32 AND length(hash) = 32", name="hashes"),
)
Index(
    "ix_outbox_event_unsent",
    outbox_event.c.dossier_id,
    sqlite_where=outbox_event.c.state != "acked",
)

# The newest moment ever written, so that a clock set back is noticed.
latest_moment = _numbered(
    "latest_moment",
    Column("only", Integer, primary_key=True),
    _text("at"),
    CheckConstraint("only = 1", name="only"),
)

for _statement in schema_rules.statements():
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
