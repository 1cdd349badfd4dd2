"""The tables of the local database; the newest migration builds exactly these (a test compares).

Lists read the narrow ``dossier`` row; what only one dossier's screen needs is canonical JSON in
``dossier_content``. Moments are UTC text (see `moments`), flags are 0 or 1.
"""

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy import text as default

from counter_app.storage import (
    accounts_tables,
    attachments_tables,
    backups_tables,
    day_closes_tables,
    intake_notices_tables,
    kinship_tables,
    personal_data_tables,
    ratings_tables,
    receipts_tables,
    schema_rules,
    sync_tables,
    tickets_tables,
    transfer_lists_tables,
)
from counter_app.storage.table_parts import flag, json, keyed, metadata, number, numbered, text

__all__ = [
    "accounts_tables",
    "attachments_tables",
    "backups_tables",
    "day_closes_tables",
    "intake_notices_tables",
    "kinship_tables",
    "metadata",
    "personal_data_tables",
    "ratings_tables",
    "receipts_tables",
    "sync_tables",
    "tickets_tables",
    "transfer_lists_tables",
]

dossier = numbered(
    "dossier",
    Column("number", Integer, primary_key=True),  # order of writing; also the row of the search index
    text("dossier_id", unique=True),
    text("dossier_code"),
    *flag("provisional_code"),
    text("lookup_secret"),
    number("counter"),
    text("clerk"),
    text("procedure_id"),
    text("procedure_name"),
    text("applicant_name"),
    text("applicant_id"),
    text("channel"),
    text("status"),
    text("received_at"),
    Column("due_at", Text),
    Column("first_due_at", Text),  # only of a promise that was changed
    *flag("training"),
    text("sector"),
    text("national_code"),
    text("applicant_address"),
    text("applicant_phone"),
    *flag("assisted"),
    text("return_by"),
    number("copies"),
    number("register_no"),
    text("holder"),  # "" at the desk
    Column("handed_over_at", Text),
    Column("waiting_since", Text),
    *flag("stands_still"),
    Column("resolved_at", Text),
    Column("ended_at", Text),
    number("supplements"),
    *flag("extended"),
    number("originals_held"),
    Column("charges_vnd", Integer),  # NULL is unknown
    number("paid_vnd"),
    text("owner"),  # the device that may act on it, "" for this one
    number("seen"),
    CheckConstraint("length(dossier_id) > 0 AND length(dossier_code) > 0", name="named"),
    CheckConstraint("originals_held >= 0", name="originals_held"),
    Index("ix_dossier_applicant_id", "applicant_id"),
)
# Few dossiers are open at a time, and few things end on a day: lists read these, not the whole table.
Index(
    "ix_dossier_open",
    dossier.c.status,
    dossier.c.due_at,
    dossier.c.stands_still,
    dossier.c.owner,
    sqlite_where=dossier.c.ended_at.is_(None),
)
Index("ix_dossier_resolved", dossier.c.resolved_at, sqlite_where=dossier.c.resolved_at.is_not(None))
Index("ix_dossier_ended", dossier.c.ended_at, sqlite_where=dossier.c.ended_at.is_not(None))
Index("ix_dossier_originals", dossier.c.number, sqlite_where=dossier.c.originals_held > 0)

dossier_content = numbered(
    "dossier_content",
    Column("number", Integer, ForeignKey("dossier.number"), primary_key=True),
    *json("procedure"),
    *json("applicant"),
    *json("promise"),
    *json("forms"),
    *json("parts"),
    *json("charges"),
    *json("people"),
    *json("facts"),
    *json("aliases"),
    *json("life"),
    *flag("slip_required"),
    text("office_definition"),
    text("calendar_definition"),
)

# What dossiers were received under; dossiers name it by the SHA-256 of the body.
definition = keyed(
    "definition",
    text("digest", primary_key=True),
    text("kind"),
    text("item_id"),
    text("version"),
    *json("body"),
    number("told", server_default=default("0")),  # 1: the server has it
    CheckConstraint("length(digest) = 64", name="digest"),
    CheckConstraint("told IN (0, 1)", name="told"),
)
Index("ix_definition_untold", definition.c.digest, sqlite_where=definition.c.told == 0)

# Every code that ever named a dossier, its own and aliases. This counter gives none twice; a dossier of
# another counter may come with one that is taken, and then both are found by it.
dossier_code = keyed(
    "dossier_code",
    text("compact", primary_key=True),  # without punctuation, as a badly set scanner types it
    text("code", primary_key=True),
    number("number", primary_key=True),
)

code_counter = keyed(
    "code_counter",
    text("day", primary_key=True),
    number("counter", primary_key=True),
    number("last_number"),
    CheckConstraint("last_number > 0", name="last_number"),
)

