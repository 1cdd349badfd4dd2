"""What the schema needs beyond tables: triggers that fix the past, and the search indexes."""

_FIXED = {
    "dossier": ("number", "dossier_id", "dossier_code", "received_at"),
    "audit_entry": ("seq", "at", "clerk", "act", "subject_id", "detail"),
    "outbox_event": ("seq", "event_id", "dossier_id", "kind", "at", "body", "prev_hash", "hash", "epoch"),
    "history": ("dossier_id", "step", "at", "clerk", "act", "detail"),
    "dossier_code": ("compact", "code", "number"),
}
_KEPT = {
    "audit_entry": "1",
    "history": "1",
    "dossier_code": "1",
    # The newest event is the tip of the hash chain; older ones may go once the server has them.
    "outbox_event": "OLD.state <> 'acked' OR OLD.seq = (SELECT max(seq) FROM outbox_event)",
}
_SEARCH = "USING fts5({columns}, content='', contentless_delete=1, detail=none, prefix='2 3 4')"


def statements() -> tuple[str, ...]:
    """Return the DDL SQLAlchemy has no words for: search indexes and the triggers that fix the past."""
    fixed = (
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OF {', '.join(columns)} ON {table} "
        f"WHEN {' OR '.join(f'NEW.{name} IS NOT OLD.{name}' for name in columns)} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is fixed'); END"
        for table, columns in _FIXED.items()
    )
    kept = (
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is kept'); END"
        for table, when in _KEPT.items()
    )
    dossiers = _SEARCH.format(columns="codes, applicant, personal_id, phone, procedure_name")
    people = _SEARCH.format(columns="full_name, personal_id, old_id, phone")
    return (
        *fixed,
        *kept,
        f"CREATE VIRTUAL TABLE dossier_search {dossiers}",
        f"CREATE VIRTUAL TABLE person_search {people}",
    )
