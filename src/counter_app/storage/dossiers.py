"""Dossiers in the database: writing one, finding it by id or by any code it ever had."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Dossier, FilledForm
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.person import mask_personal_id
from counter_app.domain.promise_recheck import NO_LONGER_AWAITED
from counter_app.services.ports import DossierRow
from counter_app.storage import moments, person_merges, word_index
from counter_app.storage.dossier_record import from_record, to_record
from counter_app.storage.json_columns import from_json
from counter_app.storage.search_words import compact_code, dossier_words
from counter_app.storage.sql import Sql, Values

_NARROW = (
    "dossier_id, dossier_code, provisional_code, lookup_secret, counter, clerk, procedure_id, "
    "procedure_name, applicant_name, applicant_id, channel, status, received_at, due_at, "
    "first_due_at, training, sector, national_code, applicant_address, applicant_phone, assisted, return_by, "
    "copies, register_no, holder, handed_over_at, waiting_since, stands_still, resolved_at, ended_at, "
    "supplements, extended, originals_held, charges_vnd, paid_vnd, owner, seen"
)
_WIDE = (
    "procedure, applicant, promise, forms, parts, charges, people, facts, aliases, life, slip_required, "
    "office_definition, calendar_definition"
)
# The number on the slip and who received it never change.
_FIXED = frozenset({"dossier_id", "dossier_code", "provisional_code", "lookup_secret", "counter", "clerk"})


def _insert(table: str, columns: str) -> str:
    values = ", ".join(f":{name.strip()}" for name in columns.split(","))
    return f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 - constants of this module


def _update(table: str, columns: str) -> str:
    names = (name.strip() for name in columns.split(","))
    return f"UPDATE {table} SET {', '.join(f'{n} = :{n}' for n in names if n not in _FIXED)} "  # noqa: S608


_ADD = _insert("dossier", _NARROW)
_ADD_CONTENT = _insert("dossier_content", "number, " + _WIDE)
_ADD_CODE = (
    "INSERT INTO dossier_code (compact, code, number) SELECT :compact, :code, :number "
    "WHERE NOT EXISTS (SELECT 1 FROM dossier_code WHERE compact = :compact AND code = :code)"
)
_SHARE_CODE = "INSERT INTO dossier_code (compact, code, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_LOAD = f"SELECT {_NARROW}, {_WIDE} FROM dossier JOIN dossier_content USING (number) WHERE "  # noqa: S608
_LAST_FORMS = "SELECT forms FROM dossier_content ORDER BY number DESC LIMIT ?"
_LOOK_BACK = 50  # dossiers: enough for a day at the desk, few enough to read while a form opens
_CODES_ALIKE = "SELECT code, number FROM dossier_code WHERE compact = ? ORDER BY number DESC"
ROW_COLUMNS = (
    "d.dossier_id, d.dossier_code, d.applicant_name, d.applicant_id, d.procedure_name, d.status, "
    "d.received_at, d.due_at, EXISTS (SELECT 1 FROM outbox_event o "
    "WHERE o.dossier_id = d.dossier_id AND o.state <> 'acked')"
)
_BY_NUMBERS = (
    f"SELECT d.number, {ROW_COLUMNS} FROM dossier d "  # noqa: S608
    "WHERE d.number IN (SELECT value FROM json_each(?))"
)
_CLOSED = ", ".join(
    f"'{status.value}'"
    for status in (
        DossierStatus.REFUSED,
        DossierStatus.WITHDRAWN,
        DossierStatus.STOPPED,
        DossierStatus.RETURNED,
    )
)
_NOT_AWAITED = ", ".join(f"'{status.value}'" for status in sorted(NO_LONGER_AWAITED))
_ABOVE_ALL = 2**62
_CHANGE = _update("dossier", _NARROW) + "WHERE dossier_id = :dossier_id"
_OF_DOSSIER = "WHERE number = (SELECT number FROM dossier WHERE dossier_id = :dossier_id)"
_CHANGE_CONTENT = _update("dossier_content", _WIDE) + _OF_DOSSIER
# The narrow row decides about nearly all; the content is read of those only whose days are concerned.
_OPEN_PROMISES = (
    f"SELECT {_NARROW}, {_WIDE} FROM dossier CROSS JOIN dossier_content USING (number) "  # noqa: S608
    f"WHERE due_at >= :earliest AND received_at < :latest AND status NOT IN ({_NOT_AWAITED}) "
    "AND owner = '' AND calendar_definition = :calendar "
    "AND EXISTS (SELECT 1 FROM json_each(:stretches) AS stretch "
    "WHERE due_at >= stretch.value ->> 0 AND received_at < stretch.value ->> 1) ORDER BY due_at, number"
)


def add(sql: Sql, dossier: Dossier, also_named: Sequence[str] = ()) -> None:
    """Write the dossier with all it holds; the names in `also_named` find it too.

    Raises:
        RuleRefusal: ``code_already_used`` with ``dossier_code``; also when an old alias has the code.
    """
    record = to_record(dossier)
    number = sql.run(_ADD, record).lastrowid
    for code in (dossier.dossier_code, *dossier.aliases):
        _claim_code(sql, code, number)
    sql.run(_ADD_CONTENT, {**record, "number": number})
    word_index.add_dossier(sql, number, dossier_words(dossier, also_named))


def change(sql: Sql, dossier: Dossier) -> None:
    """Write what became of the dossier; its code, secret and who received it stay."""
    record = to_record(dossier)
    sql.run(_CHANGE, record)
    sql.run(_CHANGE_CONTENT, record)


def put_folded(sql: Sql, dossier: Dossier, also_named: Sequence[str]) -> None:
    """Write a dossier as the events of several counters left it, new or known.

    Its codes may be those of another dossier: two counters with one number. Both are found by it then.
    """
    number = _number_of(sql, dossier.dossier_id)
    if number is None:
        record = to_record(dossier)
        number = sql.run(_ADD, record).lastrowid
        sql.run(_ADD_CONTENT, {**record, "number": number})
        word_index.add_dossier(sql, number, dossier_words(dossier, also_named))
    else:
        change(sql, dossier)
        word_index.replace_dossier(sql, number, dossier_words(dossier, also_named))
    for code in (dossier.dossier_code, *dossier.aliases):
        sql.run(_SHARE_CODE, (compact_code(code), code, number))


def index_anew(sql: Sql, dossier: Dossier, also_named: Sequence[str]) -> None:
    """Let the dossier be found by the words it has now."""
    number = _number_of(sql, dossier.dossier_id)
    if number is not None:
        word_index.replace_dossier(sql, number, dossier_words(dossier, also_named))


def open_promises(
    sql: Sql, calendar: str, over: Sequence[tuple[datetime, datetime]], since: datetime
) -> list[Dossier]:
    """Return the dossiers `Queries.open_promises` describes, in the order of their promises."""
    if not over:
        return []
    stretches = [(moments.to_text(start), moments.to_text(end)) for start, end in over]
    values = {
        "calendar": calendar,
        "earliest": max(moments.to_text(since), min(start for start, _ in stretches)),
        "latest": max(end for _, end in stretches),
        "stretches": json.dumps(stretches),
    }
    return [from_record(dict(row)) for row in sql.rows(_OPEN_PROMISES, values)]


def _claim_code(sql: Sql, code: str, number: int) -> None:
    taken = sql.run(_ADD_CODE, {"compact": compact_code(code), "code": code, "number": number})
    if taken.rowcount != 1:
        raise RuleRefusal("code_already_used", dossier_code=code)


def by_id(sql: Sql, dossier_id: str) -> Dossier | None:
    """Return the dossier, or None."""
    return _loaded(sql.row(_LOAD + "dossier_id = ?", (dossier_id,)))


def by_code(sql: Sql, code: str) -> Dossier | None:
    """Return the dossier that has or had the code, with or without its punctuation, or None."""
    number = number_of_code(sql, code)
    if number is None:
        return None
    return _loaded(sql.row(_LOAD + "number = ?", (number,)))


def number_of_code(sql: Sql, code: str) -> int | None:
    """Return the internal number of the dossier a code names, or None."""
    alike = sql.rows(_CODES_ALIKE, (compact_code(code),))
    exact = [number for known, number in alike if known == code]
    return next(iter(exact + [number for _, number in alike]), None)


def _loaded(row: Any) -> Dossier | None:
    return None if row is None else from_record(dict(row))


def newest(sql: Sql, limit: int, before: str = "") -> list[DossierRow]:
    """Return the last written dossiers; ``before`` is the id or code of the last row already shown."""
    below = _number_of(sql, before) if before else _ABOVE_ALL
    statement = (
        f"SELECT {ROW_COLUMNS} FROM dossier d WHERE d.number < :below ORDER BY d.number DESC LIMIT :limit"  # noqa: S608
    )
    return rows(sql, statement, {"below": below, "limit": limit})


def last_answers(sql: Sql, form_id: str) -> Mapping[str, object]:
    """Return the answers of the last dossier with that form, among the last few; {} when none has it."""
    for (forms,) in sql.rows(_LAST_FORMS, (_LOOK_BACK,)):
        for form in from_json(forms, tuple[FilledForm, ...]):
            if form.form_id == form_id:
                return form.answers
    return {}


def _number_of(sql: Sql, id_or_code: str) -> int | None:
    statement = "SELECT number FROM dossier WHERE dossier_id = ?"
    number: int | None = sql.value(statement, (id_or_code,))
    return number or number_of_code(sql, id_or_code)


def of_applicant(
    sql: Sql, personal_id: str, *, open_procedure: str | None = None, limit: int = 50
) -> list[DossierRow]:
    """Return a citizen's dossiers, merged records' too, newest first; with a procedure, its open ones."""
    if not personal_id:
        return []
    narrowed = f"AND d.procedure_id = :procedure AND d.status NOT IN ({_CLOSED}) " if open_procedure else ""
    statement = (
        f"SELECT {ROW_COLUMNS} FROM dossier d "  # noqa: S608
        f"WHERE d.applicant_id IN (SELECT value FROM json_each(:people)) {narrowed}"
        "ORDER BY d.number DESC LIMIT :limit"
    )
    people = json.dumps(person_merges.together(sql, personal_id))
    return rows(sql, statement, {"people": people, "procedure": open_procedure, "limit": limit})


def count(sql: Sql) -> int:
    """Return how many dossiers there are; what a salvage could not save leaves gaps in the numbers."""
    return int(sql.value("SELECT count(*) FROM dossier"))


def by_numbers(sql: Sql, numbers: Sequence[int]) -> list[DossierRow]:
    """Return the rows of these dossiers in the order given."""
    found = {row[0]: _row(row[1:]) for row in sql.rows(_BY_NUMBERS, (json.dumps(numbers),))}
    return [found[number] for number in numbers]


def rows(sql: Sql, statement: str, values: Values) -> list[DossierRow]:
    """Run a query that selects `ROW_COLUMNS`."""
    return [_row(found) for found in sql.rows(statement, values)]


def _row(values: Sequence[Any]) -> DossierRow:
    dossier_id, code, applicant, personal_id, procedure, status, received_at, due_at, unsent = values
    return DossierRow(
        dossier_id=dossier_id,
        dossier_code=code,
        applicant=applicant,
        personal_id_masked=mask_personal_id(personal_id),
        procedure=procedure,
        status=DossierStatus(status),
        received_at=moments.from_text(received_at),
        due_at=None if due_at is None else moments.from_text(due_at),
        unsent=bool(unsent),
    )
