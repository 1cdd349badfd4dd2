"""The table of supplement requests, refusals and guidance given before anything was received."""

from sqlalchemy import CheckConstraint, Index

from counter_app.storage.table_parts import flag, json, keyed, number, text

intake_notice = keyed(
    "intake_notice",
    text("notice_id", primary_key=True),
    text("kind"),
    number("number"),  # 0 without a paper
    number("counter"),
    text("at"),
    text("clerk"),
    text("draft_id"),
    text("applicant_id"),
    text("procedure_id"),
    text("procedure_name"),
    text("sector"),
    *flag("training"),
    *json("content"),
    CheckConstraint("kind IN ('supplement', 'refusal', 'online_guidance')", name="kind"),
)
Index("ix_intake_notice_at", intake_notice.c.at)
Index(
    "ix_intake_notice_draft_id",
    intake_notice.c.draft_id,
    sqlite_where=intake_notice.c.draft_id != "",
)
Index(
    "ix_intake_notice_applicant_id",
    intake_notice.c.applicant_id,
    sqlite_where=intake_notice.c.applicant_id != "",
)
