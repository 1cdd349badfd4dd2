# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of scanned papers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from counter_app.services.attachments_port import Attachment
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_NAMES = (
    "attachment_id, dossier_id, draft_id, part_id, part_name, part_order, media_type, size, pages, dpi, "
    "skew_tenths, sha256, source, low_accepted, signed, file_key, added_at, clerk, removed_at"
)
_VALUES = ", ".join(f":{name.strip()}" for name in _NAMES.split(","))
_ADD = f"INSERT INTO attachment ({_NAMES}) VALUES ({_VALUES})"  # noqa: S608 - constants
_ONE = f"SELECT {_NAMES} FROM attachment WHERE attachment_id = ?"  # noqa: S608
# The second condition lets the partial index be used.
_OF = (
    f"SELECT {_NAMES} FROM attachment WHERE {{owner}} = ? AND {{owner}} <> '' "  # noqa: S608
    "AND removed_at IS NULL ORDER BY part_order, added_at, attachment_id"
)
_OF_DOSSIER, _OF_DRAFT = _OF.format(owner="dossier_id"), _OF.format(owner="draft_id")
_ADOPT = (
    "UPDATE attachment SET dossier_id = ?, draft_id = '' "
    "WHERE draft_id = ? AND draft_id <> '' AND removed_at IS NULL"
)
_ABANDONED = (
    "SELECT attachment_id FROM attachment WHERE draft_id <> '' "
    "AND draft_id NOT IN (SELECT draft_id FROM draft)"
)


class SqlAttachmentQueries:
    """Implements `services.attachments_port.AttachmentQueries`."""

    _sql: Sql

    def attachment(self, attachment_id: str) -> Attachment | None:
        row = self._sql.row(_ONE, (attachment_id,))
        return None if row is None else _attachment(row)

    def attachments(self, *, dossier_id: str = "", draft_id: str = "") -> Sequence[Attachment]:
        statement, owner = (_OF_DOSSIER, dossier_id) if dossier_id else (_OF_DRAFT, draft_id)
        return [_attachment(row) for row in self._sql.rows(statement, (owner,))]

    def abandoned_attachments(self) -> Sequence[str]:
        return [str(row[0]) for row in self._sql.rows(_ABANDONED)]

    def attachment_ids(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._sql.rows("SELECT attachment_id FROM attachment"))


class SqlAttachmentWrites(SqlAttachmentQueries):
    """Implements `services.attachments_port.AttachmentWrites`."""

    def add_attachment(self, attachment: Attachment) -> None:
        self._sql.run(_ADD, _values(attachment))

    def mark_attachment_removed(self, attachment_id: str, at: datetime) -> None:
        self._sql.run(
            "UPDATE attachment SET removed_at = ? WHERE attachment_id = ?",
            (moments.to_text(at), attachment_id),
        )

    def adopt_attachments(self, draft_id: str, dossier_id: str) -> Sequence[Attachment]:
        if not self._sql.run(_ADOPT, (dossier_id, draft_id)).rowcount:
            return ()
        return self.attachments(dossier_id=dossier_id)

    def forget_attachment(self, attachment_id: str) -> None:
        self._sql.run("DELETE FROM attachment WHERE attachment_id = ? AND dossier_id = ''", (attachment_id,))


def _values(attachment: Attachment) -> dict[str, object]:
    return {
        "attachment_id": attachment.attachment_id,
        "dossier_id": attachment.dossier_id,
        "draft_id": attachment.draft_id,
        "part_id": attachment.part_id,
        "part_name": attachment.part_name,
        "part_order": attachment.part_order,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "pages": attachment.pages,
        "dpi": attachment.dpi,
        "skew_tenths": round(attachment.skew * 10),
        "sha256": attachment.sha256,
        "source": attachment.source,
        "low_accepted": int(attachment.low_accepted),
        "signed": int(attachment.signed),
        "file_key": attachment.file_key,
        "added_at": moments.to_text(attachment.added_at),
        "clerk": attachment.clerk,
        "removed_at": None if attachment.removed_at is None else moments.to_text(attachment.removed_at),
    }


def _attachment(row: Any) -> Attachment:
    same = (
        "attachment_id dossier_id draft_id part_id part_name part_order media_type size pages dpi sha256 "
        "source file_key clerk"
    )
    removed = row["removed_at"]
    return Attachment(
        **{name: row[name] for name in same.split()},
        skew=row["skew_tenths"] / 10,
        low_accepted=bool(row["low_accepted"]),
        signed=bool(row["signed"]),
        added_at=moments.from_text(row["added_at"]),
        removed_at=None if removed is None else moments.from_text(removed),
    )
