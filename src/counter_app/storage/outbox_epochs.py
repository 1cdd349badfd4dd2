# ruff: noqa: D102 - the ports say what each method promises
"""The outbox as a chain: where it ends, what of it the server has, and going on in a new epoch."""

from collections.abc import Sequence

from counter_app.services.sync_port import ChainPlace
from counter_app.storage.outbox import present_epoch
from counter_app.storage.outbox_answers import confirm
from counter_app.storage.outbox_items import FIRST_OPEN_PLACE
from counter_app.storage.sql import Sql
from counter_protocol.events import GENESIS_HASH, chain_hash

_END = "SELECT epoch_seq, hash FROM outbox_event WHERE epoch = ? ORDER BY epoch_seq DESC LIMIT 1"
_PLACE = "SELECT epoch_seq, hash FROM outbox_event WHERE epoch = ? AND epoch_seq = ?"
_AFTER = "SELECT seq FROM outbox_event WHERE epoch = ? AND epoch_seq > ? ORDER BY epoch_seq"
_CHAIN = (
    "UPDATE outbox_event SET epoch = ?, epoch_seq = ?, prev_hash = ?, hash = ?, attempts = 0, bare = 0, "
    "next_attempt_at = NULL, "
    "last_answer = CASE WHEN state IN ('quarantined', 'withheld') THEN last_answer "
    "WHEN length(body) = 0 THEN 'event_purged' ELSE '' END, "
    "state = CASE WHEN state IN ('quarantined', 'withheld') OR length(body) = 0 THEN 'quarantined' "
    "ELSE 'waiting' END "
    "WHERE seq = ?"
)
_UNACK = (
    "UPDATE outbox_event SET attempts = 0, bare = 0, next_attempt_at = NULL, office_seq = NULL, "
    "last_answer = CASE WHEN length(body) = 0 THEN 'event_purged' ELSE last_answer END, "
    "state = CASE WHEN state = 'withheld' OR length(body) = 0 THEN 'quarantined' ELSE 'waiting' END "
    "WHERE epoch = ? AND epoch_seq > ? AND state IN ('acked', 'withheld', 'late')"
)
_LATE_AGAIN = "UPDATE outbox_event SET state = 'late' WHERE state = 'acked' AND bare = 1 AND length(body) > 0"


class SqlOutboxEpochQueries:
    """Implements the reads of the chain in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def chain_end(self) -> ChainPlace:
        epoch = present_epoch(self._sql)
        seq, hash_ = self._sql.row(_END, (epoch,)) or (0, GENESIS_HASH)
        return ChainPlace(epoch=epoch, seq=seq, hash=hash_)

    def chain_places(self, seqs: Sequence[int]) -> Sequence[ChainPlace]:
        epoch = present_epoch(self._sql)
        rows = (self._sql.row(_PLACE, (epoch, seq)) for seq in seqs)
        return [ChainPlace(epoch=epoch, seq=row[0], hash=row[1]) for row in rows if row is not None]

    def acked_seq(self) -> int:
        first_open = self._sql.value(FIRST_OPEN_PLACE)
        return self.chain_end().seq if first_open is None else int(first_open) - 1


class SqlOutboxEpochs(SqlOutboxEpochQueries):
    """Implements the changes of the chain in `services.sync_port.SyncWrites`."""

    def begin_epoch(self, epoch: int, common_seq: int) -> int:
        """As the port says; the last event both have goes along, so that the new chain is never empty.

        A server put back after it confirmed the first place of an epoch is known by that place's loss.

        Raises:
            ValueError: the counter is not enrolled, or the epoch is not above the present one.
        """
        if self._sql.value("SELECT 1 FROM sync_enrolment") is None:
            raise ValueError("only an enrolled counter changes its epoch")
        present = present_epoch(self._sql)
        confirm(self._sql, present, common_seq)  # the server has these, whether its answer came or not
        moved = len(self._sql.rows(_AFTER, (present, common_seq)))
        move_on(self._sql, epoch, common_seq - 1)
        self._sql.run("UPDATE sync_enrolment SET epoch = ?", (epoch,))
        return moved

    def unack(self, after_epoch_seq: int) -> int:
        """As the port says; what was sent late without a place of its own is sent late once more.

        A server without even the first place may have lost ends of earlier epochs too. Then everything kept
        is chained anew in the present epoch: what the server has, it knows by its id.
        """
        sql, epoch = self._sql, present_epoch(self._sql)
        if (
            after_epoch_seq
            or sql.value("SELECT 1 FROM outbox_event WHERE epoch < ? LIMIT 1", (epoch,)) is None
        ):
            lost = sql.run(_UNACK, (epoch, after_epoch_seq)).rowcount
            return int(lost + sql.run(_LATE_AGAIN).rowcount)
        confirmed = "SELECT count(*) FROM outbox_event WHERE state IN ('acked', 'withheld', 'late')"
        waiting_again = int(sql.value(confirmed))
        sql.run("UPDATE outbox_event SET epoch_seq = -seq, office_seq = NULL")  # out of each other's way
        _chain_anew(sql, epoch, [row[0] for row in sql.rows("SELECT seq FROM outbox_event ORDER BY seq")])
        return waiting_again


def move_on(sql: Sql, epoch: int, after_epoch_seq: int) -> None:
    """Chain the events after a place of the present epoch anew in another one.

    Raises:
        ValueError: the epoch is not above the present one.
    """
    present = present_epoch(sql)
    if epoch <= present:
        raise ValueError("epochs only rise: none is begun twice")
    _chain_anew(sql, epoch, [row[0] for row in sql.rows(_AFTER, (present, after_epoch_seq))])


def _chain_anew(sql: Sql, epoch: int, seqs: Sequence[int]) -> None:
    prev_hash = GENESIS_HASH
    for epoch_seq, seq in enumerate(seqs, 1):
        body, hash_ = sql.row("SELECT body, hash FROM outbox_event WHERE seq = ?", (seq,))
        # Of a purged dossier's event only the hash is left; it stands for the content it was made of.
        next_hash = chain_hash(prev_hash, body or hash_)
        sql.run(_CHAIN, (epoch, epoch_seq, prev_hash, next_hash, seq))
        prev_hash = next_hash
