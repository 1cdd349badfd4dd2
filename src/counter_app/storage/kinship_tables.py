"""The tables of family links, merged records, corrections by hand and authorisation letters."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text

from counter_app.storage.table_parts import keyed, number, numbered, text

# A tie is kept from both ends, side by side with the other ties of that person: one read finds all.
person_link = keyed(
    "person_link",
    text("person_id", primary_key=True),
    text("relative_id", primary_key=True),
    text("kin", primary_key=True),
    text("learned_at"),
    Column("removed_at", Text),  # a clerk said it is wrong; declared anew, it holds again
)

# Records are never rewritten by a merge: reads follow these rows, so undoing one restores exactly.
person_merge = keyed(
    "person_merge",
    text("merge_id", primary_key=True),
    text("keep_id"),
    text("other_id"),
    text("reason"),
    text("merged_at"),
    text("clerk"),
    Column("undone_at", Text),
    CheckConstraint("keep_id <> other_id", name="two_records"),
)
Index(
    "ix_person_merge_other",
    person_merge.c.other_id,
    unique=True,
    sqlite_where=person_merge.c.undone_at.is_(None),
)
Index("ix_person_merge_keep", person_merge.c.keep_id, sqlite_where=person_merge.c.undone_at.is_(None))

# Why a clerk changed a record by hand; the old values themselves stand in person_history.
person_correction = numbered(
    "person_correction",
    Column("seq", Integer, primary_key=True),
    number("person_number", index=True),
    text("corrected_at"),
    text("clerk"),
    text("reason"),
)

authorisation = keyed(
    "authorisation",
    text("authorisation_id", primary_key=True),
    text("giver_id", index=True),
    text("delegate_id", index=True),
    text("scope"),
    text("subject"),
    text("paper_number"),
    Column("signed_on", Text),
    text("certified_by"),
    Column("valid_until", Text),
    text("attachment_id"),
    text("note"),
    text("entered_at"),
    text("clerk"),
    Column("ended_at", Text),
    text("end_reason"),
    CheckConstraint("scope IN ('everything', 'procedure', 'dossier')", name="scope"),
    CheckConstraint("giver_id <> delegate_id", name="two_people"),
)
