"""The tables of money taken and receipts given."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from counter_app.storage.table_parts import json, keyed, number, text

# ``day`` is the day of office time the money came; sums are read by it. ``written`` and ``void_written``
# number receipts and voids together in the order of their writing: days are closed by it, not by a clock.
receipt = keyed(
    "receipt",
    text("receipt_id", primary_key=True),
    Column("dossier_id", Text, ForeignKey("dossier.dossier_id"), nullable=False),
    number("counter"),
    number("year"),
    number("number"),
    text("day"),
    text("at"),
    text("clerk"),
    text("payer"),
    text("method"),
    *json("lines"),
    number("total_vnd"),
    text("note"),
    text("over_reason"),
    Column("voided_at", Text),
    text("voided_by"),
    text("void_reason"),
    number("written"),
    Column("void_written", Integer),
    CheckConstraint("total_vnd > 0 AND number > 0", name="total_vnd"),
    CheckConstraint("method IN ('cash', 'transfer', 'online')", name="method"),
    Index("ix_receipt_dossier_id", "dossier_id"),
    Index("ix_receipt_day", "day"),
    Index("uq_receipt_written", "written", unique=True),
    Index("uq_receipt_void_written", "void_written", unique=True),
    Index("uq_receipt_number", "counter", "year", "number", unique=True),
)
