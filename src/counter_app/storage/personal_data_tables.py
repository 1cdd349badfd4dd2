"""What stays of a purged dossier, and the requests of citizens about their data."""

from sqlalchemy import Column, Text

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
    text("answer"),
)
