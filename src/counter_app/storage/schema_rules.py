"""What the schema needs beyond tables: triggers that fix the past, and the index of words."""

_FIXED = {
    "dossier": ("number", "dossier_id", "dossier_code", "lookup_secret", "counter"),
    "audit_entry": ("seq", "at", "clerk", "act", "subject_id", "detail", "prev_hash", "hash"),
    "audit_anchor": ("place", "seq", "hash", "at", "kind", "reference", "proof"),
    "account": ("account_id", "created_at"),
    "outbox_event": ("seq", "event_id", "dossier_id", "kind", "at", "body"),
    "history": ("dossier_id", "step", "at", "clerk", "act", "detail", "state_before"),
    "dossier_code": ("compact", "code", "number"),
    "definition": ("digest", "kind", "item_id", "version", "body"),
    "office_value": ("seq", "key", "value", "valid_from", "entered_at", "clerk", "basis"),
}
_KEPT = {
    "audit_entry": "1",
    "audit_anchor": "1",
    "account": "1",
    "history": "1",
    "dossier_code": "1",
    "definition": "1",
    "office_value": "1",
    # The newest event of an epoch is the tip of its chain; older ones may go once the server has them.
    "outbox_event": "OLD.state <> 'acked' OR OLD.epoch_seq = "
    "(SELECT max(epoch_seq) FROM outbox_event WHERE epoch = OLD.epoch)",
}
_WORD_INDEX = (
    "CREATE VIRTUAL TABLE word_index USING fts5(words, content='', contentless_delete=1, detail=none, "
    "prefix='2 3 4')",
    # What the cipher leaves of a page: the default would spill every full leaf into a second page.
    "INSERT INTO word_index (word_index, rank) VALUES ('pgsz', 3900)",
)


def statements() -> tuple[str, ...]:
    """Return the DDL SQLAlchemy has no words for: the index of words and the triggers that fix the past."""
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
    return (*fixed, *kept, *_WORD_INDEX)