# Numbers of papers and of the register: running within series, year and counter.
paper_number = keyed(
    "paper_number",
    text("series", primary_key=True),
    number("year", primary_key=True),
    number("counter", primary_key=True),
    number("last_number"),
    CheckConstraint("last_number > 0", name="last_number"),
)

person = numbered(
    "person",
    Column("number", Integer, primary_key=True),
    text("personal_id", unique=True),
    *json("record"),
    text("seen_at"),
    text("source"),
    CheckConstraint("length(personal_id) > 0", name="personal_id"),
)

person_history = numbered(
    "person_history",
    Column("number", Integer, primary_key=True),
    number("person_number", index=True),
    text("field"),
    text("old_value"),
    text("replaced_at"),
    text("source"),
)

draft = keyed(
    "draft",
    text("draft_id", primary_key=True),
    text("procedure_id"),
    text("procedure_name"),
    text("applicant_name"),
    text("updated_at"),
    text("clerk"),
    *json("state"),
)

setting = keyed("setting", text("key", primary_key=True), text("value"))

# Every decision is a new row; what governs on a day is worked out from all of them.
office_value = numbered(
    "office_value",
    Column("seq", Integer, primary_key=True),
    text("key"),
    *json("value"),
    text("valid_from"),
    text("entered_at"),
    text("clerk"),
    text("basis"),
    CheckConstraint("length(key) > 0", name="key"),
)

history = keyed(
    "history",
    text("dossier_id", primary_key=True),
    number("step", primary_key=True),
    text("at"),
    text("clerk"),
    text("act"),
    *json("detail"),
    Column("state_before", Text),  # of an act that can be undone: the dossier's changed columns as JSON
    CheckConstraint("state_before IS NULL OR json_valid(state_before)", name="state_before"),
)

print_log = keyed(
    "print_log",
    text("dossier_id", primary_key=True),
    number("step", primary_key=True),
    text("paper"),
    number("copy_no"),
    text("at"),
    text("clerk"),
    text("outcome"),
    text("detail"),
    number("of_step"),
    CheckConstraint("outcome IN ('sending', 'printed', 'saved', 'failed')", name="outcome"),
)

audit_entry = numbered(
    "audit_entry",
    Column("seq", Integer, primary_key=True),
    text("at"),
    text("clerk"),
    text("act"),
    text("subject_id"),
    *json("detail"),
    Column("prev_hash", LargeBinary),  # both filled from schema 0011 on, for the rows of before too
    Column("hash", LargeBinary),
)

# A chain per epoch: ``epoch_seq`` runs within it, ``seq`` over all. ``bare`` says that the event's place may
# have been sent without its content. A ``late`` one was withheld and is to be sent after all.
outbox_event = numbered(
    "outbox_event",
    Column("seq", Integer, primary_key=True),
    text("event_id", unique=True),
    text("dossier_id"),
    text("kind"),
    text("at"),
    number("epoch"),
    number("epoch_seq"),
    text("state", server_default=default("'waiting'")),
    number("attempts", server_default=default("0")),
    Column("next_attempt_at", Text),
    text("last_answer", server_default=default("''")),
    Column("office_seq", Integer),
    number("bare", server_default=default("0")),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),  # last: it may fill pages, which nothing else reads through
    UniqueConstraint("epoch", "epoch_seq"),
    CheckConstraint(
        "state IN ('waiting', 'sending', 'acked', 'quarantined', 'withheld', 'late')", name="state"
    ),
    CheckConstraint("length(prev_hash) = 32 AND length(hash) = 32", name="hashes"),
    CheckConstraint("bare IN (0, 1)", name="bare"),
)
Index(
    "ix_outbox_event_unsent",
    outbox_event.c.dossier_id,
    outbox_event.c.state,
    outbox_event.c.kind,
    sqlite_where=outbox_event.c.state != "acked",
)
# A new event touches none of these: receiving stays quick.
Index("ix_outbox_event_acked", outbox_event.c.dossier_id, sqlite_where=outbox_event.c.state == "acked")
Index(
    "ix_outbox_event_office_seq",
    outbox_event.c.office_seq,
    sqlite_where=outbox_event.c.office_seq.is_not(None),
)
Index("ix_outbox_event_bare", outbox_event.c.state, sqlite_where=outbox_event.c.bare == 1)

# The newest moment ever written, so that a clock set back is noticed.
latest_moment = numbered(
    "latest_moment",
    Column("only", Integer, primary_key=True),
    text("at"),
    CheckConstraint("only = 1", name="only"),
)

for _statement in schema_rules.statements():
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
