# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of supplement requests, refusals and guidance given before anything was received."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from counter_app.domain.intake_notice import GuidanceCount, IntakeNotice, NoticeCount, NoticeKind
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_ADD = (
    "INSERT INTO intake_notice (notice_id, kind, number, counter, at, clerk, draft_id, applicant_id, "
    "procedure_id, procedure_name, sector, training, content) VALUES (:notice_id, :kind, :number, :counter, "
    ":at, :clerk, :draft_id, :applicant_id, :procedure_id, :procedure_name, :sector, :training, :content)"
)
_OF_DRAFT = "SELECT content FROM intake_notice WHERE draft_id = ? AND draft_id <> '' ORDER BY at, notice_id"
_OF_PERSON = (
    "SELECT content FROM intake_notice WHERE applicant_id = ? AND applicant_id <> '' "
    "ORDER BY at DESC, notice_id DESC LIMIT ?"
)
_LAST = (
    "SELECT draft_id, content FROM intake_notice WHERE draft_id IN (SELECT value FROM json_each(?)) "
    "AND draft_id <> '' AND kind <> 'online_guidance' ORDER BY at, notice_id"
)
_COUNTS = (
    "SELECT kind, sector, procedure_id, max(procedure_name) AS name, count(*) AS told FROM intake_notice "
    "WHERE at >= ? AND at < ? GROUP BY kind, sector, procedure_id ORDER BY sector, name, kind"
)


class SqlIntakeNoticeQueries:
    """Implements `services.intake_notices_port.IntakeNoticeQueries`."""

    _sql: Sql

    def intake_notice(self, notice_id: str) -> IntakeNotice | None:
        content = self._sql.value("SELECT content FROM intake_notice WHERE notice_id = ?", (notice_id,))
        return None if content is None else _notice(content)

    def notices_of_draft(self, draft_id: str) -> Sequence[IntakeNotice]:
        return [_notice(content) for (content,) in self._sql.rows(_OF_DRAFT, (draft_id,))]

    def notices_of_person(self, personal_id: str, limit: int = 50) -> Sequence[IntakeNotice]:
        return [_notice(content) for (content,) in self._sql.rows(_OF_PERSON, (personal_id, limit))]

    def last_notices(self, draft_ids: Collection[str]) -> Mapping[str, IntakeNotice]:
        rows = self._sql.rows(_LAST, (json.dumps(list(draft_ids)),))
        return {draft_id: _notice(content) for draft_id, content in rows}

    def notice_counts(self, first_day: date, last_day: date) -> Sequence[NoticeCount]:
        return [each for each in self._counts(first_day, last_day) if each.kind is not _ONLINE]

    def guidance_counts(self, first_day: date, last_day: date) -> Sequence[GuidanceCount]:
        return [
            GuidanceCount(
                sector=each.sector,
                procedure_id=each.procedure_id,
                procedure_name=each.procedure_name,
                count=each.count,
            )
            for each in self._counts(first_day, last_day)
            if each.kind is _ONLINE
        ]

    def _counts(self, first_day: date, last_day: date) -> list[NoticeCount]:
        values = (_midnight(first_day), _midnight(last_day + timedelta(days=1)))
        return [
            NoticeCount(
                kind=NoticeKind(row["kind"]),
                sector=row["sector"],
                procedure_id=row["procedure_id"],
                procedure_name=row["name"],
                count=row["told"],
            )
            for row in self._sql.rows(_COUNTS, values)
        ]


_ONLINE = NoticeKind.ONLINE_GUIDANCE


class SqlIntakeNoticeWrites(SqlIntakeNoticeQueries):
    """Implements `services.intake_notices_port.IntakeNoticeWrites`."""

    def add_intake_notice(self, notice: IntakeNotice) -> None:
        values = {
            "notice_id": notice.notice_id,
            "kind": notice.kind.value,
            "number": notice.number,
            "counter": notice.counter,
            "at": moments.to_text(notice.at),
            "clerk": notice.clerk,
            "draft_id": notice.draft_id,
            "applicant_id": notice.applicant.personal_id,
            "procedure_id": notice.procedure.procedure_id,
            "procedure_name": notice.procedure.name,
            "sector": notice.procedure.sector,
            "training": int(notice.training),
            "content": to_json(replace(notice, at=moments.utc(notice.at))),
        }
        self._sql.run(_ADD, values)


def _notice(content: str) -> IntakeNotice:
    notice = from_json(content, IntakeNotice)
    return replace(notice, at=moments.local(notice.at))


def _midnight(day: date) -> str:
    return moments.to_text(datetime.combine(day, time(), moments.LOCAL))
