# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of money taken and receipts given."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.domain.receipt import CashSum, PaidBy, PaidLine, Receipt
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_COLUMNS = (
    "receipt_id, dossier_id, counter, year, number, day, at, clerk, payer, method, lines, total_vnd, note, "
    "over_reason, voided_at, voided_by, void_reason"
)
# Receipts and voids are numbered together as they are written: no clock tells in which order money came.
_LAST_WRITE = "SELECT coalesce(max(max(written, coalesce(void_written, 0))), 0) FROM receipt"
_ADD = (
    f"INSERT INTO receipt ({_COLUMNS}, written) "  # noqa: S608  (constant)
    f"VALUES ({', '.join('?' * 17)}, ({_LAST_WRITE}) + 1)"
)
_READ = f"SELECT {_COLUMNS} FROM receipt WHERE "  # noqa: S608  (constant)
_VOID = (
    "UPDATE receipt SET voided_at = ?, voided_by = ?, void_reason = ?, "  # noqa: S608  (constant)
    f"void_written = ({_LAST_WRITE}) + 1 "
    "WHERE receipt_id = ? AND voided_at IS NULL"
)
_SUMS = (
    "SELECT line.value ->> 'name' AS fee_name, method, clerk, "
    "sum(line.value ->> 'amount_vnd') AS taken_vnd, count(*) AS taken_count, "
    "coalesce(sum(line.value ->> 'amount_vnd') FILTER (WHERE voided_at IS NOT NULL), 0) AS voided_vnd, "
    "count(*) FILTER (WHERE voided_at IS NOT NULL) AS voided_count "
    "FROM receipt, json_each(receipt.lines) AS line WHERE day BETWEEN ? AND ? "
    "GROUP BY fee_name, method, clerk ORDER BY fee_name, method, clerk"
)

_TAKEN = "written > :after AND written <= :through"
_GIVEN_BACK = "void_written > :after AND void_written <= :through"
_WRITTEN_SUMS = (
    "SELECT line.value ->> 'name' AS fee_name, method, clerk, "  # noqa: S608  (constant)
    f"coalesce(sum(line.value ->> 'amount_vnd') FILTER (WHERE {_TAKEN}), 0) AS taken_vnd, "
    f"count(*) FILTER (WHERE {_TAKEN}) AS taken_count, "
    f"coalesce(sum(line.value ->> 'amount_vnd') FILTER (WHERE {_GIVEN_BACK}), 0) AS voided_vnd, "
    f"count(*) FILTER (WHERE {_GIVEN_BACK}) AS voided_count "
    f"FROM receipt, json_each(receipt.lines) AS line WHERE ({_TAKEN}) OR ({_GIVEN_BACK}) "
    "GROUP BY fee_name, method, clerk ORDER BY fee_name, method, clerk"
)
_OTHER_DAYS = f"(({_TAKEN}) OR ({_GIVEN_BACK})) AND (day < :before OR day > :beyond) ORDER BY written"


class SqlReceiptQueries:
    """Implements `services.receipts_port.ReceiptQueries`."""

    _sql: Sql

    def receipts(self, dossier_id: str) -> Sequence[Receipt]:
        return self._read("dossier_id = ? ORDER BY written", (dossier_id,))

    def receipt(self, receipt_id: str) -> Receipt | None:
        return next(iter(self._read("receipt_id = ?", (receipt_id,))), None)

    def receipts_between(self, first: date, last: date) -> Sequence[Receipt]:
        days = (first.isoformat(), last.isoformat())
        return self._read("day BETWEEN ? AND ? ORDER BY counter, year, number", days)

    def cash_by_fee(self, first: date, last: date) -> Sequence[CashSum]:
        return [_sum(row) for row in self._sql.rows(_SUMS, (first.isoformat(), last.isoformat()))]

    def cash_written(self, after: int, through: int) -> Sequence[CashSum]:
        return [_sum(row) for row in self._sql.rows(_WRITTEN_SUMS, {"after": after, "through": through})]

    def receipts_written(
        self, after: int, through: int, *, before: date | None, beyond: date
    ) -> Sequence[Receipt]:
        earliest = "" if before is None else before.isoformat()
        values = {"after": after, "through": through, "before": earliest, "beyond": beyond.isoformat()}
        return self._read(_OTHER_DAYS, values)

    def last_receipt_write(self, until: date | None = None) -> int:
        if until is None:
            return int(self._sql.value(_LAST_WRITE))
        return int(self._sql.value(f"{_LAST_WRITE} WHERE day <= ?", (until.isoformat(),)))

    def receipt_write(self, receipt_id: str) -> int:
        return int(self._sql.value("SELECT written FROM receipt WHERE receipt_id = ?", (receipt_id,)))

    def _read(self, where: str, values: Sequence[object] | Mapping[str, object]) -> list[Receipt]:
        return [_receipt(row) for row in self._sql.rows(_READ + where, values)]


class SqlReceiptWrites(SqlReceiptQueries):
    """Implements `services.receipts_port.ReceiptWrites`."""

    def add_receipt(self, receipt: Receipt) -> None:
        values = (
            receipt.receipt_id,
            receipt.dossier_id,
            receipt.counter,
            receipt.year,
            receipt.number,
            moments.local(receipt.at).date().isoformat(),
            moments.to_text(receipt.at),
            receipt.clerk,
            receipt.payer,
            receipt.method.value,
            to_json(receipt.lines),
            receipt.total_vnd,
            receipt.note,
            receipt.over_reason,
            *_voided(receipt),
        )
        self._sql.run(_ADD, values)

    def void_receipt(self, receipt: Receipt) -> None:
        self._sql.run(_VOID, (*_voided(receipt), receipt.receipt_id))


def _voided(receipt: Receipt) -> tuple[object, ...]:
    at = None if receipt.voided_at is None else moments.to_text(receipt.voided_at)
    return at, receipt.voided_by, receipt.void_reason


def _sum(row: Mapping[str, Any]) -> CashSum:
    return CashSum(
        fee_name=row["fee_name"],
        method=PaidBy(row["method"]),
        clerk=row["clerk"],
        taken_vnd=int(row["taken_vnd"]),
        taken_count=row["taken_count"],
        voided_vnd=int(row["voided_vnd"]),
        voided_count=row["voided_count"],
    )


def _receipt(row: Mapping[str, Any]) -> Receipt:
    voided = row["voided_at"]
    return Receipt(
        receipt_id=row["receipt_id"],
        dossier_id=row["dossier_id"],
        counter=row["counter"],
        year=row["year"],
        number=row["number"],
        at=moments.from_text(row["at"]),
        clerk=row["clerk"],
        payer=row["payer"],
        method=PaidBy(row["method"]),
        lines=tuple(from_json(row["lines"], list[PaidLine])),
        note=row["note"],
        over_reason=row["over_reason"],
        voided_at=None if voided is None else moments.from_text(voided),
        voided_by=row["voided_by"],
        void_reason=row["void_reason"],
    )
