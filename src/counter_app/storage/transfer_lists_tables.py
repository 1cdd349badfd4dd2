"""The tables of hand-over and postal lists."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text, UniqueConstraint

from counter_app.storage.table_parts import flag, json, keyed, number, text

transfer_list = keyed(
    "transfer_list",
    text("list_id", primary_key=True),
    text("kind"),
    number("number"),
    number("year"),  # of office time: numbers start anew with it
    number("counter"),
    text("at"),
    text("clerk"),
    text("taker"),
    *flag("agency"),
    text("note"),
    *flag("training"),
    text("office_definition"),
    Column("acknowledged_at", Text),
    text("acknowledged_by"),
    CheckConstraint("kind IN ('hand_over', 'postal')", name="kind"),
    CheckConstraint("number > 0", name="number"),
    UniqueConstraint("kind", "year", "counter", "number"),
)

# What both sides signed for is kept as it was; `content` is the line of the list as JSON.
transfer_item = keyed(
    "transfer_item",
    Column("list_id", Text, ForeignKey("transfer_list.list_id"), primary_key=True),
    number("position", primary_key=True),
    text("dossier_id"),
    *json("content"),
    *flag("taken_off"),
    CheckConstraint("position > 0", name="position"),
)
Index("ix_transfer_item_dossier_id", transfer_item.c.dossier_id)
