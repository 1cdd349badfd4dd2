"""The tables of what citizens thought of the service."""

from sqlalchemy import CheckConstraint, Index

from counter_app.storage.table_parts import flag, json, keyed, text

# Anonymous: no dossier, no procedure, no hour; a random key is the only order rows have.
rating = keyed(
    "rating",
    text("rating_key", primary_key=True),
    text("day"),
    text("score"),
    *json("reasons"),
    text("sector"),
    text("clerk"),
    text("source"),
    *flag("reported"),
    CheckConstraint("score IN ('very_satisfied', 'satisfied', 'unsatisfied')", name="score"),
    CheckConstraint("source IN ('screen', 'paper')", name="source"),
    Index("ix_rating_day", "day"),
)
