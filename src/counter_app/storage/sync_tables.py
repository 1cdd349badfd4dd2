"""The tables of talking to the central server: identity, the office's log, and what is on its way."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Text, UniqueConstraint

from counter_app.storage.table_parts import json, keyed, metadata, number, numbered, text

__all__ = ["metadata"]

sync_enrolment = numbered(
    "sync_enrolment",
    Column("only", Integer, primary_key=True),
    text("server_url"),
    text("device_id"),
    text("unit_code"),
    number("counter"),
    Column("private_key", LargeBinary, nullable=False),
    Column("server_signing_key", LargeBinary, nullable=False),
    Column("server_sealing_key", LargeBinary, nullable=False),
    text("enrolled_at"),
    number("epoch"),
    CheckConstraint("only = 1", name="only"),
)

sync_position = numbered(
    "sync_position",
    Column("only", Integer, primary_key=True),
    number("cursor"),
    Column("clock_ahead_s", Integer),  # NULL before the first contact
    number("scans_seen"),  # the place in the outbox up to which scans were queued
    CheckConstraint("only = 1", name="only"),
)

log_entry = numbered(
    "log_entry",
    Column("arrival", Integer, primary_key=True),
    Column("office_seq", Integer, unique=True),  # NULL: its number went to another entry, as yet unknown
    text("event_id", unique=True),
    text("device_id"),
    text("dossier_id"),
    text("kind"),
    text("at"),
    text("problem"),
    number("attempts"),
    Column("body", LargeBinary, nullable=False),
)
Index("ix_log_entry_dossier_id", log_entry.c.dossier_id, sqlite_where=log_entry.c.dossier_id != "")
Index("ix_log_entry_parked", log_entry.c.office_seq, sqlite_where=log_entry.c.problem != "")

sync_notice = keyed(
    "sync_notice",
    text("notice_id", primary_key=True),
    text("kind"),
    text("dossier_id"),
    *json("params"),
    text("at"),
    Column("settled_at", Text),
    text("settled_by"),
)
Index("ix_sync_notice_dossier_id", sync_notice.c.dossier_id)
Index("ix_sync_notice_open", sync_notice.c.at, sqlite_where=sync_notice.c.settled_at.is_(None))

# What the file is stands in ``attachment``; here is only how far it got.
scan_upload = keyed(
    "scan_upload",
    text("attachment_id", primary_key=True),
    text("added_at"),
    number("size"),
    number("sent"),
    text("upload_id"),
    text("state"),
    number("attempts"),
    Column("next_attempt_at", Text),
    text("last_answer"),
    CheckConstraint("state IN ('waiting', 'sending', 'acked', 'quarantined')", name="state"),
    CheckConstraint("sent BETWEEN 0 AND size", name="sent"),
)
Index(
    "ix_scan_upload_unsent",
    scan_upload.c.added_at,
    scan_upload.c.size,
    scan_upload.c.sent,
    sqlite_where=scan_upload.c.state != "acked",
)

number_block = numbered(
    "number_block",
    Column("place", Integer, primary_key=True),  # in the order they were leased
    number("first"),
    number("last"),
    text("from_day"),
    Column("until_day", Text),
    UniqueConstraint("first", "from_day"),
    CheckConstraint("first BETWEEN 1 AND last AND last <= 9999", name="numbers"),
)

lane_report = keyed(
    "lane_report",
    text("lane", primary_key=True),
    number("failures"),
    Column("next_attempt_at", Text),
    text("answer"),
    *json("params"),
    Column("tried_at", Text),
    Column("succeeded_at", Text),
    Column("failing_since", Text),
)

traffic_day = keyed("traffic_day", text("day", primary_key=True), number("sent"), number("received"))

pack_download = keyed(
    "pack_download",
    text("sha256", primary_key=True),
    text("kind"),
    number("version"),
    text("unit"),
    number("size"),
    number("received"),
    text("state"),
    text("problem"),
    CheckConstraint("state IN ('offered', 'complete', 'installed', 'refused')", name="state"),
)
