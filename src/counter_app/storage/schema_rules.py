"""What the schema needs beyond tables: triggers that fix the past, and the index of words."""

_FIXED = {
    "dossier": ("number", "dossier_id", "dossier_code", "lookup_secret", "counter"),
    "audit_entry": ("seq", "at", "clerk", "act", "subject_id", "detail", "prev_hash", "hash"),
    "audit_anchor": ("place", "seq", "hash", "at", "kind", "reference", "proof"),
    "account": ("account_id", "created_at"),
    "outbox_event": ("seq", "event_id", "dossier_id", "kind", "at", "body"),
    "history": ("dossier_id", "step", "at", "clerk", "act", "detail", "state_before"),
    "purged_dossier": (
        *("dossier_id", "dossier_code", "procedure_id", "received_at", "ended_at"),
        *("status", "content_digest", "basis", "purged_at", "clerk"),
    ),
    "dossier_code": ("compact", "code", "number"),
    "definition": ("digest", "kind", "item_id", "version", "body"),
    "office_value": ("seq", "key", "value", "valid_from", "entered_at", "clerk", "basis"),
}
# The one change of the past the database allows: what a purge takes out, and only once its proof stands.
_EMPTIED = {
    "history": {"detail": "'{}'", "state_before": "NULL"},
    "outbox_event": {"body": "x''"},
}
_KEPT = {
    "audit_entry": "1",
    "audit_anchor": "1",
    "audit_head": "1",
    "account": "1",
    "history": "1",
    "dossier_code": "1",
    "definition": "1",
    "office_value": "1",
    "purged_dossier": "1",
    "person_request": "1",
    # The newest event of an epoch is the tip of its chain; older ones may go once the server has them.
    "outbox_event": "OLD.state <> 'acked' OR OLD.epoch_seq = "
    "(SELECT max(epoch_seq) FROM outbox_event WHERE epoch = OLD.epoch)",
}
# A row put in over another one replaces it without a word to the triggers that keep it.
_APPENDED = {
    "audit_entry": "NEW.seq IS NOT coalesce((SELECT max(seq) FROM audit_entry), 0) + 1",
    "audit_anchor": "EXISTS (SELECT 1 FROM audit_anchor WHERE place = NEW.place)",
    "audit_head": "NEW.seq <= coalesce((SELECT seq FROM audit_head), 0)",
}
_AHEAD = (
    "CREATE TRIGGER audit_head_ahead BEFORE UPDATE ON audit_head WHEN NEW.only IS NOT OLD.only OR NEW.seq IS "
    "NOT OLD.seq + 1 OR NOT EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq AND hash = NEW.hash) "
    "BEGIN SELECT RAISE(ABORT, 'audit_head follows the log'); END",
)
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
        f"WHEN {_changed(table, columns)} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is fixed'); END"
        for table, columns in _FIXED.items()
    )
    kept = (
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is kept'); END"
        for table, when in _KEPT.items()
    )
    appended = (
        f"CREATE TRIGGER {table}_appended BEFORE INSERT ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        for table, when in _APPENDED.items()
    )
    return (*fixed, *kept, *appended, *_AHEAD, *_WORD_INDEX)


def _changed(table: str, columns: tuple[str, ...]) -> str:
    """Return the condition under which a change of a row is refused."""
    empty = _EMPTIED.get(table, {})
    fixed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns if name not in empty)
    if not empty:
        return fixed
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in empty)
    emptied = " AND ".join(f"NEW.{name} IS {value}" for name, value in empty.items())
    purged = "EXISTS (SELECT 1 FROM purged_dossier p WHERE p.dossier_id = OLD.dossier_id)"
    return f"{fixed} OR (({changed}) AND NOT ({emptied} AND {purged}))"
