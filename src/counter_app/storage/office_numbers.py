"""The numbers events have in the office's log, own ones and others'.

A server that was put back gives its numbers anew: whichever event is found under a number has it from then
on, and the one that had it before has none until the log is walked up to it again.
"""

from collections.abc import Mapping

from counter_app.storage.sql import Sql

_FREE_OWN = "UPDATE outbox_event SET office_seq = NULL WHERE office_seq = ?"
_FREE_ENTRY = "UPDATE log_entry SET office_seq = NULL WHERE office_seq = ?"


def give_own(sql: Sql, office_seqs: Mapping[int, int]) -> None:
    """Give own events, by their place in the outbox, the numbers the server told; 0 is none."""
    for seq, office_seq in office_seqs.items():
        if office_seq > 0:
            free(sql, office_seq)
            sql.run("UPDATE outbox_event SET office_seq = ? WHERE seq = ?", (office_seq, seq))


def give(sql: Sql, event_id: str, office_seq: int) -> None:
    """Give the event of that id, own or another's, its number; nothing happens when it is not here."""
    free(sql, office_seq)
    for table in ("outbox_event", "log_entry"):
        sql.run(f"UPDATE {table} SET office_seq = ? WHERE event_id = ?", (office_seq, event_id))  # noqa: S608


def free(sql: Sql, office_seq: int) -> None:
    """Let nothing have the number."""
    sql.run(_FREE_OWN, (office_seq,))
    sql.run(_FREE_ENTRY, (office_seq,))
