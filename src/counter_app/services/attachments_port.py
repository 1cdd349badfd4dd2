"""What the use cases need of the outside about scanned papers: rows, files, and making one PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The one file of a paper of a dossier, or of a draft that is not yet one.

    Exactly one of ``dossier_id`` and ``draft_id`` is set. ``part_order`` is the place of the paper on
    the checklist. ``size`` counts bytes of the plain PDF, ``dpi`` its coarsest page (0: drawn, not
    scanned), ``skew`` the largest angle straightened, in degrees. ``low_accepted`` says that the clerk
    took it although it is coarser than asked for. ``file_key`` opens the file and nothing else.
    """

    attachment_id: str
    part_id: str
    part_name: str
    part_order: int
    size: int
    pages: int
    dpi: int
    skew: float
    sha256: str
    source: str
    added_at: datetime
    clerk: str
    dossier_id: str = ""
    draft_id: str = ""
    media_type: str = "application/pdf"
    low_accepted: bool = False
    signed: bool = False
    file_key: bytes = field(default=b"", repr=False)
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeScan:
    """One PDF for one paper; ``skew`` and ``dpi`` as in `Attachment`. ``signed``: it must stay as it is."""

    pdf: bytes = field(repr=False)
    pages: int
    dpi: int
    skew: float = 0.0
    signed: bool = False


class AttachmentQueries(Protocol):
    """Reads about scanned papers."""

    def attachment(self, attachment_id: str) -> Attachment | None:
        """Return one, removed or not; None when it is unknown."""
        ...

    def attachments(self, *, dossier_id: str = "", draft_id: str = "") -> Sequence[Attachment]:
        """Return those of a dossier or of a draft that were not removed, by place on the checklist."""
        ...

    def abandoned_attachments(self) -> Sequence[str]:
        """Return the ids of those whose draft is gone and became no dossier."""
        ...

    def attachment_ids(self) -> frozenset[str]:
        """Return the ids of all, removed ones too: every one of them has its file."""
        ...


class AttachmentWrites(AttachmentQueries, Protocol):
    """Writes about scanned papers; part of one act."""

    def add_attachment(self, attachment: Attachment) -> None:
        """Write one; its file is on the disk already."""
        ...

    def mark_attachment_removed(self, attachment_id: str, at: datetime) -> None:
        """Mark it as removed; row and file are kept."""
        ...

    def adopt_attachments(self, draft_id: str, dossier_id: str) -> Sequence[Attachment]:
        """Let those of a draft belong to the dossier it became, and return them."""
        ...

    def forget_attachment(self, attachment_id: str) -> None:
        """Delete the row of one that never belonged to a dossier; its file may go then."""
        ...


class ScanStore(Protocol):
    """The encrypted files, each under a key of its own."""

    def put(self, attachment_id: str, content: bytes) -> bytes:
        """Keep `content` durably and return the key that opens it.

        Until `settled` it counts as unfinished, and `unfinished` names it after a crash.

        Raises:
            EnvironmentProblem: ``disk_full``, ``disk_failed``, ``folder_not_writable``; nothing was kept.
        """
        ...

    def settled(self, attachment_id: str) -> None:
        """Take note that its row is committed."""
        ...

    def get(self, attachment_id: str, key: bytes) -> bytes:
        """Return the content.

        Raises:
            EnvironmentProblem: ``scan_file_missing``; ``scan_file_damaged`` when a bit of it changed.
        """
        ...

    def drop(self, attachment_id: str) -> None:
        """Remove the file; nothing happens when there is none."""
        ...

    def unfinished(self) -> Sequence[str]:
        """Return the ids of files whose row may never have been committed."""
        ...

    def ids(self) -> Iterable[str]:
        """Return the ids of all files."""
        ...


class ScanMaker(Protocol):
    """Makes one PDF of pictures and PDFs."""

    def make(self, contents: Sequence[bytes]) -> MadeScan:
        """Return one PDF with the pages in the order given; pictures are straightened.

        A single PDF is kept byte for byte, so that signatures in it stay valid.

        Raises:
            BadInput: as `scan_file.media_type_of`; ``scan_broken``, ``scan_password``,
                ``scan_too_many_pages`` (limit), ``scan_too_many_pixels``, ``scan_inflates``,
                ``scan_active_content``, ``scan_two_files_in_one``.
            RuleRefusal: ``scan_signed_not_merged``.
        """
        ...
