# ruff: noqa: D102 - the ports say what each method promises
"""What became of events that were sent: on the line, confirmed, refused, put aside, released."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from counter_app.storage import moments, office_numbers
from counter_app.storage.outbox_items import FIRST_OPEN_PLACE, OPEN
from counter_app.storage.sql import Sql

# A place that was sent bare may have arrived so: whoever released the event since must send it late.
_SENDING = (
    "UPDATE outbox_event SET bare = CASE state WHEN 'quarantined' THEN 1 ELSE bare END, "
    "state = CASE state WHEN 'waiting' THEN 'sending' ELSE state END "
    "WHERE seq = ? AND state IN ('waiting', 'quarantined')"
)
_CONFIRM = (
    "UPDATE outbox_event SET next_attempt_at = NULL, "  # noqa: S608 - constants
    "state = CASE WHEN state = 'quarantined' THEN 'withheld' "
    "WHEN bare THEN 'late' ELSE 'acked' END, "
    "last_answer = CASE state WHEN 'quarantined' THEN last_answer ELSE '' END "
    f"WHERE epoch = ? AND epoch_seq BETWEEN ({FIRST_OPEN_PLACE}) AND ? AND {OPEN}"
)
# Its place stays bare: a server put back may have that and no longer the content.
_LATE_ARRIVED = (
    "UPDATE outbox_event SET state = 'acked', bare = 1, next_attempt_at = NULL, last_answer = '' "
    "WHERE seq = ? AND state IN ('late', 'withheld')"
)
_FAILED = (
    "UPDATE outbox_event SET attempts = attempts + 1, last_answer = ?, next_attempt_at = ?, "
    "state = CASE state WHEN 'sending' THEN 'waiting' ELSE state END "
    "WHERE seq = ? AND state IN ('waiting', 'sending', 'late')"
)
_PUT_ASIDE = (
    "UPDATE outbox_event SET next_attempt_at = NULL, last_answer = :answer, "
    "state = CASE state WHEN 'late' THEN 'withheld' ELSE 'quarantined' END WHERE seq IN "
    "(SELECT seq FROM outbox_event INDEXED BY ix_outbox_event_unsent WHERE state <> 'acked' AND "
    "(seq = :seq AND state IN ('waiting', 'sending', 'late') OR seq > :seq AND dossier_id = :dossier_id "
    "AND dossier_id <> '' AND state IN ('waiting', 'sending', 'late')))"
)
# The rest of its dossier goes with it, in order: each act builds on the ones before.
_RELEASE = (
    "UPDATE outbox_event SET attempts = 0, next_attempt_at = NULL, last_answer = '', "
    "state = CASE state WHEN 'withheld' THEN 'late' ELSE 'waiting' END "
    "WHERE state <> 'acked' AND state IN ('quarantined', 'withheld') AND length(body) > 0 AND (seq = :seq "
    "OR dossier_id = :dossier_id AND dossier_id <> '')"
)
_HELD = (
    "SELECT seq, dossier_id FROM outbox_event WHERE event_id = ? AND length(body) > 0 "
    "AND state IN ('quarantined', 'withheld')"
)


class SqlOutboxAnswers:
    """Implements the marks on events in `services.sync_port.SyncWrites`."""

    _sql: Sql

    def mark_sending(self, seqs: Sequence[int]) -> None:
        for seq in seqs:
            self._sql.run(_SENDING, (seq,))

    def mark_acked(self, epoch: int, last_epoch_seq: int, office_seqs: Mapping[int, int]) -> None:
        confirm(self._sql, epoch, last_epoch_seq)
        office_numbers.give_own(self._sql, office_seqs)

    def mark_late_acked(self, office_seqs: Mapping[int, int]) -> None:
        for seq in office_seqs:
            self._sql.run(_LATE_ARRIVED, (seq,))
        office_numbers.give_own(self._sql, office_seqs)

    def mark_failed(self, seqs: Sequence[int], answer: str, next_attempt_at: datetime | None) -> None:
        again = None if next_attempt_at is None else moments.to_text(next_attempt_at)
        for seq in seqs:
            self._sql.run(_FAILED, (answer, again, seq))

    def quarantine(self, seq: int, answer: str) -> int:
        dossier_id = self._sql.value("SELECT dossier_id FROM outbox_event WHERE seq = ?", (seq,))
        values = {"seq": seq, "dossier_id": dossier_id or "", "answer": answer}
        return int(self._sql.run(_PUT_ASIDE, values).rowcount)

    def release(self, event_id: str) -> bool:
        held = self._sql.row(_HELD, (event_id,))
        if held is None:
            return False
        self._sql.run(_RELEASE, {"seq": held["seq"], "dossier_id": held["dossier_id"]})
        return True


def confirm(sql: Sql, epoch: int, last_epoch_seq: int) -> None:
    """Note that the server has an epoch's chain up to a place."""
    sql.run(_CONFIRM, (epoch, last_epoch_seq))
