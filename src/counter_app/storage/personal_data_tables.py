"""What stays of a purged dossier, and the requests of citizens about their data."""

from sqlalchemy import CheckConstraint, Column, Index, Text

from counter_app.storage.table_parts import keyed, number, text

# Proof without content: what it was, when, by which rule it went; nothing tells whose it was.
purged_dossier = keyed(
    "purged_dossier",
    text("dossier_id", primary_key=True),
    text("dossier_code"),
    text("procedure_id"),
    text("received_at"),
    text("ended_at"),
    text("status"),
    text("content_digest"),
    text("basis"),
    text("purged_at"),
    text("clerk"),
    CheckConstraint("length(content_digest) = 64", name="content_digest"),
)

person_request = keyed(
    "person_request",
    text("request_id", primary_key=True),
    number("person_number"),
    text("kind"),
    text("asked_at"),
    text("answer_by"),
    text("note"),
    text("clerk"),
    Column("answered_at", Text),
    text("answered_by"),
    text("outcome"),  # "" while it is open
    text("answer"),
    CheckConstraint("outcome IN ('', 'answered', 'refused')", name="outcome"),
    CheckConstraint("(outcome = '') = (answered_at IS NULL)", name="answered"),
)
Index("ix_person_request_person_number", person_request.c.person_number)
Index(
    "ix_person_request_open", person_request.c.answer_by, sqlite_where=person_request.c.answered_at.is_(None)
)
